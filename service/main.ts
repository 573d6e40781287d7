import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { permitRecovery, resetPassword, UnknownAccountError } from './accounts/reset.ts';
import { type Arguments, readCommandLine, USAGE, UsageError } from './command-line.ts';
import { exportLog } from './export-log.ts';
import { fillSample, SampleMismatchError } from './fill.ts';
import type { Tls } from './server.ts';
import { markRestored, type Opened, openData, type Running, rotateKey, startService } from './start.ts';
import { NewerDatabaseError } from './store/database.ts';
import { DatabaseRefusedError } from './store/postgresql/failures.ts';
import { verifyAudit, verifySignatures } from './store/verify.ts';

const SIGN_INS_PER_MINUTE = 60;
const clock = (): Date => new Date();

async function readTls({ 'tls-cert': cert, 'tls-key': key }: Arguments): Promise<Tls | undefined> {
  if (cert === undefined || key === undefined) return undefined;
  try {
    return { cert: await readFile(cert), key: await readFile(key) };
  } catch (error) {
    throw new UsageError(`certificate or key cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}

/** Aborts when the service is asked to end: by signal, by message (a parent on Windows has no signal), or orphaned. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  const end = () => controller.abort();
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (process.platform === 'win32') process.once('SIGBREAK', end);
  process.on('message', (message) => {
    if (message === 'stop') end();
  });
  process.once('disconnect', end);
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function prepare(data: Opened, folder: string, args: Arguments, signal: AbortSignal): Promise<void> {
  if (args.restored) await markRestored(data.db, clock().toISOString());
  if (args.sample === undefined) return;
  await fillSample(data, {
    folder,
    count: args.sample,
    seed: args.seed,
    clock,
    say: (line) => console.log(line),
    // Loaded on demand: a service without a sample needs nothing that draws pictures.
    district: () => import('./sample/district.ts'),
    signal,
  });
}

/** What the administrator asked for beside serving; false when there was nothing of the kind. */
async function administer(args: Arguments): Promise<boolean> {
  const { data: folder, verify, 'export-log': file, 'reset-password': reset, 'allow-recovery': allow } = args;
  if (!verify && file === undefined && reset === undefined && allow === undefined) return false;
  const databaseUrl = args['database-url'];
  // With PostgreSQL too the folder must be there: its keys sign what is written.
  if (!existsSync(path.join(folder, databaseUrl === undefined ? 'service.db' : 'signing-key.pem')))
    throw new UsageError(`there is no service in ${folder}: name it by --data`);
  const data = await openData(path.resolve(folder), { databaseUrl, mustExist: true });
  const now = clock().toISOString();
  try {
    if (verify) {
      const verdict = await verifyAudit(data.db);
      const signatures = await verifySignatures(data.db);
      console.log(JSON.stringify({ ...verdict, signatures }));
      if (!verdict.ok || signatures.bad !== null) process.exitCode = 1;
    }
    if (file !== undefined) {
      const entries = await exportLog(data, { file, by: 'administrator', now });
      console.log(`Exported ${entries} entries.`);
    }
    if (reset !== undefined) {
      const { password, until } = await resetPassword(data.db, reset, now);
      console.log(`New password: ${password}\nData on the workstation may be recovered until ${until}.`);
    }
    if (allow !== undefined) {
      const until = await permitRecovery(data.db, allow, now);
      console.log(`Data on the workstation may be recovered until ${until}.`);
    }
  } finally {
    await data.close();
  }
  return true;
}

async function serve(args: Arguments): Promise<void> {
  const signal = endSignal();
  const tls = await readTls(args);
  const folder = path.resolve(args.data);
  let data = await openData(folder, { databaseUrl: args['database-url'] });
  let running: Running;
  try {
    await prepare(data, folder, args, signal);
    if (args['rotate-key']) data = await rotateKey(data, folder, clock().toISOString());
    if (signal.aborted) return await data.close();
    running = await startService(data, {
      host: args.host,
      port: args.port,
      ...(tls ? { tls } : {}),
      logLevel: args['log-level'],
      logTo: process.stderr,
      clock,
      signInsPerMinute: SIGN_INS_PER_MINUTE,
    });
  } catch (error) {
    await data.close();
    throw error;
  }
  console.log(`Review Desk service listening on ${running.url}`);
  await aborted(signal);
  await running.stop();
}

/** Failures that the person at the console can do something about, in one line. */
function plainly(error: unknown): string | null {
  const known = [UsageError, NewerDatabaseError, DatabaseRefusedError, SampleMismatchError, UnknownAccountError];
  if (error instanceof Error && known.some((kind) => error instanceof kind)) {
    return error.message;
  }
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'EADDRINUSE':
      return 'the port is in use: choose another with --port, or 0 for any free one';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `no permission: ${error.message}`;
    case 'EEXIST':
      return 'the file is there already: name another one';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'the address of --host is not one of this computer';
    default:
      return null;
  }
}

// What the service writes is for its own account alone.
process.umask(0o077);
try {
  const args = readCommandLine(process.argv.slice(2));
  if (args.help) console.log(USAGE);
  else if (!(await administer(args))) await serve(args);
} catch (error) {
  const text = plainly(error);
  console.error(text === null ? error : `Review Desk service: ${text}`);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
// An IPC channel to a parent would keep the process alive.
if (process.connected) process.disconnect();
