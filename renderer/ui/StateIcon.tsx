import {
  ArrowLeftRight,
  Ban,
  Check,
  CheckCheck,
  Circle,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  CornerLeftDown,
  type LucideIcon,
  RotateCw,
  Timer,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ImageState } from '../../shared/submission.ts';

/** States that are drawn: of images, materials and submissions. Shape and colour both tell them apart. */
export type Mark =
  | ImageState
  | 'missing'
  | 'empty'
  | 'untouched'
  | 'begun'
  | 'resubmitted'
  | 'below'
  | 'passed'
  | 'approved'
  | 'refused'
  | 'lapsed'
  | 'conflict'
  | 'aside'
  | 'failed'
  | 'warning'
  | 'agreed';

const MARKS: Readonly<Record<Mark, readonly [icon: LucideIcon, tone: string]>> = {
  open: [Circle, 'open'],
  locked: [Check, 'locked'],
  returned: [Undo2, 'returned'],
  missing: [CircleDashed, 'missing'],
  empty: [CircleDashed, 'open'],
  untouched: [Circle, 'open'],
  begun: [CircleDot, 'open'],
  resubmitted: [RotateCw, 'open'],
  below: [CornerLeftDown, 'open'],
  passed: [Check, 'locked'],
  approved: [CheckCheck, 'locked'],
  refused: [Ban, 'refused'],
  lapsed: [Timer, 'open'],
  conflict: [ArrowLeftRight, 'conflict'],
  aside: [CirclePause, 'open'],
  failed: [CircleX, 'refused'],
  warning: [TriangleAlert, 'returned'],
  agreed: [Check, 'locked'],
};

/** The icon of a state, hidden from screen readers: a word stands beside it or in the name of what holds it. */
export function StateIcon({ mark, size = 14 }: { readonly mark: Mark; readonly size?: number }) {
  const [Icon, tone] = MARKS[mark];
  return <Icon className={`state-${tone}`} size={size} strokeWidth={2} aria-hidden />;
}

/** The tone (CSS class `state-…`) that goes with a state. */
export function toneOf(mark: Mark): string {
  return MARKS[mark][1];
}
