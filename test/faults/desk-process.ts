import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import { Failure } from '../../electron/failure.ts';
import { type Handlers, handlersOf } from '../../electron/ipc/handlers.ts';
import { firstBreak } from '../../electron/store/audit.ts';
import { type Reader, sql } from '../../electron/store/database.ts';
import { readSubmission } from '../../electron/store/submissions.ts';
import { Workstation } from '../../electron/workstation.ts';
import { stream } from '../../service/sample/random.ts';
import { STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import { Decision, Receipt } from '../../shared/decision.ts';
import { DecisionId, Sha256, type SubmissionId } from '../../shared/ids.ts';
import { type Command, type Deed, type Dump, Envelope, Held, type Look, type Noted, type Worked } from './messages.ts';
import { returning, step } from './reviewer.ts';

/**
 * A workstation without a window in a process of its own, told what to do by its parent: store, synchronisation and
 * outbox as shipped. What a reviewer would be told is noted in the ledger with a plain write before anything else
 * happens, so that no kill can take the note along.
 */

type Open = { readonly desk: Workstation; readonly handlers: Handlers; readonly ledger: string };
let open: Open | null = null;
let offset = 0;

const now = (): Date => new Date(Date.now() + offset);

/** The module of a thread: a source, or bundled beside this one. */
function threadOf(name: string, folder = 'store'): URL {
  const bundled = import.meta.url.endsWith('.js');
  return new URL(bundled ? `./${name}.js` : `../../electron/${folder}/${name}.ts`, import.meta.url);
}

function openDesk({ userData, ledger, hold }: Extract<Command, { kind: 'open' }>): Open {
  const desk = new Workstation({
    userData,
    surroundings: {
      binding: null,
      imagesWriter: threadOf('images-writer'),
      backupWriter: threadOf('backup-writer'),
      recordsReader: threadOf('records-reader', 'proofs'),
    },
    openIntake: () => ({
      derive: async (bytes) => (await import('../../electron/images/derive.ts')).derive(bytes),
      close: () => undefined,
    }),
    holds: { image: hold, submission: hold },
    now,
    random: () => 0,
    newDecisionId: () => DecisionId.parse(uuidv7()),
    newDevice: randomUUID,
    announce: () => undefined,
    onStatus: () => undefined,
    log: () => undefined,
    patience: { connect: 1_500, headers: 2_000, body: 700 },
  });
  const versions = { version: '0', electron: '', chromium: '', node: process.versions.node };
  return { desk, ledger, handlers: handlersOf(desk, { ...versions, platform: process.platform, prefill: null }) };
}

function opened(): Open {
  if (!open) throw new Failure('session.expired');
  return open;
}

const reader = (): Reader => opened().desk.work().store.read;

async function work({ seed, count, every, on }: Extract<Command, { kind: 'work' }>): Promise<Worked> {
  const { handlers, ledger } = opened();
  const random = stream(seed);
  let last: SubmissionId | null = null;
  const note = (noted: Noted) => {
    appendFileSync(ledger, `${JSON.stringify(noted)}\n`);
    last = noted.submissionId;
  };
  // Back to the queue at the end, as a reviewer goes.
  const leave = () => last && handlers.leave({ id: last });
  let saved = 0;
  for (let n = 0; n < count; n += 1) {
    const done = await step(handlers, random, on, note);
    if (done === 'broken') return { saved, broken: true };
    if (done === 'saved') saved += 1;
    await pause(every);
  }
  leave();
  return { saved, broken: false };
}

async function carryThrough(deed: Deed): Promise<Noted> {
  const { handlers } = opened();
  switch (deed.kind) {
    case 'decide': {
      const { decision } = await handlers.decide(deed.ask);
      return { kind: 'saved', id: decision.id, submissionId: decision.submissionId };
    }
    case 'undo': {
      const { withdrawn } = await handlers.undo({ submissionId: null });
      if (!withdrawn) throw new Error('no decision of this desk was taken back');
      return { kind: 'withdrawn', id: withdrawn.id, submissionId: withdrawn.submissionId };
    }
    case 'dismiss':
      await handlers.resolve({ id: deed.id, choice: 'dropped' });
      return { kind: 'dismissed', id: deed.id, submissionId: deed.submissionId };
  }
}

async function doOne(deed: Deed): Promise<null> {
  const noted = await carryThrough(deed);
  appendFileSync(opened().ledger, `${JSON.stringify(noted)}\n`);
  return null;
}

async function returnOne(submissionId: SubmissionId): Promise<null> {
  const { handlers, ledger } = opened();
  const { submission } = await handlers.subject({ id: submissionId });
  const act = returning(submission, (index) => index < 2);
  const { decision } = await handlers.decide({ submissionId, revision: submission.revision, act });
  appendFileSync(ledger, `${JSON.stringify({ kind: 'saved', id: decision.id, submissionId } satisfies Noted)}\n`);
  return null;
}

function look(): Look {
  const { online, problem, waiting, sync } = opened().desk.status();
  const db = reader();
  const ids = sql<{ id: SubmissionId }>(db, 'SELECT id FROM submissions ORDER BY id').all();
  const submissions = ids.flatMap(({ id }) => {
    const stored = readSubmission(db, id);
    return stored ? [{ base: stored.base, effective: stored.effective }] : [];
  });
  const unseen =
    sql<{ count: number }>(db, 'SELECT count(*) AS count FROM pictures WHERE facts IS NULL').get()?.count ?? 0;
  const applied = sql<{ id: DecisionId }>(
    db,
    `SELECT d.id FROM decisions d JOIN outbox o USING (seq) WHERE o.state = 'applied'`,
  )
    .all()
    .map(({ id }) => id);
  return { online, problem: problem?.code ?? null, waiting, applied, phase: sync.phase, unseen, submissions };
}

/** Decisions without their entry in the log, and entries without their decision; a recovery may have lost either. */
const UNLIKE_LOG = `WITH logged AS (SELECT json_extract(body, '$.id') AS id FROM audit WHERE kind = 'decided')
  SELECT count(*) AS count FROM (
    SELECT id FROM decisions WHERE id NOT IN (SELECT id FROM logged)
    UNION ALL SELECT id FROM logged WHERE id NOT IN (SELECT id FROM decisions))
  WHERE NOT EXISTS (SELECT 1 FROM audit WHERE kind = 'recovered')`;

/** All that can be wrong inside the databases: pages, references, the log's chain, the device's numbers. */
function damage(db: Reader): string[] {
  const found: string[] = [];
  const check = String(db.prepare('PRAGMA integrity_check').pluck().get());
  if (check !== 'ok') found.push(`review.db: ${check}`);
  if (db.prepare('PRAGMA foreign_key_check').get() !== undefined) found.push('review.db: foreign keys');
  if (firstBreak(db) !== null) found.push(`the log breaks at ${firstBreak(db)}`);
  const row = sql<{ count: number; last: number; next: number; posted: number }>(
    db,
    `SELECT count(*) AS count, coalesce(max(seq), 0) AS last, (SELECT next_seq FROM device) AS next,
       (SELECT count(*) FROM outbox) AS posted FROM decisions`,
  ).get();
  if (!row || row.count !== row.last || row.next !== row.last + 1) found.push('the numbers of the device have gaps');
  if (row && row.posted !== row.count) found.push('a decision has no place in the outbox');
  const unlike = sql<{ count: number }>(db, UNLIKE_LOG).get()?.count ?? 0;
  if (unlike > 0) found.push(`${unlike} decisions stand in the log or in their table alone`);
  return found;
}

/** Pictures that are noted as here and whose bytes are not those of their hash. */
function damagedPictures(db: Reader): string[] {
  const { desk } = opened();
  return sql<{ sha256: string }>(db, 'SELECT sha256 FROM pictures')
    .all()
    .flatMap(({ sha256 }) => {
      const body = desk.picture('full', Sha256.parse(sha256))?.body;
      const fits = body !== undefined && createHash('sha256').update(body).digest('hex') === sha256;
      return fits ? [] : [`images.db: ${sha256}`];
    });
}

function dump(): Dump {
  const db = reader();
  const rows = sql<{ body: string; sha256: string; state: string; receipt: string | null }>(
    db,
    'SELECT d.body, d.sha256, o.state, o.receipt FROM decisions d JOIN outbox o ON o.seq = d.seq ORDER BY d.seq',
  ).all();
  const decisions = rows.map(({ body, sha256, state, receipt }) =>
    Held.parse({
      decision: Decision.parse(JSON.parse(body)),
      sha256: Sha256.parse(sha256),
      state,
      receipt: receipt === null ? null : Receipt.parse(JSON.parse(receipt)),
    }),
  );
  return { decisions, damage: [...damage(db), ...damagedPictures(db)] };
}

async function close(): Promise<null> {
  const ending = open;
  open = null;
  offset = 0;
  await ending?.desk.close();
  return null;
}

function sabotage(statements: readonly string[]): null {
  opened()
    .desk.work()
    .store.transact((db) => {
      for (const statement of statements) db.prepare(statement).run();
    });
  return null;
}

async function carryOut(command: Command): Promise<unknown> {
  switch (command.kind) {
    case 'open': {
      open ??= openDesk(command);
      const { service, account } = command;
      await open.desk.signIn({ service, account, password: STAFF_PASSWORD });
      return null;
    }
    case 'work':
      return work(command);
    case 'do':
      return doOne(command.deed);
    case 'return':
      return returnOne(command.submissionId);
    case 'clock':
      offset = command.offset;
      return null;
    case 'sync':
      opened().desk.startSync();
      return null;
    case 'look':
      return look();
    case 'dump':
      return dump();
    case 'close':
      return close();
    case 'sabotage':
      return sabotage(command.statements);
  }
}

const codeOf = (error: unknown): string => {
  if (error instanceof Failure) return error.code;
  if (error instanceof Database.SqliteError) return error.code;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

process.on('message', (message) => {
  const { n, command } = Envelope.parse(message);
  carryOut(command).then(
    (value) => process.send?.({ n, value, failure: null }),
    (error: unknown) => process.send?.({ n, value: null, failure: codeOf(error) }),
  );
});
// Orphaned: nobody is left to tell it what to do.
process.once('disconnect', () => process.exit());
process.send?.({ n: 0, value: null, failure: null });
