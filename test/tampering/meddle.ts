import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { signText } from '../../electron/signature.ts';
import { unlock } from '../../electron/store/database.ts';
import { knownDevice } from '../../electron/store/device.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { decisionForm } from '../../shared/chain.ts';
import { Decision } from '../../shared/decision.ts';
import { entryForm, LOG_START } from '../../shared/log.ts';
import type { Dice } from './dice.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What somebody does with the records; says in words what, for the report of a tampering that was not found. `reach`: the
 * last entry of the log that a head or a seal covers, which is where it happens.
 */
export type Meddling = (db: Sqlite.Database, dice: Dice, reach: number) => string;

/** Opens a database as somebody who has its key does, without its triggers and rules. */
export function meddleWith(
  path: string,
  key: Uint8Array | null,
  meddling: Meddling,
  { dice, reach }: { readonly dice: Dice; readonly reach: number | null },
): string {
  const db = new Sqlite(path);
  try {
    if (key) unlock(db, key);
    db.pragma('foreign_keys = OFF');
    const triggers = db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).pluck().all();
    const kept = db.prepare<[], string>(`SELECT sql FROM sqlite_master WHERE type = 'trigger'`).pluck().all();
    for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
    const told = db.transaction(() => meddling(db, dice, reach ?? lastOf(db, 'audit')))();
    // Afterwards it looks as before.
    for (const sql of kept) db.exec(sql);
    return told;
  } finally {
    db.close();
  }
}

const lastOf = (db: Sqlite.Database, table: string, column = 'n'): number =>
  Number(db.prepare(`SELECT max(${column}) FROM ${table}`).pluck().get());

/** Another text of the same length. */
function altered(text: string, dice: Dice): string {
  const places = [...text].flatMap((character, at) => (/[0-9a-z]/.test(character) ? [at] : []));
  const at = places.length > 0 ? dice.pick(places) : 0;
  const now = text[at] ?? 'x';
  const other = /[0-9]/.test(now) ? String((Number(now) + 1 + dice.below(8)) % 10) : now === 'a' ? 'b' : 'a';
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}

const SERVICE_COLUMNS = ['at', 'account_id', 'kind', 'subject', 'facts'] as const;
const DESK_COLUMNS = ['at', 'kind', 'body'] as const;

function editEntry(columns: readonly string[]): Meddling {
  return (db, dice, reach) => {
    const n = 1 + dice.below(reach);
    const filled = columns.filter(
      (column) => db.prepare(`SELECT ${column} FROM audit WHERE n = ?`).pluck().get(n) !== null,
    );
    const column = dice.pick(filled);
    const text = String(db.prepare(`SELECT ${column} FROM audit WHERE n = ?`).pluck().get(n));
    db.prepare(`UPDATE audit SET ${column} = ? WHERE n = ?`).run(altered(text, dice), n);
    return `${column} of entry ${n} edited`;
  };
}

const deleteEntry: Meddling = (db, dice, reach) => {
  const n = 1 + dice.below(reach - 1);
  db.prepare('DELETE FROM audit WHERE n = ?').run(n);
  return `entry ${n} deleted`;
};

const swapEntries: Meddling = (db, dice, reach) => {
  const n = 1 + dice.below(reach - 1);
  db.exec(`UPDATE audit SET n = -1 WHERE n = ${n}; UPDATE audit SET n = ${n} WHERE n = ${n + 1};
    UPDATE audit SET n = ${n + 1} WHERE n = -1;`);
  return `entries ${n} and ${n + 1} swapped`;
};

const cutLog: Meddling = (db, dice, reach) => {
  const from = reach - dice.below(Math.min(20, reach - 1));
  db.prepare('DELETE FROM audit WHERE n >= ?').run(from);
  return `log cut before entry ${from}`;
};

