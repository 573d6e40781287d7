import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { LOG_START, LogEntry } from '../../shared/log.ts';
import type { Edge, Node } from '../../shared/merkle.ts';
import { type Finding, LogWalk } from '../../shared/verify-log.ts';
import { isSignedBy } from '../signature.ts';
import { AUDIT_KINDS, LOG_END } from './audit.ts';
import type { Store, Tables } from './tables.ts';
import { rootAt, sha256Bytes, treeSize } from './tree.ts';

const End = z.strictObject({ n: z.number().int(), hash: z.string() });
const Answered = z.object({ decision: z.string(), sha256: z.string(), outcome: z.string() });

/** `decision`: what was decided is not what the log has the hash of; `tree`: the tree is not the one of the entries. */
export type Verdict =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly at: number; readonly kind: Finding['kind'] | 'decision' | 'tree' };

const stored = ({ account_id: accountId, ...row }: Tables['audit']) => ({ ...row, accountId });

/** An entry as it is stored. Throws for one that no version of the service wrote. */
export function entryOf(row: Tables['audit']): LogEntry {
  return LogEntry.parse(stored(row));
}

/** Entries after one, in order. */
export async function entriesAfter(db: Store, after: number, limit: number): Promise<Tables['audit'][]> {
  return db.selectFrom('audit').selectAll().where('n', '>', after).orderBy('n').limit(limit).execute();
}

/**
 * The entry that tells of the answer to a decision, of an account (or of any, for null): that it was applied, where it was,
 * in the form that its receipt is made out for.
 */
export async function answeredEntry(db: Store, decision: string, accountId: string | null): Promise<LogEntry | null> {
  const row = await db
    .selectFrom('audit')
    .selectAll()
    .where('kind', '=', 'decision.answered')
    .where(({ eb, ref, fn, val }) => eb(fn<string>('json_extract', [ref('facts'), val('$.decision')]), '=', decision))
    .$if(accountId !== null, (query) => query.where('account_id', '=', accountId))
    .orderBy(sql`json_extract(facts, '$.outcome') = 'applied'`, 'desc')
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? entryOf(row) : null;
}

const OF_DECISION = `json_extract(facts, '$.decision')`;

/**
 * Whether the decision that an entry says was applied is still what was decided, hashed from its content. What was answered
 * before decisions were chained is told a second time in its chained form: one of the two must fit.
 */
async function isDecisionSound(db: Store, { kind, facts }: LogEntry): Promise<boolean> {
  if (kind !== 'decision.answered') return true;
  const answered = Answered.safeParse(JSON.parse(facts)).data;
  if (answered?.outcome !== 'applied') return true;
  const { decision: id } = answered;
  const kept = await db.selectFrom('decisions').select('canonical').where('id', '=', id).executeTakeFirst();
  if (!kept) return false;
  const sha256 = createHash('sha256').update(kept.canonical).digest('hex');
  if (sha256 === answered.sha256) return true;
  const others = await db
    .selectFrom('audit')
    .select('facts')
    .where('kind', '=', 'decision.answered')
    .where(sql.raw(OF_DECISION), '=', id)
    .execute();
  return others.some((other) => Answered.safeParse(JSON.parse(other.facts)).data?.sha256 === sha256);
}

/** The first of these subtrees that the stored tree has otherwise, or not at all; null when it has them all. */
async function strangeNode(db: Store, nodes: ReturnType<Edge['add']>): Promise<Node | null> {
  for (const { level, place, hash } of nodes) {
    const stored = await db
      .selectFrom('log_nodes')
      .select('hash')
      .where('level', '=', level)
      .where('place', '=', place)
      .executeTakeFirst();
    if (!stored || Buffer.compare(stored.hash, hash) !== 0) return { level, place };
  }
  return null;
}

/** How many decisions are kept without an entry that tells of them: 0 in a log that is whole. */
async function untold(db: Store): Promise<number> {
  const { n } = await db
    .selectFrom('decisions')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('audit')
            .select('audit.n')
            .where('audit.kind', '=', 'decision.answered')
            .where(({ eb, ref, fn, val }) =>
              eb(fn<string>('json_extract', [ref('audit.facts'), val('$.decision')]), '=', ref('decisions.id')),
            ),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return n;
}

/** How many decisions still have a fitting signature of their device; `bad`: the first that has not. */
export type SignatureVerdict = { readonly verified: number; readonly bad: string | null };

/** Verifies the devices' signatures over the decisions that are kept; those of before there were signatures have none. */
export async function verifySignatures(db: Store): Promise<SignatureVerdict> {
  let verified = 0;
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('decisions')
      .innerJoin('links', (join) =>
        join
          .on('links.device', '=', sql<string>`json_extract(decisions.canonical, '$.device')`)
          .on('links.seq', '=', sql<number>`CAST(json_extract(decisions.canonical, '$.deviceSeq') AS bigint)`),
      )
      .innerJoin('devices', 'devices.id', 'links.device')
      .select(['decisions.id', 'decisions.canonical', 'links.signature', 'devices.public_key as publicKey'])
      .where('decisions.id', '>', after)
      .where('links.withdrawn', '=', 0)
      .orderBy('decisions.id')
      .limit(1_000)
      .execute();
    for (const { id, canonical, signature, publicKey } of rows) {
      if (!isSignedBy(publicKey, canonical, signature)) return { verified, bad: id };
      verified += 1;
    }
    const last = rows.at(-1);
    if (!last) return { verified, bad: null };
    after = last.id;
  }
}

/**
 * Verifies the log from its content: each entry's hash and link, the decisions that it tells of, the tree, and the end
 * that is noted outside it. Names the first place that is wrong.
 */
export async function verifyAudit(db: Store): Promise<Verdict> {
  let completed: ReturnType<Edge['add']> = [];
  const encode = (text: string) => Buffer.from(text);
  const walk = new LogWalk(sha256Bytes, encode, (node) => completed.push(node));
  for (let after = 0; ; ) {
    const rows = await entriesAfter(db, after, 1_000);
    if (rows.length === 0) break;
    for (const row of rows) {
      const entry = LogEntry.safeParse(stored(row));
      const at = walk.size() + 1;
      const known = AUDIT_KINDS.some((kind) => kind === row.kind);
      if (!entry.success || !known) return { ok: false, at, kind: 'content' };
      const finding = walk.take(entry.data);
      if (finding) return { ok: false, ...finding };
      if (!(await isDecisionSound(db, entry.data))) return { ok: false, at, kind: 'decision' };
    }
    const strange = await strangeNode(db, completed);
    if (strange) return { ok: false, at: strange.place * 2 ** strange.level + 1, kind: 'tree' };
    completed = [];
    after = rows.at(-1)?.n ?? after;
  }
  const { size, root, last } = walk.head();
  const note = await db.selectFrom('notes').select('value').where('key', '=', LOG_END).executeTakeFirst();
  const end = note ? End.parse(JSON.parse(note.value)) : { n: 0, hash: LOG_START };
  if (end.n !== size || end.hash !== last) return { ok: false, at: size + 1, kind: 'cut' };
  if ((await treeSize(db)) !== size || (await rootAt(db, size)) !== root) return { ok: false, at: size, kind: 'tree' };
  if ((await untold(db)) > 0) return { ok: false, at: size + 1, kind: 'decision' };
  return { ok: true, entries: size };
}
