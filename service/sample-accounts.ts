import type { Person } from './store/accounts.ts';

/** Passwords of the generated district. They open nothing but samples, so they may stand here. */
export const STAFF_PASSWORD = 'Sample-2026-desk';
export const CANDIDATE_PASSWORD = 'Sample-2026-exam';

type Staff = Omit<Person, 'id' | 'district' | 'submissionId'>;

/** Reviewers and supervisors of the generated district: two sites and the district level. */
export const SAMPLE_STAFF: readonly Staff[] = [
  { account: 'reviewer1', name: '样例审核员一', role: 'reviewer', level: 'site', point: null, site: '990101' },
  { account: 'reviewer2', name: '样例审核员二', role: 'reviewer', level: 'site', point: null, site: '990101' },
  { account: 'reviewer3', name: '样例审核员三', role: 'reviewer', level: 'site', point: null, site: '990102' },
  { account: 'district1', name: '样例复审员一', role: 'reviewer', level: 'district', point: null, site: null },
  { account: 'supervisor1', name: '样例督查员一', role: 'supervisor', level: 'site', point: null, site: '990101' },
  { account: 'supervisor9', name: '样例督查员九', role: 'supervisor', level: 'district', point: null, site: null },
];
