import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  consistencyPath,
  Edge,
  emptyRoot,
  hashOfNodes,
  inclusionPath,
  innerHash,
  isConsistent,
  isIncluded,
  leafHash,
  nodesOf,
  type Stretch,
} from '../../../shared/merkle.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The leaves and roots that the implementations of Certificate Transparency test themselves by. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The root as the RFC defines it, without anything kept. */
function rootOf(entries: readonly Uint8Array[]): Uint8Array {
  const [only] = entries;
  if (!only) return emptyRoot(sha256);
  if (entries.length === 1) return leafHash(sha256, only);
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  return innerHash(sha256, rootOf(entries.slice(0, split)), rootOf(entries.slice(split)));
}

const entriesOf = (count: number) => Array.from({ length: count }, (_, at) => new TextEncoder().encode(`entry ${at}`));
const hashesOf = (entries: readonly Uint8Array[], path: readonly Stretch[]) =>
  path.map(({ from, to }) => rootOf(entries.slice(from, to)));

test('roots are those of the published test vectors', () => {
  const edge = new Edge(sha256);
  expect(hex(edge.tree().root)).toBe(ROOTS[0]);
  for (const [at, leaf] of LEAVES.entries()) {
    edge.add(leafHash(sha256, Buffer.from(leaf, 'hex')));
    expect([at + 1, hex(edge.tree().root)]).toEqual([at + 1, ROOTS[at + 1]]);
  }
});

test('a tree that grew, one continued from its nodes, and the definition have one root', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), fc.nat(150), (size, cut) => {
      const entries = entriesOf(size);
      const kept = new Map<string, Uint8Array>();
      const edge = new Edge(sha256);
      const add = (to: Edge, from: number, until: number) => {
        for (const entry of entries.slice(from, until)) {
          for (const { level, place, hash } of to.add(leafHash(sha256, entry))) kept.set(`${level} ${place}`, hash);
        }
      };
      const middle = Math.min(cut, size);
      add(edge, 0, middle);
      const nodes = (to: number) =>
        nodesOf({ from: 0, to }).map(({ level, place }) => kept.get(`${level} ${place}`) ?? new Uint8Array(0));
      const continued = new Edge(sha256, middle, nodes(middle));
      add(continued, middle, size);
      expect(hex(continued.tree().root)).toBe(hex(rootOf(entries)));
      expect(hex(hashOfNodes(sha256, nodes(size)))).toBe(hex(rootOf(entries)));
      expect(continued.tree().size).toBe(size);
    }),
  );
});

test('inclusion is proven for the leaf and its place, and for nothing else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(), fc.nat(), (size, any, other) => {
      const entries = entriesOf(size);
      const index = any % size;
      const leafAt = (at: number) => leafHash(sha256, entries[at] ?? new Uint8Array(0));
      const root = rootOf(entries);
      const path = hashesOf(entries, inclusionPath(index, { from: 0, to: size }));
      expect(isIncluded(sha256, leafAt(index), { index, size, root, path })).toBe(true);
      const wrong = other % (size + 1);
      if (wrong !== index) {
        expect(isIncluded(sha256, leafAt(wrong), { index, size, root, path })).toBe(false);
        expect(isIncluded(sha256, leafAt(index), { index: wrong, size, root, path })).toBe(false);
      }
      expect(isIncluded(sha256, leafAt(index), { index, size, root: leafAt(size), path })).toBe(false);
      if (path.length > 0)
        expect(isIncluded(sha256, leafAt(index), { index, size, root, path: path.slice(1) })).toBe(false);
      expect(isIncluded(sha256, leafAt(index), { index, size, root, path: [...path, root] })).toBe(false);
    }),
  );
});

test('consistency is proven for what the tree began with, and not after any entry of it was changed', () => {
  fc.assert(
    fc.property(fc.nat(90), fc.nat(90), fc.nat(), (a, b, any) => {
      const [first, size] = [Math.min(a, b), Math.max(a, b)];
      const entries = entriesOf(size);
      const earlier = { size: first, root: rootOf(entries.slice(0, first)) };
      const path = hashesOf(entries, consistencyPath(first, size));
      expect(isConsistent(sha256, earlier, { size, root: rootOf(entries) }, path)).toBe(true);
      if (first === 0) return;
      const changed = entries.map((entry, at) => (at === any % first ? new TextEncoder().encode('changed') : entry));
      const later = { size, root: rootOf(changed) };
      expect(isConsistent(sha256, earlier, later, hashesOf(changed, consistencyPath(first, size)))).toBe(false);
      expect(isConsistent(sha256, earlier, { size: first - 1, root: earlier.root }, [])).toBe(false);
    }),
  );
});

test('sizes beyond 32 bits have paths of logarithmic length', () => {
  const size = 2 ** 40 + 12_345;
  expect(inclusionPath(2 ** 39, { from: 0, to: size }).length).toBeLessThan(60);
  expect(consistencyPath(2 ** 33 + 1, size).length).toBeLessThan(90);
  expect(nodesOf({ from: 0, to: size }).reduce((sum, { level }) => sum + 2 ** level, 0)).toBe(size);
});
