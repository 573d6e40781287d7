import { receiptForm, UNPLACED, UNREADABLE } from '../../shared/chain.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { problem } from '../../shared/problem.ts';
import type { Answer, Answers } from '../../shared/wire.ts';
import { Failure } from '../failure.ts';
import { isSignedBy } from '../signature.ts';
import { logEntry } from '../store/audit.ts';
import { linkOf, noteLinked, setAside } from '../store/chain.ts';
import { readDevice } from '../store/device.ts';
import { readServiceKey } from '../store/meta.ts';
import { dueLinks, markSending, markUnsent, type Posted, recordAnswer } from '../store/outbox.ts';
import { refreshSubmission } from '../store/submissions.ts';
import { ServiceFailure } from '../sync/failures.ts';
import { type EnrolOptions, enrol } from './enrol.ts';

const BATCH = 50;

export type SendOptions = EnrolOptions & { readonly signal: AbortSignal };

const decisionsOf = (links: readonly Posted[]): Posted[] => links.filter(({ stub }) => !stub);
const idsOf = (links: readonly Posted[]) => decisionsOf(links).map(({ decision }) => decision.id);
const submissionsOf = (links: readonly Posted[]): SubmissionId[] => [
  ...new Set(links.map(({ decision }) => decision.submissionId)),
];

/**
 * Checks that there is one answer a decision, and that each receipt is for exactly what was decided and signed by the
 * service that is known here.
 * @throws ServiceFailure `service.failed`, `service.key`: everything stays as it was
 */
function matched({ store, service }: SendOptions, links: readonly Posted[], { answers, head }: Answers): Answers {
  const wanted = new Map(decisionsOf(links).map(({ decision, sha256 }) => [decision.id, sha256]));
  const fits = answers.every((answer) => {
    const sha256 = wanted.get(answer.id);
    if (sha256 === undefined) return false;
    if (answer.outcome !== 'applied') return true;
    return answer.receipt.decisionId === answer.id && answer.receipt.decisionSha256 === sha256;
  });
  if (!fits || answers.length !== wanted.size || new Set(answers.map(({ id }) => id)).size !== wanted.size) {
    throw new ServiceFailure('service.failed', 'perhaps', 'answers do not fit the decisions');
  }
  const key = readServiceKey(store.read) ?? '';
  for (const answer of answers) {
    if (answer.outcome !== 'applied' || isSignedBy(key, receiptForm(answer.receipt), answer.signature)) continue;
    service.doubt();
    throw new ServiceFailure('service.key', 'perhaps', 'receipt');
  }
  return { answers, head };
}

const isUnplaced = (answer: Answer): boolean => answer.outcome === 'refused' && UNPLACED.has(answer.problem.code);

/** Records answers; what is not answered by them goes back to waiting. */
function record(options: SendOptions, links: readonly Posted[], { answers, head }: Answers, aside?: Answer): void {
  const { store, view, now, onMoved } = options;
  const at = now().toISOString();
  const submissions = submissionsOf(links);
  store.transact((db) => {
    for (const answer of answers) {
      recordAnswer(db, answer, at);
      logEntry(db, at, 'answered', answer);
    }
    if (aside) setAside(db, aside.id);
    // The answer to a device that was given up tells nothing of the present one's chain.
    const isPresent = links.every(({ decision }) => decision.device === readDevice(db).uuid);
    if (head && isPresent) noteLinked(db, head);
    markUnsent(db, idsOf(links), true);
    for (const id of submissions) refreshSubmission(db, id, view);
  });
  onMoved(submissions);
}

/** What became of a batch: how many decisions have their answer, and whether a link has no place in the chain. */
type Outcome = { readonly answered: number; readonly unplaced: boolean };

