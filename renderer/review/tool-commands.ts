import type { Slot } from '../../shared/ids.ts';
import { type Adjust, BRIGHTNESS, CONTRAST, NEUTRAL, nextChannel, nextPreset } from '../viewer/adjust.ts';
import { useTools } from '../viewer/tools.ts';
import { adjustBy, tiltBy, UPRIGHT } from '../viewer/viewport.ts';
import { activeSlot } from './panes.ts';
import { useReview } from './state.ts';

/** Runs on the target, if there is one. */
const onTarget = (act: (slot: Slot) => void) => () => {
  const slot = activeSlot(useReview.getState().panes);
  if (slot) act(slot);
};
const adjust = (change: (before: Adjust) => Partial<Adjust>) =>
  onTarget((slot) => useReview.getState().hold(slot, (hold) => adjustBy(hold, change(hold.adjust ?? NEUTRAL))));
const tilt = (degrees: number) => onTarget((slot) => useReview.getState().hold(slot, (hold) => tiltBy(hold, degrees)));

/** Closes the tool that lies over the pictures; tells whether there was one. */
export function putAside(): boolean {
  const { adjusting, toggleAdjusting } = useTools.getState();
  if (adjusting) toggleAdjusting();
  return adjusting;
}

/** What the commands of the viewer's tools do. */
export const toolCommands = {
  adjust: () => useTools.getState().toggleAdjusting(),
  enhance: onTarget((slot) =>
    useReview.getState().hold(slot, (hold) => ({ ...hold, adjust: nextPreset(hold.adjust) })),
  ),
  brighter: adjust(({ brightness }) => ({ brightness: brightness + BRIGHTNESS.step })),
  darker: adjust(({ brightness }) => ({ brightness: brightness - BRIGHTNESS.step })),
  moreContrast: adjust(({ contrast }) => ({ contrast: contrast + CONTRAST.step })),
  lessContrast: adjust(({ contrast }) => ({ contrast: contrast - CONTRAST.step })),
  invert: adjust(({ inverted }) => ({ inverted: !inverted })),
  channel: adjust(({ channel }) => ({ channel: nextChannel(channel) })),
  tiltLeft: tilt(-0.5),
  tiltRight: tilt(0.5),
  tiltLeftMore: tilt(-1),
  tiltRightMore: tilt(1),
  asUploaded: onTarget((slot) => useReview.getState().hold(slot, () => UPRIGHT)),
};
