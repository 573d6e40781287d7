import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import {
  type AuditAsk,
  type AuditCounts,
  type AuditFilter,
  AuditKind,
  type AuditPage,
  AuditRow,
  OUTCOMES,
} from '../../shared/audit/wire.ts';
import { AccountId } from '../../shared/ids.ts';
import { keyAt, placed, placeWord, tagName } from './decision-facts.ts';
import { dialectOf } from './dialect.ts';
import type { Scope } from './scope.ts';
import type { Store, Tables } from './tables.ts';

/** Matches of several filters at once are counted up to here: nobody reads a larger number. */
const COUNTED = 1_000;
/** Beyond every key. */
const END = Number.MAX_SAFE_INTEGER;

type Tag = { readonly id: number; readonly n: number };

/** The place that an account may see. */
function placeOf(scope: Scope): string {
  switch (scope.kind) {
    case 'point':
      return tagName('point', scope.point);
    case 'site':
      return tagName('site', scope.site);
    case 'district':
      return tagName('district', scope.district);
    case 'own':
      // Nobody but supervisors gets here; a candidate's own submission is no place.
      return tagName('own', scope.submissionId);
  }
}

/** The facts that are filtered by. */
function factsIn(filter: AuditFilter): string[] {
  const { person, level, kind, outcome, reason, material, viewedUnder, reopened } = filter;
  const facts = { person, level, kind, outcome, reason, material, under: viewedUnder };
  const named = Object.entries(facts).flatMap(([fact, value]) => (value === null ? [] : [tagName(fact, value)]));
  return reopened ? [...named, tagName('is', 'reopened')] : named;
}

/** The tags that a decision must have. */
function tagsIn(place: string, filter: AuditFilter): string[] {
  const facts = factsIn(filter);
  return facts.length === 0 ? [placed(place)] : facts.map((fact) => placed(place, fact));
}

type Plan = {
  /** Where the keys come from, newest first; every other tag is looked up for each, joined: cheaper than `EXISTS`. */
  readonly from: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
};

/** The tags of a filter with how often they occur, the rarest first; null when one of them occurs nowhere. */
async function knownTags(db: Store, place: string, filter: AuditFilter): Promise<Tag[] | null> {
  const names = tagsIn(place, filter);
  const found = await sql<Tag>`SELECT id, n FROM audit_tags WHERE name IN (${sql.join(names)}) ORDER BY n`.execute(db);
  return found.rows.length === names.length ? found.rows : null;
}

/**
 * How a filter is walked: by the words that were typed, where there are any, otherwise by the rarest tag. Both give
 * their keys in order, so that a page ends as soon as it is full. The join is pinned where the database lets it be, and the
 * tables have no other index that could be taken instead.
 */
function planOf(db: Store, place: string, tags: readonly Tag[], filter: AuditFilter, before: number): Plan | null {
  const { search, from, to } = filter;
  const { hasWords, join } = dialectOf(db);
  const match = search.trim() === '' ? null : hasWords(placeWord(place), search);
  if (search.trim() !== '' && match === null) return null;
  const lowest = from === null ? 0 : keyAt(from);
  const upper = Math.min(before, to === null ? END : keyAt(to));
  const [rarest, ...others] = tags;
  const driver = match === null ? sql`decision_tags` : sql`decision_words`;
  const key = match === null ? sql`d.key` : sql`d.rowid`;
  const probes = (match === null ? others : factsIn(filter).length === 0 ? [] : tags).map(({ id }, index) => {
    const probe = sql.ref(`t${index}`);
    return sql` ${join} decision_tags ${probe} ON ${probe}.tag = ${id} AND ${probe}.key = ${key}`;
  });
  const first = match ?? sql`d.tag = ${rarest?.id ?? 0}`;
  return {
    from: sql`${driver} d${sql.join(probes, sql``)}`,
    where: sql`${first} AND ${key} >= ${lowest} AND ${key} < ${upper} ORDER BY ${key} DESC`,
  };
}

type Found = Tables['decision_facts'] & { person: string };

function auditRow(found: Found): AuditRow {
  return AuditRow.parse({
    key: found.key,
    id: found.decision_id,
    submissionId: found.submission_id,
    registrationNumber: found.registration_number,
    name: found.name,
    by: { id: found.account_id, name: found.person, level: found.level },
    at: found.at,
    kind: found.kind,
    slot: found.slot,
    reasons: JSON.parse(found.reasons),
    words: found.words,
    outcome: found.outcome,
    problem: found.problem,
    viewedMs: found.viewed_ms,
    reopened: found.reopened === 1,
  });
}

