import { expect, test } from 'vitest';
import { firstBreak } from '../../../electron/store/audit.ts';
import { forgetPicture } from '../../../electron/store/pictures.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import type { Act } from '../../../shared/decision.ts';
import { Slot } from '../../../shared/ids.ts';
import type { ConflictSubject } from '../../../shared/ipc.ts';
import { remains } from '../../../shared/resolve.ts';
import type { Submission } from '../../../shared/submission.ts';
import { Session } from '../../../shared/wire.ts';
import { callerOf, decisionOn, pull, send } from '../../factories/running-service.ts';
import { approval, refusal, returning } from '../../factories/submission.ts';
import { replacePictures } from '../../faults/candidate.ts';
import { giveTo } from '../../faults/supervisor.ts';
import {
  type DeskOptions,
  HOLDS,
  type Office,
  openDesk,
  openOffice,
  openSyncedDesk,
  rows,
  signIn,
  status,
  synced,
  type TestDesk,
} from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const AT = Slot.parse('M03-1');
const SAID = { reasons: ['Q01', 'R01'], comment: '编号看不清' } as const;

const serviceOf = (office: Office) => `http://127.0.0.1:${office.port}`;

/** A colleague at the service itself, who needs no line. */
async function colleague(office: Office) {
  const url = serviceOf(office);
  const reply = await callerOf(url, '').ask('POST', '/v1/sessions', {
    body: { account: 'reviewer2', password: STAFF_PASSWORD },
  });
  return callerOf(url, Session.parse(reply.body).token);
}

async function first(bench: TestDesk): Promise<Submission> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  return (await bench.handlers.subject({ id: row.id })).submission;
}

const imageAt = ({ images }: Submission, slot = AT) => {
  const image = images.find((one) => one.slot === slot);
  if (!image) throw new Error(`nothing in ${slot}`);
  return image;
};

const decide = (bench: TestDesk, { id, revision }: Submission, act: Act) =>
  bench.handlers.decide({ submissionId: id, revision, act });

const returnIt = (of: Submission): Act => ({
  kind: 'image.return',
  slot: AT,
  sha256: imageAt(of).sha256,
  reasons: [...SAID.reasons],
  comment: SAID.comment,
});

/** Meanwhile the colleague returns a picture of the same submission, and the candidate replaces it. */
async function replacedMeanwhile(office: Office, of: Submission): Promise<void> {
  const other = await colleague(office);
  const [answer] = await send(other, decisionOn(of, returning(of, [AT])));
  expect(answer?.outcome).toBe('applied');
  await replacePictures(serviceOf(office), of.registrationNumber, 7);
}

type Acts = (of: Submission) => readonly Act[];

/** A reviewer decides offline, the picture is replaced meanwhile, the network comes back: all decisions are parked. */
async function conflicted(acts: Acts, options: DeskOptions = {}) {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, options);
  const then = await first(bench);
  await office.line.set('down');
  for (const act of acts(then)) await decide(bench, then, act);
  await replacedMeanwhile(office, then);
  await office.line.set('clear');
  const count = acts(then).length;
  await status(bench, 'all are parked', ({ parked }) => parked === count);
  await until('the new picture is here', async () => {
    const now = await first(bench);
    const { absent } = await bench.handlers.subject({ id: now.id });
    return imageAt(now).sha256 !== imageAt(then).sha256 && absent.length === 0;
  });
  return { office, bench, then, now: await first(bench) };
}

async function parked(bench: TestDesk): Promise<ConflictSubject[]> {
  return Promise.all((await bench.handlers.parked(undefined)).map(async ({ id }) => bench.handlers.conflict({ id })));
}

async function only(bench: TestDesk): Promise<ConflictSubject> {
  const [one, ...others] = await parked(bench);
  if (!one || others.length > 0) throw new Error(`${others.length} too many`);
  return one;
}

function keepOf(bench: TestDesk, { parked: { decision, problem }, subject }: ConflictSubject) {
  const { view } = bench.desk.work();
  if (view.level === null) throw new Error('a supervisor');
  return remains({ decision, problem: problem?.code ?? null }, subject?.submission ?? null, {
    level: view.level,
    policy: view.policy,
    me: view.me,
  });
}

async function keep(bench: TestDesk, conflict: ConflictSubject) {
  const { keep: kept } = keepOf(bench, conflict);
  if (!kept.ok) throw new Error(`not to be kept: ${kept.why.kind}`);
  const { decision } = conflict.parked;
  const revision = conflict.subject?.submission.revision ?? 0;
  return bench.handlers.resolve({ id: decision.id, choice: 'kept', revision, act: kept.act });
}

