import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { NotePanel } from '../notes/NotePanel.tsx';
import { ReasonPicker } from '../reasons/ReasonPicker.tsx';
import { useReasonUses } from '../reasons/uses.ts';
import { amendedPoint, useAmended } from './amend.ts';
import type { Bench } from './bench.ts';
import { Compare } from './Compare.tsx';
import { save } from './decide.ts';
import { nextOpen } from './panes.ts';
import { Reference } from './Reference.tsx';
import { RefuseDialog } from './RefuseDialog.tsx';
import { ReopenDialog } from './ReopenDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { useReview } from './state.ts';
import { TakeoverDialog } from './TakeoverDialog.tsx';

/** The reasons of one picture; afterwards the next open one is the target. */
function ReturnReasons({ bench, image }: { readonly bench: Bench; readonly image: Image }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const amended = useAmended(bench);
  const { clear, go, order } = useReview.getState();
  return (
    <ReasonPicker
      bench={bench}
      image={image}
      markable
      start={image.state === 'returned' ? image : (amendedPoint(amended, image.slot) ?? image)}
      onCancel={clear}
      onReturn={async (point) => {
        if (!(await save(client, t, bench, { kind: 'image.return', ...point }))) return;
        clear();
        const next = nextOpen(order, new Set([...bench.open].filter((slot) => slot !== image.slot)), image.slot);
        if (next) go(next);
      }}
    />
  );
}

/** What lies over the pictures, one at a time. */
export function Overlays({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const overlay = useReview((review) => review.overlay);
  useReasonUses();
  switch (overlay.kind) {
    case 'none':
      return null;
    case 'reasons': {
      const image = bench.images.get(overlay.slot);
      return image ? <ReturnReasons key={image.slot} bench={bench} image={image} /> : null;
    }
    case 'return':
      return <ReturnDialog bench={bench} next={next} />;
    case 'refuse':
      return <RefuseDialog bench={bench} next={next} />;
    case 'note':
      return <NotePanel key={overlay.slot} bench={bench} slot={overlay.slot} />;
    case 'takeover':
      return <TakeoverDialog bench={bench} />;
    case 'reopen':
      return <ReopenDialog bench={bench} />;
    case 'reference':
      return <Reference />;
    case 'compare': {
      const image = bench.images.get(overlay.slot);
      return image?.earlier[0] ? <Compare bench={bench} image={image} earlier={image.earlier[0]} /> : null;
    }
  }
}
