import { type MaterialCode, type Slot, slotOf } from '../../shared/ids.ts';
import { requirements } from '../../shared/policy.ts';
import type { Dossier } from './dossier.ts';
import { formOf } from './form.ts';
import { samplePolicy } from './policy.ts';
import { stream } from './random.ts';

/** Fewest and most pictures of a candidate. */
export const FEWEST = 8;
export const MOST = 15;

/** Further pages that candidates add of their own accord, where the form allows the material. */
const EXTRA: readonly (readonly [MaterialCode, number])[] = [
  ['M03', 2],
  ['M04', 2],
  ['M07', 2],
  ['M08', 2],
  ['M09', 1],
  ['M10', 2],
  ['M10', 3],
  ['M13', 2],
  ['M14', 2],
  ['M15', 2],
  ['M16', 2],
  ['M19', 1],
  ['M22', 2],
  ['M23', 1],
  ['M24', 1],
  ['M99', 1],
  ['M99', 2],
];

function sensible(dossier: Dossier, material: MaterialCode, page: number): boolean {
  // The second page of a diploma is the degree certificate, which colleges don't award.
  if (material === 'M03' && page === 2) return !['college', 'secondary'].includes(dossier.education);
  return true;
}

/**
 * The slots that a candidate fills: everything that their path asks for, and further pages up to between 8 and 15
 * pictures. `spare` further pages keep the count in bounds when a material will be left out.
 */
export function papersOf(seed: number, dossier: Dossier, spare = 1): Slot[] {
  const random = stream(seed, 'papers', dossier.index);
  const wanted = requirements(formOf(dossier), samplePolicy(dossier.today));
  const counts = new Map(wanted.map(({ material, min }) => [material, min]));
  const most = new Map(wanted.map(({ material, max }) => [material, max]));
  const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const aim = Math.min(MOST, Math.max(FEWEST + spare, total() + random.int(0, 5)));
  const extra = random.shuffle(EXTRA);
  for (const pass of [0, 1]) {
    for (const [material, page] of extra) {
      const present = counts.get(material);
      if (total() >= aim || present === undefined || page > (most.get(material) ?? 0)) continue;
      if (present === page - 1 && sensible(dossier, material, page) && (pass === 1 || material !== 'M99')) {
        counts.set(material, page);
      }
    }
  }
  return wanted.flatMap(({ material }) =>
    Array.from({ length: counts.get(material) ?? 0 }, (_, at) => slotOf(material, at + 1)),
  );
}