const insertEntry: Meddling = (db, dice, reach) => {
  const n = 1 + dice.below(reach - 1);
  db.exec(`UPDATE audit SET n = -n WHERE n > ${n}; UPDATE audit SET n = 1 - n WHERE n < 0;`);
  const columns = db
    .prepare<[], { name: string }>('PRAGMA table_info(audit)')
    .all()
    .map(({ name }) => name)
    .filter((name) => name !== 'n');
  db.exec(`INSERT INTO audit (n, ${columns}) SELECT ${n + 1}, ${columns} FROM audit WHERE n = ${n};`);
  return `an entry inserted after ${n}`;
};

type ServiceRow = {
  n: number;
  at: string;
  account_id: string | null;
  kind: string;
  subject: string | null;
  facts: string;
};

/** Numbers and hashes of the service's log made anew, with the note of its end and the tree: as if it had always been so. */
function remakeService(db: Sqlite.Database): void {
  const rows = db.prepare<[], ServiceRow>('SELECT * FROM audit ORDER BY n').all();
  db.exec('UPDATE audit SET n = -n');
  const update = db.prepare('UPDATE audit SET n = ?, previous = ?, hash = ? WHERE n = ?');
  let previous = LOG_START;
  for (const [index, { account_id: accountId, at, kind, subject, facts, n: was }] of rows.entries()) {
    const n = index + 1;
    const form = entryForm({ n, at, accountId, kind, subject, facts, previous } as Parameters<typeof entryForm>[0]);
    const hash = sha256(form);
    update.run(n, previous, hash, -was);
    previous = hash;
  }
  db.prepare(`UPDATE notes SET value = ? WHERE key = 'audit.head'`).run(
    JSON.stringify({ n: rows.length, hash: previous }),
  );
  // It grows again when the service opens the data.
  db.exec('DELETE FROM log_nodes');
}

type DeskRow = { n: number; at: string; kind: string; body: string };

/** The same for the log of a workstation. */
function remakeDesk(db: Sqlite.Database): void {
  const rows = db.prepare<[], DeskRow>('SELECT n, at, kind, body FROM audit ORDER BY n').all();
  db.exec('UPDATE audit SET n = -n');
  const update = db.prepare('UPDATE audit SET n = ?, previous = ?, hash = ? WHERE n = ?');
  let previous = LOG_START;
  for (const [index, { at, kind, body, n: was }] of rows.entries()) {
    const n = index + 1;
    const hash = sha256(canonicalJson({ n, at, kind, body, previous }));
    update.run(n, previous, hash, -was);
    previous = hash;
  }
}

const thenRemade =
  (meddling: Meddling, remake: (db: Sqlite.Database) => void): Meddling =>
  (db, dice, reach) => {
    const told = meddling(db, dice, reach);
    remake(db);
    return `${told}, all hashes made anew`;
  };

/** A decision that the service has is another one; `hashed`: its stored hash too. */
const editKept =
  (hashed: boolean): Meddling =>
  (db, dice) => {
    const ids = db.prepare<[], string>(`SELECT id FROM decisions WHERE outcome = 'applied'`).pluck().all();
    const id = dice.pick(ids);
    const text = String(db.prepare('SELECT canonical FROM decisions WHERE id = ?').pluck().get(id));
    const decision = {
      ...JSON.parse(text),
      madeAt: `2026-01-01T00:00:00.${String(dice.below(1000)).padStart(3, '0')}Z`,
    };
    const canonical = canonicalJson(decision);
    db.prepare('UPDATE decisions SET canonical = ? WHERE id = ?').run(canonical, id);
    if (hashed) db.prepare('UPDATE decisions SET sha256 = ? WHERE id = ?').run(sha256(canonical), id);
    return `decision ${id} edited at the service${hashed ? ', its hash made anew' : ''}`;
  };

const deleteKept: Meddling = (db, dice) => {
  const ids = db.prepare<[], string>(`SELECT id FROM decisions WHERE outcome = 'applied'`).pluck().all();
  const id = dice.pick(ids);
  db.prepare('DELETE FROM decisions WHERE id = ?').run(id);
  return `decision ${id} deleted at the service`;
};

