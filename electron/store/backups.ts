import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { moveFile, syncFile } from '../write-file.ts';
import { lastEntry } from './audit.ts';
import type { Reader } from './database.ts';
import { castDoubt } from './doubt.ts';

const KEPT = 3;
/** How much work a total loss of the file may cost, ms. */
const EVERY = 30 * 60_000;
const LOOK_EVERY = 60_000;

const NAME = /^review-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\d+)\.db$/;

/** A finished backup. */
export type Backup = {
  readonly path: string;
  readonly at: string;
  /** Number of the last log entry in it. */
  readonly entries: number;
};

/** An instant as it stands in file names. */
export function stampOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:.]/g, '');
}

/** The finished backups in a folder, newest first: by what they hold, because clocks are set back. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name): Backup[] => {
      const found = NAME.exec(name);
      if (!found) return [];
      const [, year, month, day, hour, minute, second, ms, entries] = found;
      const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
      return [{ path: join(folder, name), at, entries: Number(entries) }];
    })
    .sort((a, b) => b.entries - a.entries || b.at.localeCompare(a.at));
}

/** What the thread is given. */
export type BackupTask = {
  readonly path: string;
  readonly key: Uint8Array;
  readonly binding: string | null;
  /** Null: it is only read through. */
  readonly target: string | null;
};

const Reply = z.strictObject({ outcome: z.enum(['done', 'damaged', 'failed']), code: z.string() });
export type BackupReply = z.infer<typeof Reply>;

/** Copies a database, or reads it through, in a thread of its own. Its own end without an answer is a failure like any other. */
async function inThread(entry: URL, task: BackupTask): Promise<BackupReply> {
  const worker = new Worker(entry, { workerData: task, stdin: false });
  return new Promise((resolve) => {
    worker.once('message', (message) => resolve(Reply.parse(message)));
    worker.once('error', (error) => resolve({ outcome: 'failed', code: error.name }));
    worker.once('exit', () => resolve({ outcome: 'failed', code: 'ended' }));
  });
}

export type BackupOptions = Omit<BackupTask, 'target'> & {
  /** Where the backups lie. */
  readonly folder: string;
  readonly read: Reader;
  /** The thread's module. */
  readonly entry: URL;
  /** The file was not checked whole at opening: the first backup reads all of it, or a check where none is due. */
  readonly unchecked: boolean;
  /** How long the desk is left in peace after opening, ms. */
  readonly after: number;
  readonly now: () => Date;
  readonly log: Log;
  /** The file turned out to be damaged. */
  readonly onDamage: () => void;
};

/** The backups of an open database. */
export type Backups = {
  /**
   * Makes one now if something was decided since the last, or checks the file where that is still to be done; resolves
   * when it is done, never rejects.
   */
  readonly make: () => Promise<void>;
  /** Stops making them; resolves when none is being made. */
  readonly close: () => Promise<void>;
  /** All of the file has been read and found sound by now. */
  readonly checked: () => boolean;
};

/**
 * Keeps encrypted backups of `review.db`, whole and verified, the newest three: one soon after opening and every half hour
 * of work with changes. They are made beside the work by a connection of their own, which no decision waits for.
 */
export function openBackups(options: BackupOptions): Backups {
  const { folder, read, entry, path, key, binding, now, log } = options;
  let running: Promise<void> | null = null;
  let madeAt = performance.now();
  let { unchecked } = options;

  const doubt = () => {
    castDoubt(path);
    options.onDamage();
  };
  async function run(entries: number): Promise<void> {
    const name = `review-${stampOf(now())}-${entries}.db`;
    const target = join(folder, `${name}.next`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const left of readdirSync(folder)) if (left.includes('.next')) rmSync(join(folder, left), { force: true });
      const { outcome, code } = await inThread(entry, { path, key, binding, target });
      if (outcome === 'done') {
        syncFile(target);
        moveFile(target, join(folder, name));
        for (const old of listBackups(folder).slice(KEPT)) rmSync(old.path, { force: true });
        unchecked = false;
        log('backup.made', { entries });
        return;
      }
      rmSync(target, { force: true });
      log('backup.failed', { code });
      if (outcome === 'damaged') doubt();
    } catch (error) {
      // A full disk, for instance: the work goes on, and the next half hour tries again.
      log('backup.failed', { code: error instanceof Error ? error.name : 'unknown' });
    }
  }
  async function check(): Promise<void> {
    const { outcome, code } = await inThread(entry, { path, key, binding, target: null });
    log('store.checked', { outcome, code });
    if (outcome === 'done') unchecked = false;
    if (outcome === 'damaged') doubt();
  }
  const make = async (): Promise<void> => {
    if (running) return running;
    const entries = lastEntry(read)?.n ?? 0;
    const due = entries > (listBackups(folder)[0]?.entries ?? 0);
    if (!unchecked && !due) return;
    madeAt = performance.now();
    running = (due ? run(entries) : check()).finally(() => {
      running = null;
    });
    return running;
  };
  const timer = setInterval(() => {
    if (performance.now() - madeAt >= EVERY) void make();
  }, LOOK_EVERY);
  timer.unref();
  const first = setTimeout(() => void make(), options.after);
  first.unref();
  return {
    make,
    close: async () => {
      clearInterval(timer);
      clearTimeout(first);
      await running;
    },
    checked: () => !unchecked,
  };
}
