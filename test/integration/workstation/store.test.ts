import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { firstBreak, logEntry } from '../../../electron/store/audit.ts';
import { type Reader, Store, type StoreFile } from '../../../electron/store/database.ts';
import { IMAGES_MIGRATIONS } from '../../../electron/store/migrations/images.ts';
import { REVIEW_MIGRATIONS } from '../../../electron/store/migrations/list.ts';
import { queueNeighbours, queuePage } from '../../../electron/store/queue.ts';
import { queueCounts } from '../../../electron/store/queue-tally.ts';
import { takeSubmission } from '../../../electron/store/submissions.ts';
import { AccountId, SubmissionId } from '../../../shared/ids.ts';
import { QUEUE_FILTERS, QUEUE_SORTS, QueueQuery } from '../../../shared/ipc.ts';
import type { Level } from '../../../shared/status.ts';
import type { Submission } from '../../../shared/submission.ts';
import { form, identityNumber, image, NOW, policy, requiredImages, submission } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

async function file(): Promise<StoreFile> {
  const path = join(await temporaryFolder(), 'review.db');
  return { path, key: randomBytes(32), migrations: REVIEW_MIGRATIONS, binding: null };
}

function open(of: StoreFile): Store {
  const store = Store.open(of);
  onTestFinished(() => store.close());
  return store;
}

const pragma = (db: Reader, name: string) => db.prepare(`PRAGMA ${name}`).pluck().get();

test('the file is encrypted, journalled, and synced in full before anything is called saved', async () => {
  const at = await file();
  const { read } = open(at);
  expect(pragma(read, 'journal_mode')).toBe('wal');
  expect(pragma(read, 'synchronous')).toBe(2);
  expect(pragma(read, 'foreign_keys')).toBe(1);
  expect(pragma(read, 'temp_store')).toBe(2);
  expect(pragma(read, 'cipher')).toBe('sqlcipher');
  const bytes = await readFile(at.path);
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
});

test('a wrong key, a second opener and a newer version are told apart', async () => {
  const at = await file();
  const store = Store.open(at);
  expect(() => Store.open(at)).toThrow(expect.objectContaining({ code: 'store.in_use' }));
  store.close();
  expect(() => Store.open({ ...at, key: randomBytes(32) })).toThrow(expect.objectContaining({ code: 'store.locked' }));
  expect(() => Store.open({ ...at, migrations: [] })).toThrow(expect.objectContaining({ code: 'store.newer' }));
  Store.open(at).close();
});

test('migrations are numbered without gaps and make strict tables', async () => {
  for (const migrations of [REVIEW_MIGRATIONS, IMAGES_MIGRATIONS]) {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    const { read } = open({ ...(await file()), migrations });
    const tables = read.prepare<[], { name: string; strict: number }>('PRAGMA table_list').all();
    const own = tables.filter(({ name }) => !name.startsWith('sqlite_'));
    expect(own.length).toBeGreaterThan(1);
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([]);
  }
});

