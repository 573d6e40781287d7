import type { District, SampleCandidate } from '../../service/fill.ts';
import { slotOf } from '../../shared/ids.ts';
import { type Policy, requirements } from '../../shared/policy.ts';
import { png } from './pictures.ts';
import { form, policy } from './submission.ts';

/** The policy of the tiny district: two sites. */
export function tinyPolicy(): Policy {
  return policy({
    sites: [
      { site: '990101', name: '样例第一考点' },
      { site: '990102', name: '样例第二考点' },
    ],
  });
}

/** The candidate with a number from 1, complete and faultless; odd ones at the first site, even ones at the second. */
export function tinyCandidate(number: number): SampleCandidate {
  const own = form({ name: `样例${number}` });
  const slots = requirements(own, tinyPolicy()).flatMap(({ material, min }) =>
    Array.from({ length: min }, (_, index) => slotOf(material, index + 1)),
  );
  const site = number % 2 === 1 ? '990101' : '990102';
  return {
    registrationNumber: `2026${site}${String(number).padStart(6, '0')}`,
    site,
    submittedAt: '2026-03-01T01:30:00.000Z',
    form: own,
    images: slots.map((slot, index) => ({ slot, bytes: png(number * 100 + index, { padding: 2000 }) })),
    defects: [],
  };
}

/** A district of such candidates, made at once. */
export const TINY_DISTRICT: District = {
  samplePolicy: tinyPolicy,
  generateDistrict: async function* ({ count }) {
    for (let number = 1; number <= count; number += 1) yield tinyCandidate(number);
  },
};
