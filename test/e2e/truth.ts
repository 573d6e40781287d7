import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { groupOf } from '../../shared/catalogue/reasons.ts';
import { Reason } from '../../shared/submission.ts';

const Defect = z.object({
  kind: z.string(),
  slot: z.string().optional(),
  field: z.string().optional(),
  reason: Reason,
  visible: z.enum(['image', 'check', 'both']),
  note: z.string(),
});
const Planted = z.object({
  registrationNumber: z.string(),
  submissionId: z.string(),
  site: z.string(),
  defects: z.array(Defect),
});
const Truth = z.object({
  seed: z.number(),
  today: z.string(),
  candidates: z.array(Planted),
});
export type Truth = z.infer<typeof Truth>;
export type Planted = z.infer<typeof Planted>;

/** What was planted in a sample district: for tests and measurements only, the app never reads it. */
export async function readTruth(folder: string): Promise<Truth> {
  return Truth.parse(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')));
}

/** Registration numbers of the candidates of a site in whose papers nothing is wrong. */
export async function cleanOnes(folder: string, site = '990101'): Promise<string[]> {
  const { candidates } = await readTruth(folder);
  return candidates
    .filter((one) => one.site === site && one.defects.length === 0)
    .map(({ registrationNumber }) => registrationNumber);
}

/**
 * Candidates of the first reviewer with one bad picture and nothing else wrong, which another picture of the same paper
 * mends: good for a return and a re-upload.
 */
export function withOneBadPicture({ candidates }: Truth): (Planted & { readonly slot: string })[] {
  const mendable = new Set(['Q', 'R', 'S', 'T']);
  return candidates.flatMap((candidate) => {
    const [defect, ...others] = candidate.defects;
    if (!defect?.slot || defect.field || others.length > 0 || candidate.site !== '990101') return [];
    return mendable.has(groupOf(defect.reason)) ? [{ ...candidate, slot: defect.slot }] : [];
  });
}
