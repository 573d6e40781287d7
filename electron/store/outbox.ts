import { z } from 'zod';
import { Decision, Receipt } from '../../shared/decision.ts';
import { DecisionId, Slot, type SubmissionId } from '../../shared/ids.ts';
import type { DECISION_STATES, TrackedDecision } from '../../shared/ipc.ts';
import { Problem } from '../../shared/problem.ts';
import { Choice } from '../../shared/resolve.ts';
import type { Answer } from '../../shared/wire.ts';
import type { Pending } from '../overlay.ts';
import { type Reader, sql, type Writer } from './database.ts';

type State = (typeof DECISION_STATES)[number];
type Row = {
  body: string;
  sha256: string;
  state: State;
  held_until: string;
  exposed: number;
  attempts: number;
  last_tried_at: string | null;
  answered_at: string | null;
  problem: string | null;
  slots: string;
  receipt: string | null;
  signature: string | null;
  stub: number;
  name: string | null;
  registration_number: string | null;
  choice: string | null;
  resolved_by: string | null;
  resolved_at: string | null;
};

const SELECT = `SELECT d.body, d.sha256, o.state, o.held_until, o.exposed, o.attempts, o.last_tried_at, o.answered_at,
  o.problem, o.slots, o.receipt, o.stub, d.signature, s.name, s.registration_number,
  r.choice, instead.id AS resolved_by, r.at AS resolved_at
  FROM outbox o JOIN decisions d ON d.seq = o.seq LEFT JOIN submissions s ON s.id = d.submission_id
  LEFT JOIN resolutions r ON r.parked_seq = o.seq AND r.undone_at IS NULL
  LEFT JOIN decisions instead ON instead.seq = r.resolved_seq`;

/** A decision in the outbox. */
export type Posted = TrackedDecision & {
  readonly sha256: string;
  /** Neither sent nor possibly sent: can still be withdrawn. */
  readonly undoable: boolean;
  /** By the device; null in decisions of before there were signatures. */
  readonly signature: string | null;
  /** Only its place in the chain is told to the service. */
  readonly stub: boolean;
};

function posted(row: Row): Posted {
  return {
    decision: Decision.parse(JSON.parse(row.body)),
    state: row.state,
    heldUntil: row.state === 'waiting' ? row.held_until : null,
    attempts: row.attempts,
    lastTriedAt: row.last_tried_at,
    answeredAt: row.answered_at,
    problem: row.problem === null ? null : Problem.parse(JSON.parse(row.problem)),
    slots: z.array(Slot).parse(JSON.parse(row.slots)),
    receipt: row.receipt === null ? null : Receipt.parse(JSON.parse(row.receipt)),
    name: row.name ?? '',
    registrationNumber: row.registration_number ?? '',
    resolution:
      row.choice === null || row.resolved_at === null
        ? null
        : {
            choice: Choice.parse(row.choice),
            by: row.resolved_by === null ? null : DecisionId.parse(row.resolved_by),
            at: row.resolved_at,
          },
    sha256: row.sha256,
    undoable: row.state === 'waiting' && row.exposed === 0,
    signature: row.signature,
    stub: row.stub === 1,
  };
}

/** The form that goes to the page. */
export function tracked(posted: Posted): TrackedDecision {
  const { sha256: _, undoable: __, signature: ___, stub: ____, ...decision } = posted;
  return decision;
}

/** Puts a saved decision into the outbox. */
export function post(db: Writer, seq: number, heldUntil: string): void {
  sql(db, `INSERT INTO outbox (seq, state, held_until) VALUES (?, 'waiting', ?)`).run(seq, heldUntil);
}

/** Decisions that the service's copy of a submission may not show: unanswered and applied ones, oldest first. */
export function pendingOf(db: Reader, id: SubmissionId): Pending[] {
  return sql<{ body: string; receipt: string | null }>(
    db,
    `SELECT d.body, o.receipt FROM decisions d JOIN outbox o ON o.seq = d.seq
     WHERE d.submission_id = ? AND o.state IN ('waiting', 'sending', 'applied') ORDER BY d.seq`,
  )
    .all(id)
    .map(({ body, receipt }) => ({
      decision: Decision.parse(JSON.parse(body)),
      receipt: receipt === null ? null : Receipt.parse(JSON.parse(receipt)),
    }));
}

