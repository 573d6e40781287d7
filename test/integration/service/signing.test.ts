import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signText } from '../../../electron/signature.ts';
import { decisionKept } from '../../../service/store/decisions.ts';
import { together } from '../../../service/store/together.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { decisionForm, receiptForm, unchainedForm } from '../../../shared/chain.ts';
import { Receipt } from '../../../shared/decision.ts';
import { AccountId, SubmissionId } from '../../../shared/ids.ts';
import type { Submission } from '../../../shared/submission.ts';
import { Answers, Keys } from '../../../shared/wire.ts';
import {
  type Caller,
  decisionOn,
  pullOne,
  sendLinks,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import {
  askEnrolment,
  enrol,
  enrolmentOf,
  isReceipted,
  linkAfter,
  newTestDevice,
  shaOf,
  type TestDevice,
  takeLink,
  takeStub,
} from '../../factories/signed.ts';
import { NOW, sha } from '../../factories/submission.ts';

let service: TestService;
let reviewer: Caller;
let subject: Submission;
let device: TestDevice;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
  reviewer = await service.signIn('reviewer1');
  subject = await pullOne(reviewer, 1);
  device = newTestDevice();
  await enrol(reviewer, device);
});
afterEach(() => service.end());

const refusedWith = (code: string) => ({ outcome: 'refused', problem: { code } });

function lock(index = 0, of = subject) {
  const image = of.images[index];
  if (!image) throw new Error('no such image');
  return decisionOn(of, { kind: 'image.lock', slot: image.slot, sha256: image.sha256 });
}

const lockedCount = async () => (await pullOne(reviewer, 1)).images.filter(({ state }) => state === 'locked').length;

describe('a signed decision', () => {
  it('in its place is applied, and the receipt is signed by the service', async () => {
    const [answer] = await sendLinks(reviewer, takeLink(device, lock()));
    expect(await isReceipted(reviewer, answer)).toBe(true);
    expect(await lockedCount()).toBe(1);
  });

  it('sent again has the same receipt with the same signature, whatever its place', async () => {
    const first = takeLink(device, lock(0));
    const [answer] = await sendLinks(reviewer, first);
    await sendLinks(reviewer, takeLink(device, lock(1)), takeLink(device, lock(2)));
    service.clock.forward(5);
    expect(await sendLinks(reviewer, first)).toEqual([answer]);
    expect(await lockedCount()).toBe(3);
  });

  it('with another body, or another signature, is refused and has no place', async () => {
    const link = linkAfter(device, lock(0));
    const { act } = lock(1);
    const [body] = await sendLinks(reviewer, { ...link, decision: { ...link.decision, act } });
    expect(body).toMatchObject(refusedWith('decision.signature'));
    const [signature] = await sendLinks(reviewer, { ...link, signature: 'ab'.repeat(64) });
    expect(signature).toMatchObject(refusedWith('decision.signature'));
    const stranger = signText(newTestDevice(), decisionForm(link.decision));
    expect(await sendLinks(reviewer, { ...link, signature: stranger })).toMatchObject([
      refusedWith('decision.signature'),
    ]);
    expect(await lockedCount()).toBe(0);
    expect(await sendLinks(reviewer, link)).toMatchObject([{ outcome: 'applied' }]);
  });

  it('after a gap is refused until what is missing is there', async () => {
    const missing = takeLink(device, lock(0));
    const later = takeLink(device, lock(1));
    expect(await sendLinks(reviewer, later)).toMatchObject([refusedWith('decision.chain')]);
    expect(await enrol(reviewer, device)).toEqual(device.start);
    expect(await sendLinks(reviewer, missing, later)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
  });

  it('in a place that is taken, or on another past, is refused', async () => {
    const before = { ...device };
    await sendLinks(reviewer, takeLink(device, lock(0)));
    expect(await sendLinks(reviewer, linkAfter(before, lock(1)))).toMatchObject([refusedWith('decision.chain')]);
    const otherPast = linkAfter(device, lock(2), { previous: sha(9) });
    expect(await sendLinks(reviewer, otherPast)).toMatchObject([refusedWith('decision.chain')]);
    expect(await lockedCount()).toBe(1);
    expect(await sendLinks(reviewer, linkAfter(device, lock(3)))).toMatchObject([{ outcome: 'applied' }]);
  });

  it('of another account’s device, or of one that nobody enrolled, is refused', async () => {
    const colleague = await service.signIn('reviewer2');
    const link = takeLink(device, lock());
    expect(await sendLinks(colleague, link)).toMatchObject([refusedWith('device.unknown')]);
    expect(await sendLinks(reviewer, takeLink(newTestDevice(), lock()))).toMatchObject([refusedWith('device.unknown')]);
    expect(await lockedCount()).toBe(0);
  });

  it('that the rules refuse, or that is a conflict, has its place: the next one follows it', async () => {
    const [image] = subject.images;
    if (!image) throw new Error('no such image');
    const foreign = takeLink(device, { ...lock(), submissionId: SubmissionId.parse('none') });
    const stale = takeLink(device, { ...lock(), act: { kind: 'image.lock', slot: image.slot, sha256: sha(5) } });
    const good = takeLink(device, lock());
    const answers = await sendLinks(reviewer, foreign, stale, good);
    expect(answers).toMatchObject([
      refusedWith('request.not_found'),
      { outcome: 'conflict', problem: { code: 'decision.stale_image' } },
      { outcome: 'applied' },
    ]);
    expect(await sendLinks(reviewer, foreign, stale, good)).toEqual(answers);
    expect(await enrol(reviewer, device)).toEqual(device.head);
  });

  it('with any byte of it changed is never applied', { timeout: 60_000 }, async () => {
    const link = linkAfter(device, lock());
    const text = Buffer.from(JSON.stringify({ decisions: [link] }));
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(text);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const response = await fetch(`${service.url}/v1/decisions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${reviewer.token}`, 'content-type': 'application/json' },
          body: bytes,
        });
        if (response.status === 400) return;
        const { answers } = Answers.parse(await response.json());
        expect(answers).toMatchObject([{ outcome: 'refused' }]);
        for (const answer of answers) if (answer.outcome !== 'applied') outcomes.add(answer.problem.code);
      }),
      { numRuns: 600 },
    );
    expect(outcomes).toContain('decision.signature');
    expect(await lockedCount()).toBe(0);
    expect(await sendLinks(reviewer, link)).toMatchObject([{ outcome: 'applied' }]);
  });
});

