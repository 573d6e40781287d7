import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from '../../service/sample/random.ts';

const SOURCE = fileURLToPath(new URL('./unsynced.c', import.meta.url));
const SECTOR = 512;

/** Builds the library that journals what is not synced. Throws when there is no compiler. */
export function buildJournal(folder: string): string {
  const library = join(folder, 'unsynced.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl', '-lpthread'], { stdio: 'pipe' });
  return library;
}

/** The power supply of one workstation. */
export type Power = {
  readonly env: Readonly<Record<string, string>>;
  /** Cuts the power in the n-th write or sync from now; 0 takes that back. */
  readonly arm: (n: number) => void;
  /** After the cut: takes back what was not synced. Gives how many writes were lost, in whole or part. */
  readonly lose: (random: Random) => number;
};

/** A supply for the workstation whose files are under a folder; `name` tells the workstations of a round apart. */
export function powerOf(library: string, folder: string, under: string, name: string): Power {
  const journal = join(folder, `${name}.journal`);
  const arming = join(folder, `${name}.arm`);
  writeFileSync(arming, Buffer.alloc(8));
  writeFileSync(journal, '');
  return {
    env: { LD_PRELOAD: library, UNSYNCED_UNDER: under, UNSYNCED_JOURNAL: journal, UNSYNCED_ARM: arming },
    arm: (n) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(n));
      const file = openSync(arming, 'r+');
      writeSync(file, bytes, 0, 8, 0);
      closeSync(file);
    },
    lose: (random) => {
      const lost = loseUnsynced(readJournal(readFileSync(journal)), random);
      writeFileSync(journal, '');
      return lost;
    },
  };
}

type Entry = {
  readonly kind: number;
  readonly path: string;
  readonly offset: number;
  readonly before: Buffer;
  readonly after: Buffer;
  readonly size: number;
};

const HEAD = 40;
const SYNCED = 3;
const WRITE = 1;

/** Reads a journal; what the kill left half written at its end never came to be. */
export function readJournal(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at + HEAD <= bytes.length) {
    const number = (place: number) => Number(bytes.readBigUInt64LE(at + place));
    const [kind, length] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    const [offset, before, after, size] = [number(8), number(16), number(24), number(32)];
    const body = at + HEAD;
    const end = body + length + before + after;
    if (end > bytes.length) break;
    entries.push({
      kind,
      path: bytes.toString('utf8', body, body + length),
      offset,
      before: bytes.subarray(body + length, body + length + before),
      after: bytes.subarray(body + length + before, end),
      size,
    });
    at = end;
  }
  return entries;
}

function undo(file: number, { before, offset, size }: Entry): void {
  ftruncateSync(file, size);
  if (before.length > 0) writeSync(file, before, 0, before.length, offset);
}

/** Of a write that was not synced any part may have reached the platter, sector by sector. */
function keepSome(file: number, { after, offset }: Entry, random: Random): boolean {
  const fate = random.unit();
  if (fate < 0.4) return false;
  if (fate < 0.6) {
    writeSync(file, after, 0, after.length, offset);
    return true;
  }
  for (let at = 0; at < after.length; at += SECTOR) {
    if (random.chance(0.5)) writeSync(file, after, at, Math.min(SECTOR, after.length - at), offset + at);
  }
  return false;
}

function loseUnsynced(entries: readonly Entry[], random: Random): number {
  const open = new Map<string, Entry[]>();
  for (const entry of entries) {
    const unsynced = open.get(entry.path);
    if (entry.kind === SYNCED) open.delete(entry.path);
    else if (unsynced) unsynced.push(entry);
    else open.set(entry.path, [entry]);
  }
  let lost = 0;
  for (const [path, unsynced] of open) {
    if (!existsSync(path)) continue;
    const file = openSync(path, 'r+');
    for (const entry of unsynced.toReversed()) undo(file, entry);
    for (const entry of unsynced) {
      if (entry.kind !== WRITE || !keepSome(file, entry, random)) lost += 1;
    }
    closeSync(file);
  }
  return lost;
}
