import { z } from 'zod';
import { decisionForm, receiptForm } from '../../shared/chain.ts';
import { Decision, Receipt } from '../../shared/decision.ts';
import { SignedTreeHead, treeHeadForm } from '../../shared/log.ts';
import type { Found, Limit, ProofPart } from '../../shared/proofs.ts';
import { isSignedBy } from '../signature.ts';
import { type AuditEntry, entryHash, GENESIS } from '../store/audit.ts';
import type { Reader } from '../store/database.ts';
import { decisionSha256 } from '../store/decisions.ts';
import { knownDevice } from '../store/device.ts';
import { allHeads } from '../store/log-heads.ts';
import { isSealed, listSeals, readSeal, type SignedSeal } from '../store/log-seals.ts';
import { readServiceKeys } from '../store/meta.ts';

/** The parts that are proven with this computer's data alone. */
export const OWN_PARTS = ['log', 'decisions', 'receipts', 'heads'] as const satisfies readonly ProofPart[];
export type OwnPart = (typeof OWN_PARTS)[number];

/** What a part brought. */
export type OwnResult = { readonly found: readonly Found[]; readonly limits: readonly Limit[] };

/** Told while it goes on: how many of a part are through, and at its end what came out. */
export type OwnProgress = {
  readonly part: OwnPart;
  readonly done: number;
  readonly total: number;
  readonly result: OwnResult | null;
};

/** Rows between two words on the progress. */
const STEP = 500;

const Signing = z.object({ decisionId: z.string(), sha256: z.string() });
const Withdrawal = z.object({ decisionId: z.string() });
const Answer = z.object({ id: z.string(), outcome: z.string(), receipt: Receipt.optional() });
const Renewal = z.object({ device: z.string(), publicKey: z.string() });
const Recovery = z.object({ added: z.array(z.string()), missingNumbers: z.array(z.number()) });

/** What the log here says of the decisions, once it is proven to be whole. */
type Told = {
  /** SHA-256 of what was decided, by id. */
  readonly decided: Map<string, string>;
  /** Number in the device of what was decided, by id. */
  readonly numbers: Map<string, number>;
  /** SHA-256 of receipts as they came, by id; null for an answer without one. */
  readonly receipts: Map<string, string | null>;
  readonly withdrawn: Set<string>;
  /** By device, as far as the log names them. */
  readonly keys: Map<string, string>;
  readonly added: Set<string>;
  readonly missing: Set<number>;
  recoveries: number;
  rewound: boolean;
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const countOf = (db: Reader, table: string): number =>
  Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());

/** The decision of a text; null for one that no version of the app wrote. */
function decisionIn(text: string): Decision | null {
  return Decision.safeParse(json(text)).data ?? null;
}

function listen(told: Told, { kind, body }: AuditEntry): void {
  const value = json(body);
  if (kind === 'decided') {
    const decision = decisionIn(body);
    if (!decision) return;
    told.decided.set(decision.id, decisionSha256(decision));
    told.numbers.set(decision.id, decision.deviceSeq);
  } else if (kind === 'signed') {
    const signing = Signing.safeParse(value).data;
    if (signing) told.decided.set(signing.decisionId, signing.sha256);
  } else if (kind === 'withdrawn') {
    const withdrawal = Withdrawal.safeParse(value).data;
    if (withdrawal) told.withdrawn.add(withdrawal.decisionId);
  } else if (kind === 'answered') {
    const answer = Answer.safeParse(value).data;
    if (answer) told.receipts.set(answer.id, answer.receipt ? receiptForm(answer.receipt) : null);
  } else if (kind === 'renewed') {
    const renewal = Renewal.safeParse(value).data;
    if (renewal) told.keys.set(renewal.device, renewal.publicKey);
  } else if (kind === 'rewound') {
    told.rewound = true;
  } else if (kind === 'recovered') {
    told.recoveries += 1;
    const recovery = Recovery.safeParse(value).data;
    for (const id of recovery?.added ?? []) told.added.add(id);
    for (const number of recovery?.missingNumbers ?? []) told.missing.add(number);
  }
}