describe('a withdrawn decision', () => {
  it('keeps its place without its content', async () => {
    const links = [
      takeLink(device, lock(0)),
      takeStub(device, lock(1)),
      takeStub(device, lock(2)),
      takeLink(device, lock(3)),
    ];
    const answers = await sendLinks(reviewer, ...links);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(await sendLinks(reviewer, ...links)).toEqual(answers);
    expect(await lockedCount()).toBe(2);
    expect(await verifyAudit(service.data.db)).toMatchObject({ ok: true });
  });

  it('left out, unsigned or exchanged leaves a gap', async () => {
    const stub = takeStub(device, lock(0));
    const link = takeLink(device, lock(1));
    expect(await sendLinks(reviewer, link)).toMatchObject([refusedWith('decision.chain')]);
    expect(await sendLinks(reviewer, { ...stub, signature: 'cd'.repeat(64) }, link)).toMatchObject([
      refusedWith('decision.chain'),
    ]);
    expect(await sendLinks(reviewer, { ...stub, sha256: sha(4) }, link)).toMatchObject([refusedWith('decision.chain')]);
    expect(await sendLinks(reviewer, stub, link)).toMatchObject([{ outcome: 'applied' }]);
  });

  it('cannot be sent after all', async () => {
    const before = { ...device };
    const decision = lock(0);
    await sendLinks(reviewer, takeStub(device, decision));
    expect(await sendLinks(reviewer, linkAfter(before, decision))).toMatchObject([refusedWith('decision.chain')]);
    expect(await lockedCount()).toBe(0);
  });
});

