import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical.ts';
import { Sha256 } from '../../shared/ids.ts';
import { entryForm, LOG_START } from '../../shared/log.ts';
import type { Store } from './tables.ts';
import { addLeaf, leafOf } from './tree.ts';

/** What the audit log records. */
export const AUDIT_KINDS = [
  'session.opened',
  'session.refused',
  'session.closed',
  'password.changed',
  'password.refused',
  'password.reset',
  'recovery.allowed',
  'recovery.opened',
  'recovery.refused',
  'key.changed',
  'device.enrolled',
  'decision.answered',
  'decision.withdrawn',
  'claim.taken',
  'claim.moved',
  'claim.released',
  'claim.expired',
  'image.uploaded',
  'submission.submitted',
  'submission.lapsed',
  'epoch.started',
  'log.exported',
  'spot.drawn',
  'spot.judged',
  'export.made',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** An event; `facts` hold ids, codes and hashes, never personal data. The reason of `claim.moved` is the supervisor's own. */
export type AuditEvent = {
  readonly at: string;
  readonly accountId: string | null;
  readonly kind: AuditKind;
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, string | number | null>>;
};

/** Where the end of the log is noted outside it. */
export const LOG_END = 'audit.head';

const hashOf = (entry: Parameters<typeof entryForm>[0]): string =>
  createHash('sha256').update(entryForm(entry)).digest('hex');

/**
 * Adds an event to the log, in the transaction of what it tells of; each entry carries the hash of the one before, and
 * is the next leaf of the Merkle tree.
 */
export async function record(db: Store, event: AuditEvent): Promise<void> {
  const last = await db.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst();
  const n = (last?.n ?? 0) + 1;
  const previous = Sha256.parse(last?.hash ?? LOG_START);
  const { at, accountId, kind, subject } = event;
  const facts = canonicalJson(event.facts);
  const entry = { n, at, accountId, kind, subject, facts, previous };
  const hash = hashOf(entry);
  await db.insertInto('audit').values({ n, at, account_id: accountId, kind, subject, facts, previous, hash }).execute();
  await addLeaf(db, n - 1, leafOf(entry));
  // The end of the log is noted outside it, so that cutting it short shows.
  const value = JSON.stringify({ n, hash });
  await db
    .insertInto('notes')
    .values({ key: LOG_END, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
