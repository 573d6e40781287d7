import type { Database } from 'better-sqlite3';
import { factsOf } from '../../shared/audit/facts.ts';
import { gramsOf } from '../../shared/audit/grams.ts';
import { VIEWED_UNDER } from '../../shared/audit/wire.ts';
import { concludes, Decision } from '../../shared/decision.ts';
import type { Level } from '../../shared/status.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Ruled } from './decisions.ts';
import { dialectOf } from './dialect.ts';
import { rowOfPlaces, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';
import { type Change, together } from './together.ts';

type Row = Tables['decision_facts'];
type Place = { readonly point: string | null; readonly site: string; readonly district: string };

/** Keys of one millisecond. */
const STEPS = 1024;

/** Characters of what was written that a row keeps; all of it is searched, and stands in the decision. */
const SHOWN = 200;

/** The first key at or after an instant. */
export function keyAt(at: string): number {
  return Date.parse(at) * STEPS;
}

/** The name of the tag that a fact is filtered by. */
export const tagName = (fact: string, value: string | number): string => `${fact}:${value}`;
const REOPENED = tagName('is', 'reopened');

/** The places that a submission belongs to: a supervisor has one of them, and looks at its tags alone. */
export function placesOf({ point, site, district }: Place): string[] {
  return [...(point === null ? [] : [tagName('point', point)]), tagName('site', site), tagName('district', district)];
}

/** The tag of a fact at a place; without a fact that of everything there. */
export const placed = (place: string, fact = ''): string => (fact === '' ? place : `${place} ${fact}`);

/** A place as it stands in the index of words: longer than any pair of characters. */
export const placeWord = (place: string): string => `at${Buffer.from(place).toString('hex')}`;

function tagsOf(row: Row, materials: readonly string[], reasons: readonly string[]): string[] {
  const { viewed_ms: viewed } = row;
  return [
    tagName('person', row.account_id),
    tagName('level', row.level),
    tagName('kind', row.kind),
    tagName('outcome', row.outcome),
    ...reasons.map((reason) => tagName('reason', reason)),
    ...materials.map((material) => tagName('material', material)),
    ...VIEWED_UNDER.filter((ms) => viewed !== null && viewed < ms).map((ms) => tagName('under', ms)),
    ...(row.reopened ? [REOPENED] : []),
  ];
}

type Answered = {
  readonly decision: Decision;
  readonly accountId: string;
  readonly level: Level;
  readonly outcome: Row['outcome'];
  readonly problem: string | null;
  readonly receivedAt: string;
};
type About = Pick<Row, 'registration_number' | 'name' | 'found_status' | 'found_round'>;

function rowOf(key: number, answered: Answered, about: About): { row: Row; tags: string[]; grams: string } {
  const { decision, outcome } = answered;
  const { kind, slot, reasons, materials, words, viewedMs } = factsOf(decision);
  const row: Row = {
    ...about,
    key,
    decision_id: decision.id,
    submission_id: decision.submissionId,
    account_id: answered.accountId,
    level: answered.level,
    at: answered.receivedAt,
    kind,
    slot,
    reasons: JSON.stringify(reasons),
    // Not every database has a text with the zero character in it.
    words: [...words.replaceAll('\0', '')].slice(0, SHOWN).join(''),
    outcome,
    problem: answered.problem,
    viewed_ms: viewedMs,
    reopened: kind === 'submission.reopen' && outcome === 'applied' ? 1 : 0,
  };
  return { row, tags: tagsOf(row, materials, reasons), grams: gramsOf(words) };
}

/** The tags of facts at every place, and of each place itself. */
const everywhere = (places: readonly string[], facts: readonly string[]): string[] =>
  places.flatMap((place) => facts.map((fact) => placed(place, fact)));

/** What is indexed of a decision's words: its places, then the words. */
const indexed = (places: readonly string[], grams: string): string => [...places.map(placeWord), grams].join(' ');

const countTags = statement<{ names: string }, unknown>((db, value) =>
  dialectOf(db).countTags(value('names')).compile(db),
);
const giveTags = statement<{ key: number; names: string }, unknown>((db, value) =>
  dialectOf(db).giveTags(value('key'), value('names')).compile(db),
);

/** Tags of a decision, to be added and counted. */
function tagsAdded(key: number, tags: readonly string[]): Change[] {
  const names = JSON.stringify(tags);
  return [{ as: 'counted', statement: countTags({ names }) }, { statement: giveTags({ key, names }) }];
}

/** Notes at the last conclusion before a key that it was taken up again. */
async function markReopened(db: Store, submissionId: string, before: number, places: readonly string[]): Promise<void> {
  const conclusion = await db
    .selectFrom('decision_facts')
    .select(['key', 'reopened'])
    .where('submission_id', '=', submissionId)
    .where('key', '<', before)
    .where('outcome', '=', 'applied')
    .where('kind', 'in', ['submission.approve', 'submission.return', 'submission.refuse', 'submission.send_back'])
    .orderBy('key', 'desc')
    .executeTakeFirst();
  if (!conclusion || conclusion.reopened) return;
  await db.updateTable('decision_facts').set({ reopened: 1 }).where('key', '=', conclusion.key).execute();
  await together(db, tagsAdded(conclusion.key, everywhere(places, [REOPENED])));
}

/** The instants of keys of one millisecond: from the first one to before the last one. */
export function keysAt(at: string): { readonly from: number; readonly to: number } {
  const from = keyAt(at);
  return { from, to: from + STEPS };
}

const COLUMNS = [
  ...(['key', 'decision_id', 'submission_id', 'registration_number', 'name', 'account_id', 'level', 'at'] as const),
  ...(['kind', 'slot', 'reasons', 'words', 'outcome', 'problem', 'viewed_ms', 'reopened'] as const),
  ...(['found_status', 'found_round'] as const),
];
const keep = statement<Row, unknown>((db, value) =>
  db.insertInto('decision_facts').values(rowOfPlaces(COLUMNS, value)).compile(),
);

/**
 * What an answered decision is found by, to be noted in its transaction. `submission`: as the decision found it;
 * `lastKey`: the last one of its millisecond (`keysAt`), read in the same transaction.
 */
export async function factsNoted(
  db: Store,
  ruled: Ruled,
  submission: Submission,
  lastKey: number | null,
): Promise<Change[]> {
  const { decision, ruling, receivedAt } = ruled;
  const key = lastKey === null ? keyAt(receivedAt) : lastKey + 1;
  const answered = {
    ...ruled,
    outcome: ruling.outcome,
    problem: ruling.outcome === 'applied' ? null : ruling.problem,
  };
  const { row, tags, grams } = rowOf(key, answered, {
    registration_number: submission.registrationNumber,
    name: submission.form.name,
    found_status: submission.status,
    found_round: submission.round,
  });
  const places = placesOf(submission);
  if (row.reopened) await markReopened(db, decision.submissionId, key, places);
  return [
    { statement: keep(row) },
    ...tagsAdded(key, everywhere(places, ['', ...tags])),
    ...(grams === ''
      ? []
      : [{ statement: (of: Store) => dialectOf(of).keepWords(key, places.map(placeWord), grams).compile(of) }]),
  ];
}

/** Decisions that are read at once while the facts are filled. */
const BATCH = 2_000;

type Stored = Pick<
  Tables['decisions'],
  'id' | 'submission_id' | 'account_id' | 'level' | 'canonical' | 'outcome' | 'problem' | 'received_at'
> & { rowid: number };
type Whose = Place & Pick<About, 'registration_number' | 'name'>;

/** Derives the facts of every decision that is stored, in their order; in the caller's transaction, into empty tables. */
export function fillDecisionFacts(db: Database): void {
  const counts = new Map<number, number>();
  const ids = new Map<string, number>();
  const about = new Map<string, Whose>();
  const concluded = new Map<string, number>();
  const batch = db.prepare<[number, number], Stored>(
    `SELECT rowid, id, submission_id, account_id, level, canonical, outcome, problem, received_at
     FROM decisions WHERE rowid > ? ORDER BY rowid LIMIT ?`,
  );
  const whose = db.prepare<[string], Whose>(
    `SELECT point, site, district, registration_number, json_extract(document, '$.form.name') AS name
     FROM submissions WHERE id = ?`,
  );
  const taken = db.prepare<[number, number], { key: number }>(
    'SELECT key FROM decision_facts WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1',
  );
  const columns = [
    ...['key', 'decision_id', 'submission_id', 'registration_number', 'name', 'account_id', 'level', 'at', 'kind'],
    ...['slot', 'reasons', 'words', 'outcome', 'problem', 'viewed_ms', 'reopened', 'found_status', 'found_round'],
  ];
  const insert = db.prepare(
    `INSERT INTO decision_facts (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  const tag = db.prepare('INSERT INTO decision_tags (tag, key) VALUES (?, ?)');
  const words = db.prepare('INSERT INTO decision_words (rowid, grams) VALUES (?, ?)');
  const mark = db.prepare('UPDATE decision_facts SET reopened = 1 WHERE key = ? AND reopened = 0');

  const idOf = (name: string): number => {
    const id = ids.get(name) ?? ids.size + 1;
    ids.set(name, id);
    return id;
  };
  const add = (key: number, tags: readonly string[]) => {
    for (const id of tags.map(idOf)) {
      tag.run(id, key);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  };
  const one = (stored: Stored) => {
    const known = about.get(stored.submission_id) ?? whose.get(stored.submission_id);
    if (!known) return;
    about.set(stored.submission_id, known);
    const first = keyAt(stored.received_at);
    const key = (taken.get(first, first + STEPS)?.key ?? first - 1) + 1;
    const decision = Decision.parse(JSON.parse(stored.canonical));
    const answered = { ...stored, decision, accountId: stored.account_id, receivedAt: stored.received_at };
    const { registration_number, name } = known;
    const { row, tags, grams } = rowOf(key, answered, {
      ...{ registration_number, name },
      found_status: null,
      found_round: null,
    });
    const places = placesOf(known);
    insert.run(row);
    add(key, everywhere(places, ['', ...tags]));
    if (grams !== '') words.run(key, indexed(places, grams));
    const conclusion = row.reopened ? concluded.get(row.submission_id) : undefined;
    if (conclusion !== undefined && mark.run(conclusion).changes > 0) add(conclusion, everywhere(places, [REOPENED]));
    if (concludes(decision.act) && row.outcome === 'applied') concluded.set(row.submission_id, key);
  };
  for (let after = 0; ; ) {
    const rows = batch.all(after, BATCH);
    for (const row of rows) one(row);
    const last = rows.at(-1);
    if (!last) break;
    after = last.rowid;
  }
  const named = db.prepare('INSERT INTO audit_tags (id, name, n) VALUES (?, ?, ?)');
  for (const [name, id] of ids) named.run(id, name, counts.get(id) ?? 0);
}
