import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportLog } from '../../../service/export-log.ts';
import { isSignedBy } from '../../../service/signature.ts';
import { rotateKey } from '../../../service/start.ts';
import { leafOf, sha256Bytes } from '../../../service/store/tree.ts';
import { verifyAudit, verifySignatures } from '../../../service/store/verify.ts';
import {
  ConsistencyProof,
  Entries,
  InclusionProof,
  LogEntry,
  LogExport,
  SignedTreeHead,
  treeHeadForm,
} from '../../../shared/log.ts';
import { isConsistent, isIncluded } from '../../../shared/merkle.ts';
import { Keys } from '../../../shared/wire.ts';
import {
  type Caller,
  lockingAll,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { meddleWithDecisions } from '../../helpers/meddled-decisions.ts';

let service: TestService;
let reviewer: Caller;
let supervisor: Caller;
beforeAll(async () => {
  service = await startTestService({ candidates: 8 });
  reviewer = await service.signIn('reviewer1');
  supervisor = await service.signIn('supervisor1');
});
afterAll(() => service.end());

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const treeOf = ({ head }: SignedTreeHead) => ({ size: head.size, root: bytes(head.root) });
const headNow = () => reviewer.get('/v1/log/head', SignedTreeHead);

test('heads are signed, and each log is proven to begin with every earlier one', async () => {
  const { publicKey } = await reviewer.get('/v1/keys', Keys);
  const heads = [await headNow()];
  for (const number of [1, 3, 5]) {
    await send(reviewer, ...lockingAll(await pullOne(reviewer, number)));
    heads.push(await headNow());
  }
  for (const [index, later] of heads.entries()) {
    expect(isSignedBy(publicKey, treeHeadForm(later.head), later.signature)).toBe(true);
    for (const earlier of heads.slice(0, index + 1)) {
      const { path } = await reviewer.get(
        `/v1/log/consistency?from=${earlier.head.size}&to=${later.head.size}`,
        ConsistencyProof,
      );
      const proof = path.map(bytes);
      expect(isConsistent(sha256Bytes, treeOf(earlier), treeOf(later), proof)).toBe(true);
      const other = { ...treeOf(earlier), root: sha256Bytes(treeOf(earlier).root) };
      expect(isConsistent(sha256Bytes, other, treeOf(later), proof)).toBe(false);
    }
  }
  expect(await verifyAudit(service.data.db)).toEqual({ ok: true, entries: heads.at(-1)?.head.size });
});

test('an own decision is proven to be in the log, with the hash of what was decided', async () => {
  const [decision] = lockingAll(await pullOne(reviewer, 7));
  if (!decision) throw new Error('no picture');
  const [answer] = await send(reviewer, decision);
  const { head } = await headNow();
  const { entry, path } = await reviewer.get(
    `/v1/log/inclusion?decision=${decision.id}&size=${head.size}`,
    InclusionProof,
  );
  expect(answer?.outcome === 'applied' && JSON.parse(entry.facts)).toMatchObject({
    decision: decision.id,
    sha256: answer?.outcome === 'applied' ? answer.receipt.decisionSha256 : '',
    outcome: 'applied',
  });
  const claim = { index: entry.n - 1, size: head.size, root: bytes(head.root), path: path.map(bytes) };
  expect(isIncluded(sha256Bytes, leafOf(entry), claim)).toBe(true);
  expect(isIncluded(sha256Bytes, leafOf({ ...entry, accountId: 'somebody else' }), claim)).toBe(false);
  const other = await service.signIn('reviewer2');
  expect((await other.ask('GET', `/v1/log/inclusion?decision=${decision.id}&size=${head.size}`)).status).toBe(404);
});

async function allEntries(): Promise<LogEntry[]> {
  const all: LogEntry[] = [];
  for (;;) {
    const page = await supervisor.get(`/v1/log/entries?after=${all.length}&limit=7`, Entries);
    if (page.entries.length === 0) return all;
    all.push(...page.entries);
  }
}

const run = promisify(execFile);
const verifyLog = async (...args: string[]): Promise<{ code: number; said: unknown }> =>
  run(process.execPath, ['scripts/verify-log.ts', ...args]).then(
    ({ stdout }) => ({ code: 0, said: JSON.parse(stdout) as unknown }),
    (error: { code: number; stdout: string }) => ({ code: error.code, said: JSON.parse(error.stdout) as unknown }),
  );

/** Hashes made anew from an entry on, as somebody would who knows the format. */
function rehashed(entries: readonly LogEntry[]): LogEntry[] {
  let previous: string | null = null;
  return entries.map((entry) => {
    const { hash: _, ...own } = { ...entry, ...(previous === null ? {} : { previous }) };
    const form = leafForm(own);
    previous = createHash('sha256').update(form).digest('hex');
    return { ...own, hash: previous } as LogEntry;
  });
}

const leafForm = (entry: object) => {
  const record = entry as Record<string, unknown>;
  return JSON.stringify(
    Object.fromEntries(
      Object.keys(record)
        .sort()
        .map((key) => [key, record[key]]),
    ),
  );
};

test('an exported log is verified by itself; every kind of meddling is found and named', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'log.jsonl');
  const now = service.clock.now.toISOString();
  const size = await exportLog(service.data, { file, by: 'administrator', now });
  expect(await verifyLog(file)).toMatchObject({ code: 0, said: { ok: true, entries: size } });
  await expect(exportLog(service.data, { file, by: 'administrator', now })).rejects.toMatchObject({ code: 'EEXIST' });
  const [top, ...whole] = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
    .map((line, at) => (at === 0 ? LogExport.parse(line) : LogEntry.parse(line))) as [LogExport, ...LogEntry[]];
  expect(whole).toEqual((await allEntries()).slice(0, size));
  const check = async (name: string, lines: readonly unknown[], ...args: string[]) => {
    const file = join(folder, `${name}.jsonl`);
    await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    return verifyLog(file, ...args);
  };
  const edited = whole.map((entry) => (entry.n === 5 ? { ...entry, accountId: 'somebody else' } : entry));
  expect(await check('edited', [top, ...edited])).toMatchObject({ code: 1, said: { ok: false, where: 5 } });
  const without = whole.filter(({ n }) => n !== 8);
  expect(await check('deleted', [top, ...without])).toMatchObject({ code: 1, said: { where: 8 } });
  const swapped = whole.map((entry, at) => (at === 2 ? whole[3] : at === 3 ? whole[2] : entry));
  expect(await check('swapped', [top, ...swapped])).toMatchObject({ code: 1, said: { where: 3 } });
  expect(await check('cut', [top, ...whole.slice(0, -2)])).toMatchObject({ said: { where: whole.length - 1 } });
  expect(await check('rehashed', [top, ...rehashed(edited)])).toMatchObject({
    code: 1,
    said: { where: 1, why: expect.stringContaining('new hashes') },
  });
  const forged = { ...top, head: { ...top.head, size: top.head.size - 2 } };
  expect(await check('forged', [forged, ...whole.slice(0, -2)])).toMatchObject({ code: 1, said: { where: 0 } });
});

