import type { SubmissionId } from '../../shared/ids.ts';
import type { Bench } from './bench.ts';
import { Compare } from './Compare.tsx';
import { ReasonPicker } from './ReasonPicker.tsx';
import { Reference } from './Reference.tsx';
import { RefuseDialog } from './RefuseDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { useReview } from './state.ts';
import { TakeoverDialog } from './TakeoverDialog.tsx';

/** What lies over the pictures, one at a time. */
export function Overlays({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const overlay = useReview((review) => review.overlay);
  switch (overlay.kind) {
    case 'none':
      return null;
    case 'reasons': {
      const image = bench.images.get(overlay.slot);
      return image ? <ReasonPicker key={image.slot} bench={bench} image={image} /> : null;
    }
    case 'return':
      return <ReturnDialog bench={bench} next={next} />;
    case 'refuse':
      return <RefuseDialog bench={bench} next={next} />;
    case 'takeover':
      return <TakeoverDialog bench={bench} />;
    case 'reference':
      return <Reference />;
    case 'compare': {
      const image = bench.images.get(overlay.slot);
      return image?.earlier[0] ? <Compare bench={bench} image={image} earlier={image.earlier[0]} /> : null;
    }
  }
}
