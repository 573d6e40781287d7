import sharp from 'sharp';
import { materialOf } from '../../shared/ids.ts';
import { draw } from './draw/paper.ts';
import { onScreen } from './draw/screen.ts';
import { type Drawing, document } from './draw/svg.ts';
import type { Order } from './order.ts';
import { expose, type Sheet } from './photo/expose.ts';
import { frame } from './photo/framing.ts';
import { breakFile, save, savePage } from './photo/save.ts';
import { stream } from './random.ts';

/** Rasters a drawing, `width` pixels wide; `printed` replaces the usual overprint. */
export async function raster(drawing: Drawing, width: number, printed?: string): Promise<Sheet> {
  const { data, info } = await sharp(Buffer.from(document(drawing, width, printed)))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { waves } = drawing;
  const level = (from: number) => Number.parseInt((waves?.colour ?? '#ffffff').slice(from, from + 2), 16);
  return {
    // Copied where the buffer does not begin on a word.
    words:
      data.byteOffset % 4 === 0
        ? new Int32Array(data.buffer, data.byteOffset, data.length / 4)
        : new Int32Array(Uint8Array.from(data).buffer),
    width: info.width,
    height: info.height,
    waves: waves
      ? {
          colour: [level(1), level(3), level(5)],
          step: (waves.step * info.width) / drawing.width,
          strength: waves.strength,
        }
      : null,
  };
}

/** Some candidates upload the register's page as they downloaded it: no photograph, a PNG. */
function isDownload({ seed, dossier, slot, shows, take, spoils, broken, flaws }: Order): boolean {
  if (slot !== shows || materialOf(slot) !== 'M04' || spoils.length > 0 || broken || Object.keys(flaws).length > 0)
    return false;
  return stream(seed, 'download', dossier.index, slot, take).chance(0.1);
}

/** Draws, photographs and saves one picture: the same order gives the same bytes on the same machine. */
export async function render(order: Order): Promise<Buffer> {
  const { dossier, shows, flaws, spoils, broken } = order;
  if (broken === 'text' || broken === 'pdf') return breakFile(Buffer.alloc(0), broken);
  const random = stream(order.seed, 'photo', dossier.index, order.slot, order.take);
  const paper = draw(dossier, shows, flaws);
  if (isDownload(order)) return savePage(document(paper, random.int(880, 1000)));
  const drawing = spoils.some(({ kind }) => kind === 'screen') ? onScreen(paper) : paper;
  const shot = frame(drawing, random, spoils);
  const picture = expose(await raster(drawing, shot.sheetWidth), shot, random);
  const bytes = await save(picture, spoils, random);
  return broken ? breakFile(bytes, broken) : bytes;
}
