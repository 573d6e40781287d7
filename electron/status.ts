import { deadlineRisk } from '../shared/deadline-risk.ts';
import type { DeskStatus } from '../shared/ipc.ts';
import type { Language } from '../shared/problem.ts';
import { Failure, problemOf } from './failure.ts';
import { readCursor } from './store/cursor.ts';
import type { Store } from './store/database.ts';
import { standingBreaks } from './store/log-breaks.ts';
import { type Office, readRecovery } from './store/meta.ts';
import { countOutbox } from './store/outbox.ts';
import type { Unsent } from './store/unsent.ts';
import type { Schedule } from './sync/schedule.ts';
import type { Service } from './sync/service.ts';

/** The status while nobody is signed in. */
export const NOBODY: DeskStatus = {
  online: false,
  signingIn: false,
  offlineSince: null,
  problem: null,
  lastSync: null,
  waiting: 0,
  sent: 0,
  parked: 0,
  line: { proxy: null, slow: null, nextTryAt: null },
  unsent: { images: 0, returns: 0, approvals: 0, refusals: 0, oldestAt: null },
  parkedWhy: [],
  risk: null,
  sync: {
    phase: 'idle',
    first: true,
    submissions: { done: 0, total: 0 },
    images: { done: 0, total: 0 },
    bytes: { done: 0, total: 0 },
    complete: 0,
    remaining: null,
    problem: null,
  },
  recovering: false,
  recovery: null,
  broken: [],
};

/** The account at work, as far as the status tells of it. */
export type StatusParts = {
  readonly service: Pick<Service, 'condition'>;
  readonly schedule: Pick<Schedule, 'connection'>;
  readonly stores: { readonly review: Store };
  readonly unsent: () => Unsent;
  readonly office: Office;
  /** Workstation clock minus service clock, ms. */
  readonly clockSkew: number;
  /** The data turned out to be damaged while at work. */
  readonly damaged: boolean;
};

/** What the status bar and its panel show now. Cheap: it is asked for up to five times a second. */
export function statusOf(parts: StatusParts, now: Date, language: Language): DeskStatus {
  const { schedule, service, office, clockSkew } = parts;
  const { review } = parts.stores;
  const { online, signingIn, offlineSince, problem: away, nextTry, sync } = schedule.connection();
  // What can't be saved matters more than what can't be sent.
  const problem = review.broken() ?? (parts.damaged ? new Failure('store.damaged') : away);
  const { images, conclusions, oldestAt, parked, undecided } = parts.unsent();
  const count = (kind: (typeof conclusions)[number]['kind']) => conclusions.filter((one) => one.kind === kind).length;
  // Only a reviewer's work can come too late; and while it goes out nothing is at risk.
  const isHeldUp = office.account.role === 'reviewer' && !signingIn && (!online || away !== null);
  return {
    online,
    signingIn,
    offlineSince,
    problem: problem && problemOf(problem, language),
    lastSync: readCursor(review.read).lastSync,
    ...countOutbox(review.read),
    line: {
      ...service.condition(),
      nextTryAt: nextTry === null || nextTry === 0 ? null : new Date(now.getTime() + nextTry).toISOString(),
    },
    unsent: {
      images,
      returns: count('return'),
      approvals: count('approve'),
      refusals: count('refuse'),
      oldestAt,
    },
    parkedWhy: [...parked],
    risk: isHeldUp ? deadlineRisk(conclusions, undecided, office.policy, now.getTime() - clockSkew) : null,
    sync: { ...sync, problem: sync.problem && problemOf(sync.problem, language) },
    recovering: false,
    recovery: readRecovery(review.read, now),
    broken: standingBreaks(review.read),
  };
}
