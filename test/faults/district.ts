import { fillSample } from '../../service/fill.ts';
import { openData } from '../../service/start.ts';
import { slotOf } from '../../shared/ids.ts';
import { requirements } from '../../shared/policy.ts';
import { png } from '../factories/pictures.ts';
import { form, policy } from '../factories/submission.ts';

/** Candidates of a round: few, so that reviewers meet. */
export const CANDIDATES = 3;

/** Makes the data folder that every round starts with a copy of: one site, three candidates, small pictures. */
export async function makeTemplate(folder: string): Promise<void> {
  const data = await openData(folder);
  await fillSample(data, {
    folder,
    count: CANDIDATES,
    seed: 1,
    clock: () => new Date(),
    say: () => undefined,
    district: async () => ({
      // The review never ends meanwhile, whatever the day.
      samplePolicy: (today) => policy({ reviewUntil: `${Number(today.slice(0, 4)) + 3}-12-28` }),
      generateDistrict: async function* ({ count }) {
        for (let number = 1; number <= count; number += 1) {
          const own = form({ name: `样例${number}` });
          const slots = requirements(own, policy()).flatMap(({ material, min }) =>
            Array.from({ length: min }, (_, index) => slotOf(material, index + 1)),
          );
          yield {
            registrationNumber: `2026990101${String(number).padStart(6, '0')}`,
            site: '990101',
            submittedAt: '2026-03-01T01:30:00.000Z',
            form: own,
            images: slots.map((slot, index) => ({ slot, bytes: png(number * 100 + index, { padding: 3000 }) })),
            defects: [],
          };
        }
      },
    }),
  });
  await data.close();
}
