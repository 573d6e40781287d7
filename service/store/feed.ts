import { expressionBuilder, sql } from 'kysely';
import type { AccountId } from '../../shared/ids.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Submission } from '../../shared/submission.ts';
import { renewal } from './claims.ts';
import { dialectOf } from './dialect.ts';
import { readPolicy } from './policies.ts';
import { eachScope, inScope, placeOf, type Scope } from './scope.ts';
import { firstOf, rowsOf, statement } from './statement.ts';
import { readSubmission } from './submissions.ts';
import type { Store, Tables } from './tables.ts';
import type { Change } from './together.ts';

/** Where the feed stands: its epoch and the last number given out. */
export async function feedHead(db: Store): Promise<{ epoch: string; lastSeq: number }> {
  const row = await db.selectFrom('feed').select(['epoch', 'last_seq']).executeTakeFirstOrThrow();
  return { epoch: row.epoch, lastSeq: row.last_seq };
}

/** The next place in the feed; to be taken in the transaction that makes the change. */
export async function takePlace(db: Store): Promise<{ epoch: string; seq: number }> {
  const row = await db
    .updateTable('feed')
    .set((eb) => ({ last_seq: eb('last_seq', '+', 1) }))
    .returning(['epoch', 'last_seq'])
    .executeTakeFirstOrThrow();
  return { epoch: row.epoch, seq: row.last_seq };
}

const nextPlace = statement<object, unknown>((db) =>
  db
    .updateTable('feed')
    .set((eb) => ({ last_seq: eb('last_seq', '+', 1) }))
    .compile(),
);

/** The next place in the feed, to be taken where the one before was read in the same transaction. */
export const placeTaken: Change = { statement: nextPlace({}) };

/** The number of the next place in the feed. */
export async function takeSeq(db: Store): Promise<number> {
  return (await takePlace(db)).seq;
}

/** Starts a new epoch: after a restore every workstation must notice that what it knows may be ahead. */
export async function startEpoch(db: Store, epoch: string): Promise<void> {
  await db.updateTable('feed').set({ epoch }).execute();
}

/** What is asked for a page of the feed. */
export type PageAsk = {
  readonly scope: Scope;
  readonly district: string;
  /** Whose claims a look at the feed makes last; null for those who have none. */
  readonly holder: AccountId | null;
  readonly after: number;
  readonly limit: number;
  readonly now: string;
};

/** All about a page of the feed but its documents. */
export type PageHead = {
  readonly epoch: string;
  readonly lastSeq: number;
  readonly policy: Policy;
  /** Whether something is to happen before the page is read. */
  readonly due: boolean;
  /** The places in the feed of what is on the page, in order. */
  readonly seqs: readonly number[];
  /** What is in scope after the page: submissions, and the pictures they name (earlier ones too) with their bytes. */
  readonly remaining: { readonly submissions: number; readonly images: number; readonly bytes: number };
};

type HeadValues = Omit<PageAsk, 'scope' | 'holder'> & { readonly place: string; readonly holder: string };
type HeadRow = {
  epoch: string;
  last_seq: number;
  policy: string;
  over: boolean | number;
  first_end: string | null;
  seqs: string | null;
  submissions: number;
  images: number | null;
  bytes: number | null;
};

/** One statement, which sees one state; what asks for an index says so in words, not in values. */
const headIn = eachScope((scopeAt) =>
  statement<HeadValues, HeadRow>((db, value) => {
    const scope = inScope(expressionBuilder<Tables, 'submissions'>(), scopeAt(value('place')));
    return sql<HeadRow>`
      WITH page AS (
        SELECT seq FROM submissions WHERE ${scope} AND seq > ${value('after')} ORDER BY seq LIMIT ${value('limit')}
      )
      SELECT feed.epoch, feed.last_seq, policies.document AS policy,
        EXISTS (SELECT 1 FROM submissions WHERE status = 'returned' AND deadline <= ${value('now')})
          OR EXISTS (SELECT 1 FROM claims WHERE shown = 1 AND until <= ${value('now')}) AS over,
        (SELECT min(until) FROM claims WHERE shown = 1 AND holder = ${value('holder')} AND until > ${value('now')})
          AS first_end,
        (SELECT string_agg(CAST(seq AS text), ',') FROM page) AS seqs,
        rest.submissions, rest.images, rest.bytes
      FROM feed, policies, (
        SELECT count(*) AS submissions, sum(image_count) AS images, sum(image_bytes) AS bytes
        FROM submissions WHERE ${scope} AND seq > (SELECT max(seq) FROM page)
      ) AS rest
      WHERE policies.district = ${value('district')}`.compile(db);
  }),
);

/** All about a page of the feed but its documents, in one statement. */
export async function pageHead(db: Store, { scope, holder, ...ask }: PageAsk): Promise<PageHead> {
  const values = { ...ask, holder: holder ?? '', place: placeOf(scope) };
  const row = await firstOf(db, headIn(scope)(values));
  if (!row) throw new Error(`there is no policy of the district ${ask.district}`);
  const policy = readPolicy(row.policy);
  const { before } = renewal({ now: ask.now, hours: policy.claimHours });
  return {
    epoch: row.epoch,
    lastSeq: row.last_seq,
    policy,
    due: Boolean(row.over) || (row.first_end !== null && row.first_end < before),
    seqs:
      row.seqs === null
        ? []
        : row.seqs
            .split(',')
            .map(Number)
            .sort((a, b) => a - b),
    remaining: { submissions: row.submissions, images: row.images ?? 0, bytes: row.bytes ?? 0 },
  };
}

const documentsIn = eachScope((scopeAt) =>
  statement<{ place: string; seqs: string }, { seq: number; document: string }>((db, value) => {
    const scope = inScope(expressionBuilder<Tables, 'submissions'>(), scopeAt(value('place')));
    return sql<{ seq: number; document: string }>`SELECT seq, document FROM submissions
      WHERE ${scope} AND seq IN (SELECT CAST(value AS bigint) FROM ${dialectOf(db).textsOf(value('seqs'))})`.compile(
      db,
    );
  }),
);

/** The submissions in scope that stand at places of the feed. Those that have moved on are left out. */
export async function submissionsAt(
  db: Store,
  scope: Scope,
  seqs: readonly number[],
): Promise<Map<number, Submission>> {
  if (seqs.length === 0) return new Map();
  const rows = await rowsOf(db, documentsIn(scope)({ place: placeOf(scope), seqs: JSON.stringify(seqs.map(String)) }));
  return new Map(rows.map(({ seq, document }) => [seq, readSubmission(document)]));
}