test('work that throws leaves nothing behind', async () => {
  const store = open(await file());
  expect(() =>
    store.transact((db) => {
      logEntry(db, '2026-03-10T02:00:00.000Z', 'decided', { n: 1 });
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  expect(store.read.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(0);
});

test('when the disk refuses, the failure is named and nothing is saved until the next start', async () => {
  const store = open(await file());
  store.transact((db) => logEntry(db, '2026-03-10T02:00:00.000Z', 'decided', { n: 1 }));
  // The file may not grow any more: what a full disk looks like to SQLite.
  store.read.prepare('PRAGMA max_page_count = 1').get();
  const fill = () =>
    store.transact((db) => logEntry(db, '2026-03-10T02:00:00.000Z', 'decided', { text: 'x'.repeat(1_000_000) }));
  expect(fill).toThrow(expect.objectContaining({ code: 'store.write' }));
  store.read.prepare('PRAGMA max_page_count = 1000000').get();
  expect(fill).toThrow(expect.objectContaining({ code: 'store.write' }));
  expect(store.read.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(1);
});

test('decisions, outbox and log can neither be changed nor deleted by a statement', async () => {
  const store = open(await file());
  store.transact((db) => {
    logEntry(db, '2026-03-10T02:00:00.000Z', 'decided', { n: 1 });
    db.prepare(`INSERT INTO decisions (seq, id, submission_id, body, sha256) VALUES (1, 'a', 's', '{}', 'h')`).run();
    db.prepare(`INSERT INTO outbox (seq, state, held_until) VALUES (1, 'waiting', '')`).run();
  });
  for (const statement of [
    'DELETE FROM audit',
    `UPDATE audit SET body = 'other'`,
    'DELETE FROM decisions',
    `UPDATE decisions SET body = 'other'`,
    'DELETE FROM outbox',
    `UPDATE outbox SET state = 'applied'`,
    `UPDATE outbox SET state = 'conflict'`,
    `UPDATE outbox SET state = 'gone'`,
  ]) {
    expect(() => store.transact((db) => db.prepare(statement).run()), statement).toThrow();
  }
});

test('the log finds an entry that was changed, moved or taken out behind its back', async () => {
  const store = open(await file());
  store.transact((db) => {
    for (let n = 1; n <= 6; n += 1) logEntry(db, '2026-03-10T02:00:00.000Z', 'decided', { n });
  });
  expect(firstBreak(store.read)).toBeNull();
  const tamper = (statement: string): number | null => {
    let found: number | null = null;
    try {
      store.transact((db) => {
        db.prepare('DROP TRIGGER audit_stays').run();
        db.prepare('DROP TRIGGER audit_keeps').run();
        db.prepare(statement).run();
        found = firstBreak(db);
        throw new Error('back');
      });
    } catch {
      return found;
    }
    return found;
  };
  expect(tamper(`UPDATE audit SET body = '{"n":9}' WHERE n = 3`)).toBe(3);
  expect(tamper(`UPDATE audit SET at = '2026-03-11T02:00:00.000Z' WHERE n = 1`)).toBe(1);
  expect(tamper('DELETE FROM audit WHERE n = 4')).toBe(4);
  expect(tamper('UPDATE audit SET n = 7 WHERE n = 2')).toBe(2);
});

const view = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;

function take(store: Store, submissions: readonly Submission[], level: Level = 'site'): void {
  store.transact((db) => {
    for (const one of submissions) takeSubmission(db, one, 'epoch', { ...view, level });
  });
}

/** A store with the given submissions, as the feed would have brought them. */
async function queueOf(submissions: readonly Submission[], level?: Level): Promise<Store> {
  const store = open(await file());
  take(store, submissions, level);
  return store;
}

const person = (number: number, own: Partial<Submission> = {}): Submission => {
  const of = form({
    name: own.form?.name ?? `样例${number}`,
    idNumber: identityNumber(`19${80 + (number % 20)}-05-31`),
  });
  return submission({
    id: SubmissionId.parse(`s-${number}`),
    registrationNumber: `2026990101${String(number).padStart(6, '0')}`,
    seq: number,
    form: of,
    images: requiredImages(of, policy()),
    ...own,
  });
};

const query = (own: Partial<QueueQuery> = {}) => ({ ...QueueQuery.parse({ filter: 'all' }), ...own });

test('every order is complete and without repetition, page by page, forwards and backwards', async () => {
  const statuses = ['pending', 'returned', 'site_approved', 'refused'] as const;
  const arbitrary = fc.array(
    fc.record({
      status: fc.constantFrom(...statuses),
      deadline: fc.constantFrom(null, '2026-03-12T00:00:00.000Z', '2026-03-13T00:00:00.000Z'),
      submittedAt: fc.constantFrom('2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'),
      name: fc.constantFrom('赵样例', '钱样例', '孙样例'),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(
      arbitrary,
      fc.constantFrom(...QUEUE_SORTS),
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      async (all, sort, descending, limit) => {
        const store = Store.open(await file());
        store.transact((db) => {
          for (const [index, { name, ...own }] of all.entries()) {
            takeSubmission(db, person(index + 1, { ...own, form: form({ name }) }), 'epoch', view);
          }
        });
        const seen: SubmissionId[] = [];
        let after: string | null = null;
        do {
          const page = queuePage(store.read, { ...query({ sort, descending }), after, limit }, 'site');
          expect(page.total).toBe(all.length);
          seen.push(...page.rows.map(({ id }) => id));
          after = page.cursor;
        } while (after !== null);
        expect(new Set(seen).size).toBe(all.length);
        expect(seen).toHaveLength(all.length);
        for (const [index, id] of seen.entries()) {
          expect(queueNeighbours(store.read, { ...query({ sort, descending }), id }, 'site')).toEqual({
            previous: seen[index - 1] ?? null,
            next: seen[index + 1] ?? null,
            onward: seen[index + 1] ?? null,
            position: index + 1,
            total: all.length,
            atLeast: false,
          });
        }
        store.close();
      },
    ),
    { numRuns: 25 },
  );
});

const claimOf = (id: string) => ({ token: 1, holder: { id: AccountId.parse(id), name: '样例审核员' }, since: NOW });

test('filters and their counts agree', async () => {
  const store = await queueOf([
    person(1, { claim: claimOf('acc-2') }),
    person(2, { images: [image('M01-1', { state: 'locked' }), image('M01-2')], claim: claimOf('acc-1') }),
    person(3, { round: 2, revision: 2 }),
    person(4, { status: 'returned', deadline: '2026-03-12T00:00:00.000Z' }),
    person(5, { status: 'site_approved' }),
    person(6, { status: 'approved', deadline: null }),
    person(7, { status: 'refused', deadline: null }),
    person(8, { status: 'lapsed', deadline: null }),
  ]);
  const counts = queueCounts(store.read, 'site');
  for (const filter of QUEUE_FILTERS) {
    const page = queuePage(store.read, { ...query({ filter }), after: null, limit: 500 }, 'site');
    expect([filter, page.total, page.rows.length]).toEqual([filter, counts[filter], counts[filter]]);
  }
  expect(counts).toEqual({
    all: 8,
    open: 3,
    untouched: 2,
    begun: 1,
    resubmitted: 1,
    returned: 1,
    passed: 2,
    refused: 1,
    parked: 0,
    incomplete: 8,
    others: 1,
    aside: 0,
  });
  expect(queueCounts(store.read, 'district').passed).toBe(1);
});

const locked = (slots: readonly string[]) => slots.map((slot) => image(slot, { state: 'locked' }));
const passedOn = [
  person(1, { status: 'site_approved', images: locked(['M01-1', 'M01-2']) }),
  person(2, { status: 'site_approved', images: [...locked(['M01-1']), image('M01-2', { state: 'returned' })] }),
  person(3, { status: 'site_approved', images: [...locked(['M01-1']), image('M01-2')] }),
  person(4, { images: locked(['M01-1', 'M01-2']) }),
];

test('a level above the first has begun what it has changed, not what came to it locked', async () => {
  const store = await queueOf(passedOn, 'district');
  expect(queueCounts(store.read, 'district')).toMatchObject({ open: 3, untouched: 1, begun: 2 });
  const page = queuePage(store.read, { ...query({ filter: 'untouched' }), after: null, limit: 9 }, 'district');
  expect(page.rows.map(({ id }) => id)).toEqual([passedOn[0]?.id]);
});

test('a store of before counts what a level above the first has begun anew', async () => {
  const at = await file();
  const before = Store.open({ ...at, migrations: REVIEW_MIGRATIONS.filter(({ version }) => version < 11) });
  take(before, passedOn, 'district');
  before.transact((db) => {
    db.prepare(
      `UPDATE submissions SET judged = (
         SELECT count(*) FROM documents d, json_each(d.effective, '$.images') i
         WHERE d.id = submissions.id AND i.value ->> 'state' <> 'open')`,
    ).run();
  });
  expect(queueCounts(before.read, 'district')).toMatchObject({ untouched: 0, begun: 3 });
  before.close();
  expect(queueCounts(open(at).read, 'district')).toMatchObject({ open: 3, untouched: 1, begun: 2 });
});

test('search finds parts of names, initials, registration numbers and tails of ID numbers, and takes signs literally', async () => {
  const store = await queueOf([
    person(1, { form: form({ name: '单雄信' }) }),
    person(2, { form: form({ name: '赵_样%例' }) }),
    person(31),
  ]);
  const found = (search: string) =>
    queuePage(store.read, { ...query({ search, sort: 'registration' }), after: null, limit: 10 }, 'site').rows.map(
      ({ id }) => id,
    );
  const all = ['s-1', 's-2', 's-31'];
  expect(found('')).toEqual(all);
  expect(found('雄')).toEqual(['s-1']);
  expect(found('SXX')).toEqual(['s-1']);
  expect(found('sx')).toEqual(['s-1']);
  expect(found('xx')).toEqual([]);
  expect(found('000031')).toEqual(['s-31']);
  expect(found(identityNumber('1991-05-31').slice(-4))).toContain('s-31');
  expect(found(identityNumber('1991-05-31').slice(-4).toLowerCase())).toContain('s-31');
  expect(found('%')).toEqual(['s-2']);
  expect(found('_')).toEqual(['s-2']);
  expect(found("' OR 1 = 1 --")).toEqual([]);
});

test('the next one stays the next one after a submission has left the filter', async () => {
  const store = await queueOf(
    [1, 2, 3, 4].map((number) => person(number, { deadline: `2026-03-1${number}T00:00:00.000Z` })),
  );
  const id = SubmissionId.parse('s-2');
  const asked = { ...query({ filter: 'open' }), id };
  expect(queueNeighbours(store.read, asked, 'site')).toMatchObject({
    previous: 's-1',
    next: 's-3',
    position: 2,
    total: 4,
  });
  // As a decision of this computer does: the copy of the service stays, what is shown has changed.
  store.transact((db) =>
    db
      .prepare(`UPDATE submissions SET open = 0, status = 'returned', deadline_key = '2026-04-01' WHERE id = 's-2'`)
      .run(),
  );
  expect(queueNeighbours(store.read, asked, 'site')).toMatchObject({
    previous: 's-1',
    next: 's-3',
    position: 0,
    total: 3,
  });
});

test('an older copy from the feed does not replace a newer one of the same epoch, but does one of another', async () => {
  const store = await queueOf([person(1, { seq: 10, round: 2 })]);
  const round = () => queuePage(store.read, { ...query(), after: null, limit: 1 }, 'site').rows[0]?.round;
  store.transact((db) => takeSubmission(db, person(1, { seq: 9, round: 1 }), 'epoch', view));
  expect(round()).toBe(2);
  store.transact((db) => takeSubmission(db, person(1, { seq: 3, round: 1 }), 'restored', view));
  expect(round()).toBe(1);
});
