import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** What the log records. */
export const AUDIT_KINDS = [
  'decided',
  'signed',
  'withdrawn',
  'answered',
  'dismissed',
  'resolved',
  'reopened',
  'rewound',
  'renewed',
  'recovered',
  'rekeyed',
  'broken',
  'noted',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** One entry of the log; its hash covers everything in it and the hash of the one before. */
export type AuditEntry = {
  readonly n: number;
  readonly at: string;
  readonly kind: AuditKind;
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
};

/** `previous` of the first entry. */
export const GENESIS = '0'.repeat(64);

/** The hash of an entry, from its content. */
export function entryHash({ n, at, kind, body, previous }: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson({ n, at, kind, body, previous })).digest('hex');
}

/** Whether an entry is as it was written: its hash fits its content. */
export function isGenuine({ hash, ...entry }: AuditEntry): boolean {
  return hash === entryHash(entry);
}

/** The last entry, or null in an empty log. */
export function lastEntry(db: Reader): Pick<AuditEntry, 'n' | 'hash'> | null {
  return sql<{ n: number; hash: string }>(db, 'SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1').get() ?? null;
}

/** Puts back entries of the same log that follow on its last one, up to the first gap. Gives how many. */
export function continueLog(db: Writer, entries: ReadonlyMap<number, AuditEntry>): number {
  const insert = sql(
    db,
    'INSERT INTO audit (n, at, kind, body, previous, hash) VALUES (@n, @at, @kind, @body, @previous, @hash)',
  );
  let last = lastEntry(db);
  let taken = 0;
  for (;;) {
    const next = entries.get((last?.n ?? 0) + 1);
    if (!next || next.previous !== (last?.hash ?? GENESIS)) return taken;
    insert.run(next);
    last = next;
    taken += 1;
  }
}

/** Adds an entry to the log, linked to the last one. */
export function logEntry(db: Writer, at: string, kind: AuditKind, body: unknown): void {
  const last = lastEntry(db);
  const entry = {
    n: (last?.n ?? 0) + 1,
    at,
    kind,
    body: canonicalJson(body),
    previous: last?.hash ?? GENESIS,
  };
  sql(db, 'INSERT INTO audit (n, at, kind, body, previous, hash) VALUES (@n, @at, @kind, @body, @previous, @hash)').run(
    {
      ...entry,
      hash: entryHash(entry),
    },
  );
}

/** The number of the first entry that doesn't fit, or null when the whole chain holds. */
export function firstBreak(db: Reader): number | null {
  let previous = GENESIS;
  let n = 0;
  for (const row of sql<AuditEntry>(db, 'SELECT n, at, kind, body, previous, hash FROM audit ORDER BY n').iterate()) {
    n += 1;
    if (row.n !== n || row.previous !== previous || row.hash !== entryHash(row)) return n;
    previous = row.hash;
  }
  return null;
}
