import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDesk } from '../faults/desk.ts';
import { makeTemplate } from '../faults/district.ts';
import { runEveryCall } from '../faults/every-call.ts';
import { SOURCES } from '../faults/programs.ts';
import { serve } from '../faults/scenes.ts';
import { canTrace, trace } from '../faults/tracing.ts';
import { temporaryFolder } from '../helpers/folder.ts';

// A part of `npm run faults -- --every-call`: all syncs of a lock that folds the log in, and some of its writes. Skipped without strace.
const traced = test.skipIf(!(await canTrace()));

traced('no false "saved", whichever call of saving a lock fails', { timeout: 400_000 }, async () => {
  const said: string[] = [];
  const report = await runEveryCall({
    folder: await temporaryFolder(),
    played: [['lock', 'full']],
    stride: 50,
    atOnce: 1,
    say: (line) => said.push(line),
  });
  expect(said.filter((line) => !line.endsWith('calls'))).toEqual([]);
  expect(report.failures).toBe(0);
  expect(report.calls['lock, log full']).toMatchObject({ 'fsync review.db after': 1 });
  expect(report.faults['fsync EIO']).toBe(3);
});

traced('the name of the log is on the disk before anything is saved in it', { timeout: 60_000 }, async () => {
  const folder = await temporaryFolder();
  await makeTemplate(join(folder, 'service'));
  const service = await serve(join(folder, 'service'));
  onTestFinished(() => service.stop());
  const desk = await startDesk({ program: SOURCES.desk, inside: [], env: {}, output: join(folder, 'desk.out') });
  onTestFinished(() => desk.kill());
  const output = join(folder, 'strace');
  const tracing = await trace(desk.pid, { calls: 'openat,fsync,fdatasync', output, threads: 'main' });
  const ledger = join(folder, 'ledger');
  const userData = join(folder, 'desk');
  await desk.open({ userData, service: service.url, account: 'reviewer1', ledger, hold: 0 });
  await tracing.end();
  const lines = readFileSync(output, 'utf8').split('\n');
  const made = lines.findIndex((line) => line.includes('review.db-wal"') && line.includes('O_CREAT'));
  const opened = lines.findIndex((line, n) => n > made && /images\.db"/.test(line));
  expect(made).toBeGreaterThan(-1);
  const between = lines.slice(made, opened);
  // SQLite's own sync of the folder comes with its first sync of the log; the workstation's comes once more.
  expect(between.filter((line) => /^fsync\(\d+<[^>]*\/profiles\/\w+>/.test(line)).length).toBeGreaterThanOrEqual(2);
});
