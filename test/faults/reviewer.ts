import { Failure } from '../../electron/failure.ts';
import type { Handlers } from '../../electron/ipc/handlers.ts';
import type { Random } from '../../service/sample/random.ts';
import type { Act } from '../../shared/decision.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Noted } from './messages.ts';

/** The pictures of a submission as a decision names them. */
export const judged = ({ images }: Submission) => images.map(({ slot, sha256 }) => ({ slot, sha256 }));

/** The return of a submission with the pictures in question; those already marked for return are always among them. */
export function returning(of: Submission, wanted: (index: number) => boolean): Act {
  const goes = of.images.map(({ state }, index) => state === 'returned' || wanted(index));
  return {
    kind: 'submission.return',
    images: judged(of)
      .filter((_, index) => goes[index])
      .map((image) => ({ ...image, reasons: ['Q01'], comment: '' })),
    kept: judged(of).filter((_, index) => !goes[index]),
    materials: [],
    form: { reasons: [], comment: '' },
  };
}

/** What a reviewer might do next with a submission: mostly judge pictures, now and then conclude. */
function nextAct(of: Submission, random: Random): Act {
  const open = of.images.filter(({ state }) => state !== 'locked');
  if (open.length === 0) {
    return random.chance(0.8) ? { kind: 'submission.approve', images: judged(of) } : returning(of, (n) => n === 0);
  }
  const { slot, sha256 } = random.pick(of.images);
  const dice = random.unit();
  if (dice < 0.08) return returning(of, (n) => n % 2 === 0);
  if (dice < 0.11) return { kind: 'submission.refuse', images: judged(of), reasons: ['E01'], comment: '' };
  if (dice < 0.2) return { kind: 'image.return', slot, sha256, reasons: ['Q01'], comment: '' };
  if (dice < 0.25) return { kind: 'image.reopen', slot, sha256 };
  const next = random.pick(open);
  return { kind: 'image.lock', slot: next.slot, sha256: next.sha256 };
}

const isRefusal = (error: unknown): boolean => error instanceof Failure && /^(decision|claim)\./.test(error.code);
const isBroken = (error: unknown): boolean => error instanceof Failure && error.code === 'store.write';

/** One step of a reviewer: a decision, and now and then taking the last one back. Notes what was acknowledged. */
export async function step(
  handlers: Handlers,
  random: Random,
  on: SubmissionId | null,
  note: (noted: Noted) => void,
): Promise<'saved' | 'nothing' | 'broken'> {
  try {
    if (random.chance(0.15)) {
      const { withdrawn } = await handlers.undo({ submissionId: on });
      if (withdrawn) note({ kind: 'withdrawn', id: withdrawn.id, submissionId: withdrawn.submissionId });
      return 'nothing';
    }
    const page = await handlers.queuePage({
      filter: 'open',
      sort: 'registration',
      descending: false,
      search: '',
      after: null,
      limit: 50,
    });
    const choice = page.rows.filter(({ id }) => on === null || id === on);
    if (choice.length === 0) return 'nothing';
    const { submission } = await handlers.subject({ id: random.pick(choice).id });
    const { id, revision } = submission;
    const { decision } = await handlers.decide({ submissionId: id, revision, act: nextAct(submission, random) });
    note({ kind: 'saved', id: decision.id, submissionId: id });
    return 'saved';
  } catch (error) {
    if (isBroken(error)) return 'broken';
    if (isRefusal(error)) return 'nothing';
    throw error;
  }
}