describe('an enrolment', () => {
  it('needs the private half of the key, in the session that asks', async () => {
    const stranger = newTestDevice();
    const proof = enrolmentOf(stranger, reviewer.token);
    const ask = (body: object) => reviewer.ask('POST', '/v1/devices', { body });
    const invalid = { status: 400, body: { code: 'request.invalid' } };
    expect(await ask({ ...proof, publicKey: newTestDevice().publicKey })).toMatchObject(invalid);
    expect(await ask(enrolmentOf(stranger, (await service.signIn('reviewer1')).token))).toMatchObject(invalid);
    expect(await ask({ ...proof, start: { seq: 3, sha256: sha(3) } })).toMatchObject(invalid);
    expect((await ask(proof)).status).toBe(200);
  });

  it('is of one account and one key, and may be asked for again', async () => {
    const taken = { status: 409, body: { code: 'device.taken' } };
    expect(await askEnrolment(await service.signIn('reviewer2'), device)).toMatchObject(taken);
    expect(await askEnrolment(reviewer, newTestDevice({ uuid: device.uuid }))).toMatchObject(taken);
    await sendLinks(reviewer, takeLink(device, lock()));
    expect(await enrol(reviewer, device)).toEqual(device.head);
    const kinds = await service.data.db
      .selectFrom('audit')
      .select('kind')
      .where('kind', '=', 'device.enrolled')
      .execute();
    expect(kinds).toHaveLength(1);
  });

  it('may begin after decisions of before there were chains', async () => {
    const start = { seq: 7, sha256: sha(7) };
    const older = newTestDevice({ start, head: start });
    expect(await enrol(reviewer, older)).toEqual(start);
    expect(await sendLinks(reviewer, takeLink(older, lock()))).toMatchObject([{ outcome: 'applied' }]);
  });
});

it('a decision that was applied before it was chained has its receipt made out for its present form', async () => {
  const decision = lock();
  const link = takeLink(device, decision);
  const canonical = unchainedForm(link.decision);
  const person = await service.data.db
    .selectFrom('accounts')
    .select('id')
    .where('account', '=', 'reviewer1')
    .executeTakeFirstOrThrow();
  const accountId = AccountId.parse(person.id);
  const receipt = Receipt.parse({
    decisionId: decision.id,
    decisionSha256: shaOf(canonical),
    accountId,
    epoch: 'e',
    seq: 1,
    appliedAt: NOW,
  });
  await service.data.db.transaction().execute((db) =>
    together(db, [
      decisionKept({
        decision,
        accountId,
        level: 'site',
        canonical,
        sha256: shaOf(canonical),
        ruling: { outcome: 'applied', receipt },
        receivedAt: NOW,
      }),
    ]),
  );
  const answers = await sendLinks(reviewer, link);
  expect(answers).toMatchObject([
    { outcome: 'applied', receipt: { ...receipt, decisionSha256: shaOf(decisionForm(link.decision)) } },
  ]);
  expect(await isReceipted(reviewer, answers[0])).toBe(true);
  expect(await sendLinks(reviewer, link)).toEqual(answers);
  expect(await lockedCount()).toBe(0);
  expect(await enrol(reviewer, device)).toEqual(device.head);
});

it('key, devices and chains outlast a restart', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'review-desk-keys-'));
  const first = await startTestService({ candidates: 2, folder });
  const caller = await first.signIn('reviewer1');
  const own = newTestDevice();
  await enrol(caller, own);
  const link = takeLink(own, lock(0, await pullOne(caller, 1)));
  const answers = await sendLinks(caller, link);
  const keys = await caller.get('/v1/keys', Keys);
  await first.end();
  const second = await startTestService({ candidates: 2, folder });
  try {
    const same = second.caller(caller.token);
    expect(await same.get('/v1/keys', Keys)).toEqual(keys);
    expect(await sendLinks(same, link)).toEqual(answers);
    const next = takeLink(own, lock(1, await pullOne(same, 1)));
    const [answer] = await sendLinks(same, next);
    expect(answer?.outcome === 'applied' && receiptForm(answer.receipt)).toContain(next.decision.id);
    expect(await isReceipted(same, answer)).toBe(true);
  } finally {
    await second.end();
    await rm(folder, { recursive: true, force: true });
  }
});
