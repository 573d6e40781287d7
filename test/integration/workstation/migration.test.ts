import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isSignedBy } from '../../../electron/signature.ts';
import { firstBreak } from '../../../electron/store/audit.ts';
import { linkOf, noteLinked } from '../../../electron/store/chain.ts';
import { Store } from '../../../electron/store/database.ts';
import { lastDecision, readDevice, readyDevice } from '../../../electron/store/device.ts';
import { REVIEW_MIGRATIONS } from '../../../electron/store/migrations/list.ts';
import { dueLinks, listDecisions, listParked } from '../../../electron/store/outbox.ts';
import { decisionForm, Head, placeAfter, stubForm, unchainedForm } from '../../../shared/chain.ts';
import { DecisionId } from '../../../shared/ids.ts';
import { shaOf } from '../../factories/signed.ts';
import { approval, decision, NOW, submission } from '../../factories/submission.ts';
import { receipt } from '../../factories/wire.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

type State = 'applied' | 'withdrawn' | 'waiting' | 'sending' | 'refused';

const of = submission();
const made = (seq: number) =>
  decision(of, approval(of), {
    id: DecisionId.parse(`0195b8a4-6c00-7000-8000-${String(seq).padStart(12, '0')}`),
    deviceSeq: seq,
  });

/** A database of before there were signatures, with decisions in the given states. */
async function oldStore(states: readonly State[]) {
  const at = { path: join(await temporaryFolder(), 'review.db'), key: randomBytes(32), binding: null };
  const old = Store.open({ ...at, migrations: REVIEW_MIGRATIONS.slice(0, 1) });
  old.transact((db) => {
    db.prepare('INSERT INTO device (one, uuid, next_seq) VALUES (1, ?, ?)').run(made(1).device, states.length + 1);
    for (const [index, state] of states.entries()) {
      const one = made(index + 1);
      db.prepare('INSERT INTO decisions VALUES (?, ?, ?, ?, ?)').run(
        index + 1,
        one.id,
        of.id,
        JSON.stringify(one),
        shaOf(decisionForm(one)),
      );
      db.prepare(
        'INSERT INTO outbox (seq, state, held_until, exposed, problem, receipt) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(
        index + 1,
        state,
        NOW,
        state === 'sending' ? 1 : 0,
        state === 'refused' ? JSON.stringify({ code: 'decision.no_reason', status: 400, title: 't', next: 'n' }) : null,
        state === 'applied' ? JSON.stringify(receipt(one)) : null,
      );
    }
  });
  const rows = old.read
    .prepare<[], { seq: number; body: string; sha256: string }>('SELECT seq, body, sha256 FROM decisions')
    .all();
  old.close();
  const store = Store.open({ ...at, migrations: REVIEW_MIGRATIONS });
  onTestFinished(() => store.close());
  return { store, rows };
}

test('what was answered stays as it was; what waits is chained after it, and signed with the new key', async () => {
  const { store, rows } = await oldStore([
    'applied',
    'refused',
    'withdrawn',
    'sending',
    'withdrawn',
    'waiting',
    'withdrawn',
  ]);
  const all = () =>
    store.read
      .prepare<[], { seq: number; body: string; sha256: string }>('SELECT seq, body, sha256 FROM decisions')
      .all();
  expect(all().slice(0, 3)).toEqual(rows.slice(0, 3));
  expect(() => readDevice(store.read)).toThrow('no key');
  store.transact((db) => readyDevice(db, 'unused', NOW));
  const device = readDevice(store.read);
  expect(device).toMatchObject({ uuid: made(1).device, start: { seq: 3, sha256: rows[2]?.sha256 } });

  const links = dueLinks(store.read, new Date(NOW), 50).map((posted) => linkOf(device, posted));
  expect(links.map((link) => ('decision' in link ? link.decision.deviceSeq : -link.deviceSeq))).toEqual([4, -5, 6]);
  let head: Head = device.start;
  for (const link of links) {
    const isDecision = 'decision' in link;
    const place = isDecision ? { ...link.decision, sha256: shaOf(decisionForm(link.decision)) } : link;
    expect(placeAfter(head, place)).toBe('next');
    expect(
      isSignedBy(device.publicKey, isDecision ? decisionForm(link.decision) : stubForm(link), link.signature),
    ).toBe(true);
    head = { seq: place.deviceSeq, sha256: place.sha256 };
    // Its content is the one that was decided.
    if (isDecision) expect(unchainedForm(link.decision)).toBe(decisionForm(made(link.decision.deviceSeq)));
  }
  expect(
    listDecisions(store.read, { limit: 10 })
      .map(({ state }) => state)
      .reverse(),
  ).toEqual(['applied', 'refused', 'withdrawn', 'sending', 'withdrawn', 'waiting', 'withdrawn']);
  expect(firstBreak(store.read)).toBeNull();
  expect(store.read.prepare(`SELECT count(*) FROM audit WHERE kind = 'signed'`).pluck().get()).toBe(4);
});

