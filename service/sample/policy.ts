import type { Policy } from '../../shared/policy.ts';
import { LEVELS } from '../../shared/status.ts';
import { addDays, parts } from './calendar.ts';
import { REGIONS } from './places.ts';

/** Sites of the sample district; a candidate belongs to the second one in twenty times. */
export const SITES = [
  { site: '990101', name: '样例第一考点' },
  { site: '990102', name: '样例第二考点' },
] as const;
export type SampleSite = (typeof SITES)[number]['site'];

/** The site of the candidate with an index (from 0). */
export function siteOf(index: number): SampleSite {
  return index % 20 === 19 ? SITES[1].site : SITES[0].site;
}

/** The policy of the sample district on a day (calendar date). */
export const samplePolicy = (today: string): Policy => {
  const { year } = parts(today);
  return {
    year,
    district: '99',
    districtName: '样例考区',
    sites: SITES.map((site) => ({ ...site })),
    points: [],
    levels: ['site', 'district'],
    lockMode: 'on_submit',
    refusers: [...LEVELS],
    reviewUntilOf: {},
    unbiased: false,
    viewing: { leastMs: 0, leastPercent: 10, needed: false },
    holdingId: true,
    pledge: true,
    institutionLicence: true,
    reviewUntil: addDays(today, 9),
    reuploadHours: 72,
    claimHours: 72,
    probationUntil: `${year}-08-31`,
    probationMonths: 12,
    imageBytes: 204_800,
    picturesKeptDays: 7,
    purgeOnSignOut: false,
    knownRegions: REGIONS.map(({ code }) => code),
    counts: {},
  };
};
