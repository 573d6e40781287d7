import { decisionForm } from '../../shared/chain.ts';
import { Decision } from '../../shared/decision.ts';
import { type DecisionId, Sha256 } from '../../shared/ids.ts';
import type { Recovery } from '../../shared/ipc.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { viewOf } from '../decide.ts';
import { isSignedBy, signText } from '../signature.ts';
import { continueLog, logEntry } from './audit.ts';
import { type Reader, type Store, sql, type Writer } from './database.ts';
import { insertDecision } from './decisions.ts';
import { type Device, forgetDevice, knownDevice, lastDecision, restoreDevice } from './device.ts';
import { pinServiceKey, readOffice, readServiceKey, writeOffice, writeRecovery } from './meta.ts';
import { PARKED, retellResolutions } from './resolutions.ts';
import { type Fate, type Found, fatesOfLog, rank, reparkedIn, type Salvage } from './salvage.ts';
import { refreshAll } from './submissions.ts';

type Known = { readonly seq: number; readonly id: DecisionId } & Fate;

/** A decision whose way is not known may have been withdrawn: it is shown, and not sent; its place alone is told. */
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
    receiptSignature: null,
    stub: 1,
    linked: 0,
  };
}

const isParked = (fate: Fate | null): boolean => PARKED.some((state) => state === fate?.state);

function writeFate(db: Writer, seq: number, fate: Fate): void {
  sql(
    db,
    `INSERT INTO outbox (seq, state, held_until, exposed, attempts, last_tried_at, answered_at, problem, slots, receipt,
       receipt_signature, stub, linked)
     VALUES (@seq, @state, @heldUntil, @exposed, @attempts, @lastTriedAt, @answeredAt, @problem, @slots, @receipt,
       @receiptSignature, @stub, @linked)
     ON CONFLICT (seq) DO UPDATE SET state = excluded.state, exposed = excluded.exposed, attempts = excluded.attempts,
       last_tried_at = excluded.last_tried_at, answered_at = excluded.answered_at, problem = excluded.problem,
       slots = excluded.slots, receipt = excluded.receipt, receipt_signature = excluded.receipt_signature,
       stub = excluded.stub, linked = max(linked, excluded.linked)`,
  ).run({ ...fate, seq });
}

/** The ways of all decisions here, as they stand in the backup. */
function knownFates(db: Reader): Known[] {
  return sql<Known>(
    db,
    `SELECT d.seq, d.id, o.state, o.held_until AS heldUntil, o.exposed, o.attempts, o.last_tried_at AS lastTriedAt,
       o.answered_at AS answeredAt, o.problem, o.slots, o.receipt,
       o.receipt_signature AS receiptSignature, o.stub, o.linked
     FROM decisions d JOIN outbox o ON o.seq = d.seq ORDER BY d.seq`,
  ).all();
}

/** The signature as it was found if it fits, made again where the key is known: the same text has the same signature. */
function signatureOf({ decision, signature }: Found, devices: readonly Device[]): string | null {
  const device = devices.find(({ uuid }) => uuid === decision.device);
  if (!device || decision.previous === undefined) return signature;
  const form = decisionForm(decision);
  return signature !== null && isSignedBy(device.publicKey, form, signature) ? signature : signText(device, form);
}

function addDecisions(db: Writer, found: Iterable<Found>, devices: readonly Device[]): Decision[] {
  const taken = sql(db, 'SELECT 1 FROM decisions WHERE seq = ? OR id = ?');
  return [...found]
    .sort((a, b) => a.decision.deviceSeq - b.decision.deviceSeq)
    .flatMap((one) => {
      const { decision } = one;
      if (taken.get(decision.deviceSeq, decision.id) !== undefined) return [];
      insertDecision(db, decision, signatureOf(one, devices));
      return [decision];
    });
}

/** Whether the decisions here are the whole chain of a device up to its last number, each signed. */
function isWhole(db: Reader, { uuid, start }: Device, nextSeq: number): boolean {
  const chain = sql<{ seq: number; body: string; sha256: string; signature: string | null }>(
    db,
    'SELECT seq, body, sha256, signature FROM decisions WHERE seq > ? ORDER BY seq',
  ).all(start.seq);
  let head = start;
  for (const { seq, body, sha256, signature } of chain) {
    const decision = Decision.parse(JSON.parse(body));
    const follows = seq === head.seq + 1 && decision.previous === head.sha256;
    if (!follows || decision.device !== uuid || signature === null) return false;
    head = { seq, sha256: Sha256.parse(sha256) };
  }
  const last = lastDecision(db);
  return head.seq === nextSeq - 1 && last.seq === head.seq && last.sha256 === head.sha256;
}

/**
 * Goes on with the device's chain only when nothing of it can be missing: else a number would be given twice, and the
 * one chain would become two. The next opening then takes another identity, whose chain begins after what is here.
 */
function continueChain(db: Writer, device: Salvage['device']): void {
  if (device?.identity && isWhole(db, device.identity, device.nextSeq)) {
    restoreDevice(db, device.identity, device.nextSeq);
  } else forgetDevice(db);
}

/** Parks what waits and can't be sent because it has no signature, or no place in a chain. Gives how many. */
function parkUnsigned(db: Writer, at: string): number {
  const waiting = sql<{ seq: number; body: string; signature: string | null }>(
    db,
    `SELECT d.seq, d.body, d.signature FROM decisions d JOIN outbox o USING (seq)
     WHERE o.state IN ('waiting', 'sending')`,
  ).all();
  const unsendable = waiting.filter(
    ({ body, signature }) => signature === null || Decision.parse(JSON.parse(body)).previous === undefined,
  );
  for (const { seq } of unsendable) writeFate(db, seq, parked(at));
  return unsendable.length;
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
 * One that only the backup knows as waiting goes out; it may have gone out before, which changes nothing. It goes out
 * under the device that made it, with the signature of then; what doesn't follow that chain at the service is parked.
 */
export function recoverInto(store: Store, from: Salvage, backup: string | null, at: string): Recovery {
  return store.transact((db) => {
    continueLog(db, from.audit);
    const before = knownFates(db);
    const given = sql<{ n: number }>(db, 'SELECT next_seq AS n FROM device').get()?.n ?? 1;
    const devices = [from.device?.identity ?? null, knownDevice(db)].flatMap((one) => one ?? []);
    const added = addDecisions(db, from.decisions.values(), devices);
    const told = fatesOfLog(from.audit.values());
    const reparked = reparkedIn(from.audit.values());
    const best = (id: string, seq: number, known: Fate | null): Fate | null => {
      const inLog = told.get(id) ?? null;
      const row = from.fates.get(seq) ?? null;
      if (reparked.has(id)) return [row, inLog, known].find(isParked) ?? parked(at);
      const most = [known, inLog, row].reduce((so, one) =>
        one && (!so || rank(one.state) >= rank(so.state)) ? one : so,
      );
      // Perhaps parked again, and the log's word of it is gone: then it is in sight once too often, not once too few.
      return most?.state === 'dismissed' && isParked(row) ? row : most;
    };
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
    retellResolutions(db);
    continueChain(db, from.device);
    uncertain += parkUnsigned(db, at);
    const nextSeq = Math.max(from.device?.nextSeq ?? 1, given, lastDecision(db).seq + 1);
    if (from.serviceKey !== null && readServiceKey(db) === null) pinServiceKey(db, from.serviceKey);
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