const kinds = (bench: TestDesk): string[] =>
  bench.desk.work().store.read.prepare<[], string>('SELECT kind FROM audit ORDER BY n').pluck().all();

/** The submission as the service holds it. */
async function held(office: Office, of: Submission): Promise<Submission> {
  const found = (await pull(await colleague(office))).find(({ id }) => id === of.id);
  if (!found) throw new Error('the service has no such submission');
  return found;
}

test('a conflict has both pictures, the own words, the reason, and who decided meanwhile', async () => {
  const { bench, then, now } = await conflicted((of) => [returnIt(of)]);
  const conflict = await only(bench);
  expect(conflict.parked).toMatchObject({ state: 'conflict', problem: { code: 'decision.stale_revision' } });
  expect(conflict.parked.decision.act).toMatchObject(SAID);
  expect(conflict.absent).toEqual([]);
  expect(conflict.facts.map(({ sha256 }) => sha256)).toEqual([imageAt(then).sha256]);
  for (const { sha256 } of [imageAt(then), imageAt(now)]) {
    expect(bench.desk.picture('full', sha256)?.body.length).toBeGreaterThan(0);
  }
  expect(keepOf(bench, conflict).changed).toEqual([
    { slot: AT, judged: imageAt(then).sha256, current: imageAt(now).sha256 },
  ]);
  const { decisions } = await bench.handlers.history({ id: then.id });
  expect(decisions.map(({ decision, by }) => [decision.act.kind, by.level])).toEqual([['submission.return', 'site']]);
});

test('keep: the same words on what is there now, applied by the service, tied to the parked one', async () => {
  const { office, bench, now } = await conflicted((of) => [returnIt(of)]);
  const conflict = await only(bench);
  const { decision } = await keep(bench, conflict);
  expect(decision?.act).toEqual({ ...conflict.parked.decision.act, sha256: imageAt(now).sha256 });
  expect(decision).toMatchObject({ revision: now.revision });
  expect(await bench.handlers.parked(undefined)).toEqual([]);
  await status(bench, 'it is applied', ({ sent, waiting, parked: left }) => sent === 1 && waiting === 0 && left === 0);
  expect(imageAt(await held(office, now))).toMatchObject({ state: 'returned', ...SAID, sha256: imageAt(now).sha256 });
  const dealt = (await bench.handlers.decisions({ limit: 10 })).find(
    ({ decision: { id } }) => id === conflict.parked.decision.id,
  );
  expect(dealt).toMatchObject({ state: 'dismissed', resolution: { choice: 'kept', by: decision?.id } });
  expect(kinds(bench).filter((kind) => kind === 'resolved')).toHaveLength(1);
  expect(firstBreak(bench.desk.work().store.read)).toBeNull();
});

test('keep is only the very judgement on the very pictures: anything else is not saved', async () => {
  const { bench, then, now } = await conflicted((of) => [returnIt(of)]);
  const { id } = (await only(bench)).parked.decision;
  const current = { ...returnIt(then), sha256: imageAt(now).sha256 } as Act;
  const ask = (change: { act?: Act; revision?: number }) =>
    bench.handlers.resolve({ id, choice: 'kept', revision: now.revision, act: current, ...change });
  const refused = async (change: { act?: Act; revision?: number }, code: string) =>
    expect((async () => ask(change))()).rejects.toMatchObject({ code });
  await refused({ act: returnIt(then) }, 'decision.stale_image');
  await refused({ act: { ...current, comment: '别的话' } as Act }, 'decision.stale_image');
  await refused({ act: { kind: 'image.lock', slot: AT, sha256: imageAt(now).sha256 } }, 'decision.stale_image');
  await refused({ revision: then.revision }, 'decision.stale_revision');
  expect(bench.desk.status()).toMatchObject({ parked: 1, waiting: 0 });
  expect(kinds(bench)).not.toContain('resolved');
  await ask({});
  await expect((async () => ask({}))()).rejects.toMatchObject({ code: 'request.not_found' });
});

test('change: another decision in its place, tied to it', async () => {
  const { office, bench, now } = await conflicted((of) => [returnIt(of)]);
  const { parked: tracked } = await only(bench);
  const { decision } = await bench.handlers.resolve({
    id: tracked.decision.id,
    choice: 'changed',
    revision: now.revision,
    act: { kind: 'image.lock', slot: AT, sha256: imageAt(now).sha256 },
  });
  await status(bench, 'it is applied', ({ sent, parked: left }) => sent === 1 && left === 0);
  expect(imageAt(await held(office, now)).state).toBe('locked');
  const dealt = (await bench.handlers.decisions({ states: ['dismissed'], limit: 10 }))[0];
  expect(dealt?.resolution).toMatchObject({ choice: 'changed', by: decision?.id });
});

