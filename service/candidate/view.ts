import { type ReasonCode, reasonText } from '../../shared/catalogue/reasons.ts';
import { lockedFor } from '../../shared/lock-mode.ts';
import { markText, markWhere } from '../../shared/mark.ts';
import { slotTitle } from '../../shared/message.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Image, Status } from '../../shared/submission.ts';
import type { CandidateView } from '../../shared/wire.ts';
import { type Kept, placesOf } from '../store/submissions.ts';

/** Official words of the states (domain §4); 待审核 and 逾期放弃 are this product's. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  draft: '填报',
  pending: '待审核',
  returned: '退回',
  point_approved: '报名点通过',
  site_approved: '考点通过',
  approved: '审核通过',
  refused: '审核拒绝',
  lapsed: '逾期放弃',
};

type Seen = CandidateView['images'][number];

function sentencesOf({ reasons, comment }: { reasons: readonly ReasonCode[]; comment: string }): string[] {
  const own = comment.trim();
  return [...reasons.map((code) => reasonText(code).zh), ...(own === '' ? [] : [own])];
}

function marksOf(image: Image): Seen['marks'] {
  return (image.marks ?? []).map((mark) => ({
    x: mark.x,
    y: mark.y,
    width: mark.width ?? 0,
    height: mark.height ?? 0,
    where: markWhere(mark),
    text: markText(mark, image),
  }));
}

function seen({ submission, asked }: Kept, image: Image, policy: Policy): Seen {
  // A mark for return is the reviewer's own until the return is made: the candidate hears of all points at once.
  const returned = submission.status === 'returned' && image.state === 'returned';
  return {
    slot: image.slot,
    title: slotTitle(image.slot),
    sha256: image.sha256,
    state: returned ? 'returned' : image.state === 'locked' ? 'locked' : 'review',
    unlocked: lockedFor(submission, image.slot, placesOf(asked), policy) === null,
    sentences: returned ? sentencesOf(image) : [],
    marks: returned ? marksOf(image) : [],
  };
}

/** Places that the last return asks to fill and that are still empty. */
export function wantedOf({ submission, asked }: Kept): CandidateView['wanted'] {
  const filled = new Set(submission.images.map(({ slot }) => slot));
  return (asked?.add ?? []).filter((slot) => !filled.has(slot)).map((slot) => ({ slot, title: slotTitle(slot) }));
}

/** Whether everything that was asked for has been uploaded. */
export function isAnswered(kept: Kept): boolean {
  const open = kept.submission.images.some(({ state }) => state === 'returned');
  return !open && wantedOf(kept).length === 0;
}

/** A submission as its candidate sees it. */
export function candidateView(kept: Kept, policy: Policy): CandidateView {
  const { submission } = kept;
  return {
    registrationNumber: submission.registrationNumber,
    name: submission.form.name,
    status: submission.status,
    statusText: STATUS_WORDS[submission.status],
    deadline: submission.deadline,
    message: submission.opinions[0]?.text ?? null,
    images: submission.images.map((image) => seen(kept, image, policy)),
    wanted: wantedOf(kept),
    maySubmit: submission.status === 'returned' && isAnswered(kept),
  };
}
