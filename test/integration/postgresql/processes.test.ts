import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { openData } from '../../../service/start.ts';
import { verifyAudit, verifySignatures } from '../../../service/store/verify.ts';
import type { Submission } from '../../../shared/submission.ts';
import { FeedPage, Keys, Session } from '../../../shared/wire.ts';
import {
  type Caller,
  callerOf,
  lockingAll,
  pull,
  send,
  sendLinks,
  startTestService,
} from '../../factories/running-service.ts';
import { signedBy } from '../../factories/signed.ts';
import { launchService } from '../../helpers/service-process.ts';
import { until } from '../../helpers/until.ts';
import { newDatabase } from '../../postgresql/database.ts';

let folder: string;
let databaseUrl: string;
let launched: ReturnType<typeof launchService>[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'review-desk-processes-'));
  databaseUrl = (await newDatabase('template0')) ?? '';
  launched = [];
});
afterEach(async () => {
  for (const { child, ended } of launched) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

function launch(...args: string[]) {
  const one = launchService('--data', folder, '--database-url', databaseUrl, ...args);
  launched.push(one);
  return one;
}

async function signIn(url: string, account: string): Promise<Caller> {
  const reply = await callerOf(url, '').ask('POST', '/v1/sessions', { body: { account, password: STAFF_PASSWORD } });
  return callerOf(url, Session.parse(reply.body).token);
}

async function fill(candidates: number): Promise<void> {
  await (await startTestService({ candidates, folder, databaseUrl })).end();
}

/** Reads the feed again and again until told to stop; gives what a workstation would know in the end. */
function follow(caller: Caller) {
  const known = new Map<string, Submission>();
  let [epoch, after, stopped] = ['', 0, false];
  const step = async () => {
    const place = epoch === '' ? '' : `&epoch=${epoch}&after=${after}`;
    const page = await caller.get(`/v1/feed?limit=2${place}`, FeedPage);
    for (const item of page.items) known.set(item.id, item);
    [epoch, after] = [page.epoch, page.cursor];
    return page.items.length;
  };
  const going = (async () => {
    while (!stopped) await step();
    while ((await step()) > 0);
    return known;
  })();
  return () => {
    stopped = true;
    return going;
  };
}

it('two that start at once on an empty database make it once, and have one key', async () => {
  const both = [launch(), launch()];
  const urls = await Promise.all(both.map(({ listening }) => listening));
  const keys = await Promise.all(urls.map((url) => callerOf(url, '').get('/v1/keys', Keys)));
  expect(keys[0]).toEqual(keys[1]);
  for (const { child, ended, errors } of both) {
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(errors.join('')).toBe('');
  }
});

it('makes no key before no other process can', async () => {
  await (await openData(folder, { databaseUrl })).close();
  const other = new pg.Client({ connectionString: databaseUrl });
  await other.connect();
  await other.query('BEGIN; LOCK TABLE feed IN ACCESS EXCLUSIVE MODE');
  const second = join(folder, 'second');
  const opening = openData(second, { databaseUrl });
  await until('it waits', async () => {
    // In a transaction it tells again what it told first.
    await other.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await other.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  });
  expect(await readdir(second)).toEqual([]);
  await other.query('COMMIT');
  await other.end();
  await (await opening).close();
  expect(await readdir(second)).toContain('signing-key.pem');
});

it('two on one database are one service: a decision has one effect and one receipt, and the feed skips nothing', async () => {
  await fill(8);
  const [one = '', other = ''] = await Promise.all([launch(), launch()].map(({ listening }) => listening));
  const [first, second] = [await signIn(one, 'reviewer1'), await signIn(one, 'reviewer2')];
  const elsewhere = ({ token }: Caller) => callerOf(other, token);
  const end = follow(callerOf(other, (await signIn(other, 'supervisor1')).token));
  const mine = (await pull(first)).slice(0, 2);
  const theirs = (await pull(second)).slice(2, 4);
  const work = async (caller: Caller, submissions: Submission[]) => {
    for (const decision of submissions.flatMap(lockingAll)) {
      const links = await signedBy(caller, [decision]);
      const [here, there] = await Promise.all([sendLinks(caller, ...links), sendLinks(elsewhere(caller), ...links)]);
      expect(here).toMatchObject([{ outcome: 'applied' }]);
      expect(there).toEqual(here);
    }
  };
  await Promise.all([work(first, mine), work(second, theirs)]);
  const known = await end();
  const whole = await pull(await signIn(one, 'supervisor1'));
  expect([...known.values()].sort((a, b) => a.seq - b.seq)).toEqual(whole);
  expect(whole.filter(({ images }) => images.every(({ state }) => state === 'locked'))).toHaveLength(4);

  const data = await openData(folder, { databaseUrl });
  const decisions = [...mine, ...theirs].reduce((sum, { images }) => sum + images.length, 0);
  expect(await data.db.selectFrom('decisions').select('id').execute()).toHaveLength(decisions);
  expect(await verifyAudit(data.db)).toMatchObject({ ok: true });
  expect(await verifySignatures(data.db)).toEqual({ verified: decisions, bad: null });
  await data.close();
});

it('what was answered outlasts kill -9', async () => {
  await fill(2);
  const killed = launch();
  const caller = await signIn(await killed.listening, 'reviewer1');
  const [subject] = await pull(caller);
  if (!subject) throw new Error('no submission');
  const locks = lockingAll(subject);
  const answers = await send(caller, ...locks);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const same = callerOf(await launch().listening, caller.token);
  expect((await pull(same)).find(({ id }) => id === subject.id)?.images.every(({ state }) => state === 'locked')).toBe(
    true,
  );
  expect(await send(same, ...locks)).toEqual(answers);
});

it('the command line does on PostgreSQL what it does without', { timeout: 60_000 }, async () => {
  // Filled already with what is asked for: making the pictures of a real sample is not this test's.
  await fill(1);
  const filled = launch('--sample', '1', '--seed', '1');
  const { token } = await signIn(await filled.listening, 'reviewer1');
  const { publicKey } = await callerOf(await filled.listening, '').get('/v1/keys', Keys);
  const before = await callerOf(await filled.listening, token).get('/v1/feed', FeedPage);
  filled.child.kill('SIGTERM');
  await filled.ended;
  const file = join(folder, 'log.jsonl');
  const administered = launch('--verify', '--export-log', file, '--reset-password', 'reviewer2');
  expect(await administered.ended).toMatchObject({ code: 0 });
  expect(administered.lines.join('\n')).toMatch(/"ok":true.*Exported \d+ entries.*New password: /s);
  expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(2);
  const changed = launch('--rotate-key', '--restored');
  const url = await changed.listening;
  const after = await callerOf(url, token).get('/v1/feed', FeedPage);
  expect(after.epoch).not.toBe(before.epoch);
  expect((await callerOf(url, '').get('/v1/keys', Keys)).publicKey).not.toBe(publicKey);
});
