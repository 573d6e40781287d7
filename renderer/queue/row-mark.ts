import type { QueueRow } from '../../shared/ipc.ts';
import type { Status } from '../../shared/submission.ts';
import type { Mark } from '../ui/StateIcon.tsx';

/** Under review, in the order of the levels. */
const REVIEWED: readonly Status[] = ['pending', 'point_approved', 'site_approved'];

/** Whether a submission in this state is with a level before the one that begins in the other. */
function isBelow(status: Status, begins: Status): boolean {
  const place = REVIEWED.indexOf(status);
  return place >= 0 && place < REVIEWED.indexOf(begins);
}

/**
 * The one word that a row of the queue shows for where its submission stands. `begins`: the state in which the own level
 * begins; what the level before has passed on is still to be reviewed by this one, what was sent back is with that level.
 */
export function rowMark(row: Pick<QueueRow, 'parked' | 'aside' | 'status' | 'judged' | 'round'>, begins: Status): Mark {
  if (row.parked) return 'conflict';
  if (row.aside) return 'aside';
  if (row.status === begins && begins !== 'pending') return row.judged > 0 ? 'begun' : 'untouched';
  if (isBelow(row.status, begins)) return 'below';
  switch (row.status) {
    case 'draft':
    case 'pending':
      if (row.judged > 0) return 'begun';
      return row.round > 1 ? 'resubmitted' : 'untouched';
    case 'returned':
      return 'returned';
    case 'point_approved':
    case 'site_approved':
      return 'passed';
    case 'approved':
      return 'approved';
    case 'refused':
      return 'refused';
    case 'lapsed':
      return 'lapsed';
  }
}
