import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAccount, insertAccount } from '../../../service/store/accounts.ts';
import { policyOf, savePolicy } from '../../../service/store/policies.ts';
import { loadKept, replaceSubmission } from '../../../service/store/submissions.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { AccountId } from '../../../shared/ids.ts';
import type { Policy } from '../../../shared/policy.ts';
import type { Submission } from '../../../shared/submission.ts';
import { CandidateView, DecisionHistory } from '../../../shared/wire.ts';
import { png } from '../../factories/pictures.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  pull,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { approval, judged, refusal, returning } from '../../factories/submission.ts';

let service: TestService;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
});
afterEach(() => service.end());

async function configure(change: Partial<Policy>): Promise<void> {
  const { db } = service.data;
  await savePolicy(db, { ...(await policyOf(db, '99')), ...change });
}

/** A reviewer of a 报名点 of the first site, signed in. */
async function reviewerOfPoint(point: string): Promise<Caller> {
  const { db } = service.data;
  const model = await findAccount(db, 'reviewer1');
  if (!model) throw new Error('no reviewer');
  const account = `point-${point}`;
  const own = { id: AccountId.parse(account), account, name: '样例初审员', level: 'point' as const, point };
  await insertAccount(db, { ...model.person, ...own }, model.hash);
  return service.signIn(account);
}

async function placeAt(point: string, of: Submission): Promise<void> {
  const kept = await loadKept(service.data.db, of.id);
  if (!kept) throw new Error('no submission');
  await replaceSubmission(service.data.db, kept.submission, { ...kept, submission: { ...kept.submission, point } });
  await service.data.db.updateTable('submissions').set({ point }).where('id', '=', of.id).execute();
}

async function approve(caller: Caller): Promise<void> {
  expect(await approveWhole(caller, 1)).toMatchObject({ outcome: 'applied' });
}

it('three levels pass one after the other, each in its own place', async () => {
  await configure({
    levels: ['point', 'site', 'district'],
    points: [{ point: '99010101', name: '样例报名点', site: '990101' }],
  });
  const site = await service.signIn('reviewer1');
  await placeAt('99010101', await pullOne(site, 1));
  const point = await reviewerOfPoint('99010101');
  const elsewhere = await reviewerOfPoint('99010102');
  const district = await service.signIn('district1');
  expect(await pull(elsewhere)).toEqual([]);
  const begun = await pullOne(point, 1);
  const [first] = judged(begun);
  if (!first) throw new Error('no image');
  const early = { kind: 'image.lock' as const, ...first };
  expect(await send(site, decisionOn(begun, early))).toMatchObject([{ outcome: 'conflict' }]);
  expect(await send(elsewhere, decisionOn(begun, early))).toMatchObject([
    { outcome: 'refused', problem: { code: 'account.not_allowed' } },
  ]);
  await approve(point);
  expect((await pullOne(site, 1)).status).toBe('point_approved');
  expect(await pull(district)).toEqual([]);
  await approve(site);
  await approve(district);
  expect((await pullOne(site, 1)).status).toBe('approved');
});