/** Goes through the log here: numbers, links and hashes of the content, and the seals over it. */
function* proveLog(db: Reader, told: Told): Generator<OwnProgress> {
  const total = countOf(db, 'audit');
  const seals = new Map<number, SignedSeal | null>(listSeals(db).map((row) => [row.n, readSeal(row)]));
  const found: Found[] = [];
  let previous = GENESIS;
  let n = 0;
  let sealed: { n: number; at: string } | null = null;
  const report = (first: number | null, last: number | null, kind: Found['kind']) => {
    if (found.length === 0) found.push({ place: 'desk', kind, first, last, since: sealed?.at ?? null });
  };
  for (const row of db.prepare('SELECT n, at, kind, body, previous, hash FROM audit ORDER BY n').iterate()) {
    const entry = row as AuditEntry;
    n += 1;
    if (entry.n !== n) {
      report(n, n, 'gone');
      n = entry.n;
    }
    const hash = entryHash(entry);
    if (hash !== entry.hash) report(n, n, 'content');
    else if (entry.previous !== previous) report(n, n, 'content');
    previous = entry.hash;
    listen(told, entry);
    const seal = seals.get(n);
    if (seal !== undefined) {
      seals.delete(n);
      // Recovering from damage may put entries in place of those that were lost; it was told, and is a limit.
      const isExplained = seal !== null && told.recoveries > seal.seal.recoveries;
      const fits = seal?.seal.n === n && seal.seal.hash === hash && isSealed(seal);
      if (fits) sealed = { n, at: seal.seal.at };
      else if (!isExplained) report((sealed?.n ?? 0) + 1, n, 'content');
    }
    if (n % STEP === 0) yield { part: 'log', done: n, total, result: null };
  }
  for (const [at, seal] of seals) {
    if (at > n && !(seal && told.recoveries > seal.seal.recoveries)) report(n + 1, at, 'gone');
  }
  const unsealed = n - (sealed?.n ?? 0);
  const limits: Limit[] = [
    ...(unsealed > 0 ? [{ why: 'unsealed', count: unsealed } as const] : []),
    ...(told.recoveries > 0 ? [{ why: 'recovered', count: told.recoveries } as const] : []),
  ];
  yield { part: 'log', done: total, total, result: { found, limits } };
}

type DecisionRow = { seq: number; id: string; body: string; sha256: string; signature: string | null };

/** Goes through the decisions: hash of the content, link, signature, and the log's word of each. */
function* proveDecisions(db: Reader, told: Told, hashes: Map<number, string>): Generator<OwnProgress> {
  const total = countOf(db, 'decisions');
  const device = knownDevice(db);
  const keys = new Map([...told.keys, ...(device ? [[device.uuid, device.publicKey] as const] : [])]);
  const untold = new Map(told.numbers);
  const found: Found[] = [];
  let previous: { seq: number; sha256: string } | null = null;
  let [done, former, unsigned] = [0, 0, 0];
  const report = (seq: number, kind: Found['kind']) => {
    if (found.length === 0) found.push({ place: 'decisions', kind, first: seq, last: seq, since: null });
  };
  for (const row of db.prepare('SELECT seq, id, body, sha256, signature FROM decisions ORDER BY seq').iterate()) {
    const { seq, id, body, sha256, signature } = row as DecisionRow;
    const expected: number = (previous?.seq ?? 0) + 1;
    for (let gone = expected; gone < seq && found.length === 0; gone += 1) {
      if (!told.missing.has(gone)) report(gone, 'gone');
    }
    const decision = decisionIn(body);
    const own = decision ? decisionSha256(decision) : '';
    if (decision?.id !== id || decision.deviceSeq !== seq || own !== sha256) report(seq, 'content');
    if (told.decided.has(id) ? told.decided.get(id) !== own : !told.added.has(id)) report(seq, 'content');
    untold.delete(id);
    if (decision) {
      const isLinked = decision.previous === undefined || decision.previous === (previous?.sha256 ?? null);
      const isAfterLoss = previous?.seq !== seq - 1 && told.missing.has(seq - 1);
      if (!isLinked && !isAfterLoss) report(seq, 'content');
      const key = keys.get(decision.device);
      if (signature === null) unsigned += 1;
      else if (key === undefined) former += 1;
      else if (!isSignedBy(key, decisionForm(decision), signature)) report(seq, 'content');
    }
    hashes.set(seq, own);
    previous = { seq, sha256: own };
    done += 1;
    if (done % STEP === 0) yield { part: 'decisions', done, total, result: null };
  }
  for (const seq of [...untold.values()].sort((a, b) => a - b)) if (!told.missing.has(seq)) report(seq, 'gone');
  const limits: Limit[] = [
    ...(former > 0 ? [{ why: 'former_device', count: former } as const] : []),
    ...(unsigned > 0 ? [{ why: 'unsigned', count: unsigned } as const] : []),
  ];
  yield { part: 'decisions', done: total, total, result: { found, limits } };
}

