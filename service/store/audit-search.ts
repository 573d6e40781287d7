import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { matchOf } from '../../shared/audit/grams.ts';
import { type AuditAsk, AuditCounts, type AuditFilter, type AuditPage, AuditRow } from '../../shared/audit/wire.ts';
import { AccountId } from '../../shared/ids.ts';
import { keyAt, tagName } from './decision-facts.ts';
import type { Scope } from './scope.ts';
import type { Store, Tables } from './tables.ts';

/** Matches of several filters at once are counted up to here: nobody reads a larger number. */
const COUNTED = 1_000;
/** Beyond every key. */
const END = Number.MAX_SAFE_INTEGER;

type Tag = { readonly id: number; readonly n: number };

/** The tag of the place that an account may see. */
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

/** The tags that a decision must have. */
function tagsIn(filter: AuditFilter): string[] {
  const { person, level, kind, outcome, reason, material, viewedUnder, reopened } = filter;
  const facts = { person, level, kind, outcome, reason, material, under: viewedUnder };
  const named = Object.entries(facts).flatMap(([fact, value]) => (value === null ? [] : [tagName(fact, value)]));
  return reopened ? [...named, tagName('is', 'reopened')] : named;
}

type Plan = {
  /** Where the keys come from, newest first; every other tag is looked up for each. */
  readonly from: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
};

/** The tags of a filter with how often they occur, the rarest first; null when one of them occurs nowhere. */
async function knownTags(db: Store, place: string, filter: AuditFilter): Promise<Tag[] | null> {
  const names = [place, ...tagsIn(filter)];
  const found = await sql<Tag>`SELECT id, n FROM audit_tags WHERE name IN (${sql.join(names)}) ORDER BY n`.execute(db);
  return found.rows.length === names.length ? found.rows : null;
}

/**
 * How a filter is walked: by the words that were typed, where there are any, otherwise by the rarest tag. Both give
 * their keys in order, so that a page ends as soon as it is full. The join is pinned (`CROSS JOIN`), and the tables have
 * no other index that could be taken instead.
 */
function planOf(tags: readonly Tag[], { search, from, to }: AuditFilter, before: number): Plan | null {
  const match = search.trim() === '' ? null : matchOf(search);
  if (search.trim() !== '' && match === null) return null;
  const lowest = from === null ? 0 : keyAt(from);
  const upper = Math.min(before, to === null ? END : keyAt(to));
  const [rarest, ...others] = tags;
  const driver = match === null ? sql`decision_tags` : sql`decision_words`;
  const key = match === null ? sql`d.key` : sql`d.rowid`;
  const probes = (match === null ? others : tags).map(
    ({ id }) => sql` AND EXISTS (SELECT 1 FROM decision_tags t WHERE t.tag = ${id} AND t.key = ${key})`,
  );
  const first = match === null ? sql`d.tag = ${rarest?.id ?? 0}` : sql`decision_words MATCH ${match}`;
  return {
    from: sql`${driver} d`,
    where: sql`${first} AND ${key} >= ${lowest} AND ${key} < ${upper}${sql.join(probes, sql``)} ORDER BY ${key} DESC`,
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
  const tags = await knownTags(db, placeOf(scope), ask);
  const plan = tags && planOf(tags, ask, ask.after ?? END);
  if (!plan) return { rows: [], next: null };
  const key = ask.search.trim() === '' ? sql`d.key` : sql`d.rowid`;
  const { rows } = await sql<Found>`SELECT f.*, a.name AS person FROM ${plan.from}
    CROSS JOIN decision_facts f ON f.key = ${key} CROSS JOIN accounts a ON a.id = f.account_id
    WHERE ${plan.where} LIMIT ${ask.limit}`.execute(db);
  const last = rows.at(-1);
  return { rows: rows.map(auditRow), next: last && rows.length === ask.limit ? last.key : null };
}

/** How many there are of each kind and outcome in a scope: read from what is counted as they come in. */
export async function auditTally(db: Store, scope: Scope): Promise<Pick<AuditCounts, 'kinds' | 'outcomes'>> {
  const { rows } = await sql<{ name: string; n: number }>`SELECT tag.name, counted.n FROM audit_counts counted
    CROSS JOIN audit_tags tag ON tag.id = counted.tag
    WHERE counted.place = (SELECT id FROM audit_tags WHERE name = ${placeOf(scope)})
      AND counted.tag IN (SELECT id FROM audit_tags WHERE (name >= 'kind:' AND name < 'kind;')
        OR (name >= 'outcome:' AND name < 'outcome;'))`.execute(db);
  const of = (fact: string) =>
    Object.fromEntries(
      rows.filter(({ name }) => name.startsWith(`${fact}:`)).map(({ name, n }) => [name.slice(fact.length + 1), n]),
    );
  return AuditCounts.pick({ kinds: true, outcomes: true }).parse({ kinds: of('kind'), outcomes: of('outcome') });
}

/** How many fit: one filter is counted already; several at once, words and times up to a limit. */
export async function auditTotal(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
): Promise<Pick<AuditCounts, 'total' | 'atLeast'>> {
  const place = placeOf(scope);
  const tags = await knownTags(db, place, filter);
  if (!tags) return { total: 0, atLeast: false };
  const own = tagsIn(filter);
  if (own.length < 2 && filter.search.trim() === '' && filter.from === null && filter.to === null) {
    const { rows } = await sql<{ n: number }>`SELECT n FROM audit_counts
      WHERE place = (SELECT id FROM audit_tags WHERE name = ${place})
        AND tag = (SELECT id FROM audit_tags WHERE name = ${own[0] ?? place})`.execute(db);
    return { total: rows[0]?.n ?? 0, atLeast: false };
  }
  const plan = planOf(tags, filter, END);
  if (!plan) return { total: 0, atLeast: false };
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM
    (SELECT 1 FROM ${plan.from} WHERE ${plan.where} LIMIT ${COUNTED + 1})`.execute(db);
  const n = rows[0]?.n ?? 0;
  return { total: Math.min(n, COUNTED), atLeast: n > COUNTED };
}

const Person = z.object({ id: AccountId, name: z.string() });

/** Who has decided in a scope, by name. */
export async function auditPeople(db: Store, scope: Scope): Promise<z.infer<typeof Person>[]> {
  const { rows } = await sql<{ id: string; name: string }>`SELECT a.id, a.name FROM audit_counts counted
    CROSS JOIN audit_tags tag ON tag.id = counted.tag CROSS JOIN accounts a ON a.id = substr(tag.name, 8)
    WHERE counted.place = (SELECT id FROM audit_tags WHERE name = ${placeOf(scope)})
      AND counted.tag IN (SELECT id FROM audit_tags WHERE name >= 'person:' AND name < 'person;')`.execute(db);
  const byName = new Intl.Collator('zh-CN');
  return rows.map((row) => Person.parse(row)).sort((a, b) => byName.compare(a.name, b.name));
}
