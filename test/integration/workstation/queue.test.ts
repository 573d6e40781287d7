import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Reader, Store, sql } from '../../../electron/store/database.ts';
import { REVIEW_MIGRATIONS } from '../../../electron/store/migrations/list.ts';
import { queueNeighbours, queuePage } from '../../../electron/store/queue.ts';
import { queueCounts } from '../../../electron/store/queue-tally.ts';
import { takeSubmission } from '../../../electron/store/submissions.ts';
import { AccountId, SubmissionId } from '../../../shared/ids.ts';
import { QUEUE_FILTERS, QUEUE_SORTS, type QueueQuery } from '../../../shared/ipc.ts';
import type { Level } from '../../../shared/status.ts';
import type { Submission } from '../../../shared/submission.ts';
import { form, identityNumber, image, policy, submission } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const CALL = JSON.stringify({ usual: 'call' });
const view = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;
type Listed = { id: SubmissionId; key: string | number; fits: number };

/** The conditions as a person would say them, without indexes, tallies or lookups. */
const MEANT: Readonly<Record<QueueQuery['filter'], string>> = {
  all: '1',
  open: 'open = 1',
  untouched: 'open = 1 AND judged = 0',
  begun: 'open = 1 AND judged > 0',
  resubmitted: 'open = 1 AND round > 1',
  returned: "status = 'returned'",
  passed: "status IN ('site_approved', 'approved')",
  refused: "status = 'refused'",
  parked: 'parked > 0',
  incomplete: 'absent > 0',
  others: 'open = 1 AND others = 1',
  aside: 'aside IS NOT NULL',
};
const COLUMNS: Readonly<Record<QueueQuery['sort'], string>> = {
  deadline: 'deadline_key',
  submitted: 'submitted_at',
  registration: 'registration_number',
  name: 'name_key',
  status: 'status_key',
  points: 'points',
};

/** All that a query matches, in its order, told by looking at every row. */
function meant(
  db: Reader,
  { filter, sort, descending, search }: QueueQuery,
  level: Level | null = 'site',
): SubmissionId[] {
  const where = filter === 'passed' && level === null ? "status = 'approved'" : MEANT[filter];
  const way = descending ? 'DESC' : 'ASC';
  const typed = search.trim();
  return sql<Listed & { name: string; initials: string; number: string; idNumber: string }>(
    db,
    `SELECT id, name, initials, registration_number AS number, id_number AS idNumber FROM submissions NOT INDEXED
     WHERE ${where} ORDER BY ${COLUMNS[sort]} ${way}, id ${way}`,
  )
    .all()
    .filter(
      ({ name, initials, number, idNumber }) =>
        name.toLowerCase().includes(typed.toLowerCase()) ||
        initials.startsWith(typed.toLowerCase()) ||
        number.startsWith(typed) ||
        number.endsWith(typed) ||
        idNumber.endsWith(typed.toUpperCase()),
    )
    .map(({ id }) => id);
}

const STATUSES = ['pending', 'pending', 'pending', 'returned', 'site_approved', 'approved', 'refused'] as const;
const NAMES = ['赵样例', '钱样本', '孙例', '阿依·样例', 'Li Sample', '𠮷样例'];

function person(number: number, own: Partial<Submission> = {}): Submission {
  const status = STATUSES[(number * 5) % STATUSES.length] ?? 'pending';
  return submission({
    id: SubmissionId.parse(`s-${String(number).padStart(5, '0')}`),
    registrationNumber: `2026990101${String(number).padStart(6, '0')}`,
    seq: number,
    status,
    round: 1 + (number % 11 === 0 ? 1 : 0),
    form: form({ name: NAMES[number % NAMES.length] ?? '', idNumber: identityNumber(`19${60 + (number % 40)}-05-31`) }),
    images: [image('M01-1', { state: number % 3 === 0 ? 'locked' : 'open' }), image('M01-2')],
    deadline: status === 'approved' ? null : `2026-03-${11 + (number % 9)}T00:00:00.000Z`,
    submittedAt: `2026-03-0${1 + (number % 7)}T00:00:00.000Z`,
    ...own,
  });
}

