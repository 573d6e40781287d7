import type { Decision } from '../../shared/decision.ts';
import type { DecisionId } from '../../shared/ids.ts';
import type { Recovery } from '../../shared/ipc.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { viewOf } from '../decide.ts';
import { continueLog, logEntry } from './audit.ts';
import { type Reader, type Store, sql, type Writer } from './database.ts';
import { insertDecision } from './decisions.ts';
import { enrolDevice } from './device.ts';
import { readOffice, writeOffice, writeRecovery } from './meta.ts';
import { type Fate, fatesOfLog, rank, type Salvage } from './salvage.ts';
import { refreshAll } from './submissions.ts';

type Known = { readonly seq: number; readonly id: DecisionId } & Fate;

/** A decision whose way is not known may have been withdrawn: it is shown, and not sent. */
function parked(at: string): Fate {
  const reason: Problem = problem('decision.recovered');
  return {
    state: 'refused',
    heldUntil: at,
    exposed: 1,
    attempts: 0,
    lastTriedAt: null,
    answeredAt: at,
    problem: JSON.stringify(reason),
    slots: '[]',
    receipt: null,
  };
}

function writeFate(db: Writer, seq: number, fate: Fate): void {
  sql(
    db,
    `INSERT INTO outbox (seq, state, held_until, exposed, attempts, last_tried_at, answered_at, problem, slots, receipt)
     VALUES (@seq, @state, @heldUntil, @exposed, @attempts, @lastTriedAt, @answeredAt, @problem, @slots, @receipt)
     ON CONFLICT (seq) DO UPDATE SET state = excluded.state, exposed = excluded.exposed, attempts = excluded.attempts,
       last_tried_at = excluded.last_tried_at, answered_at = excluded.answered_at, problem = excluded.problem,
       slots = excluded.slots, receipt = excluded.receipt`,
  ).run({ ...fate, seq });
}

/** The ways of all decisions here, as they stand in the backup. */
function knownFates(db: Reader): Known[] {
  return sql<Known>(
    db,
    `SELECT d.seq, d.id, o.state, o.held_until AS heldUntil, o.exposed, o.attempts, o.last_tried_at AS lastTriedAt,
       o.answered_at AS answeredAt, o.problem, o.slots, o.receipt
     FROM decisions d JOIN outbox o ON o.seq = d.seq ORDER BY d.seq`,
  ).all();
}

function addDecisions(db: Writer, found: Iterable<Decision>): Decision[] {
  const taken = sql(db, 'SELECT 1 FROM decisions WHERE seq = ? OR id = ?');
  return [...found]
    .sort((a, b) => a.deviceSeq - b.deviceSeq)
    .filter((decision) => {
      if (taken.get(decision.deviceSeq, decision.id) !== undefined) return false;
      insertDecision(db, decision);
      return true;
    });
}

/** The numbers of decisions that were made and can't be read any more. */
function missingNumbers(db: Reader, nextSeq: number): number[] {
  const here = new Set(
    sql<{ seq: number }>(db, 'SELECT seq FROM decisions')
      .all()
      .map(({ seq }) => seq),
  );
  const missing: number[] = [];
  for (let seq = 1; seq < nextSeq && missing.length < 1000; seq += 1) if (!here.has(seq)) missing.push(seq);
  return missing;
}

/**
 * Brings what was read from a damaged file into the store that takes its place: a copy of the newest good backup, or an
 * empty one. The log goes on where the backup's ends, as far as its entries follow on each other, and then says what was
 * recovered. The feed's cursor goes, so that everything is read anew.
 *
 * What became of a decision is taken from whichever source knows most: the damaged file's outbox, its log, the backup.
 * One that only the backup knows as waiting goes out; it may have gone out before, which changes nothing.
 */
export function recoverInto(store: Store, from: Salvage, backup: string | null, at: string): Recovery {
  return store.transact((db) => {
    continueLog(db, from.audit);
    const before = knownFates(db);
    const added = addDecisions(db, from.decisions.values());
    const told = fatesOfLog(from.audit.values());
    const best = (id: string, seq: number, known: Fate | null): Fate | null =>
      [known, told.get(id) ?? null, from.fates.get(seq) ?? null].reduce((most, one) =>
        one && (!most || rank(one.state) >= rank(most.state)) ? one : most,
      );
    let uncertain = 0;
    for (const { seq, id, ...known } of before) {
      const fate = best(id, seq, known) ?? known;
      writeFate(db, seq, rank(fate.state) < 2 ? { ...fate, exposed: from.fates.has(seq) ? fate.exposed : 1 } : fate);
    }
    for (const { id, deviceSeq } of added) {
      const fate = best(id, deviceSeq, null);
      if (!fate) uncertain += 1;
      writeFate(db, deviceSeq, fate ?? parked(at));
    }
    const uuid = from.device?.uuid ?? added.at(-1)?.device;
    if (uuid !== undefined) enrolDevice(db, uuid);
    sql(db, 'UPDATE device SET next_seq = max(next_seq, ?)').run(from.device?.nextSeq ?? 1);
    sql(db, 'UPDATE device SET next_seq = max(next_seq, (SELECT coalesce(max(seq), 0) + 1 FROM decisions))').run();
    const nextSeq = sql<{ n: number }>(db, 'SELECT next_seq AS n FROM device').get()?.n ?? 1;
    sql(db, 'DELETE FROM cursor').run();
    const office = readOffice(db) ?? from.office;
    if (office) {
      writeOffice(db, office);
      refreshAll(db, viewOf(office));
    }
    const recovery: Recovery = {
      at,
      backup,
      decisions: before.length + added.length,
      uncertain,
      missing: missingNumbers(db, nextSeq).length,
    };
    logEntry(db, at, 'recovered', {
      ...recovery,
      added: added.map(({ id }) => id),
      missingNumbers: missingNumbers(db, nextSeq),
    });
    writeRecovery(db, recovery);
    return recovery;
  });
}