test('drop: noted, nothing sent; when its time is over it is not undone', async () => {
  const { office, bench, now } = await conflicted((of) => [returnIt(of)]);
  const { parked: tracked } = await only(bench);
  await bench.handlers.resolve({ id: tracked.decision.id, choice: 'dropped' });
  expect(bench.desk.status()).toMatchObject({ parked: 0, waiting: 0 });
  expect((await rows(bench))[0]?.parked).toBe(false);
  expect(imageAt(await held(office, now)).state).toBe('open');
  await expect((async () => bench.handlers.undo({ submissionId: null }))()).rejects.toMatchObject({
    code: 'decision.nothing_to_undo',
  });
  const dealt = (await bench.handlers.decisions({ limit: 1 }))[0];
  expect(dealt).toMatchObject({ state: 'dismissed', resolution: { choice: 'dropped', by: null } });
});

test('undo takes back what was done last, be it a keep or a drop, and the conflict is there again', async () => {
  const { bench, then } = await conflicted((of) => [returnIt(of), approvalOf(of, 'M01-1')]);
  const { userData } = bench;
  await bench.close();
  const again = await openDesk({ userData, holds: HOLDS });
  await again.desk.signIn({ service: await addressOf(bench), account: 'reviewer1', password: STAFF_PASSWORD });
  await synced(again);
  const [one, two] = await parked(again);
  if (!one || !two) throw new Error('two are parked');
  const { decision } = await keep(again, one);
  await again.handlers.resolve({ id: two.parked.decision.id, choice: 'dropped' });
  expect(await again.handlers.parked(undefined)).toEqual([]);

  expect(await again.handlers.undo({ submissionId: null })).toEqual({
    withdrawn: null,
    reopened: two.parked.decision,
    name: then.form.name,
  });
  // Dropped again, and once more taken back.
  expect((await again.handlers.redo(undefined)).dropped).toEqual(two.parked.decision);
  expect(await again.handlers.undo({ submissionId: null })).toMatchObject({ reopened: two.parked.decision });
  expect(await again.handlers.undo({ submissionId: then.id })).toEqual({
    withdrawn: decision,
    reopened: one.parked.decision,
    name: then.form.name,
  });
  expect((await parked(again)).map(({ parked: { decision: of, state } }) => [of.id, state])).toEqual([
    [one.parked.decision.id, 'conflict'],
    [two.parked.decision.id, 'conflict'],
  ]);
  expect((await rows(again))[0]).toMatchObject({ parked: true, waiting: 0 });
  expect(kinds(again).slice(-8)).toEqual([
    'decided',
    'resolved',
    'resolved',
    'reopened',
    'resolved',
    'reopened',
    'withdrawn',
    'reopened',
  ]);
  expect(firstBreak(again.desk.work().store.read)).toBeNull();
  // And dealt with anew.
  await again.handlers.resolve({ id: one.parked.decision.id, choice: 'dropped' });
  expect(again.desk.status().parked).toBe(1);
});

/** A lock of one picture. */
function approvalOf(of: Submission, slot: string): Act {
  const image = imageAt(of, Slot.parse(slot));
  return { kind: 'image.lock', slot: image.slot, sha256: image.sha256 };
}

const addressOf = async (bench: TestDesk) => bench.desk.settings().service;

test('an approval is not kept over a replaced picture, and is once that is locked', async () => {
  const { office, bench, now } = await conflicted((of) => [
    ...of.images.map(({ slot }) => approvalOf(of, slot)),
    approval(of),
  ]);
  const approve = async () =>
    (await parked(bench)).find(({ parked: { decision } }) => decision.act.kind === 'submission.approve');
  const early = await approve();
  if (!early) throw new Error('no approval');
  const { keep: waits } = keepOf(bench, early);
  expect(waits.ok ? null : waits.why.kind).toBe('obstacles');
  for (const conflict of await parked(bench)) {
    if (conflict.parked.decision.act.kind !== 'image.lock') continue;
    const { keep: can } = keepOf(bench, conflict);
    // The colleague's return left the kept pictures as they were: open ones are locked anew.
    if (can.ok) await keep(bench, conflict);
    else await bench.handlers.resolve({ id: conflict.parked.decision.id, choice: 'dropped' });
  }
  const late = await approve();
  if (!late) throw new Error('no approval');
  await keep(bench, late);
  await status(bench, 'all is applied', ({ waiting, parked: left }) => waiting === 0 && left === 0);
  expect((await held(office, now)).status).toBe('site_approved');
});