async function storeOf(count: number): Promise<Store> {
  const path = join(await temporaryFolder(), 'review.db');
  const store = Store.open({ path, key: randomBytes(32), migrations: REVIEW_MIGRATIONS, binding: null });
  store.transact((db) => {
    for (let number = 1; number <= count; number += 1) takeSubmission(db, person(number), 'epoch', view);
    db.prepare("UPDATE submissions SET parked = 1 WHERE id LIKE '%7'").run();
    db.prepare("UPDATE submissions SET absent = 0 WHERE id LIKE '%3'").run();
    db.prepare("UPDATE submissions SET others = 1 WHERE id LIKE '%5'").run();
    db.prepare("UPDATE submissions SET aside = ? WHERE open = 1 AND (id LIKE '%2' OR id LIKE '%05')").run(CALL);
  });
  onTestFinished(() => store.close());
  return store;
}

/** One small store, where few rows are gathered and sorted, one larger, where indexes are walked and searches are wide. */
async function storesOf(): Promise<Readonly<Record<'few' | 'many', Reader>>> {
  const [few, many] = [await storeOf(40), await storeOf(2_400)];
  return { few: few.read, many: many.read };
}

const SEARCHES = '样 样例 例 𠮷 li Sample zyl 2026 0012 31 · % _ x'.split(' ');

const queries = fc.record({
  filter: fc.constantFrom(...QUEUE_FILTERS),
  sort: fc.constantFrom(...QUEUE_SORTS),
  descending: fc.boolean(),
  search: fc.constantFrom('', ...SEARCHES),
});

test('whatever way is chosen, a query gives what looking at every row gives', async () => {
  const stores = await storesOf();
  fc.assert(
    fc.property(fc.constantFrom('few', 'many'), queries, fc.integer({ min: 1, max: 60 }), (size, query, limit) => {
      const db = stores[size];
      const all = meant(db, query);
      const page = queuePage(db, { ...query, after: null, limit }, 'site');
      expect(page.rows.map(({ id }) => id)).toEqual(all.slice(0, limit));
      expect(page.atLeast ? page.total < all.length : page.total === all.length).toBe(true);
      const next = page.cursor && queuePage(db, { ...query, after: page.cursor, limit }, 'site');
      expect(next ? next.rows.map(({ id }) => id) : []).toEqual(all.slice(limit, 2 * limit));
    }),
    { numRuns: 200 },
  );
});

/** The way through a query's rows: those free, then those set aside; what a colleague holds is passed over. */
function wayOf(db: Reader, query: QueueQuery, level: Level | null) {
  const all = meant(db, query, level);
  const has = (condition: string) =>
    new Set(
      sql<{ id: SubmissionId }>(db, `SELECT id FROM submissions WHERE ${condition}`)
        .all()
        .map(({ id }) => id),
    );
  const plain = level === null || ['others', 'aside', 'parked'].includes(query.filter);
  const [held, aside] = plain ? [new Set(), new Set()] : [has(MEANT.others), has(MEANT.aside)];
  const walked = all.filter((id) => !held.has(id));
  return {
    all,
    free: walked.filter((id) => !aside.has(id)),
    aside: walked.filter((id) => aside.has(id)),
  };
}

const levels = fc.constantFrom('site', null);

test('the way leads through all that are free and then through those set aside, there and back', async () => {
  const stores = await storesOf();
  fc.assert(
    fc.property(fc.constantFrom('few', 'many'), queries, levels, fc.nat(), (size, query, level, any) => {
      const db = stores[size];
      const { free, aside } = wayOf(db, query, level);
      const way = [...free, ...aside];
      const at = way.length === 0 ? -1 : any % way.length;
      const id = way[at];
      if (id === undefined) return;
      expect(queueNeighbours(db, { ...query, id }, level)).toMatchObject({
        previous: way[at - 1] ?? null,
        next: way[at + 1] ?? null,
      });
    }),
    { numRuns: 200 },
  );
});

