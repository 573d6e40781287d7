import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical.ts';
import type { Store } from './tables.ts';

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

const START = '0'.repeat(64);
const HEAD = 'audit.head';
const Head = z.strictObject({ n: z.number().int(), hash: z.string() });

function hashOf(n: number, event: Omit<AuditEvent, 'facts'> & { facts: string }, previous: string): string {
  return createHash('sha256')
    .update(canonicalJson({ n, ...event, previous }))
    .digest('hex');
}

/** Adds an event to the log, in the transaction of what it tells of; each entry carries the hash of the one before. */
export async function record(db: Store, event: AuditEvent): Promise<void> {
  const last = await db.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst();
  const n = (last?.n ?? 0) + 1;
  const previous = last?.hash ?? START;
  const { at, accountId, kind, subject } = event;
  const facts = canonicalJson(event.facts);
  const hash = hashOf(n, { at, accountId, kind, subject, facts }, previous);
  await db.insertInto('audit').values({ n, at, account_id: accountId, kind, subject, facts, previous, hash }).execute();
  // The end of the log is noted outside it, so that cutting it short shows.
  const value = JSON.stringify({ n, hash });
  await db
    .insertInto('notes')
    .values({ key: HEAD, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Walks the log; gives the number of entries, or the first place where it was edited, reordered or cut. */
export async function verifyAudit(db: Store): Promise<{ ok: true; entries: number } | { ok: false; at: number }> {
  let n = 0;
  let previous = START;
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('n', '>', n).orderBy('n').limit(1000).execute();
    if (rows.length === 0) break;
    for (const row of rows) {
      const { at, account_id: accountId, subject, facts } = row;
      const kind = AUDIT_KINDS.find((known) => known === row.kind);
      if (row.n !== n + 1 || row.previous !== previous || !kind) return { ok: false, at: n + 1 };
      if (row.hash !== hashOf(row.n, { at, accountId, kind, subject, facts }, previous))
        return { ok: false, at: row.n };
      n = row.n;
      previous = row.hash;
    }
  }
  const note = await db.selectFrom('notes').select('value').where('key', '=', HEAD).executeTakeFirst();
  const head = note ? Head.parse(JSON.parse(note.value)) : { n: 0, hash: START };
  return head.n === n && head.hash === previous ? { ok: true, entries: n } : { ok: false, at: n + 1 };
}
