import { hash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { provedChanges } from '../shared/keys.ts';
import { LogEntry, LogExport, SignedTreeHead, type TreeHead, treeHeadForm } from '../shared/log.ts';
import { type Finding, LogWalk } from '../shared/verify-log.ts';
import { isSignedBy } from './signature.ts';

/** What was found; `where` is the number of the first bad entry, 0 for the head itself. */
export type Outcome =
  | { readonly ok: true; readonly entries: number; readonly root: string; readonly until: string | null }
  | { readonly ok: false; readonly where: number; readonly why: string };

const WHY: Readonly<Record<Finding['kind'], string>> = {
  gap: 'an entry is missing here, or entries were moved',
  content: 'this entry was changed after it was written',
  link: 'this entry does not follow the one before it',
  cut: 'the log ends before its signed head says it does',
  longer: 'there are entries beyond the signed head',
  root: 'the entries are not those that the head was signed for: changed entries were given new hashes',
};

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const isSigned = (publicKey: string, head: TreeHead, signature: string): boolean =>
  isSignedBy(publicKey, treeHeadForm(head), signature);

/** Every key of the service that the present one is proven to come from, by the key before it each time. */
function keysOf({ publicKey, changes = [] }: LogExport): string[] {
  const former = changes
    .map(({ from }) => from)
    .filter((from) => provedChanges(from, { publicKey, changes }, isSignedBy) !== null);
  return [publicKey, ...former];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/**
 * The heads that a workstation kept, one a line, by size: each must be a beginning of the log.
 * @throws SyntaxError, ZodError for a file that holds something else
 */
export function keptHeads(file: string | undefined): Map<number, SignedTreeHead> {
  if (file === undefined) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const kept = SignedTreeHead.parse(JSON.parse(line));
      return [kept.head.size, kept] as const;
    }),
  );
}

/** Verifies an exported log (docs/log-format.md), line by line, whatever its size. @throws system errors of the file */
export async function verifyExport(file: string, heads: ReadonlyMap<number, SignedTreeHead>): Promise<Outcome> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const walk = new LogWalk(sha256, (text) => Buffer.from(text));
  let head: LogExport | null = null;
  let until: string | null = null;
  for await (const line of lines) {
    if (line === '') continue;
    const at = walk.size() + 1;
    if (head === null) {
      const first = LogExport.safeParse(parsed(line));
      if (!first.success) return { ok: false, where: 0, why: 'the first line is not the head of an exported log' };
      head = first.data;
      if (!isSigned(head.publicKey, head.head, head.signature))
        return { ok: false, where: 0, why: 'the signature is not that of the head' };
      continue;
    }
    const entry = LogEntry.safeParse(parsed(line));
    if (!entry.success) return { ok: false, where: at, why: 'this line is not an entry' };
    const finding = walk.take(entry.data);
    if (finding) return { ok: false, where: finding.at, why: WHY[finding.kind] };
    until = entry.data.at;
    const kept = heads.get(entry.data.n);
    if (kept && walk.head().root !== kept.head.root)
      return { ok: false, where: at, why: `up to here it is not the log that was seen ${kept.head.at}` };
  }
  if (head === null) return { ok: false, where: 0, why: 'the file is empty' };
  for (const [size, { head: kept, signature }] of heads) {
    if (!keysOf(head).some((key) => isSigned(key, kept, signature)))
      return { ok: false, where: 0, why: `the kept head of ${kept.at} is signed by another key` };
    if (size > head.head.size) return { ok: false, where: head.head.size + 1, why: `entries seen ${kept.at} are gone` };
  }
  const finding = walk.end(head.head);
  if (finding) return { ok: false, where: finding.at, why: WHY[finding.kind] };
  return { ok: true, entries: head.head.size, root: head.head.root, until };
}