type WayRow = { seq: number; id: string | null; state: string; receipt: string | null; signature: string | null };

/** Goes through the ways of the decisions: each receipt is the service's, for what was decided, and the log's word of it. */
function* proveReceipts(db: Reader, told: Told, hashes: ReadonlyMap<number, string>): Generator<OwnProgress> {
  const total = countOf(db, 'decisions');
  const keys = readServiceKeys(db).map(({ publicKey }) => publicKey);
  const found: Found[] = [];
  let [done, unsigned, unanswered] = [0, 0, 0];
  const report = (seq: number, kind: Found['kind']) => {
    if (found.length === 0) found.push({ place: 'decisions', kind, first: seq, last: seq, since: null });
  };
  const isUncertain = told.recoveries > 0 || told.rewound;
  const ways = `SELECT d.seq, d.id, o.state, o.receipt, o.receipt_signature AS signature
    FROM decisions d LEFT JOIN outbox o USING (seq) ORDER BY d.seq`;
  for (const row of db.prepare(ways).iterate()) {
    const { seq, id, state, receipt, signature } = row as WayRow;
    if (state === null) report(seq, 'gone');
    const answer = told.receipts.get(id ?? '');
    if (state === 'applied') {
      const parsed = Receipt.safeParse(json(receipt ?? '')).data;
      const isFor = parsed?.decisionId === id && parsed.decisionSha256 === hashes.get(seq);
      const form = parsed ? receiptForm(parsed) : '';
      if (!isFor) report(seq, 'receipt');
      else if (signature === null) unsigned += 1;
      else if (!keys.some((key) => isSignedBy(key, form, signature))) report(seq, 'receipt');
      if (answer !== form && !isUncertain) report(seq, 'receipt');
    } else if (state === 'withdrawn') {
      if (!told.withdrawn.has(id ?? '') && !isUncertain) report(seq, 'content');
    } else {
      if (state === 'waiting' || state === 'sending') unanswered += 1;
      // What the log says was applied or taken back is so.
      if ((typeof answer === 'string' || told.withdrawn.has(id ?? '')) && !isUncertain) report(seq, 'content');
      if ((state === 'waiting' || state === 'sending') && answer !== undefined && !isUncertain) report(seq, 'content');
    }
    done += 1;
    if (done % STEP === 0) yield { part: 'receipts', done, total, result: null };
  }
  const limits: Limit[] = [
    ...(unanswered > 0 ? [{ why: 'unanswered', count: unanswered } as const] : []),
    ...(unsigned > 0 ? [{ why: 'unsigned', count: unsigned } as const] : []),
  ];
  yield { part: 'receipts', done: total, total, result: { found, limits } };
}

/** Goes through the kept heads of the service's log: each is signed by a key that is known here. */
function* proveHeads(db: Reader): Generator<OwnProgress> {
  const rows = allHeads(db);
  const keys = readServiceKeys(db).map(({ publicKey }) => publicKey);
  const found: Found[] = [];
  for (const { head, signature, size } of rows) {
    const parsed = SignedTreeHead.safeParse({ head: json(head), signature }).data;
    const form = parsed ? treeHeadForm(parsed.head) : '';
    const isSigned = parsed?.head.size === size && keys.some((key) => isSignedBy(key, form, signature));
    if (!isSigned && found.length === 0) {
      found.push({ place: 'service', kind: 'signature', first: size || null, last: size || null, since: null });
    }
  }
  yield { part: 'heads', done: rows.length, total: rows.length, result: { found, limits: [] } };
}

/**
 * Proves the records of this computer from their content, part by part; stored hashes are only compared. It goes on after a
 * finding, and names the first of each part. Ends when the caller asks for no more.
 */
export function* proveOwnRecords(db: Reader): Generator<OwnProgress> {
  const told: Told = {
    decided: new Map(),
    numbers: new Map(),
    receipts: new Map(),
    withdrawn: new Set(),
    keys: new Map(),
    added: new Set(),
    missing: new Set(),
    recoveries: 0,
    rewound: false,
  };
  const hashes = new Map<number, string>();
  yield* proveLog(db, told);
  yield* proveDecisions(db, told, hashes);
  yield* proveReceipts(db, told, hashes);
  yield* proveHeads(db);
}
