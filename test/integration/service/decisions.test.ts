import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of } from '../../../service/images/blobs.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { canonicalJson } from '../../../shared/canonical.ts';
import type { Submission } from '../../../shared/submission.ts';
import { CandidateView } from '../../../shared/wire.ts';
import { png } from '../../factories/pictures.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  lockingAll,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { signedBy } from '../../factories/signed.ts';
import { approval, refusal, returning, sha } from '../../factories/submission.ts';

let service: TestService;
let reviewer: Caller;
let subject: Submission;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
  reviewer = await service.signIn('reviewer1');
  subject = await pullOne(reviewer, 1);
});
afterEach(() => service.end());

function lockOf(of: Submission, index = 0) {
  const image = of.images[index];
  if (!image) throw new Error('no such image');
  return { kind: 'image.lock' as const, slot: image.slot, sha256: image.sha256 };
}

describe('a decision', () => {
  it('is receipted, once and for all', async () => {
    const decision = decisionOn(subject, lockOf(subject));
    const [first] = await send(reviewer, decision);
    const [link] = await signedBy(reviewer, [decision]);
    service.clock.forward(5);
    const again = await send(reviewer, decision, decision);
    expect(first).toMatchObject({
      outcome: 'applied',
      receipt: { decisionId: decision.id, decisionSha256: sha256Of(canonicalJson(link?.decision)) },
    });
    expect(again).toEqual([first, first]);
    const after = await pullOne(reviewer, 1);
    expect(first).toMatchObject({ receipt: { seq: after.seq } });
  });

  it('keeps its answer though the submission has moved on', async () => {
    const lock = decisionOn(subject, lockOf(subject));
    const [first] = await send(reviewer, lock);
    await send(reviewer, decisionOn(subject, returning(subject, ['M03-1'])));
    expect(await send(reviewer, lock)).toEqual([first]);
  });

  it('is refused under an id that was used for another', async () => {
    const decision = decisionOn(subject, lockOf(subject));
    await send(reviewer, decision);
    const [other] = await send(reviewer, { ...decision, act: lockOf(subject, 1) });
    expect(other).toMatchObject({ outcome: 'refused', problem: { code: 'decision.id_reused' } });
    const colleague = await service.signIn('reviewer2');
    expect(await send(colleague, decision)).toMatchObject([
      { outcome: 'refused', problem: { code: 'decision.id_reused' } },
    ]);
    const after = await pullOne(reviewer, 1);
    expect(after.images.map(({ state }) => state).filter((state) => state === 'locked')).toHaveLength(1);
  });

  it('is a conflict when the picture is another than the judged one, and the conflict stays', async () => {
    const stale = decisionOn(subject, { ...lockOf(subject), sha256: sha(7) });
    const [answer] = await send(reviewer, stale);
    expect(answer).toMatchObject({
      outcome: 'conflict',
      problem: { code: 'decision.stale_image' },
      slots: [subject.images[0]?.slot],
    });
    expect(await send(reviewer, stale)).toEqual([answer]);
  });

  it('is a conflict when the candidate has changed the submission since', async () => {
    await send(reviewer, decisionOn(subject, returning(subject, ['M03-1'])));
    const candidate = await service.candidate(1);
    await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(9000) });
    await candidate.ask('POST', '/v1/candidate/submit');
    const [late] = await send(reviewer, decisionOn(subject, lockOf(subject)));
    expect(late).toMatchObject({ outcome: 'conflict', problem: { code: 'decision.stale_revision' } });
  });

  it('is a conflict when two reviewers conclude at once: the first counts', async () => {
    const colleague = await service.signIn('reviewer2');
    const [mine, theirs] = await Promise.all([
      send(reviewer, decisionOn(subject, returning(subject, ['M03-1']))),
      send(colleague, decisionOn(subject, refusal(subject))),
    ]);
    const outcomes = [mine[0], theirs[0]].map((answer) => answer?.outcome).sort();
    expect(outcomes).toEqual(['applied', 'conflict']);
  });

  it('does not approve what is not complete', async () => {
    const [early] = await send(reviewer, decisionOn(subject, approval(subject)));
    expect(early).toMatchObject({ outcome: 'conflict', problem: { code: 'decision.not_approvable' } });
    expect((await pullOne(reviewer, 1)).status).toBe('pending');
  });

  it('is refused without a reason', async () => {
    const silent = returning(subject, ['M03-1'], { reasons: [], comment: ' ' });
    const [answer] = await send(reviewer, decisionOn(subject, silent));
    expect(answer).toMatchObject({ outcome: 'refused', problem: { code: 'decision.no_reason' } });
  });

  it('is refused on a submission that does not exist', async () => {
    const foreign = { ...subject, id: 'no-such-submission' } as Submission;
    const [answer] = await send(reviewer, decisionOn(foreign, lockOf(subject)));
    expect(answer).toMatchObject({ outcome: 'refused', problem: { code: 'request.not_found' } });
  });

  it('is answered in the language of the request', async () => {
    const decision = decisionOn(subject, approval(subject));
    const decisions = await signedBy(reviewer, [decision]);
    const ask = (language: string) =>
      reviewer.ask('POST', '/v1/decisions', {
        body: { decisions },
        headers: { 'accept-language': language },
      });
    expect(JSON.stringify((await ask('en')).body)).toContain('not locked yet');
    expect(JSON.stringify((await ask('zh-CN')).body)).toContain('不能通过');
  });
});

