import { closeStores } from '../../electron/account/profile.ts';
import { type Reader, sql } from '../../electron/store/database.ts';
import { type PageQuery, queuePage } from '../../electron/store/queue.ts';
import { queueCounts } from '../../electron/store/queue-tally.ts';
import { fillSubmissions, multiplyRows, newStores, submissionOf } from './filled-store.ts';
import { withFolder } from './folder.ts';
import { compare, interleave, type Line, timed } from './measure.ts';

const SMALL = 5_000;
const LARGE = 100_000;
const MILLION = 1_000_000;
/** Rows of a page, and of the anchor. */
const LIMIT = 50;
const ROUNDS = 200;

const START: PageQuery = { filter: 'open', sort: 'deadline', descending: false, search: '', after: null, limit: LIMIT };

/** Leafs to about the middle of a filter, and gives the place after it. */
function deepCursor(db: Reader, rows: number): string | null {
  const row = sql<{ key: string; id: string }>(
    db,
    `SELECT deadline_key AS key, id FROM submissions WHERE open = 1 ORDER BY deadline_key, id LIMIT 1 OFFSET ?`,
  ).get(rows);
  return row ? JSON.stringify([row.key, row.id]) : null;
}

async function measure(db: Reader, count: number): Promise<Line[]> {
  const known = submissionOf(1_234);
  const ids = sql<string>(db, 'SELECT id FROM submissions ORDER BY random() LIMIT 1000').pluck().all() as string[];
  const byKey = sql(
    db,
    `SELECT id, registration_number, name, id_number, level, class, paths, status, round, materials, points, judged,
       submitted_at, deadline, absent, waiting, parked FROM submissions WHERE id = ?`,
  );
  const fifty = (round: number) =>
    timed(() => {
      for (let row = 0; row < LIMIT; row += 1) byKey.get(ids[(round * LIMIT + row) % ids.length]);
    });
  const page = (change: Partial<PageQuery>) => () => timed(() => queuePage(db, { ...START, ...change }, 'site'));
  const questions = {
    page: page({}),
    deep: page({ after: deepCursor(db, Math.round(count * 0.4)) }),
    name: page({ filter: 'all', search: known.form.name.slice(0, 2) }),
    idTail: page({ filter: 'all', search: known.form.idNumber.slice(-4) }),
    counts: () => timed(() => queueCounts(db, 'site')),
  } as const;
  const values = await interleave(ROUNDS, { ...questions, fifty });
  return Object.keys(questions).map((name) =>
    compare(`queue.${name}`, 'ms', values[name as keyof typeof questions], { fiftyByKey: values.fifty }, { count }),
  );
}

async function queueOf(large: number): Promise<Line[]> {
  return withFolder(async (folder) => {
    const stores = await newStores(folder);
    try {
      stores.review.transact((db) => fillSubmissions(db, SMALL, 'epoch'));
      const small = await measure(stores.review.read, SMALL);
      multiplyRows(stores.review, large / SMALL);
      return [...small, ...(await measure(stores.review.read, large))];
    } finally {
      await closeStores(stores);
    }
  });
}

/** `queue`: the questions that the queue asks its store, against fifty rows by primary key from the same store. */
export function queue(): Promise<Line[]> {
  return queueOf(LARGE);
}

/** `queue-million`: the same of a whole district; filling the store takes some minutes. */
export function queueMillion(): Promise<Line[]> {
  return queueOf(MILLION);
}
