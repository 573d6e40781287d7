import { sql } from 'kysely';
import { Head } from '../../shared/chain.ts';
import { type ClaimState, UNCLAIMED } from '../../shared/claim.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Policy } from '../../shared/policy.ts';
import type { LogEnd } from './audit.ts';
import { type ClaimRow, claimOf } from './claims.ts';
import { keysAt } from './decision-facts.ts';
import { type Earlier, type EarlierRow, earlierOf } from './decisions.ts';
import { type Device, deviceOf } from './devices.ts';
import { readPolicy } from './policies.ts';
import { firstOf, statement } from './statement.ts';
import { type Kept, type KeptRow, keptOf } from './submissions.ts';
import type { Store } from './tables.ts';

/** What a decision is about, and whose it is. */
export type Question = {
  readonly device: string;
  readonly decision: string;
  readonly submission: SubmissionId;
  readonly account: string;
  /** Of the account; empty when it has none. */
  readonly level: string;
  readonly now: string;
};

/** How things stand for a decision. */
export type Standing = {
  readonly device: Device | null;
  /** Where the device's chain stands; null without a device. */
  readonly head: Head | null;
  /** The answer that the decision has had already. */
  readonly earlier: Earlier | null;
  readonly kept: Kept | null;
  /** Of the submission's district; null without a submission. */
  readonly policy: Policy | null;
  /** Whether the account has decided on the submission at another level. */
  readonly elsewhere: boolean;
  readonly claim: ClaimState;
  /** The next place in the feed. */
  readonly place: { readonly epoch: string; readonly seq: number };
  /** The last key of the instant's millisecond among the facts; null when there is none. */
  readonly lastKey: number | null;
  readonly logEnd: LogEnd;
};

/** All of a type's fields, or none. */
type Maybe<T> = { [Name in keyof T]: T[Name] | null };
type Row = Maybe<KeptRow> &
  Maybe<Pick<ClaimRow, 'token' | 'since' | 'until'>> & {
    device: string | null;
    device_account: string;
    public_key: string;
    start_seq: number;
    start_sha256: string | null;
    head_seq: number | null;
    head_sha256: string;
    known: string | null;
    canonical: string;
    sha256: string;
    account_id: string;
    outcome: EarlierRow['outcome'];
    problem: string | null;
    slots: string;
    receipt: string | null;
    held: string | null;
    policy: string | null;
    elsewhere: boolean | number;
    holder: string | null;
    name: string | null;
    epoch: string;
    last_seq: number;
    last_key: number | null;
    n: number | null;
    hash: string;
  };

type Values = Omit<Question, 'now'> & { readonly from: number; readonly to: number };

const standing = statement<Values, Row>((db, value) =>
  sql<Row>`SELECT
      d.id AS device, d.account_id AS device_account, d.public_key, d.start_seq, d.start_sha256,
      l.seq AS head_seq, l.sha256 AS head_sha256,
      e.id AS known, e.canonical, e.sha256, e.account_id, e.outcome, e.problem, e.slots, e.receipt, e.claim AS held,
      s.document, s.asked, s.reached_district, p.document AS policy,
      EXISTS (SELECT 1 FROM decisions WHERE submission_id = ${value('submission')} AND account_id = ${value('account')}
        AND level <> ${value('level')} AND outcome = 'applied') AS elsewhere,
      c.token, c.since, c.until, h.id AS holder, h.name,
      feed.epoch, feed.last_seq,
      (SELECT max(key) FROM decision_facts WHERE key >= ${value('from')} AND key < ${value('to')}) AS last_key,
      a.n, a.hash
    FROM feed
    LEFT JOIN devices d ON d.id = ${value('device')}
    LEFT JOIN links l ON l.device = d.id AND l.seq = (SELECT max(seq) FROM links WHERE device = ${value('device')})
    LEFT JOIN decisions e ON e.id = ${value('decision')}
    LEFT JOIN submissions s ON s.id = ${value('submission')}
    LEFT JOIN policies p ON p.district = s.district
    LEFT JOIN claims c ON c.submission_id = s.id
    LEFT JOIN accounts h ON h.id = c.holder
    LEFT JOIN audit a ON a.n = (SELECT max(n) FROM audit)`.compile(db),
);

/** A type's fields where there are any: of a join, all are there or none is. */
function whole<T extends object>(row: Maybe<T>, first: keyof T): T | null {
  return row[first] === null ? null : (row as T);
}

/** Asks how things stand for a decision, all at once; in its transaction. */
export async function standingOf(db: Store, { now, ...question }: Question): Promise<Standing> {
  const row = await firstOf(db, standing({ ...question, ...keysAt(now) }));
  if (!row) throw new Error('the feed has no place');
  const { device: id, device_account: account_id, public_key, start_seq, start_sha256 } = row;
  const device = id === null ? null : deviceOf({ id, account_id, public_key, start_seq, start_sha256 });
  const end = row.head_seq === null ? null : Head.parse({ seq: row.head_seq, sha256: row.head_sha256 });
  const kept = whole<KeptRow>(row, 'document');
  const { token, since, until } = row;
  const claim = whole<Pick<ClaimRow, 'token' | 'since' | 'until'>>({ token, since, until }, 'token');
  return {
    device,
    head: end ?? device?.start ?? null,
    earlier: row.known === null ? null : earlierOf({ ...row, claim: row.held }),
    kept: kept && keptOf(kept),
    policy: row.policy === null ? null : readPolicy(row.policy),
    elsewhere: Boolean(row.elsewhere),
    claim: claim ? claimOf({ ...claim, id: row.holder, name: row.name }) : UNCLAIMED,
    place: { epoch: row.epoch, seq: row.last_seq + 1 },
    lastKey: row.last_key,
    logEnd: row.n === null ? null : { n: row.n, hash: row.hash },
  };
}

/** How things stand for a change to a submission that is no decision. */
export type Ground = {
  readonly kept: Kept;
  /** Of the submission's district. */
  readonly policy: Policy;
  /** The next place in the feed. */
  readonly seq: number;
  readonly logEnd: LogEnd;
};

type GroundRow = KeptRow & { policy: string; last_seq: number; n: number | null; hash: string };

const ground = statement<{ submission: string }, GroundRow>((db, value) =>
  sql<GroundRow>`SELECT s.document, s.asked, s.reached_district, p.document AS policy, feed.last_seq, a.n, a.hash
    FROM submissions s
    JOIN policies p ON p.district = s.district
    CROSS JOIN feed
    LEFT JOIN audit a ON a.n = (SELECT max(n) FROM audit)
    WHERE s.id = ${value('submission')}`.compile(db),
);

/** Asks how things stand for a change to a submission, all at once; null when there is none. */
export async function groundOf(db: Store, submission: SubmissionId): Promise<Ground | null> {
  const row = await firstOf(db, ground({ submission }));
  if (!row) return null;
  return {
    kept: keptOf(row),
    policy: readPolicy(row.policy),
    seq: row.last_seq + 1,
    logEnd: row.n === null ? null : { n: row.n, hash: row.hash },
  };
}
