import { z } from 'zod';
import { Decision } from '../../shared/decision.ts';
import { DECISION_STATES } from '../../shared/ipc.ts';
import { Answer } from '../../shared/wire.ts';
import { AUDIT_KINDS, type AuditEntry, isGenuine } from './audit.ts';
import { decisionSha256 } from './decisions.ts';
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
});
export type Fate = z.infer<typeof Fate>;

/** What could still be read in a damaged file. */
export type Salvage = {
  /** At least one page or row was written under this key: the file is ours. */
  readonly ours: boolean;
  /** By number of the device; each fits its hash. */
  readonly decisions: ReadonlyMap<number, Decision>;
  /** By number of the device. */
  readonly fates: ReadonlyMap<number, Fate>;
  /** By number of the entry; each fits its own hash. */
  readonly audit: ReadonlyMap<number, AuditEntry>;
  readonly device: { readonly uuid: string; readonly nextSeq: number } | null;
  readonly office: Office | null;
};

/** Nothing at all: the file is gone. */
export const NOTHING: Salvage = {
  ours: false,
  decisions: new Map(),
  fates: new Map(),
  audit: new Map(),
  device: null,
  office: null,
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
function decisionOf({ rowid, values }: Row): Decision | null {
  const [, id, , body, sha256] = values;
  if (rowid === null || values.length < 5 || typeof body !== 'string') return null;
  const parsed = Decision.safeParse(json(body));
  if (!parsed.success || parsed.data.id !== id || parsed.data.deviceSeq !== rowid) return null;
  return decisionSha256(parsed.data) === sha256 ? parsed.data : null;
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
  });
  return parsed.success ? parsed.data : null;
}

const Withdrawal = z.object({ decisionId: z.string() });

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
    };
    fates.set(id, { ...blank, ...known, answeredAt: at, ...change });
  };
  for (const { kind, at, body } of [...audit].sort((a, b) => a.n - b.n)) {
    const value = json(body);
    if (kind === 'answered') {
      const answer = Answer.safeParse(value);
      if (!answer.success) continue;
      const { data } = answer;
      take(data.id, at, {
        state: data.outcome,
        problem: data.outcome === 'applied' ? null : JSON.stringify(data.problem),
        slots: JSON.stringify(data.outcome === 'conflict' ? data.slots : []),
        receipt: data.outcome === 'applied' ? JSON.stringify(data.receipt) : null,
      });
    } else if (kind === 'withdrawn' || kind === 'dismissed') {
      const told = Withdrawal.safeParse(value);
      if (told.success) take(told.data.decisionId, at, { state: kind });
    }
  }
  return fates;
}

const DeviceRow = z.tuple([z.unknown(), z.uuid(), z.number().int().min(1)]);

/**
 * Reads everything that only this computer has out of a damaged file: page by page, so that no broken tree hides a row.
 * Decisions and log entries must fit their hashes; the rest must stand on pages whose MACs hold. The file is not written.
 */
export function salvage(path: string, key: Uint8Array): Salvage {
  const pages = openPages(path, key);
  let ours = false;
  const decisions = new Map<number, Decision>();
  const fates = new Map<number, Fate>();
  const audit = new Map<number, AuditEntry>();
  let device: Salvage['device'] = null;
  let office: Office | null = null;

  const takeGenuine = (row: Row) => {
    const fate = fateOf(row);
    if (fate && row.rowid !== null) {
      const known = fates.get(row.rowid);
      if (!known || rank(fate.state) >= rank(known.state)) fates.set(row.rowid, fate);
      return;
    }
    const enrolled = DeviceRow.safeParse(row.values);
    if (enrolled.success && row.rowid === 1) {
      const [, uuid, nextSeq] = enrolled.data;
      if (!device || nextSeq > device.nextSeq) device = { uuid, nextSeq };
    }
    if (row.values[0] === 'office') office = Office.safeParse(json(row.values[1])).data ?? office;
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
        const decision = decisionOf(row);
        const entry = decision ? null : entryOf(row);
        if (decision) decisions.set(decision.deviceSeq, decision);
        else if (entry) audit.set(entry.n, entry);
        else if (genuine) takeGenuine(row);
        genuine = page.genuine;
      }
    }
  } finally {
    pages.close();
  }
  for (const { kind, body } of audit.values()) {
    const decided = kind === 'decided' ? Decision.safeParse(json(body)) : null;
    if (decided?.success && !decisions.has(decided.data.deviceSeq)) decisions.set(decided.data.deviceSeq, decided.data);
  }
  return { ours: ours || decisions.size > 0 || audit.size > 0, decisions, fates, audit, device, office };
}