describe('a batch', () => {
  it('is answered one by one, in order, whatever becomes of each', async () => {
    const locks = lockingAll(subject);
    const bad = decisionOn(subject, { ...lockOf(subject), sha256: sha(1) });
    const batch = [bad, ...locks, decisionOn(subject, approval(subject))];
    const answers = await send(reviewer, ...batch);
    expect(answers.map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['conflict', ...locks.map(() => 'applied'), 'applied']);
    expect((await pullOne(reviewer, 1)).status).toBe('site_approved');
  });

  it('holds at most a hundred', async () => {
    const made = Array.from({ length: 101 }, () => decisionOn(subject, lockOf(subject)));
    const decisions = await signedBy(reviewer, made);
    expect((await reviewer.ask('POST', '/v1/decisions', { body: { decisions } })).status).toBe(400);
    const hundred = await send(reviewer, ...made.slice(0, 100));
    expect(hundred.every(({ outcome }) => outcome === 'applied')).toBe(true);
  });
});

describe('a return', () => {
  it('starts the clock when it reaches the service, and lapses when it runs out', async () => {
    service.clock.forward(60);
    const made = decisionOn(subject, returning(subject, ['M03-1']), { madeAt: '2020-01-01T00:00:00.000Z' });
    await send(reviewer, made);
    const candidate = await service.candidate(1);
    const told = await candidate.get('/v1/candidate/submission', CandidateView);
    expect(told.deadline).toBe(new Date(service.clock.now.getTime() + 72 * 3_600_000).toISOString());
    service.clock.forward(72 * 60);
    const late = await service.candidate(1);
    const upload = await late.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(1) });
    expect(upload).toMatchObject({ status: 409, body: { code: 'image.not_wanted' } });
    const submit = await late.ask('POST', '/v1/candidate/submit');
    expect(submit).toMatchObject({ status: 409, body: { code: 'submission.status' } });
    const over = await late.get('/v1/candidate/submission', CandidateView);
    expect(over).toMatchObject({ status: 'lapsed', statusText: '逾期放弃', deadline: null });
    const again = await service.signIn('reviewer1');
    expect((await pullOne(again, 1)).status).toBe('lapsed');
  });

  it('unlocks what it names, even a picture that was locked before, and nothing else', async () => {
    await send(reviewer, ...lockingAll(subject));
    const locked = await pullOne(reviewer, 1);
    await send(reviewer, decisionOn(locked, returning(locked, ['M05-1'])));
    const candidate = await service.candidate(1);
    const { images } = await candidate.get('/v1/candidate/submission', CandidateView);
    expect(images.filter(({ unlocked }) => unlocked).map(({ slot }) => slot)).toEqual(['M05-1']);
    for (const { slot, unlocked } of images) {
      const reply = await candidate.ask('PUT', `/v1/candidate/images/${slot}`, { bytes: png(500) });
      if (unlocked) expect(reply.status).toBe(200);
      else expect(reply).toMatchObject({ status: 409, body: { code: 'image.locked' } });
    }
    const after = await pullOne(reviewer, 1);
    const changed = after.images.filter(({ sha256 }, index) => sha256 !== subject.images[index]?.sha256);
    expect(changed.map(({ slot }) => slot)).toEqual(['M05-1']);
  });

  it('tells nothing of an image’s mark before it is made', async () => {
    const [first] = subject.images;
    if (!first) throw new Error('no image');
    const mark = { kind: 'image.return' as const, slot: first.slot, sha256: first.sha256 };
    await send(reviewer, decisionOn(subject, { ...mark, reasons: ['Q01'], comment: '内部' }));
    const candidate = await service.candidate(1);
    const { images, message } = await candidate.get('/v1/candidate/submission', CandidateView);
    expect(images[0]).toMatchObject({ state: 'review', unlocked: false, sentences: [] });
    expect(message).toBeNull();
  });
});

describe('two levels', () => {
  it('are never the same person', async () => {
    await approveWhole(reviewer, 1);
    await service.data.db
      .updateTable('accounts')
      .set({ level: 'district' })
      .where('account', '=', 'reviewer1')
      .execute();
    const passed = await pullOne(reviewer, 1);
    const [answer] = await send(reviewer, decisionOn(passed, approval(passed)));
    expect(answer).toMatchObject({ outcome: 'refused', problem: { code: 'duty.other_level' } });
    const other = await service.signIn('district1');
    expect(await send(other, decisionOn(passed, approval(passed)))).toMatchObject([{ outcome: 'applied' }]);
  });
});

it('everything is in the audit log, which verifies', async () => {
  await send(reviewer, ...lockingAll(subject), decisionOn(subject, { ...lockOf(subject), sha256: sha(3) }));
  const kinds = await service.data.db.selectFrom('audit').select('kind').orderBy('n').execute();
  expect(kinds.filter(({ kind }) => kind === 'decision.answered')).toHaveLength(subject.images.length + 1);
  expect(await verifyAudit(service.data.db)).toEqual({ ok: true, entries: kinds.length });
});