test('an outbox without anything to send begins its chain after the last decision; a second start changes nothing', async () => {
  const { store, rows } = await oldStore(['applied', 'withdrawn']);
  store.transact((db) => readyDevice(db, 'unused', NOW));
  const device = readDevice(store.read);
  expect(device.start).toEqual({ seq: 2, sha256: rows[1]?.sha256 });
  expect(lastDecision(store.read)).toEqual(device.start);
  expect(dueLinks(store.read, new Date(NOW), 50)).toEqual([]);
  store.transact((db) => readyDevice(db, 'another', NOW));
  expect(readDevice(store.read)).toEqual(device);
});

test('an empty database begins at the beginning', async () => {
  const at = { path: join(await temporaryFolder(), 'review.db'), key: randomBytes(32), binding: null };
  Store.open({ ...at, migrations: REVIEW_MIGRATIONS.slice(0, 1) }).close();
  const store = Store.open({ ...at, migrations: REVIEW_MIGRATIONS });
  store.transact((db) => readyDevice(db, made(1).device, NOW));
  expect(readDevice(store.read).start).toEqual({ seq: 0, sha256: null });
  store.close();
});

test('a signature is given once and never changed, nor is anything else of a decision', async () => {
  const { store } = await oldStore(['applied', 'waiting']);
  const refuse = (statement: string) =>
    expect(() => store.transact((db) => db.prepare(statement).run()), statement).toThrow('never change');
  refuse(`UPDATE decisions SET signature = 'x', body = '{}' WHERE seq = 2`);
  refuse(`UPDATE decisions SET sha256 = 'x' WHERE seq = 1`);
  store.transact((db) => readyDevice(db, 'unused', NOW));
  refuse(`UPDATE decisions SET signature = 'x' WHERE seq = 2`);
  refuse('UPDATE decisions SET signature = NULL WHERE seq = 2');
});

test('stubs travel with a decision that follows them, once', async () => {
  const { store } = await oldStore(['waiting', 'withdrawn', 'withdrawn', 'waiting']);
  store.transact((db) => readyDevice(db, 'unused', NOW));
  const due = () => dueLinks(store.read, new Date(NOW), 50).map(({ decision }) => decision.deviceSeq);
  expect(due()).toEqual([1, 2, 3, 4]);
  const third = store.read.prepare<[], { sha256: string }>('SELECT sha256 FROM decisions WHERE seq = 3').get();
  store.transact((db) => noteLinked(db, Head.parse({ seq: 3, sha256: third?.sha256 })));
  expect(due()).toEqual([1, 4]);
  // A head that is not of this chain tells nothing.
  store.transact((db) => noteLinked(db, Head.parse({ seq: 4, sha256: third?.sha256 })));
  expect(due()).toEqual([1, 4]);
});

test('decisions that were parked or dismissed before there were resolutions are so after it', async () => {
  const { store } = await oldStore(['applied', 'refused', 'withdrawn']);
  const [, parked] = listDecisions(store.read, { limit: 10 });
  expect(parked).toMatchObject({ state: 'refused', resolution: null, problem: { code: 'decision.no_reason' } });
  expect(listParked(store.read)).toEqual([{ id: made(2).id, submissionId: of.id }]);
  expect(store.read.prepare('SELECT count(*) FROM resolutions').pluck().get()).toBe(0);
  const add = (seq: number, choice: string, resolved: number | null) => () =>
    store.transact((db) =>
      db
        .prepare(
          `INSERT INTO resolutions (parked_seq, parked_state, choice, resolved_seq, after_seq, at, held_until)
           VALUES (?, 'refused', ?, ?, 3, ?, ?)`,
        )
        .run(seq, choice, resolved, NOW, NOW),
    );
  expect(add(2, 'kept', null)).toThrow('CHECK');
  expect(add(2, 'dropped', 3)).toThrow('CHECK');
  expect(add(9, 'dropped', null)).toThrow('FOREIGN KEY');
  add(2, 'dropped', null)();
  expect(add(2, 'kept', 3)).toThrow('UNIQUE');
});
