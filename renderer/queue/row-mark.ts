import type { QueueRow } from '../../shared/ipc.ts';
import type { Mark } from '../ui/StateIcon.tsx';

/** The one word that a row of the queue shows for where its submission stands. */
export function rowMark(row: QueueRow): Mark {
  if (row.parked) return 'conflict';
  if (row.aside) return 'aside';
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