test('from any place, what a colleague holds too, a decision leads to the next free one, and to one set aside only when no other is left', async () => {
  const stores = await storesOf();
  fc.assert(
    fc.property(fc.constantFrom('few', 'many'), queries, levels, fc.nat(), (size, query, level, any) => {
      const db = stores[size];
      const { all, free, aside } = wayOf(db, query, level);
      const at = all.length === 0 ? -1 : any % all.length;
      const id = all[at];
      if (id === undefined) return;
      const { onward, position } = queueNeighbours(db, { ...query, id }, level);
      const after = free.find((one) => all.indexOf(one) > at);
      const left = free.some((one) => one !== id) ? null : (aside.find((one) => one !== id) ?? null);
      expect(onward).toBe(after ?? left);
      expect(position).toBe(at < 1_000 ? at + 1 : null);
    }),
    { numRuns: 200 },
  );
});

test('the tally is what counting gives, whatever comes, moves and goes', async () => {
  const moves = fc.array(
    fc.record({ number: fc.integer({ min: 1, max: 12 }), as: fc.integer({ min: 1, max: 400 }), gone: fc.boolean() }),
    { maxLength: 30 },
  );
  const path = join(await temporaryFolder(), 'review.db');
  const store = Store.open({ path, key: randomBytes(32), migrations: REVIEW_MIGRATIONS, binding: null });
  onTestFinished(() => store.close());
  let seq = 0;
  fc.assert(
    fc.property(moves, (all) => {
      store.transact((db) => {
        for (const { number, as, gone } of all) {
          seq += 1;
          const like = person(as);
          const id = person(number).id;
          if (gone) db.prepare('DELETE FROM submissions WHERE id = ?').run(id);
          else takeSubmission(db, { ...like, id, seq: 1_000 + seq }, 'epoch', view);
          db.prepare('UPDATE submissions SET parked = ?, absent = ?, others = ?, aside = ? WHERE id = ?').run(
            as % 2,
            as % 3,
            as % 2,
            as % 3 === 0 ? CALL : null,
            id,
          );
        }
      });
      for (const level of ['site', 'district', null] as const) {
        const counts = queueCounts(store.read, level);
        for (const filter of QUEUE_FILTERS) {
          const where = filter === 'passed' && level !== 'site' ? "status = 'approved'" : MEANT[filter];
          const n = store.read.prepare(`SELECT count(*) FROM submissions WHERE ${where}`).pluck().get();
          expect([level, filter, counts[filter]]).toEqual([level, filter, n]);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a store of before gets its tally and its lookups', async () => {
  const path = join(await temporaryFolder(), 'review.db');
  const key = randomBytes(32);
  const before = REVIEW_MIGRATIONS.filter(({ version }) => version < 6);
  const old = Store.open({ path, key, migrations: before, binding: null });
  old.transact((db) =>
    db
      .prepare(
        `INSERT INTO submissions (id, epoch, seq, registration_number, name, name_key, initials, id_number, level, class,
           paths, status, status_key, open, round, revision, materials, points, judged, submitted_at, deadline_key,
           base_deadline_key, base_status_key, base_points)
         VALUES ('s-1', 'e', 1, '2026990101000001', '赵样例', 'zhao', 'zyl', '99010219850531123X', '', '', '[]', 'pending', 1, 1,
           1, 1, '[]', 0, 0, '', '', '', 1, 0)`,
      )
      .run(),
  );
  old.close();
  const store = Store.open({ path, key, migrations: REVIEW_MIGRATIONS, binding: null });
  onTestFinished(() => store.close());
  expect(queueCounts(store.read, 'site')).toMatchObject({
    all: 1,
    open: 1,
    untouched: 1,
    parked: 0,
    incomplete: 0,
    aside: 0,
  });
  for (const search of ['样例', '0001', '123x']) {
    const query = { filter: 'open', sort: 'name', descending: false, search } as const;
    expect([search, queuePage(store.read, { ...query, after: null, limit: 5 }, 'site').total]).toEqual([search, 1]);
  }
});