/** One page of the decisions in a scope that fit, newest first: a keyset, never an offset. */
export async function auditPage(db: Store, scope: Scope, ask: AuditAsk): Promise<AuditPage> {
  const place = placeOf(scope);
  const tags = await knownTags(db, place, ask);
  const plan = tags && planOf(db, place, tags, ask, ask.after ?? END);
  if (!plan) return { rows: [], next: null };
  const key = ask.search.trim() === '' ? sql`d.key` : sql`d.rowid`;
  const { join } = dialectOf(db);
  const { rows } = await sql<Found>`SELECT f.*, a.name AS person FROM ${plan.from}
    ${join} decision_facts f ON f.key = ${key} ${join} accounts a ON a.id = f.account_id
    WHERE ${plan.where} LIMIT ${ask.limit}`.execute(db);
  const last = rows.at(-1);
  return { rows: rows.map(auditRow), next: last && rows.length === ask.limit ? last.key : null };
}

/** Sorts after every character of a name. */
const LAST = '\u{10FFFF}';

/** The counts of a fact's values; those that never occurred are left out. */
function countsOf<T extends string>(values: readonly T[], counted: ReadonlyMap<string, number>, start: string) {
  const pairs = values.flatMap((value) => {
    const n = counted.get(start + value);
    return n === undefined ? [] : [[value, n] as const];
  });
  return Object.fromEntries(pairs) as Partial<Record<T, number>>;
}

/** How many there are of each kind and outcome in a scope: counted as they come in. */
export async function auditTally(db: Store, scope: Scope): Promise<Pick<AuditCounts, 'kinds' | 'outcomes'>> {
  const place = placeOf(scope);
  const [kinds, outcomes] = [`${placed(place, 'kind')}:`, `${placed(place, 'outcome')}:`];
  const { rows } = await sql<{ name: string; n: number }>`SELECT name, n FROM audit_tags
    WHERE name >= ${kinds} AND name < ${kinds + LAST}
    UNION ALL SELECT name, n FROM audit_tags WHERE name >= ${outcomes} AND name < ${outcomes + LAST}`.execute(db);
  const counted = new Map(rows.map(({ name, n }) => [name, n]));
  return {
    kinds: countsOf(AuditKind.options, counted, kinds),
    outcomes: countsOf(OUTCOMES, counted, outcomes),
  };
}

/** How many fit: one filter is counted already; several at once, words and times up to a limit. */
export async function auditTotal(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
): Promise<Pick<AuditCounts, 'total' | 'atLeast'>> {
  const place = placeOf(scope);
  const [own, ...others] = tagsIn(place, filter);
  if (others.length === 0 && filter.search.trim() === '' && filter.from === null && filter.to === null) {
    const { rows } = await sql<{ n: number }>`SELECT n FROM audit_tags WHERE name = ${own}`.execute(db);
    return { total: rows[0]?.n ?? 0, atLeast: false };
  }
  const tags = await knownTags(db, place, filter);
  const plan = tags && planOf(db, place, tags, filter, END);
  if (!plan) return { total: 0, atLeast: false };
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM
    (SELECT 1 FROM ${plan.from} WHERE ${plan.where} LIMIT ${COUNTED + 1}) AS fits`.execute(db);
  const n = rows[0]?.n ?? 0;
  return { total: Math.min(n, COUNTED), atLeast: n > COUNTED };
}

const Person = z.object({ id: AccountId, name: z.string() });

/** Who has decided in a scope, by name. */
export async function auditPeople(db: Store, scope: Scope): Promise<z.infer<typeof Person>[]> {
  const start = `${placed(placeOf(scope), 'person')}:`;
  const { rows } = await sql<{ id: string; name: string }>`SELECT a.id, a.name FROM audit_tags tag
    ${dialectOf(db).join} accounts a ON a.id = substr(tag.name, ${start.length + 1})
    WHERE tag.name >= ${start} AND tag.name < ${start + LAST}`.execute(db);
  const byName = new Intl.Collator('zh-CN');
  return rows.map((row) => Person.parse(row)).sort((a, b) => byName.compare(a.name, b.name));
}