/** Decisions of a submission whose pictures are still needed: what waits, and what a person has to look at. */
export function unsettledOf(db: Reader, id: SubmissionId): Decision[] {
  return sql<{ body: string }>(
    db,
    `SELECT d.body FROM decisions d JOIN outbox o ON o.seq = d.seq
     WHERE d.submission_id = ? AND o.state IN ('waiting', 'sending', 'conflict', 'refused')`,
  )
    .all(id)
    .map(({ body }) => Decision.parse(JSON.parse(body)));
}

/** The decisions that were not taken and wait for a person, oldest first. */
export function listParked(db: Reader): { id: DecisionId; submissionId: SubmissionId }[] {
  return sql<{ id: DecisionId; submissionId: SubmissionId }>(
    db,
    `SELECT d.id, d.submission_id AS submissionId FROM outbox o JOIN decisions d ON d.seq = o.seq
     WHERE o.state IN ('conflict', 'refused') ORDER BY o.seq`,
  ).all();
}

/** What a list of decisions is narrowed by. */
export type DecisionFilter = {
  readonly states?: readonly State[] | undefined;
  readonly submissionId?: SubmissionId | undefined;
  readonly limit: number;
};

/** Decisions, newest first. */
export function listDecisions(db: Reader, { states, submissionId, limit }: DecisionFilter): Posted[] {
  return sql<Row>(
    db,
    `${SELECT} WHERE (@states IS NULL OR o.state IN (SELECT value FROM json_each(@states)))
       AND (@submission IS NULL OR d.submission_id = @submission)
     ORDER BY o.seq DESC LIMIT @limit`,
  )
    .all({ states: states ? JSON.stringify(states) : null, submission: submissionId ?? null, limit })
    .map(posted);
}

/** One decision; null when there is none of that id. */
export function readDecision(db: Reader, id: DecisionId): Posted | null {
  const row = sql<Row>(db, `${SELECT} WHERE d.id = ?`).get(id);
  return row ? posted(row) : null;
}

/** The newest decision that was not answered, of one submission or of all; null when there is none. */
export function newestUnanswered(db: Reader, submissionId: SubmissionId | null): Posted | null {
  const row = sql<Row>(
    db,
    `${SELECT} WHERE o.state IN ('waiting', 'sending') AND (@submission IS NULL OR d.submission_id = @submission)
     ORDER BY o.seq DESC LIMIT 1`,
  ).get({ submission: submissionId });
  return row ? posted(row) : null;
}

/** No hold is longer, ms. One that seems to be was written by a clock that was set back since, and is over. */
const LONGEST_HOLD = 60_000;

/** Whether the time to look back is not over. */
export function isHeld(heldUntil: string, now: Date): boolean {
  const left = Date.parse(heldUntil) - now.getTime();
  return left > 0 && left <= LONGEST_HOLD;
}

/**
 * The next links of the chain to send, in the order of the device: as many as are due before the first decision that is
 * still held, all of one device. A decision that was tried already is due whatever its hold says. Stubs travel with a
 * decision that follows them.
 */
export function dueLinks(db: Reader, now: Date, limit: number): Posted[] {
  const rows = sql<Row>(
    db,
    `${SELECT} WHERE o.seq IN (
       SELECT seq FROM outbox WHERE state IN ('waiting', 'sending')
       UNION ALL
       SELECT seq FROM outbox WHERE linked = 0 AND seq > (SELECT start_seq FROM device) AND stub = 1)
     ORDER BY o.seq LIMIT ?`,
  ).all(limit);
  const held = rows.findIndex((row) => row.state === 'waiting' && row.exposed === 0 && isHeld(row.held_until, now));
  const free = (held === -1 ? rows : rows.slice(0, held)).map(posted);
  const other = free.findIndex(({ decision }) => decision.device !== free[0]?.decision.device);
  const due = other === -1 ? free : free.slice(0, other);
  return due.length === limit ? due : due.slice(0, due.findLastIndex(({ stub }) => !stub) + 1);
}