describe('the district', () => {
  let site: Caller;
  let district: Caller;
  beforeEach(async () => {
    site = await service.signIn('reviewer1');
    district = await service.signIn('district1');
    await approve(site);
  });

  it('sends back to the centre with its reason; the centre decides again; the candidate hears nothing', async () => {
    const passed = await pullOne(district, 1);
    const act = { kind: 'submission.send_back' as const, images: judged(passed), reasons: [], comment: '' };
    expect(await send(district, decisionOn(passed, act))).toMatchObject([
      { outcome: 'refused', problem: { code: 'decision.no_reason' } },
    ]);
    const words = { ...act, reasons: ['I05' as const], comment: '请核对单位名称' };
    expect(await send(district, decisionOn(passed, words))).toMatchObject([{ outcome: 'applied' }]);
    const back = await pullOne(site, 1);
    expect(back).toMatchObject({
      status: 'pending',
      concludedBy: 'district',
      sentBack: { from: 'district', reasons: ['I05'], comment: '请核对单位名称' },
      opinions: [],
    });
    const candidate = await service.candidate(1);
    expect(await candidate.get('/v1/candidate/submission', CandidateView)).toMatchObject({
      statusText: '待审核',
      message: null,
    });
    await approve(site);
    expect((await pullOne(district, 1)).sentBack).toBeNull();
    await approve(district);
    expect((await pullOne(site, 1)).status).toBe('approved');
  });

  it('sees what the centre decided and wrote; for an unbiased look the policy hides it until it has concluded', async () => {
    const sees = async () => {
      const of = await pullOne(district, 1);
      const { decisions } = await district.get(`/v1/submissions/${of.id}/decisions`, DecisionHistory);
      return { of, levels: new Set(decisions.map(({ by }) => by.level)) };
    };
    const begun = await pullOne(district, 1);
    await send(district, decisionOn(begun, returning(begun, ['M03-1'])));
    const candidate = await service.candidate(1);
    await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(77) });
    await candidate.ask('POST', '/v1/candidate/submit');
    await approve(site);
    const open = await sees();
    expect(open.levels).toEqual(new Set(['site', 'district']));
    expect(open.of.opinions).toHaveLength(1);
    expect(open.of.images.flatMap(({ earlier }) => earlier)).toHaveLength(1);
    await configure({ unbiased: true });
    const hidden = await sees();
    expect(hidden.levels).toEqual(new Set(['district']));
    expect(hidden.of).toMatchObject({ opinions: [] });
    expect(hidden.of.images.flatMap(({ earlier }) => earlier)).toEqual([]);
    expect((await district.ask('GET', `/v1/submissions/${hidden.of.id}`)).body).toEqual(hidden.of);
    // What it doesn't see is there all the same, and what it decides counts.
    await approve(district);
    expect((await sees()).levels).toEqual(new Set(['site', 'district']));
    expect((await sees()).of.opinions).toHaveLength(1);
  });

  it('tells each reviewer only of their own part', async () => {
    expect((await pullOne(site, 1)).parts).toEqual([expect.objectContaining({ level: 'site' })]);
    expect((await pullOne(district, 1)).parts).toEqual([]);
    const supervisor = await service.signIn('supervisor1');
    expect((await pullOne(supervisor, 1)).parts).toHaveLength(1);
  });

  it('reopens what it passed, with words, and passes it anew; what lapsed stays', async () => {
    await approve(district);
    const done = await pullOne(district, 1);
    const silent = { kind: 'submission.reopen' as const, images: judged(done), comment: ' ' };
    expect(await send(district, decisionOn(done, silent))).toMatchObject([
      { outcome: 'refused', problem: { code: 'decision.no_reason' } },
    ]);
    const reopening = decisionOn(done, { ...silent, comment: '抽查发现公章不符' });
    expect(await send(site, reopening)).toMatchObject([{ problem: { code: 'decision.status' } }]);
    const own = decisionOn(done, { ...silent, comment: '抽查发现公章不符' });
    expect(await send(district, own)).toMatchObject([{ outcome: 'applied' }]);
    const again = await pullOne(district, 1);
    expect(again).toMatchObject({ status: 'site_approved', claim: { holder: { name: '样例复审员一' } } });
    expect(again.deadline).not.toBeNull();
    await approve(district);
    const { decisions } = await district.get(`/v1/submissions/${done.id}/decisions`, DecisionHistory);
    const kinds = decisions.map(({ decision }) => decision.act.kind);
    expect(kinds.slice(-2)).toEqual(['submission.reopen', 'submission.approve']);
    expect(await verifyAudit(service.data.db)).toMatchObject({ ok: true });
  });
});

it('who may refuse is the policy’s to say', async () => {
  await configure({ refusers: ['district'] });
  const site = await service.signIn('reviewer1');
  const of = await pullOne(site, 1);
  expect(await send(site, decisionOn(of, refusal(of)))).toMatchObject([
    { outcome: 'refused', problem: { code: 'decision.refuser' } },
  ]);
  await approve(site);
  const district = await service.signIn('district1');
  const passed = await pullOne(district, 1);
  expect(await send(district, decisionOn(passed, refusal(passed)))).toMatchObject([{ outcome: 'applied' }]);
});

it('a level has its own last day where the policy names one', async () => {
  await configure({ reviewUntilOf: { district: '2026-03-25' } });
  const site = await service.signIn('reviewer1');
  await approve(site);
  expect((await pullOne(site, 1)).deadline).toBe('2026-03-25T15:59:59.999Z');
});

it('2022: an image may be changed until it is reviewed; 2020: none', async () => {
  const site = await service.signIn('reviewer1');
  const candidate = await service.candidate(1);
  const put = async (slot: string, number: number) =>
    (await candidate.ask('PUT', `/v1/candidate/images/${slot}`, { bytes: png(number) })).status;
  expect(await put('M03-1', 1)).toBe(409);
  await configure({ lockMode: 'on_review' });
  const before = await pullOne(site, 1);
  const first = before.images.find(({ slot }) => slot === 'M01-1');
  if (!first) throw new Error('no image');
  await send(site, decisionOn(before, { kind: 'image.lock', slot: first.slot, sha256: first.sha256 }));
  expect(await put('M03-1', 2)).toBe(200);
  expect(await put('M01-1', 3)).toBe(409);
  const after = await pullOne(site, 1);
  expect(after.revision).toBe(before.revision + 1);
  expect(after).toMatchObject({ status: 'pending', images: expect.arrayContaining([{ ...first, state: 'locked' }]) });
  // What was decided on what is no longer there is a conflict in sight, never merged.
  expect(await send(site, decisionOn(before, approval(before)))).toMatchObject([
    { outcome: 'conflict', problem: { code: 'decision.stale_revision' } },
  ]);
  const page = await fetch(`${service.url}/candidate`);
  expect(page.status).toBe(200);
  await approve(site);
  expect(await put('M03-1', 4)).toBe(409);
});
