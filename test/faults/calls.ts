import { basename } from 'node:path';

/** One system call of saving something. */
export type Call = {
  readonly name: string;
  /** Its number among the calls of that name, from 1. */
  readonly n: number;
  readonly file: string;
  /**
   * Up to the sync that makes it durable, or after that, when a long log is folded into the file. `aside`: what may fail
   * without harm and SQLite takes no notice of: the sync of names, which the workstation did when it opened the file,
   * and giving back the room of a log that has begun anew.
   */
  readonly part: 'commit' | 'after' | 'aside';
};

/** Every call by which something could reach a file. */
export const WRITING =
  'pwrite64,pwritev,pwritev2,write,writev,fsync,fdatasync,ftruncate,fallocate,rename,renameat2,unlink,unlinkat';

/** Whether a call waits until something is on the disk. */
export const isSync = ({ name }: { readonly name: string }): boolean => name === 'fsync' || name === 'fdatasync';

/** The calls on files under a folder in what strace saw, up to the note of what the reviewer was told. */
export function callsIn(seen: string, folder: string, ledger: string): Call[] {
  const counts = new Map<string, number>();
  const found: Omit<Call, 'part'>[] = [];
  for (const line of seen.split('\n')) {
    const name = /^(\w+)\(/.exec(line)?.[1];
    if (name === undefined) continue;
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    if (line.includes(ledger)) break;
    const path = /[<"]([^<>"]*)[>"]/.exec(line)?.[1] ?? '';
    if (path.startsWith(`${folder}/`)) found.push({ name, n, file: basename(path) });
  }
  const isLog = ({ file }: { file: string }) => file.endsWith('-wal');
  const lastFrame = found.findLastIndex((call) => isLog(call) && call.name.startsWith('pwrite'));
  const durable = found.findIndex((call, index) => index > lastFrame && isLog(call) && isSync(call));
  const partOf = (call: Omit<Call, 'part'>, index: number): Call['part'] => {
    if (call.name === 'ftruncate' || !call.file.includes('.')) return 'aside';
    return index <= durable ? 'commit' : 'after';
  };
  return found.map((call, index) => ({ ...call, part: partOf(call, index) }));
}
