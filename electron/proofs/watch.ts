import { type SignedTreeHead, treeHeadForm } from '../../shared/log.ts';
import type { BreakKind, Found } from '../../shared/proofs.ts';
import { knowService } from '../account/service-key.ts';
import { Failure } from '../failure.ts';
import { isSignedBy } from '../signature.ts';
import { readCursor } from '../store/cursor.ts';
import type { Store } from '../store/database.ts';
import { endBreaks, noteBreak, standingBreaks } from '../store/log-breaks.ts';
import {
  forgetInclusions,
  headsOfLine,
  keepHead,
  lastHead,
  noteChecked,
  noteIncluded,
  type Receipted,
  unprovenReceipts,
} from '../store/log-heads.ts';
import { readServiceKey } from '../store/meta.ts';
import type { Service } from '../sync/service.ts';
import { goesOn, tellsOf } from './tree.ts';

/** Decisions that are proven at one check: what is more waits for the next. */
const BATCH = 50;
/** How often a service may answer without a proof before that is a finding: one failing answer can be an accident. */
const PATIENCE = 2;
/** How often the check is noted while nothing moves, ms: each note is a write. */
const NOTE_EVERY = 10 * 60_000;

export type WatchOptions = {
  readonly service: Service;
  readonly store: Store;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
};

/** Findings that a proof of the whole log takes back. */
const OF_THE_LOG: readonly BreakKind[] = ['cut', 'rewritten', 'signature', 'unproven'];

/** Whether a failure says nothing of the log: the line, the session or the disk. */
const isElsewhere = ({ code }: Failure): boolean => /^(network|session|store|account)\./.test(code);

/** Why a decision is not proven. */
class Disproof extends Error {
  override readonly name = 'Disproof';
}

/** The head as the service tells it, signed by the key that is known here or by one that this one vouches for. */
async function trustedHead({ service, store, now, signal }: WatchOptions): Promise<SignedTreeHead | null> {
  const signed = await service.logHead(signal);
  const isTrusted = () => isSignedBy(readServiceKey(store.read) ?? '', treeHeadForm(signed.head), signed.signature);
  if (isTrusted()) return signed;
  try {
    await knowService({ service, store, now, signal });
  } catch (error) {
    if (error instanceof Failure && error.code === 'service.key') return null;
    throw error;
  }
  return isTrusted() ? signed : null;
}

/** Whether the service proves that the log of a head begins with that of an earlier one. */
async function isContinued(
  { service, signal }: WatchOptions,
  earlier: SignedTreeHead,
  later: SignedTreeHead,
): Promise<boolean> {
  const [from, to] = [earlier.head.size, later.head.size];
  if (from > to) return false;
  return goesOn(earlier, later, from === to ? [] : await service.logConsistency(from, to, signal));
}

/** Where the log stopped being the one that was seen: after the last kept head that it still goes on from. */
async function whereItBroke(options: WatchOptions, later: SignedTreeHead): Promise<Found> {
  const heads = headsOfLine(options.store.read);
  let [good, bad] = [-1, heads.length - 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const head = heads[middle];
    if (head && (await isContinued(options, head, later))) good = middle;
    else bad = middle;
  }
  const [lastGood, firstBad] = [heads[good], heads[bad]];
  const known = lastGood?.head.size ?? 0;
  const [first, last] = [known + 1, firstBad?.head.size ?? null];
  const since = lastGood?.checkedAt ?? null;
  const size = later.head.size;
  // Everything there is left is as it was, as far as can be said: then it begins where the log ends.
  if (firstBad && size < firstBad.head.size && size >= known) {
    const whole = lastGood !== undefined && size === known;
    return { place: 'service', kind: 'cut', first: whole ? size + 1 : first, last: size + 1, since };
  }
  return { place: 'service', kind: 'rewritten', first, last, since };
}

/** Compares the head with the last one that was kept, and keeps it when the service proves that it goes on from there. */
async function follow(options: WatchOptions, signed: SignedTreeHead): Promise<Found | null> {
  const { store, now } = options;
  const last = lastHead(store.read);
  const at = now().toISOString();
  if (!last) {
    store.transact((db) => keepHead(db, signed, 1, at));
    return null;
  }
  if (await isContinued(options, last, signed)) {
    const isSame = signed.head.size === last.head.size;
    const isNoted = isSame && Math.abs(Date.parse(at) - Date.parse(last.checkedAt)) < NOTE_EVERY;
    const ended = standingBreaks(store.read).some(({ kind }) => OF_THE_LOG.includes(kind));
    if (isNoted && !ended) return null;
    store.transact((db) => {
      if (isSame) noteChecked(db, at);
      else keepHead(db, signed, last.line, at);
      endBreaks(db, OF_THE_LOG, at);
    });
    return null;
  }
  const found = await whereItBroke(options, signed);
  // Whether the service admits it: otherwise what it says now is not followed, and the last head stays the measure.
  if (signed.head.epoch === last.head.epoch) return { ...found, since: last.checkedAt };
  store.transact((db) => {
    noteBreak(db, { ...found, kind: 'restored', since: last.checkedAt }, at);
    endBreaks(db, OF_THE_LOG, at);
    keepHead(db, signed, last.line + 1, at);
    forgetInclusions(db);
  });
  return null;
}

