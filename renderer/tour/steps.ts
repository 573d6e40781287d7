import type { CommandId } from '../actions/command.ts';

/** A stop of the tour: the page it is on, what it points at, and the keys that its text names. */
export type Step = {
  readonly id: string;
  readonly page: 'queue' | 'review';
  readonly target: string;
  /** Only for those who decide. */
  readonly deciding?: boolean;
  readonly keys: Readonly<Record<string, CommandId>>;
};

const ALL: readonly Step[] = [
  { id: 'filters', page: 'queue', target: '.queue-filters', keys: {} },
  { id: 'table', page: 'queue', target: '.queue-columns', keys: { search: 'search' } },
  {
    id: 'target',
    page: 'review',
    target: '.pane[aria-current="true"]',
    keys: { next: 'nextImage', actual: 'actual', turn: 'turnRight' },
  },
  {
    id: 'decide',
    page: 'review',
    target: '.strip-decide',
    deciding: true,
    keys: { lock: 'lock', back: 'returnImage' },
  },
  { id: 'form', page: 'review', target: '.form-column', keys: { form: 'form' } },
  {
    id: 'conclude',
    page: 'review',
    target: '[data-testid="approve"]',
    deciding: true,
    keys: { approve: 'approve', back: 'return', undo: 'undo' },
  },
  { id: 'status', page: 'review', target: '.status-bar', keys: { palette: 'palette', sheet: 'shortcuts' } },
];

/** The stops for somebody. Without a submission to open, those of the queue alone. */
export function stepsFor(decides: boolean, hasSubmission: boolean): readonly Step[] {
  return ALL.filter(({ page, deciding }) => (decides || !deciding) && (hasSubmission || page === 'queue'));
}
