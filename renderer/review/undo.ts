import type { TFunction } from 'i18next';
import type { Decision } from '../../shared/decision.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { problemText } from '../../shared/problem.ts';
import { call, problemOf } from '../api.ts';
import { deskState } from '../desk.ts';
import { actName } from '../ui/words.ts';
import { reviewState } from './state.ts';

/** Shows a failed action as a notice. */
export function sayProblem(t: TFunction, error: unknown): void {
  const { title, next } = problemText(problemOf(error).code, t('language') === 'en' ? 'en' : 'zh-CN');
  deskState().say({ tone: 'problem', text: title, detail: next });
}

/** Goes to where a decision was made: its submission, and the picture that it was about. */
export function goTo({ submissionId, act }: Pick<Decision, 'submissionId' | 'act'>): void {
  const desk = deskState();
  const slot = 'slot' in act ? act.slot : null;
  if (desk.reviewing !== submissionId || desk.conflicts) desk.openAt(submissionId, slot);
  else if (slot) reviewState().go(slot);
}

/** Has a submission on screen, where it isn't. */
function stand(id: SubmissionId): void {
  const desk = deskState();
  if (desk.reviewing !== id || desk.conflicts) desk.openAt(id, null);
}

/** Withdraws the newest unsent decision, tells what it was, and goes back to where it was made. */
export async function undoLast(t: TFunction, submissionId: SubmissionId | null): Promise<void> {
  const desk = deskState();
  try {
    const { withdrawn, reopened, aside, name } = await call('undo', { submissionId });
    if (reopened) desk.openConflicts(reopened.id);
    const what = withdrawn ? actName(t, withdrawn.act) : t(aside ? 'aside.setting' : 'conflict.dropping');
    if (aside) stand(aside);
    if (withdrawn && !reopened) goTo(withdrawn);
    desk.say({ tone: 'done', text: t('decide.undone', { what, name }), redo: true });
  } catch (error) {
    sayProblem(t, error);
  }
}

/** Does again what was undone last, tells what it was, and goes to where it was done. */
export async function redoLast(t: TFunction): Promise<void> {
  const desk = deskState();
  try {
    const { decision, aside, name } = await call('redo', undefined);
    if (decision && !desk.conflicts) goTo(decision);
    const what = decision ? actName(t, decision.act) : t(aside ? 'aside.setting' : 'conflict.dropping');
    if (aside && !desk.conflicts) stand(aside);
    desk.say({ tone: 'done', text: t('decide.redone', { what, name }), undo: true });
  } catch (error) {
    sayProblem(t, error);
  }
}
