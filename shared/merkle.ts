/** SHA-256 (or, in tests, any function): 32 bytes of the bytes. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Leaves `from` up to before `to` of a tree; every proof names the hashes of such stretches. */
export type Stretch = { readonly from: number; readonly to: number };

/** A perfect subtree: 2^`level` leaves from `place * 2^level`. Level 0 are the leaves. */
export type Node = { readonly level: number; readonly place: number };

const LEAF = 0;
const INNER = 1;

/** Hash of a leaf (RFC 9162 §2.1.1): SHA-256 over a zero byte and the entry. */
export function leafHash(hash: Hash, entry: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(entry.length + 1);
  bytes[0] = LEAF;
  bytes.set(entry, 1);
  return hash(bytes);
}

/** Hash of an inner node (RFC 9162 §2.1.1): SHA-256 over a one byte and both children. */
export function innerHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(left.length + right.length + 1);
  bytes[0] = INNER;
  bytes.set(left, 1);
  bytes.set(right, left.length + 1);
  return hash(bytes);
}

/** The largest power of two below `size`; `size` is at least 2. Arithmetic, not bits: sizes may pass 2^31. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The perfect subtrees that make up a stretch of a tree, left to right. */
export function nodesOf({ from, to }: Stretch): Node[] {
  const nodes: Node[] = [];
  let at = from;
  while (at < to) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1;
    nodes.push({ level, place: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Hash of a stretch (a tree of its own, RFC 9162 §2.1.1) from the hashes of `nodesOf` it. Throws for an empty one. */
export function hashOfNodes(hash: Hash, nodes: readonly Uint8Array[]): Uint8Array {
  const [last, ...others] = [...nodes].reverse();
  if (last === undefined) throw new RangeError('an empty stretch has no nodes');
  return others.reduce((right, left) => innerHash(hash, left, right), last);
}

/** The root of the empty tree (RFC 9162 §2.1.1): the hash of nothing. */
export function emptyRoot(hash: Hash): Uint8Array {
  return hash(new Uint8Array(0));
}

/**
 * The stretches whose hashes prove that leaf `index` is in the tree of `size` leaves, in the order of the proof
 * (RFC 9162 §2.1.3.1).
 */
export function inclusionPath(index: number, { from, to }: Stretch): Stretch[] {
  if (to - from <= 1) return [];
  const middle = from + split(to - from);
  const [own, other] =
    index < middle
      ? [
          { from, to: middle },
          { from: middle, to },
        ]
      : [
          { from: middle, to },
          { from, to: middle },
        ];
  return [...inclusionPath(index, own), other];
}

/** The stretches whose hashes prove that the tree of `size` leaves begins with that of `first` (RFC 9162 §2.1.4.1). */
export function consistencyPath(first: number, size: number): Stretch[] {
  const proof = (kept: number, { from, to }: Stretch, whole: boolean): Stretch[] => {
    if (kept === to - from) return whole ? [] : [{ from, to }];
    const half = split(to - from);
    const middle = from + half;
    return kept <= half
      ? [...proof(kept, { from, to: middle }, whole), { from: middle, to }]
      : [...proof(kept - half, { from: middle, to }, false), { from, to: middle }];
  };
  return first === 0 || first === size ? [] : proof(first, { from: 0, to: size }, true);
}

const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const half = (value: number) => Math.floor(value / 2);

/** Whether a proof shows that a leaf is the one at `index` of the tree with this root (RFC 9162 §2.1.3.2). */
export function isIncluded(
  hash: Hash,
  leaf: Uint8Array,
  { index, size, root, path }: { index: number; size: number; root: Uint8Array; path: readonly Uint8Array[] },
): boolean {
  if (index < 0 || index >= size) return false;
  let [own, last, reached] = [index, size - 1, leaf];
  for (const other of path) {
    if (last === 0) return false;
    if (own % 2 === 1 || own === last) {
      reached = innerHash(hash, other, reached);
      while (own % 2 === 0 && own !== 0) [own, last] = [half(own), half(last)];
    } else reached = innerHash(hash, reached, other);
    [own, last] = [half(own), half(last)];
  }
  return last === 0 && equal(reached, root);
}

/** A tree as its signed head tells it. */
export type Tree = { readonly size: number; readonly root: Uint8Array };

/** Whether a proof shows that the later tree begins with all of the earlier (RFC 9162 §2.1.4.2). */
export function isConsistent(hash: Hash, earlier: Tree, later: Tree, path: readonly Uint8Array[]): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return path.length === 0 && equal(earlier.root, later.root);
  // Everything begins with nothing.
  if (earlier.size === 0) return path.length === 0 && equal(earlier.root, emptyRoot(hash));
  const whole = Number.isInteger(Math.log2(earlier.size));
  const [start, ...others] = whole ? [earlier.root, ...path] : path;
  if (start === undefined || (whole && path.length === 0)) return false;
  let [own, last] = [earlier.size - 1, later.size - 1];
  while (own % 2 === 1) [own, last] = [half(own), half(last)];
  let [before, after] = [start, start];
  for (const other of others) {
    if (last === 0) return false;
    if (own % 2 === 1 || own === last) {
      before = innerHash(hash, other, before);
      after = innerHash(hash, other, after);
      while (own % 2 === 0 && own !== 0) [own, last] = [half(own), half(last)];
    } else after = innerHash(hash, after, other);
    [own, last] = [half(own), half(last)];
  }
  return last === 0 && equal(before, earlier.root) && equal(after, later.root);
}

/** The right edge of a growing tree: its perfect subtrees, the largest first. Adding a leaf takes two hashes on average. */
export class Edge {
  readonly #hash: Hash;
  readonly #nodes: { level: number; hash: Uint8Array }[];
  #size: number;

  /** @param nodes hashes of `nodesOf` the stretch from 0 to `size` */
  constructor(hash: Hash, size = 0, nodes: readonly Uint8Array[] = []) {
    this.#hash = hash;
    this.#size = size;
    this.#nodes = nodesOf({ from: 0, to: size }).map(({ level }, at) => {
      const node = nodes[at];
      if (!node) throw new RangeError('a node of the edge is missing');
      return { level, hash: node };
    });
  }

  /** Adds a leaf by its hash; gives the perfect subtrees that it completes, itself first. */
  add(leaf: Uint8Array): (Node & { readonly hash: Uint8Array })[] {
    let own = { level: 0, hash: leaf };
    const added = [{ level: 0, place: this.#size, hash: leaf }];
    for (;;) {
      const left = this.#nodes.at(-1);
      if (left?.level !== own.level) break;
      this.#nodes.pop();
      own = { level: own.level + 1, hash: innerHash(this.#hash, left.hash, own.hash) };
      added.push({ ...own, place: Math.floor(this.#size / 2 ** own.level) });
    }
    this.#nodes.push(own);
    this.#size += 1;
    return added;
  }

  /** How many leaves there are, and the root over them. */
  tree(): Tree {
    const root =
      this.#size === 0
        ? emptyRoot(this.#hash)
        : hashOfNodes(
            this.#hash,
            this.#nodes.map((node) => node.hash),
          );
    return { size: this.#size, root };
  }
}