test("a head that was kept before the service took a new key is known by that key's word for the new one", async () => {
  const folder = await temporaryFolder();
  const kept = join(folder, 'heads.jsonl');
  await writeFile(kept, JSON.stringify(await headNow()));
  const now = service.clock.now.toISOString();
  const changed = await rotateKey(service.data, service.folder, now);
  const file = join(folder, 'log.jsonl');
  await exportLog(changed, { file, by: 'administrator', now });
  expect(await verifyLog(file, '--head', kept)).toMatchObject({ code: 0 });
  const [top = '', ...entries] = (await readFile(file, 'utf8')).trim().split('\n');
  const { changes: _, ...unproven } = JSON.parse(top) as LogExport;
  await writeFile(file, [JSON.stringify(unproven), ...entries].join('\n'));
  expect(await verifyLog(file, '--head', kept)).toMatchObject({ code: 1, said: { where: 0 } });
});

test('decisions that were edited or deleted at the service are found, with their stored hash made anew or not', async () => {
  const { db } = service.data;
  expect(await verifySignatures(db)).toMatchObject({ bad: null });
  expect((await verifySignatures(db)).verified).toBeGreaterThan(0);
  const tried = async (meddle: (row: { id: string; canonical: string }) => string) => {
    const row = await db
      .selectFrom('decisions')
      .select(['id', 'canonical'])
      .where('outcome', '=', 'applied')
      .executeTakeFirstOrThrow();
    const restore = await meddleWithDecisions(service, meddle(row));
    const found = [(await verifyAudit(db)).ok, (await verifySignatures(db)).bad] as const;
    await restore();
    return [...found, row.id];
  };
  const [ok, bad, id] = await tried(({ id, canonical }) => {
    const edited = canonical.replace(/"revision":\d+/, '"revision":99');
    const sha256 = createHash('sha256').update(edited).digest('hex');
    return `UPDATE decisions SET canonical = '${edited}', sha256 = '${sha256}' WHERE id = '${id}'`;
  });
  expect([ok, bad]).toEqual([false, id]);
  const [whole] = await tried((row) => `DELETE FROM decisions WHERE id = '${row.id}'`);
  expect(whole).toBe(false);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
});