const editTree: Meddling = (db, dice) => {
  const nodes = Number(db.prepare('SELECT count(*) FROM log_nodes').pluck().get());
  const at = dice.below(nodes);
  db.exec(`UPDATE log_nodes SET hash = zeroblob(32)
    WHERE (level, place) = (SELECT level, place FROM log_nodes ORDER BY level, place LIMIT 1 OFFSET ${at})`);
  return `node ${at} of the tree edited`;
};

/** What is done to the service's database. */
export const AT_SERVICE: Readonly<Record<string, Meddling>> = {
  edit: editEntry(SERVICE_COLUMNS),
  delete: deleteEntry,
  swap: swapEntries,
  truncate: cutLog,
  insert: insertEntry,
  'edit, hashes anew': thenRemade(editEntry(SERVICE_COLUMNS), remakeService),
  'delete, hashes anew': thenRemade(deleteEntry, remakeService),
  'swap, hashes anew': thenRemade(swapEntries, remakeService),
  'truncate, hashes anew': thenRemade(cutLog, remakeService),
  'insert, hashes anew': thenRemade(insertEntry, remakeService),
  'edit decision': editKept(false),
  'edit decision, hash anew': editKept(true),
  'delete decision': deleteKept,
  'edit tree': editTree,
};

type DecisionRow = { seq: number; id: string; body: string };
const decisionsIn = (db: Sqlite.Database): DecisionRow[] =>
  db.prepare<[], DecisionRow>('SELECT seq, id, body FROM decisions ORDER BY seq').all();

/** Another decision in the place of one; `remake`: all hashes after it and in the log too; `sign`: with the device's key. */
const editDecision =
  (remake: boolean, sign: boolean): Meddling =>
  (db, dice) => {
    const rows = decisionsIn(db);
    const { seq, id } = dice.pick(rows);
    const device = knownDevice(db);
    let previous: string | null = null;
    for (const row of rows) {
      const decision = Decision.parse(JSON.parse(row.body));
      const at = `2026-01-01T00:00:00.${String(dice.below(1000)).padStart(3, '0')}Z`;
      const changed = row.seq === seq ? { ...decision, madeAt: at } : decision;
      const next = Decision.parse(remake ? { ...changed, previous } : changed);
      const form = decisionForm(next);
      previous = sha256(form);
      if (row.seq < seq || (row.seq > seq && !remake)) continue;
      db.prepare('UPDATE decisions SET body = ? WHERE seq = ?').run(JSON.stringify(next), row.seq);
      if (!remake) continue;
      db.prepare('UPDATE decisions SET sha256 = ? WHERE seq = ?').run(previous, row.seq);
      if (sign && device)
        db.prepare('UPDATE decisions SET signature = ? WHERE seq = ?').run(signText(device, form), row.seq);
      db.prepare(`UPDATE audit SET body = ? WHERE kind = 'decided' AND json_extract(body, '$.id') = ?`).run(
        form,
        row.id,
      );
    }
    if (remake) remakeDesk(db);
    return `decision ${seq} (${id}) edited${remake ? ', all hashes made anew' : ''}${sign ? ', signed anew' : ''}`;
  };

const deleteDecision: Meddling = (db, dice) => {
  const { seq } = dice.pick(decisionsIn(db));
  db.prepare('DELETE FROM outbox WHERE seq = ?').run(seq);
  db.prepare('DELETE FROM log_inclusions WHERE seq = ?').run(seq);
  db.prepare('DELETE FROM decisions WHERE seq = ?').run(seq);
  return `decision ${seq} deleted`;
};

const swapDecisions: Meddling = (db, dice) => {
  const rows = decisionsIn(db);
  const at = dice.below(rows.length - 1);
  const [one, other] = [rows[at]?.seq ?? 0, rows[at + 1]?.seq ?? 0];
  for (const [from, to] of [
    [one, -1],
    [other, one],
    [-1, other],
  ]) {
    db.prepare('UPDATE decisions SET seq = ? WHERE seq = ?').run(to, from);
  }
  return `decisions ${one} and ${other} swapped`;
};