test('a return and a refusal are kept with all that is there now', async () => {
  const back = await conflicted((of) => [returning(of, [AT], { ...SAID, reasons: [...SAID.reasons] })]);
  await keep(back.bench, await only(back.bench));
  await status(back.bench, 'the return is applied', ({ sent }) => sent === 1);
  const returned = await held(back.office, back.now);
  expect(returned.status).toBe('returned');
  expect(imageAt(returned)).toMatchObject(SAID);
  expect(returned.opinions).toHaveLength(2);

  const refuse = await conflicted((of) => [refusal(of)]);
  await keep(refuse.bench, await only(refuse.bench));
  await status(refuse.bench, 'the refusal is applied', ({ sent }) => sent === 1);
  expect((await held(refuse.office, refuse.now)).status).toBe('refused');
});

test('while the submission is with the candidate nothing is kept; when it is back, it can be', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const then = await first(bench);
  await office.line.set('down');
  await decide(bench, then, returnIt(then));
  await send(await colleague(office), decisionOn(then, returning(then, [AT])));
  await office.line.set('clear');
  await status(bench, 'it is parked', ({ parked: count }) => count === 1);
  await until('the return is here', async () => (await first(bench)).status === 'returned');
  const { keep: early } = keepOf(bench, await only(bench));
  expect(early.ok ? null : early.why).toEqual({ kind: 'status' });
  await replacePictures(serviceOf(office), then.registrationNumber, 7);
  bench.desk.startSync();
  await until('it is back', async () => (await first(bench)).status === 'pending');
  await keep(bench, await only(bench));
  await status(bench, 'it is applied', ({ sent }) => sent === 1);
});

test('a judged picture that is not here is fetched again by its hash, however often it was replaced since', async () => {
  const { office, bench, then } = await conflicted((of) => [returnIt(of)]);
  const { sha256 } = imageAt(then);
  // A second return before anybody saw the new picture leaves the judged one two steps back; nothing else changes for us.
  await giveTo(serviceOf(office), then.id, null);
  const other = await colleague(office);
  const seen = await held(office, then);
  await send(other, decisionOn(seen, returning(seen, [AT])));
  await replacePictures(serviceOf(office), then.registrationNumber, 8);
  bench.desk.work().store.transact((db) => forgetPicture(db, sha256));
  expect((await only(bench)).absent).toEqual([sha256]);
  bench.desk.startSync();
  await until('it is here again', async () => (await only(bench)).absent.length === 0);
  expect(bench.desk.picture('full', sha256)?.body.length).toBeGreaterThan(0);
});

test.each(['decisions', 'outbox', 'resolutions', 'audit', 'documents'])(
  'when %s cannot be written, neither the new decision nor the end of the conflict is saved',
  async (table) => {
    const { bench } = await conflicted((of) => [returnIt(of)]);
    const { store } = bench.desk.work();
    const conflict = await only(bench);
    const before = kinds(bench);
    const moment = table === 'documents' || table === 'outbox' ? 'UPDATE' : 'INSERT';
    const when = table === 'audit' ? `WHEN NEW.kind = 'resolved'` : '';
    store.transact((db) =>
      db
        .prepare(`CREATE TRIGGER fails BEFORE ${moment} ON ${table} ${when} BEGIN SELECT RAISE(ABORT, 'no'); END`)
        .run(),
    );
    await expect(keep(bench, conflict)).rejects.toThrow('no');
    store.transact((db) => db.prepare('DROP TRIGGER fails').run());
    expect(await only(bench)).toEqual(conflict);
    expect(kinds(bench)).toEqual(before);
    expect(bench.desk.status()).toMatchObject({ parked: 1, waiting: 0 });
  },
);

test('closed in between: what was resolved is resolved, what was not is a conflict, and the kept one goes out once', async () => {
  const { office, bench, then, now } = await conflicted((of) => [returnIt(of), approvalOf(of, 'M01-1')]);
  await office.line.set('down');
  const [one, two] = await parked(bench);
  if (!one || !two) throw new Error('two are parked');
  const { decision } = await keep(bench, one);
  const { userData } = bench;
  await bench.close();
  const again = await openDesk({ userData });
  await signIn(again, office);
  expect((await parked(again)).map(({ parked: { decision: of } }) => of.id)).toEqual([two.parked.decision.id]);
  await office.line.set('clear');
  again.desk.startSync();
  await status(again, 'the kept one is applied', ({ sent, waiting }) => sent === 1 && waiting === 0);
  const { decisions } = await again.handlers.history({ id: then.id });
  expect(decisions.filter(({ decision: { id } }) => id === decision?.id)).toHaveLength(1);
  expect(imageAt(await held(office, now)).state).toBe('returned');
});
