import type { TFunction } from 'i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import { problemText } from '../../shared/problem.ts';
import { call, problemOf } from '../api.ts';
import { useDesk } from '../desk.ts';
import { actName } from '../ui/words.ts';
import { useReview } from './state.ts';

/** Shows a failed action as a notice. */
export function sayProblem(t: TFunction, error: unknown): void {
  const { title, next } = problemText(problemOf(error).code, t('language') === 'en' ? 'en' : 'zh-CN');
  useDesk.getState().say({ tone: 'problem', text: title, detail: next });
}

/** Withdraws the newest unsent decision and goes back to where it was made. */
export async function undoLast(t: TFunction, submissionId: SubmissionId | null): Promise<void> {
  const desk = useDesk.getState();
  try {
    const { withdrawn, reopened } = await call('undo', { submissionId });
    if (reopened) desk.openConflicts(reopened.id);
    const what = withdrawn ? actName(t, withdrawn.act) : t('conflict.dropping');
    desk.say({ tone: 'done', text: t('decide.undone', { what }) });
    if (reopened || !withdrawn) return;
    if (desk.reviewing !== withdrawn.submissionId || desk.conflicts) desk.open(withdrawn.submissionId);
    if ('slot' in withdrawn.act) useReview.getState().go(withdrawn.act.slot);
  } catch (error) {
    sayProblem(t, error);
  }
}
