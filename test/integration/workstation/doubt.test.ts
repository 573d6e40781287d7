import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { viewOf } from '../../../electron/decide.ts';
import { sendDue } from '../../../electron/outbox/send.ts';
import { readCursor } from '../../../electron/store/cursor.ts';
import { openImages } from '../../../electron/store/images.ts';
import { IMAGES_MIGRATIONS } from '../../../electron/store/migrations/images.ts';
import { readOriginal } from '../../../electron/store/originals.ts';
import { openService } from '../../../electron/sync/client.ts';
import { ServiceFailure } from '../../../electron/sync/failures.ts';
import { PATIENCE } from '../../../electron/sync/line.ts';
import { pullPage } from '../../../electron/sync/pull.ts';
import type { Service } from '../../../electron/sync/service.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { AccountId, SubmissionId } from '../../../shared/ids.ts';
import { NOW, policy, sha, submission } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import {
  HOLDS,
  type Office,
  openDesk,
  openOffice,
  openSyncedDesk,
  rows,
  signIn,
  status,
} from '../../helpers/office.ts';
import { emptyStores } from '../../helpers/stores.ts';

/** What the desk does not believe, and what it makes of an end without a farewell. */

/** The first picture of the first submission, to lock. */
async function firstLock(bench: Awaited<ReturnType<typeof openDesk>>) {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission: subject } = await bench.handlers.subject({ id: row.id });
  const [first] = subject.images;
  if (!first) throw new Error('no picture');
  const act = { kind: 'image.lock', slot: first.slot, sha256: first.sha256 } as const;
  return { submissionId: row.id, revision: subject.revision, act };
}

/** The real service, signed in. */
async function signedIn(office: Office): Promise<Service> {
  const service = openService({ origin: office.line.url, language: () => 'en' });
  await service.signIn('reviewer1', STAFF_PASSWORD);
  return service;
}

test('a receipt for something else is no receipt', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, { holds: HOLDS });
  const { decision } = await bench.handlers.decide(await firstLock(bench));
  const work = bench.desk.work();
  const service = await signedIn(office);
  const send = (through: Service) =>
    sendDue({
      service: through,
      store: work.store,
      view: viewOf(work),
      newDevice: randomUUID,
      // After the hold.
      now: () => new Date(Date.now() + 30_000),
      signal: new AbortController().signal,
      onMoved: () => undefined,
    });
  const forged: Service = {
    ...service,
    decide: async (links) => {
      const { answers, head } = await service.decide(links);
      const others = answers.map((answer) =>
        answer.outcome === 'applied' ? { ...answer, receipt: { ...answer.receipt, decisionSha256: sha(7) } } : answer,
      );
      return { answers: others, head };
    },
  };
  await expect(send(forged)).rejects.toMatchObject({ code: 'service.failed' });
  // Of the right decision, but not what the service signed.
  const edited: Service = {
    ...service,
    decide: async (links) => {
      const { answers, head } = await service.decide(links);
      const others = answers.map((answer) =>
        answer.outcome === 'applied' ? { ...answer, receipt: { ...answer.receipt, seq: 999 } } : answer,
      );
      return { answers: others, head };
    },
  };
  await expect(send(edited)).rejects.toMatchObject({ code: 'service.key', detail: 'receipt' });
  const silent: Service = { ...service, decide: async () => ({ answers: [], head: null }) };
  await expect(send(silent)).rejects.toMatchObject({ code: 'service.failed' });
  expect(bench.desk.status()).toMatchObject({ waiting: 1, sent: 0 });
  expect(await send(service)).toBe(1);
  const [tracked] = await bench.handlers.decisions({ limit: 1 });
  expect(tracked?.receipt?.decisionId).toBe(decision.id);
  await service.close();
});

