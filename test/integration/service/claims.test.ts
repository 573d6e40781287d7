import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../service/store/verify.ts';
import type { Claim } from '../../../shared/claim.ts';
import { Decision } from '../../../shared/decision.ts';
import type { Submission } from '../../../shared/submission.ts';
import { ClaimAnswers, Reviewers, TakenOver } from '../../../shared/wire.ts';
import {
  type Caller,
  decisionOn,
  lockingAll,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { approval, NOW, returning } from '../../factories/submission.ts';

let service: TestService;
let one: Caller;
let two: Caller;
let supervisor: Caller;
let subject: Submission;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
  one = await service.signIn('reviewer1');
  two = await service.signIn('reviewer2');
  supervisor = await service.signIn('supervisor1');
  subject = await pullOne(one, 1);
});
afterEach(() => service.end());

async function ask(caller: Caller, of: Submission = subject) {
  const reply = await caller.ask('POST', '/v1/claims', { body: { submissions: [of.id] } });
  const [answer] = ClaimAnswers.parse(reply.body).claims;
  if (!answer) throw new Error('no answer');
  return answer;
}

const shown = async (caller: Caller = supervisor): Promise<Claim | null> => (await pullOne(caller, 1)).claim;

const lock = (index: number, claim: number | null, of: Submission = subject) => {
  const image = of.images[index];
  if (!image) throw new Error('no such image');
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  return decisionOn(of, act, { claim });
};

async function reviewerId(account: 'reviewer1' | 'reviewer2') {
  const { reviewers } = await supervisor.get(`/v1/submissions/${subject.id}/reviewers`, Reviewers);
  const found = reviewers[account === 'reviewer1' ? 0 : 1];
  if (!found) throw new Error('no such reviewer');
  return found.id;
}

const takeOver = (to: string | null, reason = '休假', caller = supervisor) =>
  caller.ask('POST', `/v1/submissions/${subject.id}/claim/takeover`, { body: { to, reason } });

/** Lets time pass; sessions are over after it, so everybody signs in again. */
async function forwardHours(hours: number): Promise<void> {
  service.clock.forward(hours * 60);
  one = await service.signIn('reviewer1');
  two = await service.signIn('reviewer2');
  supervisor = await service.signIn('supervisor1');
}

describe('a claim', () => {
  it('is seen by everybody, asked for again by its holder, refused to others', async () => {
    const answer = await ask(one);
    const claim = { token: 1, since: NOW, holder: { id: await reviewerId('reviewer1'), name: '样例审核员一' } };
    expect(answer).toMatchObject({ outcome: 'yours', claim });
    for (const caller of [one, two, supervisor]) expect(await shown(caller)).toEqual(claim);
    expect((await pullOne(two, 1)).seq).toBe(answer.outcome === 'yours' ? answer.seq : 0);
    expect(await ask(two)).toMatchObject({ outcome: 'held', claim });
    const { seq } = await pullOne(one, 1);
    expect(await ask(one)).toMatchObject({ outcome: 'yours', claim, seq });
    expect((await pullOne(one, 1)).seq).toBe(seq);
  });

  it('is not to be had out of reach, or out of turn', async () => {
    expect(await ask(await service.signIn('reviewer3'))).toEqual({ id: subject.id, outcome: 'closed' });
    const district = await service.signIn('district1');
    expect(await ask(district)).toMatchObject({ outcome: 'closed' });
    await send(one, ...lockingAll(subject));
    await send(one, decisionOn(subject, approval(subject)));
    expect(await ask(one)).toMatchObject({ outcome: 'closed' });
    expect(await ask(district)).toMatchObject({ outcome: 'yours', claim: { token: 2 } });
  });

  it('outlasts an outage, lasts longer with every question for news, and then is anybody’s', async () => {
    await ask(one);
    await forwardHours(71);
    await pullOne(one, 1);
    await forwardHours(71);
    expect(await ask(two)).toMatchObject({ outcome: 'held' });
    const { seq } = await pullOne(two, 1);
    await forwardHours(2);
    expect(await shown()).toBeNull();
    expect((await pullOne(two, 1)).seq).toBe(seq + 1);
    expect(await ask(two)).toMatchObject({ outcome: 'yours', claim: { token: 2 } });
  });

  it('is given back by its holder, and by nobody else', async () => {
    await ask(one);
    const body = { claims: [{ id: subject.id, token: 1 }] };
    expect((await two.ask('POST', '/v1/claims/release', { body })).status).toBe(204);
    expect(await shown()).not.toBeNull();
    expect((await one.ask('POST', '/v1/claims/release', { body })).status).toBe(204);
    expect(await shown()).toBeNull();
    expect(await ask(two)).toMatchObject({ outcome: 'yours', claim: { token: 2 } });
  });
});

