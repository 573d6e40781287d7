import { Head } from '../../shared/chain.ts';
import { ProblemCode } from '../../shared/problem.ts';
import { rowOfPlaces, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';
import type { Change } from './together.ts';

/** A workstation that may decide for an account. */
export type Device = {
  readonly id: string;
  readonly accountId: string;
  readonly publicKey: string;
  readonly start: Head;
};

/** One place of a device's chain. */
export type Link = {
  readonly device: string;
  readonly seq: number;
  readonly sha256: string;
  readonly withdrawn: boolean;
  readonly signature: string;
  /** Why the decision in this place was refused; null for all others. */
  readonly problem: ProblemCode | null;
};

/** The device with an id, or null. */
export async function findDevice(db: Store, id: string): Promise<Device | null> {
  const row = await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? deviceOf(row) : null;
}

/** A device as it is stored. */
export function deviceOf(row: Omit<Tables['devices'], 'enrolled_at'>): Device {
  const { account_id: accountId, public_key: publicKey, start_seq: seq, start_sha256: sha256 } = row;
  return { id: row.id, accountId, publicKey, start: Head.parse({ seq, sha256 }) };
}

/** Enrols a device, for good. */
export async function insertDevice(db: Store, { id, accountId, publicKey, start }: Device, at: string): Promise<void> {
  await db
    .insertInto('devices')
    .values({
      id,
      account_id: accountId,
      public_key: publicKey,
      start_seq: start.seq,
      start_sha256: start.sha256,
      enrolled_at: at,
    })
    .execute();
}

/** Where the chain of a device stands. */
export async function headOf(db: Store, { id, start }: Device): Promise<Head> {
  const row = await db
    .selectFrom('links')
    .select(['seq', 'sha256'])
    .where('device', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? Head.parse(row) : start;
}

/** The link in a place of a device's chain, or null. */
export async function findLink(db: Store, device: string, seq: number): Promise<Link | null> {
  const row = await db
    .selectFrom('links')
    .selectAll()
    .where('device', '=', device)
    .where('seq', '=', seq)
    .executeTakeFirst();
  if (!row) return null;
  const { sha256, withdrawn, signature, problem } = row;
  return {
    device,
    seq,
    sha256,
    withdrawn: withdrawn === 1,
    signature,
    problem: problem === null ? null : ProblemCode.parse(problem),
  };
}

const COLUMNS = ['device', 'seq', 'sha256', 'withdrawn', 'signature', 'problem', 'received_at'] as const;
const keep = statement<Tables['links'], unknown>((db, value) =>
  db.insertInto('links').values(rowOfPlaces(COLUMNS, value)).compile(),
);

/** A link, to be given its place for good. */
export function linkKept(link: Link, at: string): Change {
  return { statement: keep({ ...link, withdrawn: link.withdrawn ? 1 : 0, received_at: at }) };
}
