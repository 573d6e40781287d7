import { execFile, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { request } from 'undici';
import { fillSample } from '../../service/fill.ts';
import { CANDIDATE_PASSWORD, STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import { openData } from '../../service/start.ts';
import { WRITERS } from '../../service/store/postgresql/connect.ts';
import { FeedPage, Session } from '../../shared/wire.ts';
import { TINY_DISTRICT } from '../factories/district.ts';
import { png } from '../factories/pictures.ts';
import { type Caller, callerOf, decisionOn, lockingAll, pull, send, sendLinks } from '../factories/running-service.ts';
import { signedBy } from '../factories/signed.ts';
import { returning } from '../factories/submission.ts';
import { launchService } from '../helpers/service-process.ts';
import { startPostgres } from '../postgresql/server.ts';
import { withFolder } from './folder.ts';
import { clock, compare, interleave, type Line } from './measure.ts';
import { decisionScript, feedScript, PREPARE, uploadScript } from './service-statements.ts';

const run = promisify(execFile);

const CANDIDATES = 400;
const ROUNDS = 7;
/** Who asks at the same time: reviewers 1 and 2 of one site, reviewer 3 of the other. */
const REVIEWERS = ['reviewer1', 'reviewer2', 'reviewer3'];
/** Decisions that one reviewer's workstation sends at once. */
const BATCH = 60;
const PAGE = 50;
/** Pages that each reviewer reads in a round. */
const PAGES = 40;
/** Pictures that each of so many candidates sends in a round. */
const [SENDERS, PICTURES] = [3, 12];
const PICTURE_BYTES = 150_000;

/** What so many things in so many milliseconds are in a second. */
const rate = (count: number, began: number): number => (1000 * count) / (clock() - began);

/** Transactions a second that pgbench reaches with a script. */
async function pgbench(script: string, url: string, count: number): Promise<number> {
  const args = ['-n', '-M', 'prepared', '-c', String(REVIEWERS.length), '-t', String(count), '-f', script, url];
  const { stdout } = await run('pgbench', args).catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing ? new Error('pgbench is not on the PATH: install the PostgreSQL client programs') : error;
  });
  if (!/number of failed transactions: 0 /.test(stdout)) throw new Error(`pgbench: ${stdout}`);
  return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]);
}

const PICTURE = png(1, { padding: PICTURE_BYTES });

/** A picture that nobody sent yet. */
const freshPicture = (): Uint8Array => Buffer.concat([PICTURE, randomBytes(16)]);

/** Writes a picture for good, as plainly as it can be done: the file and its name in the folder are synced. */
async function writePlainly(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `${name}.draft`);
  const file = await open(draft, 'wx');
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(draft, join(folder, name));
  const place = await open(folder, 'r');
  await place.sync();
  await place.close();
}

/**
 * Asks for something, or sends a picture, reads the answer to its end and looks at nothing of it, as pgbench does. Not
 * by `fetch`, which takes more of the same cores than the service.
 */
async function drain(url: string, token: string, picture?: Uint8Array): Promise<void> {
  const authorization = `Bearer ${token}`;
  const { statusCode, body } = await (picture
    ? request(url, { method: 'PUT', headers: { authorization, 'content-type': 'image/png' }, body: picture })
    : request(url, { headers: { authorization } }));
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  for await (const _ of body);
}

/** A server of one file, in a process of its own. */
async function serveFile(file: string): Promise<{ readonly url: string; readonly end: () => void }> {
  const child = fork(join(import.meta.dirname, 'file-server.ts'), [file]);
  const [port] = await once(child, 'message');
  return { url: `http://127.0.0.1:${port}`, end: () => child.kill() };
}

async function ask(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statements);
  await client.end();
}

async function signIn(url: string, path: string, body: object): Promise<Caller> {
  return callerOf(url, Session.parse((await callerOf(url, '').ask('POST', path, { body })).body).token);
}

/** Locks for everyone and every round, signed beforehand: the workstations' own work is not the service's. */
async function madeDecisions(reviewers: readonly Caller[]) {
  const rounds = ROUNDS + 1;
  return Promise.all(
    reviewers.map(async (reviewer, who) => {
      // The first two are of one site: each has every other submission there.
      const own = (await pull(reviewer)).filter((_, index) => who === 2 || index % 2 === who);
      const links = await signedBy(
        reviewer,
        own
          .slice(3)
          .flatMap(lockingAll)
          .slice(0, rounds * BATCH),
      );
      if (links.length < rounds * BATCH) throw new Error('there are too few pictures');
      return Array.from({ length: rounds }, (_, round) => links.slice(round * BATCH, (round + 1) * BATCH));
    }),
  );
}

/** Candidates whose submission was returned for one picture, which they may send as often as they like. */
async function returnedTo(url: string, reviewer: Caller): Promise<Caller[]> {
  const submissions = (await pull(reviewer)).slice(0, SENDERS);
  await send(reviewer, ...submissions.map((of) => decisionOn(of, returning(of, ['M03-1']))));
  return Promise.all(
    submissions.map(({ registrationNumber }) =>
      signIn(url, '/v1/candidate/sessions', { registrationNumber, password: CANDIDATE_PASSWORD }),
    ),
  );
}

