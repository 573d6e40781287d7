import { MATERIAL_CODES } from '../../shared/catalogue/materials.ts';
import type { Form } from '../../shared/form.ts';
import { materialOf, type Slot } from '../../shared/ids.ts';
import { addDays } from './calendar.ts';
import type { PlantedDefect } from './defects.ts';
import { cleanOrder, type Draft } from './draft.ts';
import { Planner } from './plan.ts';
import type { SampleSite } from './policy.ts';
import { RenderPool } from './pool.ts';
import { stream } from './random.ts';
import { render } from './render.ts';

export { DEFECT_KINDS, type DefectKind, type PlantedDefect, type Truth, truthOf } from './defects.ts';
export { samplePolicy } from './policy.ts';

/** One picture of a candidate, as it was uploaded. */
export type SampleImage = { slot: Slot; bytes: Buffer };

/** A generated candidate with what was planted. */
export type SampleCandidate = {
  registrationNumber: string;
  site: SampleSite;
  /** Instant, in the days before today. */
  submittedAt: string;
  form: Form;
  /** In the order of the catalogue. */
  images: SampleImage[];
  defects: PlantedDefect[];
};

export type DistrictRequest = {
  /** Candidates to generate. */
  readonly count: number;
  readonly seed: number;
  /** Calendar date; every other date follows from it. */
  readonly today: string;
  /** Worker threads; as many as cores is best. */
  readonly threads: number;
  readonly onProgress?: (done: { candidates: number; images: number }) => void;
};

/** Candidates whose pictures are in work while the first of them is awaited. */
const AHEAD = 4;

function submittedAt(draft: Draft): string {
  const random = stream(draft.seed, 'submitted', draft.dossier.index);
  const day = addDays(draft.dossier.today, -random.int(2, 12));
  const time = Date.parse(day) + random.int(0, 14 * 3_600_000);
  return new Date(time).toISOString();
}

function slotsOf(draft: Draft): Slot[] {
  const rank = (slot: Slot) => MATERIAL_CODES.indexOf(materialOf(slot)) * 100 + Number(slot.slice(4));
  return [...draft.orders.keys()].sort((a, b) => rank(a) - rank(b));
}

async function candidateOf(draft: Draft, pool: RenderPool): Promise<SampleCandidate> {
  const images = await Promise.all(
    slotsOf(draft).map(async (slot): Promise<SampleImage[]> => {
      const order = draft.orders.get(slot);
      return order ? [{ slot, bytes: await pool.render(order) }] : [];
    }),
  );
  return {
    registrationNumber: draft.dossier.registrationNumber,
    site: draft.site,
    submittedAt: submittedAt(draft),
    form: draft.form,
    images: images.flat(),
    defects: [...draft.defects],
  };
}

/**
 * Generates a district of plainly fictitious candidates. The same seed and day give the same candidates, byte for byte
 * on the same machine, and a small district is the beginning of a larger one. Pictures are rendered in worker threads;
 * leaving the loop early stops them.
 */
export async function* generateDistrict(request: DistrictRequest): AsyncIterable<SampleCandidate> {
  const { count, seed, today, threads, onProgress } = request;
  const planner = new Planner(seed, today);
  const pool = new RenderPool(threads);
  const inWork: Promise<SampleCandidate>[] = [];
  let begun = 0;
  let images = 0;
  try {
    for (let candidates = 1; candidates <= count; candidates++) {
      while (begun < count && inWork.length < AHEAD + threads) {
        const made = candidateOf(planner.at(begun++), pool);
        // Awaited in its turn; until then a failure must not count as unhandled.
        made.catch(() => undefined);
        inWork.push(made);
      }
      const next = await inWork.shift();
      if (!next) return;
      images += next.images.length;
      onProgress?.({ candidates, images });
      yield next;
    }
  } finally {
    await pool.close();
  }
}

/** Index (from 0) of a candidate, by index or registration number (year, site, running number). */
function indexOf(candidate: number | string): number {
  return typeof candidate === 'number' ? candidate : Number(candidate.slice(10)) - 1;
}

/** A right picture of a slot, without the defect, as a candidate takes it after a return. */
export async function generateReplacement(request: {
  readonly seed: number;
  readonly candidate: number | string;
  readonly slot: Slot;
  readonly today: string;
}): Promise<Buffer> {
  const { seed, candidate, slot, today } = request;
  const { dossier } = new Planner(seed, today).at(indexOf(candidate));
  return render(cleanOrder(seed, dossier, slot, 'again'));
}
