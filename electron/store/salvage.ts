import { z } from 'zod';
import { Head, PublicKey, Signature, UNPLACED, UNREADABLE } from '../../shared/chain.ts';
import { Decision, Receipt } from '../../shared/decision.ts';
import { DecisionId, Slot } from '../../shared/ids.ts';
import { DECISION_STATES } from '../../shared/ipc.ts';
import { Problem } from '../../shared/problem.ts';
import { AUDIT_KINDS, type AuditEntry, isGenuine } from './audit.ts';
import { decisionSha256 } from './decisions.ts';
import type { Device } from './device.ts';
import { Office } from './meta.ts';
import { openPages } from './pages.ts';
import { type Row, rowsOf } from './records.ts';

/** What is known of a decision's way. */
export const Fate = z.strictObject({
  state: z.enum(DECISION_STATES),
  heldUntil: z.string(),
  exposed: z.number().int().min(0).max(1),
  attempts: z.number().int(),
  lastTriedAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
  problem: z.string().nullable(),
  slots: z.string(),
  receipt: z.string().nullable(),
  receiptSignature: z.string().nullable(),
  /** Only its place is told to the service. */
  stub: z.number().int().min(0).max(1),
  /** The service is known to have its place. */
  linked: z.number().int().min(0).max(1),
});
export type Fate = z.infer<typeof Fate>;

/** A decision that was found; `signature` is null where none was found with it. */
export type Found = { readonly decision: Decision; readonly signature: string | null };

/** What could still be read in a damaged file. */
export type Salvage = {
  /** At least one page or row was written under this key: the file is ours. */
  readonly ours: boolean;
  /** By number of the device; each fits its hash. */
  readonly decisions: ReadonlyMap<number, Found>;
  /** By number of the device. */
  readonly fates: ReadonlyMap<number, Fate>;
  /** By number of the entry; each fits its own hash. */
  readonly audit: ReadonlyMap<number, AuditEntry>;
  /** `identity` is null in a file of before devices had keys. */
  readonly device: { readonly nextSeq: number; readonly identity: Device | null } | null;
  readonly office: Office | null;
  /** By which the service's receipts are known. */
  readonly serviceKey: string | null;
};

/** Nothing at all: the file is gone. */
export const NOTHING: Salvage = {
  ours: false,
  decisions: new Map(),
  fates: new Map(),
  audit: new Map(),
  device: null,
  office: null,
  serviceKey: null,
};

/** Further on the way: where two copies of a row are found, the one that knows more counts. */
export function rank(state: Fate['state']): number {
  if (state === 'waiting') return 0;
  if (state === 'sending') return 1;
  return state === 'dismissed' ? 3 : 2;
}

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

/** A row of `decisions`, when it holds together with its hash. */
function decisionOf({ rowid, values }: Row): Found | null {
  const [, id, , body, sha256, signature] = values;
  if (rowid === null || values.length < 5 || typeof body !== 'string') return null;
  const parsed = Decision.safeParse(json(body));
  if (!parsed.success || parsed.data.id !== id || parsed.data.deviceSeq !== rowid) return null;
  if (decisionSha256(parsed.data) !== sha256) return null;
  return { decision: parsed.data, signature: Signature.safeParse(signature).data ?? null };
}

const AuditRow = z.tuple([z.string(), z.enum(AUDIT_KINDS), z.string(), z.string(), z.string()]);

function entryOf({ rowid, values }: Row): AuditEntry | null {
  const parsed = AuditRow.safeParse(values.slice(1));
  if (rowid === null || !parsed.success) return null;
  const [at, kind, body, previous, hash] = parsed.data;
  const entry = { n: rowid, at, kind, body, previous, hash };
  return isGenuine(entry) ? entry : null;
}

