import type { ActKind } from './decision.ts';
import type { Status } from './submission.ts';

/** Level of a reviewer: 考点 (site) decides first, 考区 (district) after it. */
export const LEVELS = ['site', 'district'] as const;
export type Level = (typeof LEVELS)[number];

/** The state in which a level reviews. */
export const REVIEWS: Readonly<Record<Level, Status>> = { site: 'pending', district: 'site_approved' };

/**
 * The state that a decision leads to (domain §4), or `null` where it isn't allowed: a level decides only in its own
 * state, image decisions leave the state as it is, and there is no way out of a final state.
 */
export function next(status: Status, kind: ActKind, level: Level): Status | null {
  if (status !== REVIEWS[level]) return null;
  switch (kind) {
    case 'image.lock':
    case 'image.return':
    case 'image.reopen':
    case 'submission.note':
      return status;
    case 'submission.approve':
      return level === 'site' ? 'site_approved' : 'approved';
    case 'submission.return':
      return 'returned';
    case 'submission.refuse':
      return 'refused';
  }
}

/** Nothing follows these states. */
export function isFinal(status: Status): boolean {
  return status === 'approved' || status === 'refused' || status === 'lapsed';
}