const editReceipt: Meddling = (db, dice) => {
  const { seq } = dice.pick(decisionsIn(db));
  const text = String(db.prepare('SELECT receipt FROM outbox WHERE seq = ?').pluck().get(seq));
  const receipt = JSON.stringify({ ...JSON.parse(text), seq: dice.below(1_000_000) + 1_000 });
  db.prepare('UPDATE outbox SET receipt = ? WHERE seq = ?').run(receipt, seq);
  return `receipt of ${seq} edited`;
};

const editWay: Meddling = (db, dice) => {
  const { seq } = dice.pick(decisionsIn(db));
  const state = dice.pick(['waiting', 'withdrawn', 'dismissed']);
  db.prepare('UPDATE outbox SET state = ? WHERE seq = ?').run(state, seq);
  return `decision ${seq} made ${state}`;
};

const editHead: Meddling = (db, dice) => {
  const n = Number(db.prepare('SELECT max(n) FROM log_heads').pluck().get()) - dice.below(2);
  const text = String(db.prepare('SELECT head FROM log_heads WHERE n = ?').pluck().get(n));
  const head = JSON.parse(text);
  const root = altered(String(head.root), dice);
  const changed = JSON.stringify({ ...head, root: /^[0-9a-f]+$/.test(root) ? root : sha256(root) });
  db.prepare('UPDATE log_heads SET head = ? WHERE n = ?').run(changed, n);
  return `head ${n} edited`;
};

/** The log is cut, and with it the seals that tell of more. */
const cutWithSeals: Meddling = (db, dice, reach) => {
  const told = cutLog(db, dice, reach);
  db.exec('DELETE FROM log_seals WHERE n > (SELECT max(n) FROM audit)');
  return `${told}, with its seals`;
};

/** Everything after a decision is gone: itself, its way, the log and the seals. */
const cutAll: Meddling = (db, dice) => {
  const rows = decisionsIn(db);
  const { seq, id } = rows[rows.length - 1 - dice.below(Math.min(8, rows.length - 1))] ?? { seq: 0, id: '' };
  const n = Number(
    db.prepare(`SELECT n FROM audit WHERE kind = 'decided' AND json_extract(body, '$.id') = ?`).pluck().get(id),
  );
  for (const table of ['log_inclusions', 'outbox', 'decisions'])
    db.prepare(`DELETE FROM ${table} WHERE seq >= ?`).run(seq);
  db.prepare('DELETE FROM audit WHERE n >= ?').run(n);
  db.prepare('DELETE FROM log_seals WHERE n >= ?').run(n);
  db.prepare('UPDATE device SET next_seq = ?').run(seq);
  return `everything from decision ${seq} on cut off`;
};

/** What is done to the workstation's database by somebody who has its key. */
export const AT_DESK: Readonly<Record<string, Meddling>> = {
  edit: editEntry(DESK_COLUMNS),
  delete: deleteEntry,
  swap: swapEntries,
  truncate: cutLog,
  'truncate with seals': cutWithSeals,
  'truncate everything': cutAll,
  'edit, hashes anew': thenRemade(editEntry(DESK_COLUMNS), remakeDesk),
  'delete, hashes anew': thenRemade(deleteEntry, remakeDesk),
  'swap, hashes anew': thenRemade(swapEntries, remakeDesk),
  'insert, hashes anew': thenRemade(insertEntry, remakeDesk),
  'edit decision': editDecision(false, false),
  'edit decision, hashes anew': editDecision(true, false),
  'edit decision, hashes and signature anew': editDecision(true, true),
  'delete decision': deleteDecision,
  'swap decisions': swapDecisions,
  'edit receipt': editReceipt,
  'edit state': editWay,
  'edit head': editHead,
};