async function measure(folder: string, urlOf: (database: string) => string): Promise<Line[]> {
  await ask(urlOf('postgres'), 'CREATE DATABASE ours');
  const databaseUrl = urlOf('ours');
  const data = await openData(folder, { databaseUrl });
  const options = { folder, count: CANDIDATES, seed: 1, clock: () => new Date(), say: () => undefined };
  await fillSample(data, { ...options, district: async () => TINY_DISTRICT });
  await data.close();
  const service = launchService('--data', folder, '--database-url', databaseUrl);
  try {
    const url = await service.listening;
    const reviewers = await Promise.all(
      REVIEWERS.map((account) => signIn(url, '/v1/sessions', { account, password: STAFF_PASSWORD })),
    );
    const candidates = await returnedTo(url, reviewers[0] as Caller);
    const decisions = await madeDecisions(reviewers);
    const decide = async (round: number) => {
      const began = clock();
      const answers = await Promise.all(
        reviewers.map((one, who) => sendLinks(one, ...(decisions[who]?.[round] ?? []))),
      );
      const done = answers.flat();
      if (!done.every(({ outcome }) => outcome === 'applied')) throw new Error(JSON.stringify(done[0]));
      return rate(done.length, began);
    };
    await decide(0);
    const { epoch } = await (reviewers[0] as Caller).get('/v1/feed?limit=1', FeedPage);
    /** Pages a second, each reviewer one after the other. */
    const reading = async (address: () => string) => {
      const began = clock();
      const read = async (reviewer: Caller) => {
        for (let page = 0; page < PAGES; page += 1) await drain(address(), reviewer.token);
      };
      await Promise.all(reviewers.map(read));
      return rate(REVIEWERS.length * PAGES, began);
    };
    const pageAfter = (after: number) => `${url}/v1/feed?epoch=${epoch}&after=${after}&limit=${PAGE}`;
    const somewhere = () => pageAfter(Math.floor(Math.random() * CANDIDATES * 0.5));
    const page = join(folder, 'page.json');
    await writeFile(page, JSON.stringify((await reviewers[0]?.ask('GET', pageAfter(0).slice(url.length)))?.body));
    const files = await serveFile(page);
    const eachSends = (write: (who: number, place: number) => Promise<void>) => async () => {
      const began = clock();
      const all = Array.from({ length: SENDERS }, async (_, who) => {
        for (let place = 0; place < PICTURES; place += 1) await write(who, place);
      });
      await Promise.all(all);
      return rate(SENDERS * PICTURES, began);
    };
    const plain = join(folder, 'plain');
    await mkdir(plain);
    const upload = eachSends(async (who) => {
      await drain(`${url}/v1/candidate/images/M03-1`, candidates[who]?.token ?? '', freshPicture());
    });
    let written = 0;
    const writeFiles = eachSends(async () => {
      written += 1;
      await writePlainly(plain, String(written), freshPicture());
    });
    await ask(urlOf('postgres'), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ours'`);
    await ask(urlOf('postgres'), 'CREATE DATABASE theirs TEMPLATE ours');
    await ask(urlOf('theirs'), PREPARE);
    const script = async (name: string, text: string) => {
      const file = join(folder, `${name}.sql`);
      await writeFile(file, text);
      return file;
    };
    const decisionFile = await script('decision', decisionScript(CANDIDATES, WRITERS));
    const feedFile = await script('feed', feedScript(CANDIDATES / 2, PAGE, { documents: false }));
    const documentsFile = await script('documents', feedScript(CANDIDATES / 2, PAGE, { documents: true }));
    const uploadFile = await script('upload', uploadScript(CANDIDATES, WRITERS));
    // One after the other for each picture, as an upload must: first its file, then the rows that name it.
    const filesAndRows = async () => {
      const files = await writeFiles();
      return 1 / (1 / files + 1 / (await pgbench(uploadFile, urlOf('theirs'), PICTURES)));
    };
    const values = await interleave(ROUNDS, {
      // The first of them warmed up.
      decide: (round) => decide(round + 1),
      decisionsOfPgbench: () => pgbench(decisionFile, urlOf('theirs'), BATCH),
      feed: () => reading(somewhere),
      pagesOfPgbench: () => pgbench(feedFile, urlOf('theirs'), PAGES),
      pagesServed: () => reading(() => files.url),
      documentsOfPgbench: () => pgbench(documentsFile, urlOf('theirs'), PAGES),
      upload,
      filesAndRows,
    });
    const more = { clients: REVIEWERS.length };
    const pages = {
      pgbench: values.pagesOfPgbench,
      pgbenchWithDocuments: values.documentsOfPgbench,
      // Asked of the database, then sent: what a page takes at least.
      pgbenchThenFile: values.pagesOfPgbench.map(
        (asked, round) => 1 / (1 / asked + 1 / (values.pagesServed[round] ?? 0)),
      ),
    };
    files.end();
    return [
      compare('service.decisions', 'decisions/s', values.decide, { pgbench: values.decisionsOfPgbench }, more),
      compare('service.feed', `pages/s of ${PAGE}`, values.feed, pages, more),
      compare('service.uploads', 'pictures/s of 150 kB', values.upload, { filesAndPgbench: values.filesAndRows }, more),
    ];
  } finally {
    service.child.kill('SIGTERM');
    await service.ended;
  }
}

/**
 * `service`: the service on PostgreSQL, in a process of its own, asked over HTTP by three at a time. Anchors: pgbench
 * with the same statements against a copy of the same database on the same server; for
 * pictures plain files, synced, and after them pgbench.
 */
export function service(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const server = await startPostgres();
    try {
      return await measure(folder, server.urlOf);
    } finally {
      await server.stop();
    }
  });
}