describe('a decision', () => {
  it('claims what nobody holds; another’s is a conflict that says who, and the same again', async () => {
    const [first] = await send(one, lock(0, null));
    expect(first?.outcome).toBe('applied');
    const claim = await shown();
    expect(claim).toMatchObject({ token: 1, holder: { name: '样例审核员一' } });
    const late = lock(1, null);
    const [held] = await send(two, late);
    expect(held).toMatchObject({ outcome: 'conflict', slots: [], problem: { code: 'claim.held', claim } });
    await takeOver(null);
    expect(await send(two, late)).toEqual([held]);
    expect((await pullOne(one, 1)).images.map(({ state }) => state).filter((state) => state === 'locked')).toHaveLength(
      1,
    );
  });

  it('of before a takeover is never applied, and leaves nothing behind but its answer', async () => {
    await ask(one);
    expect((await takeOver(await reviewerId('reviewer2'))).status).toBe(200);
    const before = await pullOne(one, 1);
    const [lost] = await send(one, lock(0, 1));
    expect(lost).toMatchObject({ outcome: 'conflict', problem: { code: 'claim.lost', claim: before.claim } });
    expect(await pullOne(one, 1)).toEqual(before);
    const [taken] = await send(two, lock(0, 2));
    expect(taken?.outcome).toBe('applied');
    await takeOver(await reviewerId('reviewer1'), '返岗');
    expect(await send(one, lock(1, 1))).toMatchObject([{ problem: { code: 'claim.lost' } }]);
    expect(await send(one, lock(1, 3))).toMatchObject([{ outcome: 'applied' }]);
  });

  it('under a claim whose time is over still counts when nobody took it', async () => {
    await ask(one);
    await forwardHours(200);
    expect(await shown()).toBeNull();
    expect(await send(one, lock(0, 1))).toMatchObject([{ outcome: 'applied' }]);
    expect(await shown()).toMatchObject({ token: 1 });
  });

  it('that concludes ends the claim', async () => {
    await ask(one);
    await send(one, decisionOn(subject, returning(subject, ['M03-1']), { claim: 1 }));
    expect(await pullOne(one, 1)).toMatchObject({ status: 'returned', claim: null });
    expect((await takeOver(null)).body).toMatchObject({ code: 'claim.closed' });
  });

  it('that is not applied claims nothing', async () => {
    const stale = Decision.parse({ ...lock(0, null), revision: 7 });
    expect(await send(one, stale)).toMatchObject([{ problem: { code: 'decision.stale_revision' } }]);
    expect(await shown()).toBeNull();
  });
});

describe('a supervisor', () => {
  it('names a reviewer who can review it, or nobody, with a reason', async () => {
    const to = await reviewerId('reviewer2');
    expect(TakenOver.parse((await takeOver(to)).body).claim).toMatchObject({ token: 1, holder: { id: to } });
    expect(TakenOver.parse((await takeOver(null)).body).claim).toBeNull();
    expect((await takeOver(to, ' ')).status).toBe(400);
    const accounts = await service.data.db.selectFrom('accounts').selectAll().execute();
    const foreign = accounts.find(({ account }) => account === 'reviewer3');
    expect((await takeOver(foreign?.id ?? '')).body).toMatchObject({ code: 'claim.reviewer' });
    const district = accounts.find(({ account }) => account === 'district1');
    expect((await takeOver(district?.id ?? '')).body).toMatchObject({ code: 'claim.reviewer' });
  });

  it('leaves a trace of each takeover with its reason, and the log stays whole', async () => {
    await ask(one);
    const to = await reviewerId('reviewer2');
    await takeOver(to, '病假两天');
    const rows = await service.data.db.selectFrom('audit').selectAll().where('kind', 'like', 'claim.%').execute();
    expect(rows.map(({ kind, facts }) => [kind, JSON.parse(facts)])).toEqual([
      ['claim.taken', { token: 1, holder: await reviewerId('reviewer1') }],
      ['claim.moved', { token: 2, holder: to, reason: '病假两天' }],
    ]);
    expect(await verifyAudit(service.data.db)).toMatchObject({ ok: true });
  });
});

it('tokens can be neither set back nor given anew, whoever writes', async () => {
  await ask(one);
  const { db } = service.data;
  await expect(db.updateTable('claims').set({ token: 0 }).execute()).rejects.toThrow();
  await expect(db.updateTable('claims').set({ holder: null, shown: 0 }).execute()).rejects.toThrow('one holder');
  await expect(db.deleteFrom('claims').execute()).rejects.toThrow('given anew');
});
