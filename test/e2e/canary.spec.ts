import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Page } from 'playwright';
import { z } from 'zod';
import { profileOf, readKey } from '../../electron/account/profile.ts';
import { Form } from '../../shared/form.ts';
import { Slot } from '../../shared/ids.ts';
import { filesBelow, formsOf, formsOfBytes, search, type Written } from '../helpers/canaries.ts';
import { expect, test } from './desk.ts';
import type { LaunchedDesk } from './launch.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { readTruth } from './truth.ts';

const COMMENT = '请补拍毕业证书首页并露出四角';
const SEARCHED = '赵';

const Document = z.object({
  registrationNumber: z.string(),
  form: Form,
  images: z.array(z.object({ slot: Slot, sha256: z.string() })),
});

/** What the service knows of everybody, from its own database: nothing of it may lie readable at the workstation. */
async function plantedIn(folder: string): Promise<Map<string, Buffer[]>> {
  const db = new Sqlite(join(folder, 'service.db'), { readonly: true });
  const documents = db.prepare<[], { document: string }>('SELECT document FROM submissions').all();
  db.close();
  const blobs = filesBelow(join(folder, 'images'));
  const canaries = new Map<string, Buffer[]>();
  for (const { document } of documents) {
    const { registrationNumber, form, images } = Document.parse(JSON.parse(document));
    canaries.set(`name of ${registrationNumber}`, formsOf(form.name));
    canaries.set(`ID number of ${registrationNumber}`, formsOf(form.idNumber));
    canaries.set(`number ${registrationNumber}`, formsOf(registrationNumber));
    for (const { slot, sha256 } of images) {
      const bytes = blobs.find(({ path }) => path.includes(sha256))?.bytes;
      if (!bytes) throw new Error(`the service has no picture ${sha256}`);
      // Coded pixels: the head is the same in many pictures.
      const at = Math.floor(bytes.length / 2);
      canaries.set(`picture ${slot} of ${registrationNumber}`, formsOfBytes(bytes.subarray(at, at + 24)));
    }
  }
  return canaries;
}

/** Ends the page's process as a bug in Chromium would. */
async function crashPage({ app }: LaunchedDesk): Promise<void> {
  if (!app) throw new Error('this app cannot be inspected');
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('render-process-gone', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
}

async function dumpsOf({ app }: LaunchedDesk): Promise<string> {
  if (!app) throw new Error('this app cannot be inspected');
  return app.evaluate(({ app: own }) => own.getPath('crashDumps'));
}

/** A line to the service on which the tokens of sessions are heard: they are in main's memory alone. */
async function listenIn(target: string): Promise<{ url: string; tokens: Set<string>; close: () => void }> {
  const tokens = new Set<string>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(target).port), '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
    near.on('data', (bytes) => {
      for (const [, token] of String(bytes).matchAll(/^authorization: Bearer (\S+)/gim)) if (token) tokens.add(token);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, tokens, close: () => void server.close() };
}

async function openReview(page: Page, number: string): Promise<ReviewPage> {
  await new QueuePage(page).open(number);
  const review = new ReviewPage(page);
  await review.shown(number);
  return review;
}

test('after a whole story, with crashes, nothing personal can be read in anything that was written', async ({
  launch,
  reviewer: known,
  service,
  folder,
}) => {
  test.setTimeout(240_000);
  const line = await listenIn(service.url);
  const reviewer = { ...known, service: line.url };
  const temporary = join(folder, 'temporary');
  const userData = join(folder, 'desk');
  mkdirSync(temporary);
  const { candidates } = await readTruth(service.folder);
  const [first = '', second = '', third = ''] = candidates
    .filter(({ site, defects }) => site === '990101' && defects.length === 0)
    .map(({ registrationNumber }) => registrationNumber);
  const desks: LaunchedDesk[] = [];
  const start = async () => {
    const desk = await launch({ holdMs: 0, userData, temporary });
    desks.push(desk);
    await new SignInPage(desk.page).signIn(reviewer);
    await new QueuePage(desk.page).resumed();
    return desk;
  };

  // Synchronised, searched, locked, returned with a comment, undone; killed with all of that under way.
  let desk = await start();
  const dumps = await dumpsOf(desk);
  await new QueuePage(desk.page).search(SEARCHED);
  await new QueuePage(desk.page).search('');
  let review = await openReview(desk.page, first);
  const slots = await review.slots();
  await review.lock(slots[0] ?? '');
  await review.returnImage(slots[1] ?? '', ['Q01'], COMMENT);
  await review.press('Control+KeyZ');
  await review.layout('4');
  await review.returnImage(slots[2] ?? '', ['Q01'], COMMENT);
  await review.openReturn();
  await review.confirmReturn();
  await desk.kill();

  // Offline, then the page crashes, then the network is back and the reviewer signs out.
  await service.stop();
  desk = await start();
  await new StatusBar(desk.page).offline();
  review = await openReview(desk.page, second);
  for (const slot of await review.slots()) await review.lock(slot);
  await review.approve();
  await crashPage(desk);
  await desk.kill();
  await service.start();
  desk = await start();
  const status = new StatusBar(desk.page);
  await status.waitFor('waiting', 0);
  review = await openReview(desk.page, third);
  await review.press('KeyC');
  await desk.page.getByTestId('sign-out').click();
  await new SignInPage(desk.page).shown();
  await new SignInPage(desk.page).signIn({ ...reviewer, password: 'wrong-Password-1' });
  await new SignInPage(desk.page).problem();

  const canaries = await plantedIn(service.folder);
  canaries.set('comment', formsOf(COMMENT));
  canaries.set('password', formsOf(reviewer.password));
  expect(line.tokens.size).toBeGreaterThanOrEqual(2);
  for (const token of line.tokens) canaries.set('token', [...(canaries.get('token') ?? []), ...formsOf(token)]);
  canaries.set('mistyped password', formsOf('wrong-Password-1'));
  const profile = profileOf(userData, reviewer.service, reviewer.account);
  canaries.set('data key', formsOfBytes(await readKey(profile, reviewer.password)));
  const recovery = await readFile(join(service.folder, 'recovery-key.pem'), 'utf8');
  canaries.set('recovery key', [Buffer.from(recovery.split('\n')[1] ?? '')]);
  expect(canaries.size).toBeGreaterThan(100);
  const everything = (): Written[] => [
    ...filesBelow(userData),
    ...filesBelow(temporary).map((file) => ({ ...file, path: join('temporary', file.path) })),
    ...desks.map((one, index) => ({ path: `output ${index + 1}`, bytes: Buffer.from(one.output()) })),
    ...(existsSync(dumps) && !dumps.startsWith(userData) ? filesBelow(dumps) : []),
  ];
  // While it is open, and after it has ended.
  expect(search(everything(), canaries)).toEqual([]);
  await desk.close();
  const written = everything();
  const paths = written.map(({ path }) => path);
  for (const part of [profile.id, 'review.db', 'images.db', 'desk.log', 'settings.json', 'output 3']) {
    expect(
      paths.some((path) => path.includes(part)),
      part,
    ).toBe(true);
  }
  expect(search(written, canaries)).toEqual([]);
  // No dump of the crashed processes holds memory: none is made.
  expect(paths.filter((path) => path.endsWith('.dmp'))).toEqual([]);
  expect(readdirSync(userData)).toContain('profiles');
  // The search finds what is there.
  line.close();
  canaries.set('account', formsOf(reviewer.account));
  expect(search(written, canaries)).toEqual(['account in settings.json']);
});
