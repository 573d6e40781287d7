import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose, messageText } from '../../../shared/message.ts';
import { Submission } from '../../../shared/submission.ts';
import { CandidateView, DecisionHistory } from '../../../shared/wire.ts';
import { tinyPolicy } from '../../factories/district.ts';
import { png } from '../../factories/pictures.ts';
import {
  approveWhole,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { approval, returning } from '../../factories/submission.ts';

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.end());

describe('the whole story', () => {
  it('return, upload again, submit again, approve at the site and at the district', async () => {
    const reviewer = await service.signIn('reviewer1');
    const candidate = await service.candidate(1);
    const before = await pullOne(reviewer, 1);

    const locks = before.images
      .filter(({ slot }) => slot !== 'M03-1')
      .map(({ slot, sha256 }) => decisionOn(before, { kind: 'image.lock', slot, sha256 }));
    const act = returning(before, ['M03-1'], { reasons: ['Q01', 'R01'], comment: '请把编号拍清楚' }, ['M20']);
    const answers = await send(reviewer, ...locks, decisionOn(before, act));
    expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => 'applied'));

    const message = compose(act, tinyPolicy());
    if (!message) throw new Error('a return has a message');
    const told = await candidate.get('/v1/candidate/submission', CandidateView);
    expect(told.message).toBe(messageText(message));
    expect(told.statusText).toBe('退回');
    expect(told.deadline).toBe(new Date(service.clock.now.getTime() + 72 * 3_600_000).toISOString());
    expect(told.images.filter(({ unlocked }) => unlocked).map(({ slot }) => slot)).toEqual(['M03-1']);
    expect(told.images.filter(({ state }) => state === 'locked')).toHaveLength(before.images.length - 1);
    expect(told.images.find(({ slot }) => slot === 'M03-1')?.sentences).toHaveLength(3);
    expect(told.wanted.map(({ slot }) => slot)).toEqual(['M20-1']);
    expect(told.maySubmit).toBe(false);

    const early = await candidate.ask('POST', '/v1/candidate/submit');
    expect(early.body).toMatchObject({ code: 'submission.points_open' });
    expect(early.status).toBe(409);

    service.clock.forward(60);
    const first = await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(9001) });
    expect(first.status).toBe(200);
    expect(CandidateView.parse(first.body).maySubmit).toBe(false);
    // Replaced again before anybody saw it: what the reviewer judged stays the earlier one.
    await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(9002) });
    const second = await candidate.ask('PUT', '/v1/candidate/images/M20-1', { bytes: png(9003) });
    expect(CandidateView.parse(second.body).maySubmit).toBe(true);
    expect((await candidate.ask('POST', '/v1/candidate/submit')).status).toBe(200);

    const after = await pullOne(reviewer, 1);
    expect(after).toMatchObject({ status: 'pending', round: 2 });
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.images.map(({ slot }) => slot)).toEqual([...after.images.map(({ slot }) => slot)].sort());
    const replaced = after.images.find(({ slot }) => slot === 'M03-1');
    const judgedBefore = before.images.find(({ slot }) => slot === 'M03-1');
    expect(replaced?.state).toBe('open');
    expect(replaced?.earlier).toHaveLength(1);
    expect(replaced?.earlier[0]).toMatchObject({
      sha256: judgedBefore?.sha256,
      state: 'returned',
      reasons: ['Q01', 'R01'],
      comment: '请把编号拍清楚',
    });
    expect((await reviewer.ask('GET', `/v1/images/${judgedBefore?.sha256}`)).status).toBe(200);

    expect((await approveWhole(reviewer, 1)).outcome).toBe('applied');
    expect((await candidate.get('/v1/candidate/submission', CandidateView)).statusText).toBe('考点通过');

    const district = await service.signIn('district1');
    const reached = await district.get(`/v1/submissions/${before.id}`, Submission);
    const [final] = await send(district, decisionOn(reached, approval(reached)));
    expect(final?.outcome).toBe('applied');
    const end = await candidate.get('/v1/candidate/submission', CandidateView);
    expect(end).toMatchObject({ statusText: '审核通过', deadline: null });

    const supervisor = await service.signIn('supervisor1');
    const { decisions } = await supervisor.get(`/v1/submissions/${before.id}/decisions`, DecisionHistory);
    expect(decisions.map(({ decision }) => decision.act.kind)).toEqual([
      ...locks.map(() => 'image.lock'),
      'submission.return',
      'image.lock',
      'image.lock',
      'submission.approve',
      'submission.approve',
    ]);
    expect(decisions.at(-1)?.by.level).toBe('district');
    const seqs = decisions.map(({ receipt }) => receipt.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });
});
