import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyExport } from '../../service/verify-export.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { Sha256 } from '../../shared/ids.ts';
import { entryForm, LOG_START, LogEntry, LogExport, TreeHead, treeHeadForm } from '../../shared/log.ts';
import { LogWalk } from '../../shared/verify-log.ts';
import { withFolder } from './folder.ts';
import { clock, compare, interleave, type Line } from './measure.ts';

const ENTRIES = 100_000;
const ROUNDS = 7;
/** Signatures that are verified for the anchor of a round. */
const SIGNATURES = 2_000;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** An exported log as the service writes it: answers to decisions, with a signed head. */
function writeLog(file: string): void {
  const walk = new LogWalk(sha256, (text) => Buffer.from(text));
  const lines: string[] = [];
  let previous = Sha256.parse(LOG_START);
  for (let n = 1; n <= ENTRIES; n += 1) {
    const facts = canonicalJson({
      act: 'image.lock',
      code: null,
      decision: `0195b8a4-6c00-7000-8000-${String(n).padStart(12, '0')}`,
      outcome: 'applied',
      sha256: sha256(Buffer.from(String(n))).toString('hex'),
    });
    const at = new Date(Date.UTC(2026, 2, 1) + n * 500).toISOString();
    const own = {
      n,
      at,
      accountId: `account-${n % 40}`,
      kind: 'decision.answered',
      subject: `sub-${n >> 4}`,
      facts,
      previous,
    };
    const entry = LogEntry.parse({ ...own, hash: sha256(Buffer.from(entryForm(own))).toString('hex') });
    if (walk.take(entry)) throw new Error('the log of the measurement is not sound');
    lines.push(JSON.stringify(entry));
    previous = entry.hash;
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { size, root } = walk.head();
  const head = TreeHead.parse({ size, root, epoch: 'bench', at: '2026-03-02T00:00:00.000Z' });
  const first = LogExport.parse({
    format: 'review-desk-log',
    version: 1,
    exportedAt: head.at,
    by: 'bench',
    publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex'),
    head,
    signature: sign(null, Buffer.from(treeHeadForm(head)), privateKey).toString('hex'),
  });
  writeFileSync(file, `${[JSON.stringify(first), ...lines].join('\n')}\n`);
}

const rate = (count: number, began: number): number => (1000 * count) / (clock() - began);

/**
 * `log`: entries of an exported log verified in a second on one core: read, hashed from their content into chain and tree,
 * compared with the one signed head. Anchors: a bare SHA-256 chain over the same bytes, and Ed25519 signatures verified.
 */
export async function log(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const file = join(folder, 'log.jsonl');
    writeLog(file);
    const bytes = readFileSync(file);
    const lines = bytes
      .toString('utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => Buffer.from(line));
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const signature = sign(null, lines[0] ?? bytes, privateKey);
    const values = await interleave(ROUNDS, {
      ours: async () => {
        const began = clock();
        const outcome = await verifyExport(file, new Map());
        if (!outcome.ok || outcome.entries !== ENTRIES) throw new Error('the log does not verify');
        return rate(ENTRIES, began);
      },
      chain: () => {
        const began = clock();
        let previous: Uint8Array = Buffer.alloc(32);
        for (const line of lines) previous = createHash('sha256').update(previous).update(line).digest();
        return rate(lines.length, began);
      },
      ed25519: () => {
        const began = clock();
        for (let n = 0; n < SIGNATURES; n += 1) verify(null, lines[0] ?? bytes, publicKey, signature);
        return rate(SIGNATURES, began);
      },
    });
    return [
      compare(
        'log',
        'entries/s verified on one core',
        values.ours,
        { chain: values.chain, ed25519: values.ed25519 },
        {
          entries: ENTRIES,
          bytesAnEntry: Math.round(bytes.length / ENTRIES),
        },
      ),
    ];
  });
}
