import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { SubmissionId } from '../../shared/ids.ts';
import { type Bench, useBench } from '../review/bench.ts';
import { nextOpen, openPanes } from '../review/panes.ts';
import { useReview } from '../review/state.ts';
import { watchRoom } from '../viewer/room.ts';
import { bringTile, drawTile } from '../viewer/tiles.ts';
import { fitWhole, type Size, shownSize, tilePlace, tileSize } from '../viewer/viewport.ts';
import { LeafForm, LeafHead, LeafPanes, LeafStrip } from './LeafParts.tsx';
import { offerLeaf } from './turning.ts';

/** Where a picture's tile lies in a pane of the leaf, as in the pane that will take its place. */
function placeOf(box: HTMLElement, natural: Size) {
  const room = { width: box.clientWidth, height: box.clientHeight };
  const view = fitWhole(natural, room, devicePixelRatio);
  const size = tileSize(natural, view.scale, devicePixelRatio);
  return { size, at: tilePlace(view, natural, size, devicePixelRatio) };
}

/** What is to be seen in a pane of the leaf; no tile for a picture that can't be shown small. */
async function bring(box: HTMLElement, bench: Bench) {
  const facts = bench.subject.facts.find(({ sha256 }) => sha256 === box.dataset.sha256);
  const natural = shownSize(facts);
  if (facts?.decodes !== 'whole' || !natural) return { box, tile: null, at: { x: 0, y: 0 } };
  const { size, at } = placeOf(box, natural);
  return { box, tile: await bringTile({ sha256: facts.sha256, size }), at };
}

/** Brings the tiles of the panes in a leaf and draws them; false when the leaf is for another one meanwhile. */
async function drawPictures(root: HTMLElement, bench: Bench, isStale: () => boolean): Promise<boolean> {
  // All are measured before anything is written.
  const all = await Promise.all(
    [...root.querySelectorAll<HTMLElement>('.leaf-picture')].map((box) => bring(box, bench)),
  );
  if (isStale()) return false;
  for (const { box, tile, at } of all) {
    const canvas = box.querySelector('canvas');
    if (!canvas?.parentElement) continue;
    // One that gave way to others in this very moment has no size any more.
    const drawn = tile !== null && tile.width > 0;
    box.dataset.state = drawn ? 'shown' : 'loading';
    // What was drawn for another submission must not stay.
    if (!drawn) canvas.width = 0;
    else {
      drawTile(canvas, tile);
      const css = { width: `${tile.width / devicePixelRatio}px`, height: `${tile.height / devicePixelRatio}px` };
      Object.assign(canvas.style, css);
      Object.assign(canvas.parentElement.style, css, { left: `${at.x}px`, top: `${at.y}px` });
    }
  }
  return true;
}

/** One submission as it is seen while it is leafed past: its pictures, name and form; it can't be worked on. */
export function Leaf({ id }: { readonly id: SubmissionId }) {
  const root = useRef<HTMLDivElement>(null);
  const { bench } = useBench(id);
  const layout = useReview((review) => review.panes.layout);
  const pinned = useReview((review) => review.panes.pinned);
  const formShown = useReview((review) => review.formShown);
  const [room, setRoom] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    return watchRoom(element, (size) =>
      setRoom((before) => (before?.width === size.width && before.height === size.height ? before : size)),
    );
  }, []);
  const order = bench?.subject.submission.images.map(({ slot }) => slot) ?? [];
  const panes = openPanes(
    { layout, pinned },
    order,
    bench ? (nextOpen(order, bench.open, null) ?? undefined) : undefined,
  );

  const look = `${layout} ${pinned ?? ''} ${formShown} ${room?.width}×${room?.height}`;
  useEffect(() => {
    const element = root.current;
    if (!element || !bench || look === '') return;
    let stale = false;
    let takeBack = () => {};
    const show = () => {
      element.style.transform = 'translateY(0)';
      element.dataset.over = 'true';
    };
    const hide = () => {
      element.style.transform = '';
      element.dataset.over = 'false';
    };
    void drawPictures(element, bench, () => stale).then((drawn) => {
      if (drawn) takeBack = offerLeaf(id, { show, hide });
    });
    return () => {
      stale = true;
      takeBack();
    };
  }, [id, bench, look]);

  return (
    // What is seen here is said by the desk, which follows at once.
    <div ref={root} className="leaf" aria-hidden inert data-testid="leaf" data-over="false">
      {bench && (
        <div className="review">
          <LeafHead bench={bench} />
          <div className="review-body" data-form={formShown}>
            {formShown && <LeafForm bench={bench} />}
            <div className="review-stage">
              <LeafPanes bench={bench} panes={panes} />
            </div>
          </div>
          <LeafStrip bench={bench} />
        </div>
      )}
    </div>
  );
}