/** How long until the first decision in the order of the device may be sent, ms; null when none waits. */
export function nextDue(db: Reader, now: Date): number | null {
  const row = sql<{ state: State; exposed: number; held_until: string }>(
    db,
    `SELECT state, exposed, held_until FROM outbox WHERE state IN ('waiting', 'sending') ORDER BY seq LIMIT 1`,
  ).get();
  if (!row) return null;
  const held = row.state === 'waiting' && row.exposed === 0 && isHeld(row.held_until, now);
  return held ? Date.parse(row.held_until) - now.getTime() : 0;
}

/** Marks decisions as on their way, before the first byte leaves. */
export function markSending(db: Writer, ids: readonly DecisionId[], at: string): void {
  const update = sql(
    db,
    `UPDATE outbox SET state = 'sending', attempts = attempts + 1, last_tried_at = ?
     WHERE seq = (SELECT seq FROM decisions WHERE id = ?)`,
  );
  for (const id of ids) update.run(at, id);
}

/**
 * Back to waiting after a try without an answer. `exposed`: the request may have reached the service, so that the
 * decision can no longer be withdrawn.
 */
export function markUnsent(db: Writer, ids: readonly DecisionId[], exposed: boolean): void {
  const update = sql(
    db,
    `UPDATE outbox SET state = 'waiting', exposed = max(exposed, ?)
     WHERE state = 'sending' AND seq = (SELECT seq FROM decisions WHERE id = ?)`,
  );
  for (const id of ids) update.run(exposed ? 1 : 0, id);
}

/** Records the service's answer. */
export function recordAnswer(db: Writer, answer: Answer, at: string): void {
  const applied = answer.outcome === 'applied';
  sql(
    db,
    `UPDATE outbox SET state = @state, answered_at = @at, problem = @problem, slots = @slots, receipt = @receipt,
       receipt_signature = @signature
     WHERE state = 'sending' AND seq = (SELECT seq FROM decisions WHERE id = @id)`,
  ).run({
    id: answer.id,
    state: answer.outcome,
    at,
    problem: applied ? null : JSON.stringify(answer.problem),
    slots: JSON.stringify(answer.outcome === 'conflict' ? answer.slots : []),
    receipt: applied ? JSON.stringify(answer.receipt) : null,
    signature: applied ? answer.signature : null,
  });
}

/** Parks a decision again, as it was before the reviewer dealt with it. */
export function repark(db: Writer, id: DecisionId, state: 'conflict' | 'refused'): void {
  sql(db, 'UPDATE outbox SET state = ? WHERE seq = (SELECT seq FROM decisions WHERE id = ?)').run(state, id);
}

/** Takes an unsent decision back, or notes that the reviewer has seen why one was not taken. */
export function setState(db: Writer, id: DecisionId, state: 'withdrawn' | 'dismissed', at: string): void {
  sql(
    db,
    `UPDATE outbox SET state = @state, answered_at = coalesce(answered_at, @at),
       stub = CASE @state WHEN 'withdrawn' THEN 1 ELSE stub END
     WHERE seq = (SELECT seq FROM decisions WHERE id = @id)`,
  ).run({ id, state, at });
}

/** After a start: what was on its way when the app ended may have arrived. */
export function recoverSending(db: Writer): void {
  sql(db, `UPDATE outbox SET state = 'waiting', exposed = 1 WHERE state = 'sending'`).run();
}

/** The status bar's counts. */
export function countOutbox(db: Reader): { waiting: number; sent: number; parked: number } {
  return (
    sql<{ waiting: number; sent: number; parked: number }>(
      db,
      `SELECT coalesce(sum(state IN ('waiting', 'sending')), 0) AS waiting, coalesce(sum(state = 'applied'), 0) AS sent,
         coalesce(sum(state IN ('conflict', 'refused')), 0) AS parked FROM outbox`,
    ).get() ?? { waiting: 0, sent: 0, parked: 0 }
  );
}
