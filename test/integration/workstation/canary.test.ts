import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileOf, readKey } from '../../../electron/account/profile.ts';
import { openLog } from '../../../electron/log.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { flipBit } from '../../helpers/damage.ts';
import { HOLDS, openDesk, openOffice, rows, signIn, status, synced, type TestDesk } from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const COMMENT = '请重新拍摄毕业证书首页';

/** Everything below a folder, with its bytes. */
function files(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

/** A text as it may stand in a file: in the encodings that Chromium, SQLite and JSON use. */
function forms(text: string): Buffer[] {
  const escaped = [...text].map((sign) =>
    sign > '~' ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}` : sign,
  );
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(escaped.join('')),
    Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -1)),
  ];
}

async function judge(bench: TestDesk, kind: 'image.lock' | 'image.return'): Promise<void> {
  for (const { id } of await rows(bench)) {
    const { submission } = await bench.handlers.subject({ id });
    const image = submission.images.find(({ state }) => state === 'open');
    if (!image) throw new Error('no open picture');
    const { slot, sha256 } = image;
    await bench.handlers.decide({
      submissionId: id,
      revision: submission.revision,
      act: kind === 'image.lock' ? { kind, slot, sha256 } : { kind, slot, sha256, reasons: ['Q01'], comment: COMMENT },
    });
  }
}

test('after a whole story nothing personal, no picture, password or key can be read anywhere in the folder', async () => {
  const office = await openOffice(3);
  const canaries = new Map<string, Buffer[]>();
  const story: TestDesk[] = [];
  let userData: string | undefined;
  const next = async (holds = HOLDS): Promise<TestDesk> => {
    const desk = await openDesk({
      ...(userData === undefined ? {} : { userData }),
      holds,
      now: () => new Date(Date.now() + story.length * 60_000),
      logTo: (folder) => openLog(join(folder, 'logs'), () => new Date()),
    });
    userData = desk.userData;
    story.push(desk);
    return desk;
  };
  const hits = (): string[] => {
    const folder = userData ?? '';
    const all = files(folder);
    expect(all.length).toBeGreaterThan(4);
    return [...canaries].flatMap(([what, texts]) =>
      all
        .filter(({ path, bytes }) => texts.some((text) => bytes.includes(text) || path.includes(text.toString())))
        .map(({ path }) => `${what} in ${path.slice(folder.length)}`),
    );
  };

  // Synchronised, decided, undone.
  const first = await next();
  await signIn(first, office);
  await synced(first);
  for (const { id } of await rows(first)) {
    const { submission } = await first.handlers.subject({ id });
    const { form, registrationNumber, images } = submission;
    for (const text of [form.name, form.idNumber, registrationNumber]) canaries.set(text, forms(text));
    for (const { sha256 } of images) {
      const body = first.desk.picture('full', sha256)?.body;
      // A stretch of the coded picture itself: all small ones share their head.
      if (body)
        canaries.set(`picture ${sha256}`, [
          Buffer.from(body.subarray(Math.floor(body.length / 2), Math.floor(body.length / 2) + 24)),
        ]);
    }
  }
  canaries.set(COMMENT, forms(COMMENT));
  canaries.set('password', forms(STAFF_PASSWORD));
  const profile = profileOf(first.userData, office.line.url, 'reviewer1');
  const key = await readKey(profile, STAFF_PASSWORD);
  canaries.set('key', [key, Buffer.from(key.toString('hex')), Buffer.from(key.toString('base64'))]);
  expect(canaries.size).toBeGreaterThan(12);
  await judge(first, 'image.lock');
  await judge(first, 'image.return');
  await first.handlers.undo({ submissionId: null });
  expect(hits()).toEqual([]);
  await first.desk.signOut();

  // Again, for a backup; then damaged, recovered offline, and sent.
  const second = await next();
  await signIn(second, office);
  const backups = join(profile.folder, 'backups');
  await until('a backup is made', () => files(profile.folder).some(({ path }) => /backups.*\.db$/.test(path)));
  expect(hits()).toEqual([]);
  await second.close();
  flipBit(join(profile.folder, 'review.db'), statSync(join(profile.folder, 'review.db')).size - 2000);
  flipBit(join(profile.folder, 'images.db'), 40);
  await office.line.set('down');
  const third = await next();
  await signIn(third, office);
  expect(third.desk.status().recovery?.decisions).toBe(6);
  expect(hits()).toEqual([]);
  await office.line.set('clear');
  await status(third, 'all are sent', ({ sent, waiting }) => sent === 5 && waiting === 0);
  await third.desk.signOut();
  const names = files(first.userData).map(({ path }) => path);
  for (const part of [backups, join(profile.folder, 'quarantine'), join(first.userData, 'logs'), 'settings.json']) {
    expect(
      names.some((name) => name.includes(part)),
      part,
    ).toBe(true);
  }
  expect(hits()).toEqual([]);
  // The search finds what is there: the account is in the settings, for the next sign-in.
  canaries.set('account', forms('reviewer1'));
  expect(hits()).toEqual(['account in /settings.json']);
}, 60_000);
