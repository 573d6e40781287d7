import type { Slot } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { MarkLayer } from './MarkLayer.tsx';
import { Placing } from './Placing.tsx';
import { type marksState, useMarks } from './state.ts';

const draftOf = (slot: Slot) => (state: ReturnType<typeof marksState>) =>
  state.draft?.slot === slot ? state.draft.marks : null;

/** What is drawn over a picture: its marks, or those of the return that is being written. Nothing where there are none. */
export function PictureMarks({ pane, image }: { readonly pane: number; readonly image: Image }) {
  const draft = useMarks(draftOf(image.slot));
  const placing = useMarks((state) => (draft ? state.placing : null));
  const marks = draft ?? image.marks ?? [];
  return (
    <>
      {marks.length > 0 && <MarkLayer pane={pane} marks={marks} said={image} />}
      {placing && <Placing pane={pane} placing={placing} reason={null} />}
    </>
  );
}