/** The answers to record of a batch: with `park` up to the first decision without a place, else none of such a batch. */
function settle(options: SendOptions, links: readonly Posted[], { answers, head }: Answers, park: boolean): Outcome {
  const at = answers.findIndex(isUnplaced);
  const last = links.at(-1)?.decision.deviceSeq ?? 0;
  if (at === -1 && (answers.length > 0 || (head !== null && head.seq >= last))) {
    record(options, links, { answers, head });
    return { answered: answers.length, unplaced: false };
  }
  if (!park) {
    record(options, links, { answers: [], head: null });
    return { answered: 0, unplaced: true };
  }
  if (at === -1) throw new ServiceFailure('service.failed', 'no', 'stubs are not taken');
  record(options, links, { answers: answers.slice(0, at + 1), head }, answers[at]);
  return { answered: at + 1, unplaced: true };
}

/**
 * Sends one batch. When an answer says that a decision has no place in the chain, nothing of the batch is recorded the
 * first time, so that both copies of the chain can be brought together; with `park` that decision is parked, and what
 * comes after it stays for the next batch.
 */
async function sendBatch(options: SendOptions, links: readonly Posted[], park: boolean): Promise<Outcome> {
  const { service, store, now, signal, onMoved } = options;
  const ids = idsOf(links);
  const device = readDevice(store.read);
  store.transact((db) => markSending(db, ids, now().toISOString()));
  onMoved(submissionsOf(links));
  try {
    const sent = links.map((link) => linkOf(device, link));
    const answers = await service.decide(sent, signal);
    return settle(options, links, matched(options, links, answers), park);
  } catch (error) {
    if (error instanceof Failure && UNREADABLE.has(error.code)) {
      const [first, ...others] = links;
      if (others.length > 0) return sendEach(options, links, park);
      if (first && !first.stub) {
        const refused = { id: first.decision.id, outcome: 'refused', problem: problem(error.code) } as const;
        record(options, links, { answers: [refused], head: null }, refused);
        return { answered: 1, unplaced: false };
      }
    }
    const exposed = !(error instanceof ServiceFailure && error.effect === 'no');
    store.transact((db) => markUnsent(db, ids, exposed));
    onMoved(submissionsOf(links));
    throw error;
  }
}

/** Sends links one by one, to find the one that can't be read; what comes after it follows its stub, another time. */
async function sendEach(options: SendOptions, links: readonly Posted[], park: boolean): Promise<Outcome> {
  const { store, now } = options;
  store.transact((db) => markUnsent(db, idsOf(links), false));
  let answered = 0;
  for (const one of links) {
    const outcome = await sendBatch(options, [one], park);
    answered += outcome.answered;
    const [next] = dueLinks(store.read, now(), 1);
    if (outcome.unplaced || (next?.stub && next.decision.id === one.decision.id)) return { ...outcome, answered };
  }
  return { answered, unplaced: false };
}

/**
 * Sends what is due, in the order of the device, until nothing is. Every answer is recorded before the next batch goes
 * out; without an answer everything stays and goes out again under the same ids. Gives how many were answered.
 * @throws ServiceFailure when the service can't be reached or trusted, Failure `store.write`
 */
export async function sendDue(options: SendOptions): Promise<number> {
  const { service, store, now, signal, view } = options;
  let answered = 0;
  let park = false;
  let doubted = false;
  for (;;) {
    signal.throwIfAborted();
    const due = dueLinks(store.read, now(), BATCH);
    if (due.length === 0 && (view.level === null || service.enrolled())) return answered;
    if (!service.enrolled()) {
      await enrol(options);
      continue;
    }
    let outcome: Outcome;
    try {
      outcome = await sendBatch(options, due, park);
    } catch (error) {
      // The service may have taken a new key meanwhile: enrolling looks for the proof.
      if (doubted || service.enrolled() || !(error instanceof Failure) || error.code !== 'service.key') throw error;
      doubted = true;
      continue;
    }
    answered += outcome.answered;
    if (outcome.unplaced && !park) await enrol(options);
    park = outcome.unplaced;
  }
}