/**
 * Has the service prove that a decision is in its log as it was decided; the number of its entry.
 * @throws Disproof, ServiceFailure
 */
async function proveOne({ service, signal }: WatchOptions, one: Receipted, signed: SignedTreeHead): Promise<number> {
  try {
    const proof = await service.logInclusion(one.id, signed.head.size, signal);
    if (tellsOf(one, signed, proof)) return proof.entry.n;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'request.not_found') throw error;
  }
  throw new Disproof();
}

/**
 * Proves decisions one after the other against a head, and notes them together. Gives the first that is not in the log.
 * @throws ServiceFailure
 */
export async function proveInclusions(
  options: WatchOptions,
  decisions: readonly Receipted[],
  signed: SignedTreeHead,
): Promise<Found | null> {
  const { store } = options;
  const proven: { readonly seq: number; readonly n: number }[] = [];
  let missing: Receipted | null = null;
  for (const one of decisions) {
    try {
      proven.push({ seq: one.seq, n: await proveOne(options, one, signed) });
    } catch (error) {
      if (!(error instanceof Disproof)) throw error;
      missing = one;
      break;
    }
  }
  if (proven.length > 0) {
    store.transact((db) => {
      for (const { seq, n } of proven) noteIncluded(db, seq, n);
    });
  }
  if (!missing) return null;
  const since = lastHead(store.read)?.checkedAt ?? null;
  return { place: 'decisions', kind: 'missing', first: missing.seq, last: missing.seq, since };
}

/** What a look at the service's log brought: a finding, or the head that it was proven with. */
export type Looked = {
  readonly found: Found | null;
  readonly head: SignedTreeHead | null;
  /** Decisions were looked for too. */
  readonly decisions: boolean;
};

/**
 * Looks at the service's log once: its head is signed, it goes on from the last one, and holds the own decisions that
 * have their receipts, a batch at a time. Findings are not noted here.
 * @throws ServiceFailure
 */
export async function lookAtLog(options: WatchOptions): Promise<Looked> {
  const { service, store } = options;
  // Before the head: a receipt that comes meanwhile may be for an entry beyond it.
  const waiting = unprovenReceipts(store.read, BATCH);
  const isEnrolled = service.enrolled();
  const signed = await trustedHead(options);
  const since = lastHead(store.read)?.checkedAt ?? null;
  const broken = (found: Found) => ({ found, head: null, decisions: false });
  if (!signed) return broken({ place: 'service', kind: 'signature', first: null, last: null, since });
  const found = await follow(options, signed);
  if (found) return broken(found);
  // After a restore the enrolment tells which receipts are still worth something.
  if (!isEnrolled || !service.enrolled() || readCursor(store.read).epoch !== signed.head.epoch)
    return { found: null, head: signed, decisions: false };
  return { found: await proveInclusions(options, waiting, signed), head: signed, decisions: true };
}

/** Watches the service's log beside the synchronisation. */
export type Watch = {
  /** Looks at the log, unless a look is under way; resolves when it is through, never rejects. True: the state changed. */
  readonly look: () => Promise<boolean>;
};

/** Opens the watch. One look at a time; what is found is noted once and stays. */
export function openWatch(
  options: WatchOptions & { readonly onLooked?: () => void; readonly onFound?: (found: Found) => void },
): Watch {
  const { store, now } = options;
  let failed = 0;
  let running: Promise<boolean> | null = null;

  const note = (found: Found) => {
    if (store.transact((db) => noteBreak(db, found, now().toISOString()))) options.onFound?.(found);
  };

  async function look(): Promise<boolean> {
    const before = standingBreaks(store.read).length;
    try {
      let { found, decisions } = await lookAtLog(options);
      // A second look, with a head of now: the first may have fallen into a change under way.
      if (found?.kind === 'missing') ({ found, decisions } = await lookAtLog(options));
      failed = 0;
      if (found) note(found);
      else if (decisions && standingBreaks(store.read).some(({ kind }) => kind === 'missing')) {
        store.transact((db) => endBreaks(db, ['missing'], now().toISOString()));
      }
      options.onLooked?.();
    } catch (error) {
      if (options.signal?.aborted || !(error instanceof Failure) || isElsewhere(error)) return false;
      failed += 1;
      const since = lastHead(store.read)?.checkedAt ?? null;
      if (failed >= PATIENCE) note({ place: 'service', kind: 'unproven', first: null, last: null, since });
    }
    return standingBreaks(store.read).length !== before;
  }
  return {
    look: () => {
      running ??= look().finally(() => {
        running = null;
      });
      return running;
    },
  };
}
