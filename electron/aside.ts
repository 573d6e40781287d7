import type { Aside } from '../shared/aside.ts';
import type { SubmissionId } from '../shared/ids.ts';
import { type DecideOptions, viewOf } from './decide.ts';
import { Failure } from './failure.ts';
import { isOpen } from './queue/columns.ts';
import type { Writer } from './store/database.ts';
import { type AsideStep, noteAside, readAside } from './store/set-aside.ts';
import { readSubmission, refreshSubmission } from './store/submissions.ts';
import { forgetUndone } from './store/undone.ts';

/**
 * Sets a submission aside, or with null takes it up again. It stays on this computer: nothing of it is sent, and it
 * claims and gives back nothing.
 * @throws Failure `duty.supervisor`, `request.not_found`, `decision.status` when it isn't under review here
 */
export function setAside(options: DecideOptions, submissionId: SubmissionId, aside: Aside | null): void {
  options.store.transact((db) => {
    if (stepAside(db, options, { submissionId, aside })) forgetUndone(db);
  });
}

/** The same within the caller's transaction; whether anything changed. */
export function stepAside(db: Writer, options: DecideOptions, step: AsideStep): boolean {
  const view = viewOf(options);
  if (view.level === null) throw new Failure('duty.supervisor');
  const stored = readSubmission(db, step.submissionId);
  if (!stored) throw new Failure('request.not_found');
  if (!isOpen(stored.effective, view.level, view.policy)) throw new Failure('decision.status');
  const before = readAside(db, step.submissionId);
  if (JSON.stringify(before) === JSON.stringify(step.aside)) return false;
  noteAside(db, step, options.now().toISOString());
  refreshSubmission(db, step.submissionId, view);
  return true;
}
