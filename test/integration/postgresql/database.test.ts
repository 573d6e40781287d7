import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { markRestored, openData } from '../../../service/start.ts';
import { NewerDatabaseError, openDatabase } from '../../../service/store/database.ts';
import { dialectOf } from '../../../service/store/dialect.ts';
import { feedHead } from '../../../service/store/feed.ts';
import { MIGRATIONS } from '../../../service/store/migrations/index.ts';
import { DatabaseRefusedError } from '../../../service/store/postgresql/failures.ts';
import { POSTGRES_MIGRATIONS } from '../../../service/store/postgresql/migrations/index.ts';
import { openPostgres } from '../../../service/store/postgresql/open.ts';
import type { Store } from '../../../service/store/tables.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { gramsOf } from '../../../shared/audit/grams.ts';
import { lockingAll, pullOne, send, startTestService } from '../../factories/running-service.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { launchService } from '../../helpers/service-process.ts';
import { askPostgres } from '../../postgresql/ask.ts';
import { newDatabase } from '../../postgresql/database.ts';

const empty = async () => (await newDatabase('template0')) ?? '';
const open = async (url: string, mustExist = false): Promise<Store> => {
  const db = await openPostgres({ url, newEpoch: () => 'epoch', mustExist });
  onTestFinished(() => db.destroy());
  return db;
};
const changed = (url: string, change: (url: URL) => void) => {
  const other = new URL(url);
  change(other);
  return other.href;
};

it('has the tables, columns and shape that SQLite has', async () => {
  expect(POSTGRES_MIGRATIONS.at(-1)?.version).toBe(MIGRATIONS.at(-1)?.version);
  const sqlite = await openDatabase(join(await temporaryFolder(), 'service.db'), () => 'epoch');
  onTestFinished(() => sqlite.destroy());
  const shape = async (db: Store) =>
    (await db.introspection.getTables())
      .filter(({ name }) => !/^(review_desk|decision_words.*)$/.test(name))
      .map(({ name, columns }) => [name, columns.map((column) => column.name).sort()])
      .sort();
  expect(await shape(await open(await empty()))).toEqual(await shape(sqlite));
});

it('orders texts by their bytes, whatever the order of the database is', async () => {
  const db = await open(await empty());
  for (const key of ['b', 'B', 'a', 'é', '中', 'Z']) await db.insertInto('notes').values({ key, value: '' }).execute();
  const rows = await db.selectFrom('notes').select('key').orderBy('key').execute();
  expect(rows.map(({ key }) => key)).toEqual(['B', 'Z', 'a', 'b', 'é', '中']);
});

