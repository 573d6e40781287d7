import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../service/store/verify.ts';
import {
  type DrawPlan,
  SpotAgreement,
  SpotCheck,
  SpotCheckDetail,
  SpotSubject,
} from '../../../shared/spot-check/wire.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { refusal, returning } from '../../factories/submission.ts';

let service: TestService;
let first: Caller;
let second: Caller;
let supervisor: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 4 });
  first = await service.signIn('reviewer1');
  second = await service.signIn('reviewer2');
  supervisor = await service.signIn('supervisor1');
  await approveWhole(first, 1);
  const three = await pullOne(first, 3);
  await send(first, decisionOn(three, refusal(three)));
});
afterEach(() => service.end());

const plan = (own: Partial<DrawPlan> = {}) => ({
  method: 'simple',
  size: 10,
  seed: 7,
  from: null,
  to: null,
  level: null,
  ...own,
});

async function drawn(own: Partial<DrawPlan> = {}): Promise<SpotCheck> {
  const reply = await supervisor.ask('POST', '/v1/spot-checks', { body: plan(own) });
  expect(reply.status).toBe(200);
  return SpotCheck.parse(reply.body);
}
const detail = (caller: Caller, id: string) => caller.get(`/v1/spot-checks/${id}`, SpotCheckDetail);
const judge = (caller: Caller, id: string, n: number, verdict: string, comment = '公章不清') =>
  caller.ask('POST', `/v1/spot-checks/${id}/items/${n}/judgements`, { body: { verdict, reasons: [], comment } });

