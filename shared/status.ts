import type { ActKind } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Status, Submission } from './submission.ts';

/** Levels of review, lowest first: 报名点 (point), 考点 (site), 考区 (district). A policy names those of its district. */
export const LEVELS = ['point', 'site', 'district'] as const;
export type Level = (typeof LEVELS)[number];

/** The levels of a district, lowest first. */
export type Levels = Pick<Policy, 'levels'>;
type Rules = Pick<Policy, 'levels' | 'refusers'>;

/** The state after the approval of a level that isn't the last one. No level comes after the district. */
const PASSED: Readonly<Record<Level, Status>> = {
  point: 'point_approved',
  site: 'site_approved',
  district: 'approved',
};

const rank = (level: Level): number => LEVELS.indexOf(level);
const isLast = (level: Level, { levels }: Levels): boolean => levels.at(-1) === level;

/** How far a state under review has come: the rank of the last level that approved, -1 before the first. */
function passedRank(status: Status): number | null {
  if (status === 'pending') return -1;
  return status === 'point_approved' || status === 'site_approved'
    ? LEVELS.findIndex((level) => PASSED[level] === status)
    : null;
}

/** The level at which a submission is under review; null when it is at none. Holds after a change of the levels too. */
export function levelAt(status: Status, { levels }: Levels): Level | null {
  const passed = passedRank(status);
  return passed === null ? null : (levels.find((level) => rank(level) > passed) ?? null);
}

/** The state in which a level begins its review; null for a level that the district doesn't have. */
export function stateOf(level: Level, { levels }: Levels): Status | null {
  const place = levels.indexOf(level);
  if (place < 0) return null;
  const before = levels[place - 1];
  return before === undefined ? 'pending' : PASSED[before];
}

/** The states that a level has passed a submission on to; without a level (supervisors) only the end counts. */
export function passedStates(level: Level | null): readonly Status[] {
  if (level === null) return ['approved'];
  const onward = LEVELS.filter((other) => rank(other) >= rank(level)).map((other) => PASSED[other]);
  return [...new Set<Status>([...onward, 'approved'])];
}

/** The level before this one, to which it sends back; null for the first. */
export function levelBefore(level: Level, { levels }: Levels): Level | null {
  return levels[levels.indexOf(level) - 1] ?? null;
}

/** The level after this one; null after the last. */
export function levelAfter(level: Level, { levels }: Levels): Level | null {
  const place = levels.indexOf(level);
  return place < 0 ? null : (levels[place + 1] ?? null);
}

/** What a reopening looks at. */
type Concluded = Pick<Submission, 'status' | 'concludedBy' | 'images'>;

/**
 * The state that a reopening leads back to, or null where there is none. A level takes its own approval back until the
 * next level has concluded; a refusal is reopened by the level that made it or a higher one, and goes back to where it
 * was refused. 逾期放弃 stays, and so does whatever the candidate has signed (M26, domain §4).
 */
function reopened({ status, concludedBy, images }: Concluded, level: Level, rules: Rules): Status | null {
  if (images.some(({ material }) => material === 'M26')) return null;
  const own = stateOf(level, rules);
  if (own === null) return null;
  if (status === 'approved') return isLast(level, rules) ? own : null;
  if (status === 'refused') {
    if (concludedBy === null) return isLast(level, rules) ? 'pending' : null;
    return rank(level) >= rank(concludedBy) ? (stateOf(concludedBy, rules) ?? 'pending') : null;
  }
  return status === PASSED[level] && levelAt(status, rules) !== null ? own : null;
}

/**
 * The state that a decision leads to (domain §4), or `null` where it isn't allowed: a level decides only in its own
 * state, image decisions leave the state as it is, and only a reopening leads out of a final state. Who may refuse is
 * the policy's to say.
 */
export function next(of: Concluded, kind: ActKind, level: Level, rules: Rules): Status | null {
  if (kind === 'submission.reopen') return reopened(of, level, rules);
  if (levelAt(of.status, rules) !== level) return null;
  switch (kind) {
    case 'image.lock':
    case 'image.return':
    case 'image.reopen':
    case 'submission.note':
      return of.status;
    case 'submission.approve':
      return isLast(level, rules) ? 'approved' : PASSED[level];
    case 'submission.return':
      return 'returned';
    case 'submission.refuse':
      return rules.refusers.includes(level) ? 'refused' : null;
    case 'submission.send_back': {
      const before = levelBefore(level, rules);
      return before === null ? null : stateOf(before, rules);
    }
  }
}

/** Nothing follows these states but a reopening with its reason. */
export function isFinal(status: Status): boolean {
  return status === 'approved' || status === 'refused' || status === 'lapsed';
}
