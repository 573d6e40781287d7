import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { SecondFeed, useSecond } from '../second/feed.ts';
import { slotName } from '../ui/words.ts';
import { AdjustPanel } from '../viewer/AdjustPanel.tsx';
import { ChannelFilters } from '../viewer/ChannelFilters.tsx';
import { Grid } from '../viewer/Grid.tsx';
import { Loupe } from '../viewer/Loupe.tsx';
import { paneHandles } from '../viewer/pane-handles.ts';
import { watchPixelRatio } from '../viewer/pixel-ratio.ts';
import { useTools } from '../viewer/tools.ts';
import { adjustBy, UPRIGHT } from '../viewer/viewport.ts';
import type { Bench } from './bench.ts';
import { activeSlot } from './panes.ts';
import { reviewState, useReview } from './state.ts';

/** The panel over the target. */
function Adjusting({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const slot = useReview((review) => activeSlot(review.panes));
  const adjust = useReview((review) => (slot ? (review.holds[slot]?.adjust ?? null) : null));
  const image = slot ? bench.images.get(slot) : undefined;
  if (!slot || !image) return null;
  const { hold } = reviewState();
  return (
    <AdjustPanel
      name={slotName(t, slot, bench.counts.get(image.material) ?? 1)}
      adjust={adjust}
      onChange={(change) => hold(slot, (before) => adjustBy(before, change))}
      onReset={() => hold(slot, () => UPRIGHT)}
    />
  );
}

/** Tools over the panes, each here only while it is on. */
export function ViewerTools({ bench }: { readonly bench: Bench }) {
  useEffect(() => watchPixelRatio(window, paneHandles.rescaleAll), []);
  const adjusting = useTools((tools) => tools.adjusting);
  const loupe = useTools((tools) => tools.loupe);
  const grid = useTools((tools) => tools.grid);
  const second = useSecond(({ open }) => open);
  const active = useReview((review) => review.panes.active);
  return (
    <>
      <ChannelFilters />
      {second && <SecondFeed bench={bench} />}
      {grid && <Grid />}
      {loupe && <Loupe active={active} />}
      {adjusting && <Adjusting bench={bench} />}
    </>
  );
}