function fateOf({ rowid, values }: Row): Fate | null {
  if (rowid === null || values.length < 10) return null;
  const [, state, heldUntil, exposed, attempts, lastTriedAt, answeredAt, problem, slots, receipt] = values;
  // Rows that were not written again since before the chain end here.
  const [stub = 0, linked = 0, receiptSignature = null] = values.slice(10);
  const parsed = Fate.safeParse({
    state,
    heldUntil,
    exposed,
    attempts,
    lastTriedAt,
    answeredAt,
    problem,
    slots,
    receipt,
    receiptSignature,
    stub,
    linked,
  });
  return parsed.success ? parsed.data : null;
}

const Withdrawal = z.object({ decisionId: z.string() });
const Reparking = z.object({ decisionId: z.string(), state: z.enum(['conflict', 'refused']) });
const Signing = z.object({ decisionId: z.string(), sha256: z.string(), previous: z.string().nullable() });
/** Answers as the log has them; those of before receipts were signed have no signature. */
const Answered = z.discriminatedUnion('outcome', [
  z.object({ id: DecisionId, outcome: z.literal('applied'), receipt: Receipt, signature: Signature.optional() }),
  z.object({ id: DecisionId, outcome: z.literal('conflict'), problem: Problem, slots: z.array(Slot) }),
  z.object({ id: DecisionId, outcome: z.literal('refused'), problem: Problem }),
]);

/** What the log says became of decisions, by id: it records every step besides the tries. */
export function fatesOfLog(audit: Iterable<AuditEntry>): Map<string, Fate> {
  const fates = new Map<string, Fate>();
  const take = (id: string, at: string, change: Partial<Fate> & Pick<Fate, 'state'>) => {
    const known = fates.get(id);
    if (known && rank(known.state) > rank(change.state)) return;
    const blank = {
      heldUntil: at,
      exposed: 1,
      attempts: 0,
      lastTriedAt: null,
      problem: null,
      slots: '[]',
      receipt: null,
      receiptSignature: null,
      stub: 0,
      linked: 0,
    };
    fates.set(id, { ...blank, ...known, answeredAt: at, ...change });
  };
  for (const { kind, at, body } of [...audit].sort((a, b) => a.n - b.n)) {
    const value = json(body);
    if (kind === 'answered') {
      const answer = Answered.safeParse(value);
      if (!answer.success) continue;
      const { data } = answer;
      const code = data.outcome === 'refused' ? data.problem.code : '';
      const placed = !UNPLACED.has(code) && !UNREADABLE.has(code);
      take(data.id, at, {
        state: data.outcome,
        problem: data.outcome === 'applied' ? null : JSON.stringify(data.problem),
        slots: JSON.stringify(data.outcome === 'conflict' ? data.slots : []),
        receipt: data.outcome === 'applied' ? JSON.stringify(data.receipt) : null,
        receiptSignature: data.outcome === 'applied' ? (data.signature ?? null) : null,
        // What the service has lost since, the next enrolment finds.
        stub: placed ? 0 : 1,
        linked: placed ? 1 : 0,
      });
    } else if (kind === 'withdrawn') {
      const told = Withdrawal.safeParse(value);
      if (told.success) take(told.data.decisionId, at, { state: 'withdrawn', stub: 1 });
    } else if (kind === 'dismissed' || kind === 'resolved') {
      const told = Withdrawal.safeParse(value);
      if (told.success) take(told.data.decisionId, at, { state: 'dismissed' });
    } else if (kind === 'reopened') {
      const told = Reparking.safeParse(value);
      const known = told.success ? fates.get(told.data.decisionId) : undefined;
      if (told.success && known?.problem) fates.set(told.data.decisionId, { ...known, state: told.data.state });
    }
  }
  return fates;
}

/** Decisions that the log last tells to be parked again: another source may only know that they were dealt with. */
export function reparkedIn(audit: Iterable<AuditEntry>): ReadonlySet<string> {
  const reparked = new Set<string>();
  for (const { kind, body } of [...audit].sort((a, b) => a.n - b.n)) {
    if (kind !== 'reopened' && kind !== 'resolved') continue;
    const told = Withdrawal.safeParse(json(body));
    if (!told.success) continue;
    if (kind === 'reopened') reparked.add(told.data.decisionId);
    else reparked.delete(told.data.decisionId);
  }
  return reparked;
}

