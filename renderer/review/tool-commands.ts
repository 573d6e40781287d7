import type { Slot } from '../../shared/ids.ts';
import type { CommandId } from '../actions/command.ts';
import { type Adjust, BRIGHTNESS, CONTRAST, NEUTRAL, nextChannel, nextPreset } from '../viewer/adjust.ts';
import { HELD, whenReleased } from '../viewer/held.ts';
import { loupeMover } from '../viewer/loupe.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import { toolsState } from '../viewer/tools.ts';
import { adjustBy, tiltBy, UPRIGHT } from '../viewer/viewport.ts';
import { useLooks } from './looks.ts';
import { activeSlot } from './panes.ts';
import { reviewState } from './state.ts';

/** One key press moves a picture by this, CSS px. */
const PAN = 80;
const LOUPE_STEP = 24;

/** Runs on the target, if there is one. */
const onTarget = (act: (slot: Slot) => void) => () => {
  const slot = activeSlot(reviewState().panes);
  if (slot) act(slot);
};
const adjust = (change: (before: Adjust) => Partial<Adjust>) =>
  onTarget((slot) => reviewState().hold(slot, (hold) => adjustBy(hold, change(hold.adjust ?? NEUTRAL))));
const tilt = (degrees: number) => onTarget((slot) => reviewState().hold(slot, (hold) => tiltBy(hold, degrees)));

/** Moves the loupe while it is on, and the picture otherwise. */
const pan = (x: number, y: number) => () => {
  const loupe = loupeMover.get();
  if (loupe) loupe(-x * LOUPE_STEP, -y * LOUPE_STEP);
  else paneHandles.get(reviewState().panes.active)?.panBy(x * PAN, y * PAN);
};

/** Those that a key which is held down runs once. */
export const ONCE: ReadonlySet<CommandId> = new Set([
  'adjust',
  'enhance',
  'invert',
  'channel',
  'loupe',
  'grid',
  'keepView',
  'alone',
]);

/** Closes the tool that lies over the pictures; tells whether there was one. */
export function putAside(): boolean {
  const { loupe, adjusting, toggle } = toolsState();
  if (loupe) toggle('loupe');
  else if (adjusting) toggle('adjusting');
  return loupe || adjusting;
}

/** What the commands of a comparison do. */
export const lookCommands = {
  compareLook: () => useLooks.getState().next(),
  compareFlip: () => useLooks.getState().flip(),
  compareLeft: () => useLooks.getState().step(-1),
  compareRight: () => useLooks.getState().step(1),
};

/** What the commands of the viewer's tools do. */
export const toolCommands = {
  adjust: () => toolsState().toggle('adjusting'),
  enhance: onTarget((slot) => reviewState().hold(slot, (hold) => ({ ...hold, adjust: nextPreset(hold.adjust) }))),
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
  loupe: () => {
    const { loupe, toggle } = toolsState();
    toggle('loupe');
    // Pressed, it stays; held, it goes with the key.
    if (!loupe) {
      whenReleased('loupe', (held) => {
        if (held >= HELD && toolsState().loupe) toggle('loupe');
      });
    }
  },
  keepView: () => {
    const { keepView, toggle } = toolsState();
    paneHandles.setKeeping(!keepView);
    toggle('keepView');
  },
  link: () => {
    reviewState().toggleLink();
    const { linked, panes } = reviewState();
    if (linked) paneHandles.holdOffsets(panes.active);
    else paneHandles.dropOffsets();
  },
  alone: () => {
    if (toolsState().alone) return;
    const set = (on: boolean) => {
      paneHandles.setAlone(on);
      toolsState().toggle('alone');
    };
    set(true);
    whenReleased('alone', () => {
      set(false);
      paneHandles.holdOffsets(reviewState().panes.active);
    });
  },
  grid: () => toolsState().toggle('grid'),
  panLeft: pan(1, 0),
  panRight: pan(-1, 0),
  panUp: pan(0, 1),
  panDown: pan(0, -1),
  asUploaded: onTarget((slot) => reviewState().hold(slot, () => UPRIGHT)),
};
