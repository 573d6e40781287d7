import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { AsideDialog } from '../aside/AsideDialog.tsx';
import { NotePanel } from '../notes/NotePanel.tsx';
import { ReasonPicker } from '../reasons/ReasonPicker.tsx';
import { useReasonUses } from '../reasons/uses.ts';
import { draftOf, noteDraft } from '../resume.ts';
import { amendedPoint, useAmended } from './amend.ts';
import type { Bench } from './bench.ts';
import { Compare } from './Compare.tsx';
import type { Commands } from './commands.ts';
import { save } from './decide.ts';
import { activeSlot, nextOpen } from './panes.ts';
import { Reference } from './Reference.tsx';
import { RefuseDialog } from './RefuseDialog.tsx';
import { ReopenDialog } from './ReopenDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { SendBackDialog } from './SendBackDialog.tsx';
import { reviewState, useReview } from './state.ts';
import { TakeoverDialog } from './TakeoverDialog.tsx';

/** What is filled in: what was said of it, or, when it is still not put right, what was said of the one before. */
function startOf(image: Image, again: boolean): Pick<Image, 'reasons' | 'comment' | 'marks'> | null {
  if (image.state === 'returned') return image;
  const [before] = image.earlier;
  // Marks were on the other picture.
  return again && before ? { reasons: before.reasons, comment: before.comment } : null;
}

/** The reasons of one picture; afterwards the next open one is the target. */
function ReturnReasons(props: { readonly bench: Bench; readonly image: Image; readonly again: boolean }) {
  const { bench, image, again } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const amended = useAmended(bench);
  const [unfinished] = useState(() => draftOf(bench.subject.submission.id, image.slot));
  const { clear, go } = reviewState();
  return (
    <ReasonPicker
      bench={bench}
      image={image}
      markable
      start={unfinished ?? startOf(image, again) ?? amendedPoint(amended, image.slot) ?? image}
      onWrite={(written) =>
        noteDraft(written && { submissionId: bench.subject.submission.id, slot: image.slot, ...written })
      }
      onCancel={clear}
      onReturn={async (point) => {
        if (!(await save(client, t, bench, { kind: 'image.return', ...point }))) return;
        clear();
        const { order } = reviewState();
        const next = nextOpen(order, new Set([...bench.open].filter((slot) => slot !== image.slot)), image.slot);
        if (next) go(next);
      }}
    />
  );
}

/** What lies over the pictures, one at a time. */
export function Overlays(props: {
  readonly bench: Bench;
  readonly next: SubmissionId | null;
  readonly commands: Commands;
}) {
  const { bench, next, commands } = props;
  const overlay = useReview((review) => review.overlay);
  useReasonUses();
  const target = useReview((review) => activeSlot(review.panes));
  const compared = (image: Image) =>
    image.earlier[0] ? <Compare bench={bench} image={image} earlier={image.earlier[0]} commands={commands} /> : null;
  switch (overlay.kind) {
    case 'none':
      return null;
    case 'reasons': {
      const image = bench.images.get(overlay.slot);
      if (!image) return null;
      return <ReturnReasons key={image.slot} bench={bench} image={image} again={overlay.again ?? false} />;
    }
    case 'return':
      return <ReturnDialog bench={bench} next={next} />;
    case 'refuse':
      return <RefuseDialog bench={bench} next={next} />;
    case 'note':
      return <NotePanel key={overlay.slot} bench={bench} slot={overlay.slot} />;
    case 'sendBack':
      return <SendBackDialog bench={bench} next={next} />;
    case 'takeover':
      return <TakeoverDialog bench={bench} />;
    case 'reopen':
      return <ReopenDialog bench={bench} />;
    case 'aside':
      return <AsideDialog bench={bench} next={next} />;
    case 'reference':
      return <Reference />;
    case 'compare': {
      // Of the target, whichever it is by now: keys act on nothing that isn't on screen.
      const image = target ? bench.images.get(target) : undefined;
      return image ? compared(image) : null;
    }
  }
}
