import type { Decision, Receipt } from '../../shared/decision.ts';
import { AccountId } from '../../shared/ids.ts';
import type { DeskStatus, QueueRow, ReviewSubject, SyncProgress, TrackedDecision } from '../../shared/ipc.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Account, CandidateView } from '../../shared/wire.ts';
import { imageFacts, NOW, sha, slot } from './submission.ts';

/** A reviewer of the site in the sample district. */
export function account(overrides: Partial<Account> = {}): Account {
  return {
    id: AccountId.parse('acc-1'),
    account: 'shenhe01',
    name: '样例审核员',
    role: 'reviewer',
    level: 'site',
    point: null,
    site: '990101',
    siteName: '样例第一考点',
    district: '99',
    ...overrides,
  };
}

/** The receipt of a decision, as the service would give it. */
export function receipt(of: Decision, overrides: Partial<Receipt> = {}): Receipt {
  return {
    decisionId: of.id,
    decisionSha256: sha(1),
    accountId: AccountId.parse('acc-1'),
    epoch: 'e1',
    seq: 7,
    appliedAt: NOW,
    ...overrides,
  };
}

/** A decision waiting to be sent. */
export function trackedDecision(of: Decision, overrides: Partial<TrackedDecision> = {}): TrackedDecision {
  return {
    decision: of,
    state: 'waiting',
    heldUntil: null,
    attempts: 0,
    lastTriedAt: null,
    answeredAt: null,
    problem: null,
    slots: [],
    receipt: null,
    resolution: null,
    name: '样例甲',
    registrationNumber: '2026990101000001',
    ...overrides,
  };
}

/** What the review screen gets for a submission whose images are all here. */
export function reviewSubject(of: Submission, overrides: Partial<ReviewSubject> = {}): ReviewSubject {
  return {
    submission: of,
    facts: of.images.map((one) => imageFacts(one)),
    absent: [],
    purged: false,
    shared: [],
    decisions: [],
    undoable: false,
    aside: null,
    ...overrides,
  };
}

/** Progress of a synchronisation that is through. */
export function syncProgress(overrides: Partial<SyncProgress> = {}): SyncProgress {
  return {
    phase: 'done',
    first: false,
    submissions: { done: 200, total: 200 },
    images: { done: 2000, total: 2000 },
    bytes: { done: 300_000_000, total: 300_000_000 },
    complete: 200,
    remaining: 0,
    problem: null,
    ...overrides,
  };
}

/** The status bar of a workstation with nothing to do. */
export function deskStatus(overrides: Partial<DeskStatus> = {}): DeskStatus {
  return {
    online: true,
    signingIn: false,
    offlineSince: null,
    problem: null,
    lastSync: NOW,
    waiting: 0,
    sent: 0,
    parked: 0,
    line: { proxy: null, slow: null, nextTryAt: null },
    unsent: { images: 0, returns: 0, approvals: 0, refusals: 0, oldestAt: null },
    parkedWhy: [],
    risk: null,
    sync: syncProgress(),
    recovering: false,
    recovery: null,
    broken: [],
    ...overrides,
  };
}

/** The row of a submission in the queue, none of its images judged. */
export function queueRow(of: Submission, overrides: Partial<QueueRow> = {}): QueueRow {
  return {
    id: of.id,
    registrationNumber: of.registrationNumber,
    name: of.form.name,
    idTail: of.form.idNumber.slice(-4),
    level: of.form.level,
    class: of.form.class,
    paths: [...of.form.paths],
    status: of.status,
    round: of.round,
    materials: [{ material: 'M01', count: 2, min: 2, state: 'open' }],
    points: of.images.length,
    judged: 0,
    submittedAt: of.submittedAt,
    deadline: of.deadline,
    complete: true,
    waiting: 0,
    parked: false,
    aside: null,
    claim: null,
    ...overrides,
  };
}

/** What a candidate sees after a return of the diploma. */
export function candidateView(of: Submission, overrides: Partial<CandidateView> = {}): CandidateView {
  return {
    registrationNumber: of.registrationNumber,
    name: of.form.name,
    status: 'returned',
    statusText: '退回',
    deadline: NOW,
    message: '请重新上传',
    images: of.images.map(({ slot: at, sha256 }) => ({
      slot: at,
      title: '毕业证书',
      sha256,
      state: 'returned',
      unlocked: true,
      sentences: ['图片不清晰，请重新上传'],
      marks: [{ x: 0.25, y: 0.5, width: 0, height: 0, where: '左侧', text: '图片不清晰，请重新上传' }],
    })),
    wanted: [{ slot: slot('M11-1'), title: '应届毕业生报考承诺书' }],
    maySubmit: false,
    ...overrides,
  };
}
