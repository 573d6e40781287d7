import { createHash } from 'node:crypto';
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
import type { Store } from './tables.ts';

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

/** Adds the leaf of the next entry, and each subtree that it completes. */
export async function addLeaf(db: Store, index: number, leaf: Uint8Array): Promise<void> {
  let [level, place, hash] = [0, index, leaf];
  const added = [{ level, place, hash: Buffer.from(hash) }];
  while (place % 2 === 1) {
    hash = innerHash(sha256Bytes, await nodeAt(db, { level, place: place - 1 }), hash);
    [level, place] = [level + 1, (place - 1) / 2];
    added.push({ level, place, hash: Buffer.from(hash) });
  }
  await db.insertInto('log_nodes').values(added).execute();
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
      for (const { account_id: accountId, hash: _, ...row } of rows) {
        await addLeaf(transaction, row.n - 1, leafOf({ ...row, accountId, previous: Sha256.parse(row.previous) }));
      }
      return rows.length;
    });
    if (grown === 0) return;
  }
}