describe('a spot check', () => {
  it('is drawn again by its seed; the log tells the seed and what it was drawn from', async () => {
    const [one, two] = [await drawn({ size: 1 }), await drawn({ size: 1 })];
    const sample = async ({ id }: SpotCheck) =>
      (await detail(supervisor, id)).items.map(({ submission }) => submission);
    expect(await sample(one)).toEqual(await sample(two));
    expect(one.frame).toEqual(two.frame);
    expect(one.frame.size).toBe(2);
    const entries = await service.data.db.selectFrom('audit').selectAll().where('kind', '=', 'spot.drawn').execute();
    expect(entries.map(({ facts }) => JSON.parse(facts))).toEqual([
      expect.objectContaining({ check: one.id, seed: 7, sha256: one.frame.sha256, drawn: 1 }),
      expect.objectContaining({ check: two.id, seed: 7, sha256: two.frame.sha256, drawn: 1 }),
    ]);
  });

  it('is drawn by risk: what was refused', async () => {
    const { id } = await drawn({ method: 'by_risk', risks: ['refused'] });
    const { items } = await detail(supervisor, id);
    expect(items.map(({ submission }) => submission)).toEqual([(await pullOne(first, 3)).id]);
  });

  it('shows the second reviewer nothing of what was decided, and settles where they agree', async () => {
    const { id } = await drawn();
    const before = await detail(second, id);
    expect(before.items).toHaveLength(2);
    for (const { n, state, results, mine } of before.items) {
      expect({ state, results, mine }).toEqual({ state: 'open', results: null, mine: 'may' });
      const { submission } = await second.get(`/v1/spot-checks/${id}/items/${n}`, SpotSubject);
      expect(submission).toMatchObject({ status: 'pending', opinions: [], claim: null, concludedBy: null, parts: [] });
      expect(submission.images.length).toBeGreaterThan(0);
      expect(new Set(submission.images.map(({ state: image }) => image))).toEqual(new Set(['open']));
    }
    const passed = (await pullOne(first, 1)).id;
    const item = before.items.find(({ submission }) => submission === passed);
    expect(await judge(second, id, item?.n ?? 0, 'approve', '')).toMatchObject({
      status: 200,
      body: { state: 'settled', mine: 'judged', results: { first: { verdict: 'approve' }, third: null } },
    });
    expect((await judge(second, id, item?.n ?? 0, 'approve')).status).toBe(409);
    const agreement = await supervisor.get(`/v1/spot-checks/${id}/agreement`, SpotAgreement);
    expect(agreement).toMatchObject({ n: 1, agreed: 1, percent: 100, kappa: null });
  });

  it('goes to a third where the first two differ; nobody judges twice, or what they had a part in', async () => {
    const { id } = await drawn();
    const refused = (await pullOne(first, 3)).id;
    const n = (await detail(second, id)).items.find(({ submission }) => submission === refused)?.n ?? 0;
    const own = { status: 409, body: { code: 'duty.own_decision' } };
    expect(await judge(first, id, n, 'refuse')).toMatchObject(own);
    expect(await first.ask('GET', `/v1/spot-checks/${id}/items/${n}`)).toMatchObject(own);
    expect(await judge(second, id, n, 'return', ' ')).toMatchObject({ body: { code: 'decision.no_reason' } });
    expect(await judge(second, id, n, 'return')).toMatchObject({ body: { state: 'disputed', results: null } });
    expect(await judge(second, id, n, 'refuse')).toMatchObject({ status: 409, body: { code: 'spot.judged' } });
    expect((await detail(supervisor, id)).check.counts).toEqual({ drawn: 2, open: 1, disputed: 1, settled: 0 });
    // What is not settled is not in the figures, so that they tell nobody.
    expect(await supervisor.get(`/v1/spot-checks/${id}/agreement`, SpotAgreement)).toMatchObject({ n: 0 });
    expect(await judge(supervisor, id, n, 'refuse')).toMatchObject({
      body: {
        state: 'settled',
        results: {
          first: { verdict: 'refuse', reasons: ['E01'] },
          second: { verdict: 'return' },
          third: { verdict: 'refuse' },
        },
      },
    });
    expect(await supervisor.get(`/v1/spot-checks/${id}/agreement`, SpotAgreement)).toMatchObject({
      n: 1,
      agreed: 0,
      percent: 0,
      upheld: 1,
    });
    // It changes nothing but the check itself.
    expect((await pullOne(first, 3)).status).toBe('refused');
    expect(await verifyAudit(service.data.db)).toMatchObject({ ok: true });
  });

  it('is judged on the pictures as they were, though they were replaced since', async () => {
    const other = await service.signIn('reviewer3');
    const of = await pullOne(other, 2);
    await send(other, decisionOn(of, returning(of, ['M03-1'])));
    const candidate = await service.candidate(2);
    const { png } = await import('../../factories/pictures.ts');
    await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(99) });
    await candidate.ask('POST', '/v1/candidate/submit');
    const district = await service.signIn('supervisor9');
    const reply = await district.ask('POST', '/v1/spot-checks', { body: plan() });
    const { id } = SpotCheck.parse(reply.body);
    const n = (await detail(district, id)).items.find(({ submission }) => submission === of.id)?.n ?? 0;
    const { submission } = await district.get(`/v1/spot-checks/${id}/items/${n}`, SpotSubject);
    expect(submission.images.map(({ slot, sha256 }) => [slot, sha256])).toEqual(
      of.images.map(({ slot, sha256 }) => [slot, sha256]),
    );
  });
});

it('an export is recorded with who, when and what, before it is made', async () => {
  const body = { what: 'decisions', format: 'xlsx', filter: { level: 'site', reasons: ['E01'] }, rows: 2 };
  const reply = await supervisor.ask('POST', '/v1/exports', { body });
  const entry = await service.data.db.selectFrom('audit').selectAll().orderBy('n', 'desc').limit(1).executeTakeFirst();
  expect(reply).toMatchObject({ status: 200, body: { entry: entry?.n, at: entry?.at, by: { name: '样例督查员一' } } });
  expect(entry?.kind).toBe('export.made');
  const facts = JSON.parse(entry?.facts ?? '{}');
  expect(facts).toMatchObject({ what: 'decisions', format: 'xlsx', rows: 2 });
  expect(JSON.parse(facts.filter)).toMatchObject({ level: 'site', reasons: ['E01'], search: null });
});

it('reviewers draw nothing and export nothing; a supervisor decides nothing and is told so', async () => {
  expect((await first.ask('POST', '/v1/spot-checks', { body: plan() })).body).toMatchObject({
    code: 'account.not_allowed',
  });
  const ask = await supervisor.ask('POST', '/v1/claims', { body: { submissions: [(await pullOne(first, 1)).id] } });
  expect(ask).toMatchObject({ status: 403, body: { code: 'duty.supervisor' } });
});
