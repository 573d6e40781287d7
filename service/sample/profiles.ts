import type { Form, PathFlag } from '../../shared/form.ts';
import { type Random, stream } from './random.ts';

/** The way by which a candidate comes to the exam: everything else is drawn to fit it. */
export type Profile = {
  readonly paths: readonly PathFlag[];
  readonly level: Form['level'];
  readonly class: Form['class'];
  readonly education: Form['education'];
};

const profile = (
  paths: readonly PathFlag[],
  level: Profile['level'],
  className: Profile['class'],
  education: Profile['education'],
): Profile => ({ paths, level, class: className, education });

const times = (count: number, one: Profile): Profile[] => Array.from({ length: count }, () => one);

/** The mix of forty candidates: direct entry of earlier graduates most, every path of domain §1 at least once. */
const FORTY: readonly Profile[] = [
  ...times(8, profile(['past'], 'physician', 'clinical', 'bachelor')),
  profile(['past'], 'physician', 'clinical', 'master'),
  ...times(4, profile(['past'], 'assistant', 'clinical', 'college')),
  ...times(2, profile(['past'], 'physician', 'dental', 'bachelor')),
  profile(['past'], 'assistant', 'dental', 'college'),
  profile(['past'], 'physician', 'public_health', 'bachelor'),
  ...times(2, profile(['past'], 'physician', 'tcm', 'bachelor')),
  profile(['past'], 'assistant', 'tcm', 'college'),
  ...times(2, profile(['past'], 'physician', 'integrated', 'bachelor')),
  profile(['past'], 'physician', 'ethnic', 'bachelor'),
  profile(['past'], 'assistant', 'rural', 'college'),
  profile(['past'], 'assistant', 'rural', 'secondary'),
  ...times(2, profile(['fresh'], 'physician', 'clinical', 'bachelor')),
  profile(['fresh'], 'assistant', 'clinical', 'college'),
  profile(['fresh'], 'physician', 'tcm', 'bachelor'),
  ...times(2, profile(['assistant_up'], 'physician', 'clinical', 'college')),
  profile(['assistant_up'], 'physician', 'tcm', 'college'),
  profile(['apprentice'], 'assistant', 'tcm', 'none'),
  profile(['apprentice', 'assistant_up'], 'physician', 'tcm', 'none'),
  profile(['past', 'hmt'], 'physician', 'clinical', 'bachelor'),
  profile(['past', 'foreign'], 'physician', 'tcm', 'bachelor'),
  profile(['past', 'military'], 'physician', 'clinical', 'bachelor'),
  ...times(2, profile(['past', 'college_up'], 'physician', 'clinical', 'bachelor')),
  profile(['past', 'overseas'], 'physician', 'clinical', 'bachelor'),
];

/** The profile of the candidate with an index (from 0): the forty of its block in a seeded order. */
export function profileOf(seed: number, index: number): Profile {
  const block = Math.floor(index / FORTY.length);
  const order = stream(seed, 'profiles', block).shuffle(FORTY);
  const found = order[index % FORTY.length];
  if (!found) throw new RangeError(`no profile ${index}`);
  return found;
}

/** Kind of identity document that goes with a profile. */
export function idTypeOf({ paths }: Profile, random: Random): Form['idType'] {
  if (paths.includes('foreign')) return 'passport';
  if (paths.includes('hmt')) return random.pick(['hmt_residence', 'hm_permit', 'tw_permit']);
  return 'resident';
}
