import { setTimeout as pause } from 'node:timers/promises';
import { openFirst } from './desk.ts';
import { onGround, press, QUIET_OURS } from './leafing.ts';
import { compare, interleave, type Line, median } from './measure.ts';

const CANDIDATES = 44;
const ROUNDS = 23;
/** The first rounds, in which caches of code and fonts fill, are not counted. */
const WARM_UP = 3;
/** How long a picture is looked at before it is judged, ms. */
const DWELL = 500;
/** A frame of a screen of 60 Hz, ms. */
const FRAME = 1_000 / 60;

/**
 * `decide.screen`: from the key that locks a picture to the lock on it on the display, which stands there only after the
 * commit on the disk; against another colour of a box of the same size.
 */
export async function decideScreen(): Promise<Line[]> {
  return onGround(CANDIDATES, async ({ desk, ours, beside }) => {
    const { page } = desk;
    await openFirst(desk);
    await pause(2_000);
    const mark = async () => {
      const box = await page.locator('.pane[aria-current="true"] [data-testid="pane-state"]').boundingBox();
      if (!box) throw new Error('no picture is the target');
      return [box];
    };
    const others = beside(await mark());
    const values = await interleave(ROUNDS, {
      ours: async (round) => {
        if (round > 0 && round % 12 === 0) await page.keyboard.press('ArrowDown');
        await pause(DWELL);
        return (await press(await ours(await mark()), 'Space', DWELL, QUIET_OURS)).last;
      },
      floor: () => others.floor(),
    });
    const counted = (all: readonly number[]) => all.slice(WARM_UP);
    return [
      compare(
        'decide.screen',
        'ms from the key to the lock on the display',
        counted(values.ours),
        {
          floor: counted(values.floor),
        },
        { frames: Number((median(counted(values.ours)) / FRAME).toPrecision(3)) },
      ),
    ];
  });
}