const DeviceRow = z.tuple([z.null(), z.uuid(), z.number().int().min(1)]);
const Identity = z.strictObject({ uuid: z.uuid(), publicKey: PublicKey, privateKey: PublicKey, start: Head });

function deviceOf({ rowid, values }: Row): Salvage['device'] {
  const parsed = DeviceRow.safeParse(values.slice(0, 3));
  // By its columns, then and now: other tables have a row 1 too, and ids in it.
  if (rowid !== 1 || !parsed.success || (values.length !== 3 && values.length !== 7)) return null;
  const [, uuid, nextSeq] = parsed.data;
  const [publicKey, privateKey, seq, sha256] = values.slice(3);
  const identity = Identity.safeParse({ uuid, publicKey, privateKey, start: { seq, sha256: sha256 ?? null } });
  return { nextSeq, identity: identity.data ?? null };
}

/** Decisions as the log has them: of those that were chained later, in the form that was signed then. */
function decidedIn(audit: Iterable<AuditEntry>): Decision[] {
  const entries = [...audit];
  const signed = new Map<string, z.infer<typeof Signing>>();
  for (const { kind, body } of entries) {
    const told = kind === 'signed' ? Signing.safeParse(json(body)) : null;
    if (told?.success) signed.set(told.data.decisionId, told.data);
  }
  return entries.flatMap(({ kind, body }): Decision[] => {
    const decided = kind === 'decided' ? Decision.safeParse(json(body)) : null;
    if (!decided?.success) return [];
    const later = signed.get(decided.data.id);
    const chained = later ? Decision.safeParse({ ...decided.data, previous: later.previous }) : null;
    return chained?.success && decisionSha256(chained.data) === later?.sha256 ? [chained.data] : [decided.data];
  });
}

/**
 * Reads everything that only this computer has out of a damaged file: page by page, so that no broken tree hides a row.
 * Decisions and log entries must fit their hashes; the rest must stand on pages whose MACs hold. The file is not written.
 */
export function salvage(path: string, key: Uint8Array): Salvage {
  const pages = openPages(path, key);
  let ours = false;
  const decisions = new Map<number, Found>();
  const fates = new Map<number, Fate>();
  const audit = new Map<number, AuditEntry>();
  let device: Salvage['device'] = null;
  let office: Office | null = null;
  let serviceKey: string | null = null;

  const takeGenuine = (row: Row) => {
    const fate = fateOf(row);
    if (fate && row.rowid !== null) {
      const known = fates.get(row.rowid);
      if (!known || rank(fate.state) >= rank(known.state)) fates.set(row.rowid, fate);
      return;
    }
    const enrolled = deviceOf(row);
    if (enrolled && (!device || enrolled.nextSeq >= device.nextSeq)) device = enrolled;
    if (row.values[0] === 'office') office = Office.safeParse(json(row.values[1])).data ?? office;
    if (row.values[0] === 'service-key') serviceKey = PublicKey.safeParse(row.values[1]).data ?? serviceKey;
  };
  try {
    for (const number of pages.numbers()) {
      const page = pages.read(number);
      if (!page) continue;
      let genuine = page.genuine;
      ours ||= page.genuine;
      const follow = (next: number) => {
        const overflow = pages.read(next);
        genuine &&= overflow?.genuine ?? false;
        return overflow?.body ?? null;
      };
      for (const row of rowsOf(page.body, follow)) {
        const found = decisionOf(row);
        const entry = found ? null : entryOf(row);
        if (found) decisions.set(found.decision.deviceSeq, found);
        else if (entry) audit.set(entry.n, entry);
        else if (genuine) takeGenuine(row);
        genuine = page.genuine;
      }
    }
  } finally {
    pages.close();
  }
  for (const decision of decidedIn(audit.values())) {
    if (!decisions.has(decision.deviceSeq)) decisions.set(decision.deviceSeq, { decision, signature: null });
  }
  return { ours: ours || decisions.size > 0 || audit.size > 0, decisions, fates, audit, device, office, serviceKey };
}
