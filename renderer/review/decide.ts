import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { missingPoint } from '../../shared/catalogue/applicability.ts';
import {
  type Act,
  concludes,
  type FormPoint,
  type Judged,
  type MaterialPoint,
  type Return,
} from '../../shared/decision.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { ReviewSubject } from '../../shared/ipc.ts';
import { withMarks } from '../../shared/mark.ts';
import { judgedIn } from '../../shared/resolve.ts';
import { call } from '../api.ts';
import { deskState } from '../desk.ts';
import { turnedTo, turnTo } from '../leafing/turning.ts';
import { keys } from '../query.ts';
import type { Bench } from './bench.ts';
import { sayProblem } from './undo.ts';
import { viewing } from './viewing.ts';

/** Saves a conclusion in the place of the one that was not taken, when that is being amended; any other as it is. */
async function commit(bench: Bench, act: Act): Promise<ReviewSubject | null> {
  const { id: submissionId, revision } = bench.subject.submission;
  const { amending } = deskState();
  const viewed = viewing.of(judgedIn(act));
  if (amending?.submissionId === submissionId && concludes(act)) {
    const { subject } = await call('resolve', { id: amending.id, choice: 'changed', revision, act, viewed });
    return subject;
  }
  const { subject } = await call('decide', { submissionId, revision, act, viewed });
  return subject;
}

/** Saves a decision; the screen shows it only after main has committed it. Tells whether it was saved. */
export async function save(client: QueryClient, t: TFunction, bench: Bench, act: Act): Promise<boolean> {
  const { submission } = bench.subject;
  try {
    const subject = await commit(bench, act);
    if (subject) client.setQueryData(keys.subject(submission.id), subject);
    return true;
  } catch (error) {
    sayProblem(t, error);
    return false;
  }
}

/** Names every picture as it was on screen. */
export function judged(bench: Bench): Judged[] {
  return bench.subject.submission.images.map(({ slot, sha256 }) => ({ slot, sha256 }));
}

/** The points about missing materials that a return proposes. */
export function missingPoints(bench: Bench): MaterialPoint[] {
  return bench.obstacles.flatMap((obstacle) => (obstacle.kind === 'missing' ? [missingPoint(obstacle.material)] : []));
}

/** The return of the submission with all that was marked, and what the dialog adds. */
export function returnAct(bench: Bench, materials: MaterialPoint[], form: FormPoint): Return {
  const { images } = bench.subject.submission;
  return {
    kind: 'submission.return',
    images: images
      .filter(({ state }) => state === 'returned')
      .map(({ slot, sha256, reasons, comment, marks }) => withMarks({ slot, sha256, reasons, comment }, marks)),
    kept: images.filter(({ state }) => state !== 'returned').map(({ slot, sha256 }) => ({ slot, sha256 })),
    materials,
    form,
  };
}

/**
 * Leaves a submission for the next one, the conflict it was opened from, or the queue. Whoever has gone elsewhere while it
 * was saved stays there.
 */
export function goOn(from: SubmissionId, next: SubmissionId | null): void {
  const desk = deskState();
  if (desk.reviewing !== from || turnedTo() !== null) return;
  if (desk.amending) desk.openConflicts(desk.amending.id);
  else if (next) turnTo(next);
  else desk.close();
}

/** After a decision that ends the review: says so, and the next submission, or the next conflict, is there at once. */
export function moveOn(t: TFunction, bench: Bench, next: SubmissionId | null, kind: Act['kind']): void {
  const { name } = bench.subject.submission.form;
  goOn(bench.subject.submission.id, next);
  const text = t(`decide.done.${kind.replace('.', '_')}`, { name });
  deskState().say({ tone: 'done', text, undo: true });
}
