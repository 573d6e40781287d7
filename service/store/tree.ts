import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Sha256 } from '../../shared/ids.ts';
import { entryForm, type LogEntry } from '../../shared/log.ts';
import {
  consistencyPath,
  emptyRoot,
  hashOfNodes,
  inclusionPath,
  innerHash,
  leafHash,
  type Node,
  nodesOf,
  type Stretch,
} from '../../shared/merkle.ts';
import { dialectOf } from './dialect.ts';
import { statement } from './statement.ts';
import type { Store } from './tables.ts';
import { type Change, together } from './together.ts';

/** SHA-256 of bytes: the hash of the tree. */
export const sha256Bytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The leaf of an entry, from its content alone. */
export function leafOf(entry: Omit<LogEntry, 'hash'>): Uint8Array {
  return leafHash(sha256Bytes, Buffer.from(entryForm(entry)));
}

/** Throws when the subtree is not there: the tree is shorter than the log, or was meddled with. */
async function nodeAt(db: Store, { level, place }: Node): Promise<Uint8Array> {
  const { hash } = await db
    .selectFrom('log_nodes')
    .select('hash')
    .where('level', '=', level)
    .where('place', '=', place)
    .executeTakeFirstOrThrow();
  return hash;
}

/** Hashes at the right edge of a tree, by level: what its next leaves are joined with, as far as it is known. */
export type Known = ReadonlyMap<number, Uint8Array>;

const addNodes = statement<{ nodes: string }, unknown>((db, value) =>
  sql`INSERT INTO log_nodes (level, place, hash) ${dialectOf(db).nodesOf(value('nodes'))}`.compile(db),
);

/** The leaf of the next entry with each subtree that it completes, to be added; and what is known of the edge then. */
export async function leafAdded(
  db: Store,
  index: number,
  leaf: Uint8Array,
  known: Known,
): Promise<{ readonly change: Change; readonly known: Known }> {
  const edge = new Map(known);
  let [level, place, hash] = [0, index, leaf];
  const added = [[level, place, hex(hash)]];
  while (place % 2 === 1) {
    hash = innerHash(sha256Bytes, edge.get(level) ?? (await nodeAt(db, { level, place: place - 1 })), hash);
    edge.delete(level);
    [level, place] = [level + 1, (place - 1) / 2];
    added.push([level, place, hex(hash)]);
  }
  edge.set(level, hash);
  return { change: { statement: addNodes({ nodes: JSON.stringify(added) }) }, known: edge };
}

async function hashOf(db: Store, stretch: Stretch): Promise<Uint8Array> {
  const nodes: Uint8Array[] = [];
  for (const node of nodesOf(stretch)) nodes.push(await nodeAt(db, node));
  return hashOfNodes(sha256Bytes, nodes);
}

async function pathOf(db: Store, path: readonly Stretch[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const stretch of path) hashes.push(hex(await hashOf(db, stretch)));
  return hashes;
}

/** How many entries the tree has. */
export async function treeSize(db: Store): Promise<number> {
  const last = await db
    .selectFrom('log_nodes')
    .select('place')
    .where('level', '=', 0)
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? 0 : last.place + 1;
}

/** Root (hex) over the first `size` entries. */
export async function rootAt(db: Store, size: number): Promise<string> {
  return hex(size === 0 ? emptyRoot(sha256Bytes) : await hashOf(db, { from: 0, to: size }));
}

/** Proof (hex) that the first `size` entries begin with the first `first`. */
export function consistency(db: Store, first: number, size: number): Promise<string[]> {
  return pathOf(db, consistencyPath(first, size));
}

/** Proof (hex) that entry `n` is among the first `size`. */
export function inclusion(db: Store, n: number, size: number): Promise<string[]> {
  return pathOf(db, inclusionPath(n - 1, { from: 0, to: size }));
}

/** Brings the tree up to a log that was begun before there was one, each thousand entries in a transaction. */
export async function growTree(db: Store): Promise<void> {
  for (;;) {
    const grown = await db.transaction().execute(async (transaction) => {
      const size = await treeSize(transaction);
      const rows = await transaction
        .selectFrom('audit')
        .selectAll()
        .where('n', '>', size)
        .orderBy('n')
        .limit(1_000)
        .execute();
      let known: Known = new Map();
      for (const { account_id: accountId, hash: _, ...row } of rows) {
        const leaf = leafOf({ ...row, accountId, previous: Sha256.parse(row.previous) });
        const added = await leafAdded(transaction, row.n - 1, leaf, known);
        await together(transaction, [added.change]);
        known = added.known;
      }
      return rows.length;
    });
    if (grown === 0) return;
  }
}
