import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { Decision } from '../../shared/decision.ts';
import { Submission } from '../../shared/submission.ts';

/** What the service has, read from its database without asking it. */
export type Records = {
  readonly submissions: readonly Submission[];
  /** In the order in which they were recorded. */
  readonly decisions: readonly RecordedDecision[];
  readonly audit: readonly AuditLine[];
};

const RecordedDecision = z.object({
  id: z.string(),
  submission_id: z.string(),
  canonical: z.string().transform((text) => Decision.parse(JSON.parse(text))),
  sha256: z.string(),
  outcome: z.enum(['applied', 'conflict', 'refused']),
  receipt: z.string().nullable(),
});
export type RecordedDecision = z.infer<typeof RecordedDecision>;

const AuditLine = z.object({
  n: z.number(),
  kind: z.string(),
  account_id: z.string().nullable(),
  subject: z.string().nullable(),
  facts: z
    .string()
    .transform((text) => z.record(z.string(), z.union([z.string(), z.number(), z.null()])).parse(JSON.parse(text))),
});
export type AuditLine = z.infer<typeof AuditLine>;

function reading<T>(folder: string, work: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(join(folder, 'service.db'), { readonly: true, fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const submissionsIn = (db: Sqlite.Database): Submission[] =>
  db
    .prepare<[], { document: string }>('SELECT document FROM submissions ORDER BY id')
    .all()
    .map(({ document }) => Submission.parse(JSON.parse(document)));

/** The submissions as they stand. */
export function readSubmissions(folder: string): Submission[] {
  return reading(folder, submissionsIn);
}

/** How many decisions were applied so far. */
export function countApplied(folder: string): number {
  const count = (db: Sqlite.Database) =>
    db.prepare(`SELECT count(*) FROM decisions WHERE outcome = 'applied'`).pluck().get();
  return Number(reading(folder, count));
}

/** The decisions that were applied so far. */
export function readApplied(folder: string): ReadonlySet<string> {
  const ids = (db: Sqlite.Database) =>
    db.prepare<[], string>(`SELECT id FROM decisions WHERE outcome = 'applied'`).pluck().all();
  return new Set(reading(folder, ids));
}

/** Everything, in one look. */
export function readRecords(folder: string): Records {
  return reading(folder, (db) => ({
    submissions: submissionsIn(db),
    decisions: z.array(RecordedDecision).parse(db.prepare('SELECT * FROM decisions ORDER BY rowid').all()),
    audit: z
      .array(AuditLine)
      .parse(db.prepare('SELECT n, kind, account_id, subject, facts FROM audit ORDER BY n').all()),
  }));
}
