import { DEFECT_KINDS, type DefectKind } from './defects.ts';
import { cleanDraft, type Draft } from './draft.ts';
import { PAPER_DEFECTS } from './plant-paper.ts';
import { PICTURE_DEFECTS, type Plant } from './plant-picture.ts';
import { stream } from './random.ts';

const PLANTS: Readonly<Record<DefectKind, Plant>> = { ...PICTURE_DEFECTS, ...PAPER_DEFECTS };

/** Two of every six candidates have defects. */
const BLOCK = 6;
const DEFECTIVE = 2;

function isDefective(seed: number, index: number): boolean {
  const places = Array.from({ length: BLOCK }, (_, at) => at);
  const order = stream(seed, 'defective', Math.floor(index / BLOCK)).shuffle(places);
  return order.slice(0, DEFECTIVE).includes(index % BLOCK);
}

/**
 * Plans candidates one after the other. What a candidate is depends on the seed, the day and the candidates before it
 * alone; the kinds of defects take turns, so that each comes up soon and as often as the others.
 */
export class Planner {
  readonly #seed: number;
  readonly #today: string;
  readonly #drafts: Draft[] = [];
  readonly #queue: DefectKind[];

  constructor(seed: number, today: string) {
    this.#seed = seed;
    this.#today = today;
    this.#queue = stream(seed, 'kinds').shuffle(DEFECT_KINDS);
  }

  /** The candidate with an index (from 0). */
  at(index: number): Draft {
    while (this.#drafts.length <= index) this.#drafts.push(this.#next(this.#drafts.length));
    const draft = this.#drafts[index];
    if (!draft) throw new RangeError(`no candidate ${index}`);
    return draft;
  }

  #next(index: number): Draft {
    const draft = cleanDraft(this.#seed, index, this.#today);
    if (!isDefective(this.#seed, index)) return draft;
    const random = stream(this.#seed, 'defects', index);
    const count = 1 + (random.chance(0.38) ? 1 : 0) + (random.chance(0.14) ? 1 : 0);
    for (let planted = 0; planted < count; planted++) this.#plant(draft, index);
    return draft;
  }

  /** Plants the kind that has waited longest among those that apply. */
  #plant(draft: Draft, index: number): void {
    for (const kind of this.#queue) {
      if (draft.defects.some((defect) => defect.kind === kind)) continue;
      const defect = PLANTS[kind](draft, stream(this.#seed, 'plant', index, kind), this.#drafts);
      if (!defect) continue;
      draft.defects.push(defect);
      this.#queue.splice(this.#queue.indexOf(kind), 1);
      this.#queue.push(kind);
      return;
    }
  }
}