test('what was on its way when the power went is sent again and cannot be withdrawn', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, { holds: HOLDS });
  const { decision } = await bench.handlers.decide(await firstLock(bench));
  // As a power cut leaves it: marked as on its way, no answer, nothing tidied up.
  bench.desk.work().store.transact((db) => db.prepare(`UPDATE outbox SET state = 'sending', attempts = 1`).run());
  await bench.close();
  await office.line.set('down');
  const again = await openDesk({ userData: bench.userData, holds: HOLDS });
  await signIn(again, office);
  expect(again.desk.status()).toMatchObject({ waiting: 1 });
  expect(() => again.handlers.undo({ submissionId: null })).toThrow(expect.objectContaining({ code: 'decision.sent' }));
  await office.line.set('clear');
  await status(again, 'it is sent', ({ sent }) => sent === 1);
  expect((await again.handlers.decisions({ limit: 1 }))[0]?.receipt?.decisionId).toBe(decision.id);
});

test('what a restored service no longer has goes, unless a decision of it still waits', async () => {
  const { stores, close } = await emptyStores();
  const view = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;
  const all = ['s-1', 's-2', 's-3'].map((id, index) =>
    submission({ id: SubmissionId.parse(id), registrationNumber: id, seq: index + 1 }),
  );
  const page = (epoch: string, items: typeof all) => ({
    epoch,
    items,
    cursor: items.at(-1)?.seq ?? 0,
    remaining: { submissions: 0, images: 0, bytes: 0 },
    serverTime: NOW,
  });
  const service = openService({ origin: 'http://127.0.0.1:9', language: () => 'en' });
  const pull = (feed: Service['feed']) =>
    pullPage({ service: { ...service, feed }, store: stores.review, view, now: () => new Date(NOW), limit: 50 });
  await pull(async () => page('before', all));
  stores.review.transact((db) => db.prepare(`UPDATE submissions SET waiting = 1 WHERE id = 's-3'`).run());
  const asked: unknown[] = [];
  const pulled = await pull(async (query) => {
    asked.push(query);
    if (query.epoch === 'before') throw new ServiceFailure('feed.epoch', 'no');
    return page('restored', all.slice(0, 1));
  });
  expect(asked).toEqual([
    { epoch: 'before', after: 3, limit: 50 },
    { epoch: null, after: 0, limit: 50 },
  ]);
  expect(pulled.submissions).toEqual(['s-1', 's-2']);
  expect(stores.review.read.prepare('SELECT id FROM submissions ORDER BY id').pluck().all()).toEqual(['s-1', 's-3']);
  expect(readCursor(stores.review.read)).toMatchObject({ epoch: 'restored', seq: 1 });
  await close();
});

test('the thread of the pictures begins with work, ends without, and begins again', async () => {
  const entry = new URL('../../../electron/store/images-writer.ts', import.meta.url);
  const path = join(await temporaryFolder(), 'images.db');
  const file = { path, migrations: IMAGES_MIGRATIONS, binding: null, key: randomBytes(32) };
  const kept = [1, 2, 3].map((number) => ({ sha256: sha(number), type: 'image/jpeg', body: Buffer.from([number]) }));
  // It ends at once when it has nothing to do, so that each of these has one of its own.
  const images = openImages(file, entry, 0);
  for (const picture of kept) {
    await images.keep([picture]);
    await new Promise((resolve) => setTimeout(resolve));
  }
  for (const { sha256, body } of kept) expect(readOriginal(images.read, sha256)?.body).toEqual(body);
  await images.close();
  // Where there is nothing to fetch none is needed, not even one that could not begin.
  const without = openImages(file, new URL('nowhere.ts', entry));
  const line = { origin: 'http://127.0.0.1:9', patience: PATIENCE, connections: 1, proxy: null, authorities: [] };
  const heard = { onKept: () => undefined, onMissed: () => undefined };
  const run = without.transfer({ line, token: 'none', language: 'en' }, heard);
  run.end();
  await run.ended;
  await expect(without.keep(kept)).rejects.toThrow();
  await without.close();
});

test('a file of pictures that does not open says why', async () => {
  const entry = new URL('../../../electron/store/images-writer.ts', import.meta.url);
  const path = join(await temporaryFolder(), 'images.db');
  const file = { path, migrations: IMAGES_MIGRATIONS, binding: null };
  await openImages({ ...file, key: randomBytes(32) }, entry).close();
  expect(() => openImages({ ...file, key: randomBytes(32) }, entry)).toThrow(
    expect.objectContaining({ code: 'store.locked' }),
  );
});
