import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical.ts';
import { Sha256 } from '../../shared/ids.ts';
import { entryForm, LOG_START } from '../../shared/log.ts';
import { noted } from './notes.ts';
import { firstOf, rowOfPlaces, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';
import { type Change, together } from './together.ts';
import { type Known, leafAdded, leafOf } from './tree.ts';

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

/** Where the log ends: its last entry's number and hash; null for one that is empty. */
export type LogEnd = { readonly n: number; readonly hash: string } | null;

/** Ends of logs whose trees' edges are kept. */
const KEPT = 20;
/** By the hash of the last entry, which says all that is in the log, whoever wrote it and whether it was committed. */
const edges = new Map<string, Known>();

function keepEdge(hash: string, known: Known): void {
  edges.set(hash, known);
  for (const oldest of edges.keys()) {
    if (edges.size <= KEPT) return;
    edges.delete(oldest);
  }
}

const lastEntry = statement<object, { n: number; hash: string }>((db) =>
  db.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1).compile(),
);

const COLUMNS = ['n', 'at', 'account_id', 'kind', 'subject', 'facts', 'previous', 'hash'] as const;
const addEntry = statement<Tables['audit'], unknown>((db, value) =>
  db.insertInto('audit').values(rowOfPlaces(COLUMNS, value)).compile(),
);

/**
 * An event as the next entry of a log that ends there, to be added in the transaction of what it tells of, in which the
 * end was read; each entry carries the hash of the one before, and is the next leaf of the Merkle tree.
 */
export async function entryAfter(
  db: Store,
  end: LogEnd,
  event: AuditEvent,
): Promise<{ readonly changes: Change[]; readonly end: LogEnd }> {
  const n = (end?.n ?? 0) + 1;
  const previous = Sha256.parse(end?.hash ?? LOG_START);
  const { at, accountId, kind, subject } = event;
  const facts = canonicalJson(event.facts);
  const entry = { n, at, accountId, kind, subject, facts, previous };
  const hash = hashOf(entry);
  const leaf = await leafAdded(db, n - 1, leafOf(entry), edges.get(previous) ?? new Map());
  keepEdge(hash, leaf.known);
  const row = { n, at, account_id: accountId, kind, subject, facts, previous, hash };
  // The end of the log is noted outside it, so that cutting it short shows.
  const changes = [{ statement: addEntry(row) }, leaf.change, noted(LOG_END, JSON.stringify({ n, hash }))];
  return { changes, end: { n, hash } };
}

/** Adds an event to a log that ends there, in the transaction of what it tells of. Gives where it ends then. */
export async function recordAfter(db: Store, end: LogEnd, event: AuditEvent): Promise<LogEnd> {
  const added = await entryAfter(db, end, event);
  await together(db, added.changes);
  return added.end;
}

/** Adds an event to the log, in the transaction of what it tells of. */
export async function record(db: Store, event: AuditEvent): Promise<void> {
  await recordAfter(db, (await firstOf(db, lastEntry({}))) ?? null, event);
}
