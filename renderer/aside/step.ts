import type { TFunction } from 'i18next';
import type { Aside } from '../../shared/aside.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { call } from '../api.ts';
import { deskState } from '../desk.ts';
import type { Bench } from '../review/bench.ts';
import { goOn } from '../review/decide.ts';
import { reviewState } from '../review/state.ts';
import { sayProblem } from '../review/undo.ts';
import { asideText } from './words.ts';

/** Saves it and says so; whether it was saved. */
async function step(t: TFunction, bench: Bench, aside: Aside | null): Promise<boolean> {
  const { id, form } = bench.subject.submission;
  try {
    await call('setAside', { submissionId: id, aside });
  } catch (error) {
    sayProblem(t, error);
    return false;
  }
  const text = aside
    ? t('aside.done', { name: form.name, reason: asideText(t, aside) })
    : t('aside.ended', { name: form.name });
  deskState().say({ tone: 'done', text, undo: true });
  return true;
}

/** Sets the submission aside and goes on to the next one, as after a decision. */
export async function setAside(t: TFunction, bench: Bench, next: SubmissionId | null, aside: Aside): Promise<void> {
  if (!(await step(t, bench, aside))) return;
  reviewState().clear();
  goOn(bench.subject.submission.id, next);
}

/** Takes it up again; it stays on screen. */
export async function takeUp(t: TFunction, bench: Bench): Promise<void> {
  if (await step(t, bench, null)) reviewState().clear();
}
