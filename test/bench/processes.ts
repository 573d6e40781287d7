import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';

/** A process and all that it started, by their ids; Linux alone tells. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name in parentheses may hold spaces; the parent comes second after it.
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = [pid];
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child);
  }
  return family;
}

const PAGE = 4_096;
const ENTRY = 8;
/** Present, and the number of the page: see the kernel's `pagemap`. */
const PRESENT = 1n << 63n;
const NUMBER = (1n << 55n) - 1n;

/** Adds the physical pages of a process to those that are known; false where the system doesn't tell their numbers. */
function addPages(pid: number, pages: Set<bigint>): boolean {
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  try {
    let range = { from: 0, entries: 0 };
    for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
      const head = /^([0-9a-f]+)-([0-9a-f]+) /.exec(line);
      if (head) {
        const [from = 0, to = 0] = head.slice(1).map((address) => Number.parseInt(address, 16) / PAGE);
        range = { from, entries: to - from };
      }
      const resident = /^Rss:\s+(\d+) kB/.exec(line);
      if (!resident || Number(resident[1]) === 0) continue;
      const bytes = Buffer.alloc(range.entries * ENTRY);
      const read = readSync(pagemap, bytes, 0, bytes.length, range.from * ENTRY);
      for (let at = 0; at < read; at += ENTRY) {
        const entry = bytes.readBigUInt64LE(at);
        if ((entry & PRESENT) === 0n) continue;
        if ((entry & NUMBER) === 0n) return false;
        pages.add(entry & NUMBER);
      }
    }
    return true;
  } finally {
    closeSync(pagemap);
  }
}

/** Memory of a family, MB: the sum of the proportional set sizes, which counts shared pages once. */
export function memoryOf(pid: number): number {
  let kilobytes = 0;
  for (const member of familyOf(pid)) {
    try {
      const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${member}/smaps_rollup`, 'utf8'));
      kilobytes += Number(found?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kilobytes / 1024;
}

/**
 * The physical pages of a family, MB, each counted once. Unlike PSS it is the same whether or not another Electron runs on the
 * computer; what the family shares with the rest of the system counts whole. Null without root, to whom alone pages are told.
 */
export function pagesOf(pid: number): number | null {
  const pages = new Set<bigint>();
  for (const member of familyOf(pid)) {
    try {
      if (!addPages(member, pages)) return null;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'EPERM' || code === 'EACCES') return null;
      // It has ended meanwhile.
    }
  }
  return (pages.size * PAGE) / 1024 / 1024;
}

/** How many processes of the same program do not belong to the family: what they share makes its PSS smaller. */
export function strangersOf(pid: number): number {
  const family = new Set(familyOf(pid));
  const programOf = (process: number | string) => readlinkSync(`/proc/${process}/exe`);
  const program = programOf(pid);
  return readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry) || family.has(Number(entry))) return false;
    try {
      return programOf(entry) === program;
    } catch {
      return false;
    }
  }).length;
}
