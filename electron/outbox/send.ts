import type { DecisionId, SubmissionId } from '../../shared/ids.ts';
import { problem } from '../../shared/problem.ts';
import type { Answer } from '../../shared/wire.ts';
import { Failure } from '../failure.ts';
import { logEntry } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import { dueDecisions, markSending, markUnsent, type Posted, recordAnswer } from '../store/outbox.ts';
import { refreshSubmission, type View } from '../store/submissions.ts';
import type { Service } from '../sync/client.ts';
import { ServiceFailure } from '../sync/failures.ts';

const BATCH = 50;

export type SendOptions = {
  readonly service: Service;
  readonly store: Store;
  readonly view: View;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** After each commit. */
  readonly onMoved: (submissions: readonly SubmissionId[]) => void;
};

const idsOf = (posted: readonly Posted[]): DecisionId[] => posted.map(({ decision }) => decision.id);
const submissionsOf = (posted: readonly Posted[]): SubmissionId[] => [
  ...new Set(posted.map(({ decision }) => decision.submissionId)),
];

/** Checks that there is one answer a decision, and that each receipt is for exactly what was decided. */
function matched(posted: readonly Posted[], answers: readonly Answer[]): readonly Answer[] {
  const wanted = new Map(posted.map(({ decision, sha256 }) => [decision.id, sha256]));
  const fits = answers.every((answer) => {
    const sha256 = wanted.get(answer.id);
    if (sha256 === undefined) return false;
    if (answer.outcome !== 'applied') return true;
    return answer.receipt.decisionId === answer.id && answer.receipt.decisionSha256 === sha256;
  });
  if (fits && answers.length === wanted.size && new Set(answers.map(({ id }) => id)).size === wanted.size) {
    return answers;
  }
  throw new ServiceFailure('service.failed', 'perhaps', 'answers do not fit the decisions');
}

function record(
  { store, view, now, onMoved }: SendOptions,
  posted: readonly Posted[],
  answers: readonly Answer[],
): void {
  const at = now().toISOString();
  const submissions = submissionsOf(posted);
  store.transact((db) => {
    for (const answer of answers) {
      recordAnswer(db, answer, at);
      logEntry(db, at, 'answered', answer);
    }
    for (const id of submissions) refreshSubmission(db, id, view);
  });
  onMoved(submissions);
}

/** The service can't read a decision at all: it will never be applied as it is, so it is parked in sight. */
const UNREADABLE = new Set(['request.invalid', 'request.too_large']);

async function sendBatch(options: SendOptions, posted: readonly Posted[]): Promise<void> {
  const { service, store, now, signal, onMoved } = options;
  const ids = idsOf(posted);
  store.transact((db) => markSending(db, ids, now().toISOString()));
  onMoved(submissionsOf(posted));
  try {
    const answers = await service.decide(
      posted.map(({ decision }) => decision),
      signal,
    );
    record(options, posted, matched(posted, answers));
  } catch (error) {
    if (error instanceof Failure && UNREADABLE.has(error.code)) {
      const [first, ...others] = posted;
      if (first && others.length === 0) {
        const refused = { id: first.decision.id, outcome: 'refused', problem: problem(error.code) } as const;
        return record(options, posted, [refused]);
      }
      for (const one of posted) await sendBatch(options, [one]);
      return;
    }
    const exposed = !(error instanceof ServiceFailure && error.effect === 'no');
    store.transact((db) => markUnsent(db, ids, exposed));
    onMoved(submissionsOf(posted));
    throw error;
  }
}

/**
 * Sends what is due, in the order of the device, until nothing is. Every answer is recorded before the next batch goes
 * out; without an answer everything stays and goes out again under the same ids. Gives how many were answered.
 * @throws ServiceFailure when the service can't be reached, Failure `store.write`
 */
export async function sendDue(options: SendOptions): Promise<number> {
  let answered = 0;
  for (;;) {
    options.signal.throwIfAborted();
    const due = dueDecisions(options.store.read, options.now(), BATCH);
    if (due.length === 0) return answered;
    await sendBatch(options, due);
    answered += due.length;
  }
}
