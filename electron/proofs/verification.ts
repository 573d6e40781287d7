import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import {
  Found,
  Limit,
  type PartReport,
  PROOF_PARTS,
  type ProofPart,
  ProofPart as ProofPartName,
  type ProofReport,
} from '../../shared/proofs.ts';
import { Failure } from '../failure.ts';
import { endBreaks, noteBreak } from '../store/log-breaks.ts';
import { countProofs, lastHead, receiptsAfter } from '../store/log-heads.ts';
import { lookAtLog, proveInclusions, type WatchOptions } from './watch.ts';

/** Decisions that are proven between two words on the progress. */
const BATCH = 20;

const Progress = z.strictObject({
  part: ProofPartName,
  done: z.number().int(),
  total: z.number().int(),
  result: z.strictObject({ found: z.array(Found), limits: z.array(Limit) }).nullable(),
});

export type VerificationOptions = Omit<WatchOptions, 'signal'> & {
  /** Module of the thread that reads this computer's records. */
  readonly reader: URL;
  /** The file that it reads. */
  readonly file: { readonly path: string; readonly key: Uint8Array; readonly binding: string | null };
  readonly online: () => boolean;
  readonly onProgress: () => void;
};

/** A verification that can be asked for again and again. */
export type Verification = {
  /** Begins one, unless one is under way. */
  readonly start: () => void;
  readonly cancel: () => void;
  /** The last one, also while it is under way; null before the first. */
  readonly report: () => ProofReport | null;
  /** Ends it; resolves when nothing runs any more. */
  readonly close: () => Promise<void>;
};

const blank = (part: ProofPart): PartReport => ({ part, state: 'waiting', done: 0, total: 0, found: [], limits: [] });

function outcomeOf(parts: readonly PartReport[]): ProofReport['outcome'] {
  if (parts.some(({ state }) => state === 'broken')) return 'broken';
  return parts.every(({ state }) => state === 'proven') ? 'proven' : 'unproven';
}

/** Opens the one-click verification: this computer's records in a thread of its own, then the service's proofs. */
export function openVerification(options: VerificationOptions): Verification {
  const { store, now, online, onProgress } = options;
  let report: ProofReport | null = null;
  let running: Promise<void> | null = null;
  let ending = new AbortController();

  const change = (part: ProofPart, changed: Partial<PartReport>) => {
    if (!report) return;
    report = { ...report, parts: report.parts.map((one) => (one.part === part ? { ...one, ...changed } : one)) };
    onProgress();
  };
  const conclude = (part: ProofPart, found: readonly Found[], limits: readonly Limit[] = []) => {
    const isOpen = limits.some(({ why }) => why === 'offline');
    const state = found.length > 0 ? 'broken' : isOpen ? 'unproven' : 'proven';
    change(part, { state, found: [...found], limits: [...limits] });
  };

  /** Reads this computer's records in a thread; everything it finds is noted. */
  async function proveOwn(signal: AbortSignal): Promise<void> {
    const thread = new Worker(options.reader, { workerData: options.file, stdin: false });
    const stop = () => void thread.terminate();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        thread.on('message', (message) => {
          const { part, done, total, result } = Progress.parse(message);
          change(part, { state: 'running', done, total });
          if (result) conclude(part, result.found, result.limits);
        });
        thread.once('error', reject);
        thread.once('exit', () => resolve());
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
  }

  /** Has the service prove that its log goes on from what was seen, and that every receipt is in it. */
  async function proveWithService(signal: AbortSignal): Promise<void> {
    if (!online()) {
      for (const part of ['consistency', 'inclusion'] as const) {
        conclude(part, [], [{ why: 'offline', count: 1 }]);
      }
      return;
    }
    change('consistency', { state: 'running', total: 1 });
    const { found, head } = await lookAtLog({ ...options, signal });
    const ofLog = found?.place === 'service' ? [found] : [];
    change('consistency', { done: 1 });
    conclude('consistency', ofLog);
    if (!head) {
      conclude('inclusion', [], [{ why: 'offline', count: countProofs(store.read).receipts }]);
      return;
    }
    const total = countProofs(store.read).receipts;
    change('inclusion', { state: 'running', total });
    let [done, after] = [0, 0];
    for (;;) {
      signal.throwIfAborted();
      const batch = receiptsAfter(store.read, after, BATCH);
      if (batch.length === 0) break;
      const missing = await proveInclusions({ ...options, signal }, batch, head);
      if (missing) {
        // A receipt of just now may be for an entry beyond the head: the next look at the log has it.
        const isNew = (lastHead(store.read)?.head.size ?? 0) > head.head.size;
        if (!isNew) return conclude('inclusion', [missing]);
      }
      done += batch.length;
      after = batch.at(-1)?.seq ?? after;
      change('inclusion', { done });
    }
    conclude('inclusion', []);
  }

  async function run(signal: AbortSignal): Promise<void> {
    report = { startedAt: now().toISOString(), endedAt: null, outcome: 'running', parts: PROOF_PARTS.map(blank) };
    onProgress();
    let outcome: ProofReport['outcome'] | null = null;
    try {
      await proveOwn(signal);
      await proveWithService(signal);
    } catch (error) {
      if (signal.aborted) outcome = 'cancelled';
      else if (error instanceof Failure) {
        // Only the service's part can fail so: what it can't be asked is not proven.
        for (const { part, state } of report.parts) {
          if (state === 'waiting' || state === 'running') conclude(part, [], [{ why: 'offline', count: 1 }]);
        }
      } else outcome = 'failed';
    }
    const at = now().toISOString();
    const { parts } = report;
    report = { ...report, endedAt: at, outcome: outcome ?? outcomeOf(parts) };
    if (outcome === null && store.broken() === null) {
      store.transact((db) => {
        const found = parts.flatMap((part) => part.found);
        const isOwnSound = parts.slice(0, 4).every(({ state }) => state === 'proven');
        if (isOwnSound) endBreaks(db, ['content', 'gone', 'receipt'], at);
        for (const one of found) noteBreak(db, one, at);
      });
    }
    onProgress();
  }

  return {
    start: () => {
      if (running) return;
      ending = new AbortController();
      running = run(ending.signal).finally(() => {
        running = null;
      });
    },
    cancel: () => ending.abort(),
    report: () => report,
    close: async () => {
      ending.abort();
      await running;
    },
  };
}
