// Checks an exported log without service or app: `node scripts/verify-log.ts FILE [--head FILE]`. The format and what
// is proven are described in docs/log-format.md.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { LogEntry, LogExport, SignedTreeHead, type TreeHead, treeHeadForm } from '../shared/log.ts';
import { type Finding, LogWalk } from '../shared/verify-log.ts';

/** What was found; `where` is the number of the first bad entry, 0 for the head itself. */
type Outcome =
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

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

function isSigned(publicKey: string, head: TreeHead, signature: string): boolean {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(treeHeadForm(head)), key, Buffer.from(signature, 'hex'));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The heads that a workstation kept, one a line, by size: each must be a beginning of the log. */
function keptHeads(file: string | undefined): Map<number, SignedTreeHead> {
  if (file === undefined) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const kept = SignedTreeHead.parse(JSON.parse(line));
      return [kept.head.size, kept] as const;
    }),
  );
}

/** Reads the file line by line, whatever its size. */
async function verifyExport(file: string, heads: ReadonlyMap<number, SignedTreeHead>): Promise<Outcome> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const walk = new LogWalk(sha256, (text) => Buffer.from(text));
  let head: LogExport | null = null;
  let until: string | null = null;
  for await (const line of lines) {
    if (line === '') continue;
    const at = walk.head().size + 1;
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
    if (!isSigned(head.publicKey, kept, signature))
      return { ok: false, where: 0, why: `the kept head of ${kept.at} is signed by another key` };
    if (size > head.head.size) return { ok: false, where: head.head.size + 1, why: `entries seen ${kept.at} are gone` };
  }
  const finding = walk.end(head.head);
  if (finding) return { ok: false, where: finding.at, why: WHY[finding.kind] };
  return { ok: true, entries: head.head.size, root: head.head.root, until };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { head: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    console.error('npm run verify-log -- FILE [--head FILE]: checks an exported log');
    return 2;
  }
  const outcome = await verifyExport(file, keptHeads(values.head));
  console.log(JSON.stringify(outcome));
  return outcome.ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
