import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATERIAL_CODES } from '../../shared/catalogue/materials.ts';
import { type MaterialCode, slotOf } from '../../shared/ids.ts';
import { type Dossier, dossierOf } from './dossier.ts';
import { bothSides } from './draw/identity.ts';
import { draw } from './draw/paper.ts';
import { type Drawing, overprint } from './draw/svg.ts';
import { expose } from './photo/expose.ts';
import type { Shot } from './photo/framing.ts';
import { saveWithin } from './photo/save.ts';
import type { Profile } from './profiles.ts';
import { stream } from './random.ts';
import { raster } from './render.ts';

/** Long side of a reference picture, pixels. */
const LONG = 1000;
const LARGEST = 90_000;

/** The day that the reference papers are of; fixed, so that making them again changes nothing. */
const DAY = '2026-03-02';

const profile = (paths: Profile['paths'], by: Partial<Profile> = {}): Profile => ({
  paths,
  level: 'physician',
  class: 'clinical',
  education: 'bachelor',
  ...by,
});

const UP = profile(['assistant_up'], { education: 'college' });
/** Whose papers show a material best; others come from an ordinary candidate. */
const PROFILES: Partial<Record<MaterialCode, Profile>> = {
  M06: UP,
  M07: UP,
  M08: UP,
  M09: UP,
  M11: profile(['fresh']),
  M13: profile(['apprentice'], { class: 'tcm', education: 'none', level: 'assistant' }),
  M14: profile(['past', 'military']),
  M15: profile(['past', 'overseas']),
  M17: profile(['past', 'college_up']),
  M19: profile(['past'], { class: 'rural', education: 'secondary', level: 'assistant' }),
  M22: profile(['past'], { class: 'rural', education: 'college', level: 'assistant' }),
  M23: profile(['past'], { class: 'integrated' }),
};

function holder(material: MaterialCode): Dossier {
  const drawn = dossierOf(20, 6, DAY, PROFILES[material] ?? profile(['past']), '990101');
  return { ...drawn, name: '范样本', idType: 'resident' };
}

/** Laid flat and lit evenly. */
function flat(drawing: Drawing): Shot {
  const scale = LONG / Math.max(drawing.width, drawing.height);
  const width = Math.round(drawing.width * scale);
  const height = Math.round(drawing.height * scale);
  const rim = drawing.scene ? -2 : 10;
  const [right, bottom] = [width - rim, height - rim];
  return {
    width,
    height,
    quad: [
      { x: rim, y: rim },
      { x: right, y: rim },
      { x: right, y: bottom },
      { x: rim, y: bottom },
    ],
    sheetWidth: width - rim * 2,
    desk: 'scanner',
    exposure: 1,
    slope: { x: 0, y: 0 },
    vignette: 0,
    shadow: 0.16,
    warmth: 0,
    noise: 0.5,
    glare: [],
    moire: false,
  };
}

/** The reference picture of a material, JPEG. */
export async function reference(material: MaterialCode): Promise<Buffer> {
  const of = holder(material);
  const drawing = material === 'M01' ? bothSides(of) : draw(of, slotOf(material, 1), {});
  const shot = flat(drawing);
  const printed = overprint(drawing.width, drawing.height, '参考样张 REFERENCE');
  const picture = expose(await raster(drawing, shot.sheetWidth, printed), shot, stream('reference', material));
  return saveWithin(picture, LARGEST);
}

/** Writes the reference pictures of all materials into a folder. */
async function writeAll(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const material of MATERIAL_CODES) await writeFile(join(folder, `${material}.jpg`), await reference(material));
}

const [, script, folder] = process.argv;
if (folder && script?.endsWith('reference.ts')) await writeAll(folder);
