import { z } from 'zod';
import type { Undecided, UnsentConclusion } from '../../shared/deadline-risk.ts';
import { Instant } from '../../shared/ids.ts';
import { ProblemCode } from '../../shared/problem.ts';
import { type Reader, sql } from './database.ts';

const KINDS = {
  'submission.return': 'return',
  'submission.approve': 'approve',
  'submission.refuse': 'refuse',
} as const satisfies Record<string, UnsentConclusion['kind']>;

/** What waits to be sent, what is parked, and what is still to be decided with its deadlines. */
export type Unsent = {
  /** Decisions on pictures alone. */
  readonly images: number;
  readonly conclusions: readonly UnsentConclusion[];
  /** When the oldest was made. */
  readonly oldestAt: string | null;
  /** Why decisions were not taken, the most frequent reason first. */
  readonly parked: readonly { readonly code: ProblemCode; readonly count: number }[];
  readonly undecided: readonly Undecided[];
};

/** Sorts after every date: no deadline (`queue/columns.ts`). */
const NO_DEADLINE = '9999';

const Parked = z.object({ code: ProblemCode, count: z.number() });

/** Reads what waits from the tables. */
export function readUnsent(db: Reader): Unsent {
  const waiting = sql<{ kind: string; madeAt: string; deadline: string | null }>(
    db,
    `SELECT json_extract(d.body, '$.act.kind') AS kind, json_extract(d.body, '$.madeAt') AS madeAt,
       substr(s.base_deadline_key, 1, instr(s.base_deadline_key, ' ') - 1) AS deadline
     FROM outbox o JOIN decisions d ON d.seq = o.seq LEFT JOIN submissions s ON s.id = d.submission_id
     WHERE o.state IN ('waiting', 'sending') ORDER BY o.seq`,
  ).all();
  const conclusions = waiting.flatMap(({ kind, deadline }): UnsentConclusion[] => {
    if (!(kind in KINDS)) return [];
    return [{ kind: KINDS[kind as keyof typeof KINDS], deadline: deadline === NO_DEADLINE ? null : deadline }];
  });
  const [oldest] = waiting;
  return {
    images: waiting.length - conclusions.length,
    conclusions,
    oldestAt: oldest ? Instant.parse(oldest.madeAt) : null,
    parked: sql(
      db,
      `SELECT json_extract(problem, '$.code') AS code, count(*) AS count FROM outbox
       WHERE state IN ('conflict', 'refused') GROUP BY code ORDER BY count DESC, code`,
    )
      .all()
      .map((row) => Parked.parse(row)),
    undecided: sql<Undecided>(
      db,
      `SELECT deadline, count(*) AS count FROM submissions
       WHERE open = 1 AND deadline IS NOT NULL GROUP BY deadline ORDER BY deadline`,
    ).all(),
  };
}

/** Reads what waits again only after something was written: the status is asked for many times a second. */
export function openUnsent(db: Reader): () => Unsent {
  let known: { readonly changes: number; readonly unsent: Unsent } | null = null;
  return () => {
    const changes = sql<{ n: number }>(db, 'SELECT total_changes() AS n').get()?.n ?? 0;
    if (known?.changes !== changes) known = { changes, unsent: readUnsent(db) };
    return known.unsent;
  };
}
