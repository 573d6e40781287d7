import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { problem } from '../../../shared/problem.ts';
import {
  Account,
  Answers,
  CandidateSignIn,
  CandidateView,
  DecisionBatch,
  DecisionHistory,
  Enrolled,
  Enrolment,
  FeedPage,
  FeedQuery,
  Health,
  Keys,
  PasswordChange,
  Session,
  SignIn,
} from '../../../shared/wire.ts';
import { approval, decision, NOW, sha, submission } from '../../factories/submission.ts';
import { account, candidateView, receipt } from '../../factories/wire.ts';

const of = submission();
const made = decision(of, approval(of), { previous: null });
const signature = 'a'.repeat(128);
const link = { decision: made, signature };
const start = { seq: 0, sha256: null };

const MESSAGES: readonly [string, z.ZodType, unknown][] = [
  ['Account', Account, account()],
  ['Account of a candidate', Account, account({ role: 'candidate', level: null, site: null, siteName: null })],
  ['SignIn', SignIn, { account: 'shenhe01', password: 'p' }],
  ['Session', Session, { token: 't', account: account(), expiresAt: NOW, serverTime: NOW }],
  [
    'FeedPage',
    FeedPage,
    { epoch: 'e1', items: [of], cursor: 1, remaining: { submissions: 0, images: 0, bytes: 0 }, serverTime: NOW },
  ],
  [
    'Keys',
    Keys,
    {
      algorithm: 'Ed25519',
      publicKey: 'b'.repeat(64),
      changes: [{ from: 'a'.repeat(64), to: 'b'.repeat(64), at: NOW, signature }],
      recovery: { publicKey: 'c'.repeat(64), signature },
    },
  ],
  ['PasswordChange', PasswordChange, { current: 'p', next: 'Another-2026' }],
  ['Enrolment', Enrolment, { device: made.device, publicKey: 'b'.repeat(64), start, signature }],
  ['Enrolled', Enrolled, { device: made.device, head: start }],
  ['DecisionBatch', DecisionBatch, { decisions: [link] }],
  [
    'Answers',
    Answers,
    {
      answers: [
        { id: made.id, outcome: 'applied', receipt: receipt(made), signature },
        { id: made.id, outcome: 'conflict', problem: problem('decision.stale_image'), slots: ['M01-1'] },
        { id: made.id, outcome: 'refused', problem: problem('decision.no_reason') },
      ],
      head: { seq: 1, sha256: sha(1) },
    },
  ],
  [
    'DecisionHistory',
    DecisionHistory,
    { decisions: [{ decision: made, by: { id: 'acc-1', name: '样例审核员', level: 'site' }, receipt: receipt(made) }] },
  ],
  ['CandidateSignIn', CandidateSignIn, { registrationNumber: '2026990101000001', password: 'p' }],
  ['CandidateView', CandidateView, candidateView(of)],
  ['Health', Health, { service: 'review-desk', version: '0.1.0', time: NOW }],
];

describe.each(MESSAGES)('%s', (_name, schema, message) => {
  it('survives the way over the wire', () => {
    expect(schema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it('refuses a member it does not know, and the lack of one', () => {
    const own = Object(message);
    expect(schema.safeParse({ ...own, unknown: 1 }).success).toBe(false);
    // What was stored before there were 报名点 has none.
    for (const key of Object.keys(own).filter((member) => member !== 'point')) {
      const { [key]: _without, ...rest } = own;
      expect(schema.safeParse(rest).success, key).toBe(false);
    }
  });
});

describe('limits', () => {
  it('take decisions of one workstation at once, each with its place in the chain', () => {
    const { previous: _, ...unchained } = made;
    expect(DecisionBatch.safeParse({ decisions: [{ decision: unchained, signature }] }).success).toBe(false);
    const other = { decision: { ...made, device: '0195b8a4-6c00-7000-8000-0000000000bb' }, signature };
    expect(DecisionBatch.safeParse({ decisions: [link, other] }).success).toBe(false);
  });

  it('take between one and a hundred decisions at once', () => {
    expect(DecisionBatch.safeParse({ decisions: [] }).success).toBe(false);
    expect(DecisionBatch.safeParse({ decisions: Array.from({ length: 100 }, () => link) }).success).toBe(true);
    expect(DecisionBatch.safeParse({ decisions: Array.from({ length: 101 }, () => link) }).success).toBe(false);
  });

  it('read the feed’s query from text, with its defaults', () => {
    expect(FeedQuery.parse({})).toEqual({ after: 0, limit: 100 });
    expect(FeedQuery.parse({ after: '12', limit: '200', epoch: 'e1' })).toEqual({ after: 12, limit: 200, epoch: 'e1' });
    for (const wrong of [{ after: '-1' }, { limit: '201' }, { limit: '0' }, { after: 'x' }, { more: '1' }]) {
      expect(FeedQuery.safeParse(wrong).success).toBe(false);
    }
  });

  it('trim the account and keep the password as typed', () => {
    expect(SignIn.parse({ account: ' shenhe01 ', password: ' p ' })).toEqual({ account: 'shenhe01', password: ' p ' });
    expect(SignIn.safeParse({ account: ' ', password: 'p' }).success).toBe(false);
  });
});