it('finds the same words as SQLite', async () => {
  const sqlite = await openDatabase(join(await temporaryFolder(), 'service.db'), () => 'epoch');
  onTestFinished(() => sqlite.destroy());
  const postgresql = await open(await empty());
  const found = async (db: Store, place: string, typed: string): Promise<number[] | null> => {
    const fits = dialectOf(db).hasWords(place, typed)?.compile(db);
    if (fits === undefined) return null;
    const text = `SELECT d.rowid AS key FROM decision_words d WHERE ${fits.sql} ORDER BY d.rowid`;
    const { rows } = await db.executeQuery<{ key: number }>({ ...fits, sql: text });
    return rows.map(({ key }) => key);
  };
  const letters = fc.constantFrom('公', '章', '赵', '明', '华', 'q', 'Q', '7', ' ', '，', '"', '*', '𠮷', 'é');
  const text = (maxLength: number) => fc.string({ unit: letters, maxLength });
  let [key, hits] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(text(12), { maxLength: 4 }), fc.array(text(4), { maxLength: 6 }), async (said, typed) => {
      // Each case at a place of its own: what is found at one is of that one.
      const place = `at${key}x`;
      for (const grams of said.map(gramsOf).filter((one) => one !== '')) {
        key += 1;
        for (const db of [sqlite, postgresql]) await dialectOf(db).keepWords(key, [place], grams).execute(db);
      }
      for (const one of typed) {
        const expected = await found(sqlite, place, one);
        hits += expected?.length ?? 0;
        expect(await found(postgresql, place, one)).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
  expect(hits).toBeGreaterThan(10);
});

it('commits wait for the disk, though the server or the database is told otherwise', async () => {
  const url = await empty();
  await askPostgres(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`);
  const db = await open(url);
  const setting = (one: Store) =>
    one
      .selectNoFrom(({ fn, val }) => fn<string>('current_setting', [val('synchronous_commit')]).as('value'))
      .executeTakeFirstOrThrow();
  const all = await Promise.all([1, 2, 3].map(() => db.transaction().setAccessMode('read only').execute(setting)));
  expect(all).toEqual([{ value: 'on' }, { value: 'on' }, { value: 'on' }]);
});

it('records last, whoever asks; what reads changes nothing', async () => {
  const service = await startTestService({ candidates: 1 });
  onTestFinished(() => service.end());
  const reviewer = await service.signIn('reviewer1');
  await send(reviewer, ...lockingAll(await pullOne(reviewer, 1)));
  for (const statement of [
    'DELETE FROM decisions',
    'UPDATE audit SET at = at',
    'TRUNCATE log_nodes',
    `UPDATE links SET problem = ''`,
    'DELETE FROM devices',
    'UPDATE claims SET token = token - 1',
  ]) {
    await expect(askPostgres(service.databaseUrl ?? '', statement), statement).rejects.toThrow();
  }
  const reading = service.data.db.transaction().setAccessMode('read only');
  await expect(reading.execute((db) => db.deleteFrom('sessions').execute())).rejects.toThrow('read-only');
});

it('goes on after the server has ended its connections', async () => {
  const service = await startTestService({ candidates: 1 });
  onTestFinished(() => service.end());
  const reviewer = await service.signIn('reviewer1');
  await askPostgres(
    service.databaseUrl ?? '',
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await expect
    .poll(() =>
      pullOne(reviewer, 1).then(
        ({ status }) => status,
        () => null,
      ),
    )
    .toBe('pending');
});

it('what does not get its turn changes nothing, and its connection is as good as before', async () => {
  const url = await empty();
  const db = await open(url);
  const waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'";
  const works: readonly ((of: Store) => Promise<unknown>)[] = [
    (of: Store) => feedHead(of),
    (of: Store) => of.updateTable('feed').set({ last_seq: 99 }).execute(),
    async () => undefined,
    async () => {
      throw new Error('has asked nothing');
    },
  ];
  await db.transaction().execute(async (writer) => {
    await feedHead(writer);
    for (const work of works) {
      const refused = expect(db.transaction().execute(work)).rejects.toThrow();
      await expect.poll(() => askPostgres(url, `SELECT pg_cancel_backend(pid) ${waiting}`)).toHaveLength(1);
      await refused;
      expect(await db.transaction().setAccessMode('read only').execute(feedHead)).toEqual({
        epoch: 'epoch',
        lastSeq: 0,
      });
    }
  });
  await db.transaction().execute((of) => of.updateTable('feed').set({ last_seq: 7 }).execute());
  expect((await feedHead(db)).lastSeq).toBe(7);
});

it('a copy that was put back begins a new epoch, and verifies', async () => {
  const service = await startTestService({ candidates: 1 });
  const before = await feedHead(service.data.db);
  const { databaseUrl = '' } = service;
  await service.running.stop();
  const restored = await newDatabase(new URL(databaseUrl).pathname.slice(1));
  const data = await openData(service.folder, { databaseUrl: restored, mustExist: true });
  onTestFinished(() => data.close());
  await markRestored(data.db, service.clock.now.toISOString());
  expect(await feedHead(data.db)).toMatchObject({ lastSeq: before.lastSeq });
  expect((await feedHead(data.db)).epoch).not.toBe(before.epoch);
  expect(await verifyAudit(data.db)).toMatchObject({ ok: true });
});

it('refuses a database of a newer version, of another application, and an empty one where there has to be a service', async () => {
  const newer = await empty();
  await (await openPostgres({ url: newer, newEpoch: () => 'epoch', mustExist: false })).destroy();
  await askPostgres(newer, 'UPDATE review_desk SET shape = 999');
  await expect(open(newer)).rejects.toThrow(NewerDatabaseError);
  const foreign = await empty();
  await askPostgres(foreign, 'CREATE TABLE stock (id integer)');
  await expect(open(foreign)).rejects.toThrow('another application');
  expect(await askPostgres(foreign, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toHaveLength(1);
  await expect(open(await empty(), true)).rejects.toThrow('no service in the database');
});

it('says in one line what is in the way, and never the password', async () => {
  const url = await empty();
  const password = 'not-the-right-one';
  const cases: [string, string][] = [
    [changed(url, (one) => Object.assign(one, { password })), 'does not let in the user desk'],
    [changed(url, (one) => Object.assign(one, { password: '' })), 'PostgreSQL wants a password'],
    [changed(url, (one) => Object.assign(one, { password, port: '1' })), 'no PostgreSQL server answers at 127.0.0.1:1'],
    [changed(url, (one) => Object.assign(one, { pathname: '/nowhere' })), 'there is no database nowhere'],
  ];
  for (const [wrong, text] of cases) {
    const error = await open(wrong).then(
      () => null,
      (failure: unknown) => failure,
    );
    expect(error).toBeInstanceOf(DatabaseRefusedError);
    expect(String(error)).toContain(text);
    expect(String(error)).not.toContain(new URL(wrong).password || password);
  }
  const told = launchService('--data', await temporaryFolder(), '--database-url', cases[0]?.[0] ?? '');
  expect(await told.ended).toMatchObject({ code: 1 });
  expect(told.errors.join('')).toMatch(/^Review Desk service: PostgreSQL does not let in the user desk: [^\n]*\n$/);
  expect(told.errors.join('')).not.toContain(password);
});
