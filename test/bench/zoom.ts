import { setTimeout as pause } from 'node:timers/promises';
import { openFirst } from './desk.ts';
import { SLOTS } from './district.ts';
import { onGround, pictureBoxes, press, QUIET_OURS } from './leafing.ts';
import { compare, interleave, type Line, quantile } from './measure.ts';

const CANDIDATES = 44;
const ROUNDS = SLOTS.length + 8;
/** The first rounds, in which caches of code and fonts fill, are not counted. */
const WARM_UP = 3;
/** How long a picture is looked at before it is turned or zoomed, ms. */
const DWELL = 600;

const counted = (all: readonly number[]) => all.slice(WARM_UP);

/**
 * `zoom` and `zoom.turn`: one picture alone in the window, from the key to its last change on the display: to 100 %, where
 * the whole picture is needed that was only shown small so far, and turned by a quarter.
 */
export async function zoom(): Promise<Line[]> {
  return onGround(CANDIDATES, async ({ desk, found, ours, beside }) => {
    const { page } = desk;
    await openFirst(desk);
    // The floor is that of `next`: twelve plain tiles; a single one is told beside it.
    const dozen = beside(await pictureBoxes(page));
    await page.keyboard.press('Digit1');
    await page.locator('[data-testid="panes"][data-layout="1"]').waitFor();
    await pause(2_000);
    const boxes = await pictureBoxes(page);
    const stage = ours(boxes);
    const others = beside(boxes);
    let blanks = 0;
    const onOurs = async (key: string) => {
      const shown = await press(stage, key, DWELL, QUIET_OURS);
      blanks += shown.blanks;
      return shown.last;
    };
    const picture = (round: number) => [found[Math.floor(round / 8) + 20]?.hashes[round % 8] ?? ''];
    const zoomed = await interleave(ROUNDS, {
      ours: async (round) => {
        // A picture that nobody has zoomed yet, of the next candidate when all of one are done.
        await page.keyboard.press(round > 0 && round % 11 === 0 ? 'ArrowDown' : 'ArrowRight');
        await pause(DWELL);
        return onOurs('KeyZ');
      },
      floor: () => dozen.floor(),
      tile: () => others.floor(),
      files: (round) => others.files(picture(round)),
    });
    await page.keyboard.press('ArrowDown');
    await pause(DWELL * 2);
    const turned = await interleave(ROUNDS, {
      ours: () => onOurs('BracketRight'),
      floor: () => dozen.floor(),
      tile: () => others.floor(),
    });
    const unit = 'ms from the key to the last change of the picture on the display';
    return [
      compare(
        'zoom',
        unit,
        counted(zoomed.ours),
        { floor: counted(zoomed.floor), tile: counted(zoomed.tile), files: counted(zoomed.files) },
        { blanks, floorP99: quantile(counted(zoomed.floor), 0.99) },
      ),
      compare('zoom.turn', unit, counted(turned.ours), { floor: counted(turned.floor), tile: counted(turned.tile) }),
    ];
  });
}
