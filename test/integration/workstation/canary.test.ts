import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileOf, readKey } from '../../../electron/account/profile.ts';
import { openLog } from '../../../electron/log.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { filesBelow, formsOf, formsOfBytes, search } from '../../helpers/canaries.ts';
import { flipBit } from '../../helpers/damage.ts';
import { HOLDS, openDesk, openOffice, rows, signIn, status, synced, type TestDesk } from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const COMMENT = '请重新拍摄毕业证书首页';

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
    const all = filesBelow(userData ?? '');
    expect(all.length).toBeGreaterThan(4);
    return search(all, canaries);
  };

  // Synchronised, decided, undone.
  const first = await next();
  await signIn(first, office);
  await synced(first);
  for (const { id } of await rows(first)) {
    const { submission } = await first.handlers.subject({ id });
    const { form, registrationNumber, images } = submission;
    for (const text of [form.name, form.idNumber, registrationNumber]) canaries.set(text, formsOf(text));
    for (const { sha256 } of images) {
      const body = first.desk.picture('full', sha256)?.body;
      // A stretch of the coded picture itself: all small ones share their head.
      if (body)
        canaries.set(
          `picture ${sha256}`,
          formsOfBytes(Buffer.from(body.subarray(body.length / 2, body.length / 2 + 24))),
        );
    }
  }
  canaries.set(COMMENT, formsOf(COMMENT));
  canaries.set('password', formsOf(STAFF_PASSWORD));
  const profile = profileOf(first.userData, office.line.url, 'reviewer1');
  const key = await readKey(profile, STAFF_PASSWORD);
  canaries.set('key', formsOfBytes(key));
  expect(canaries.size).toBeGreaterThan(12);
  await judge(first, 'image.lock');
  await judge(first, 'image.return');
  await first.handlers.undo({ submissionId: null });
  expect(hits()).toEqual([]);
  await first.desk.signOut();

  // Again, for a backup; then damaged, recovered offline, and sent.
  const second = await next();
  await signIn(second, office);
  await until('a backup is made', () => filesBelow(profile.folder).some(({ path }) => /backups.*\.db$/.test(path)));
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
  const names = filesBelow(first.userData).map(({ path }) => path);
  for (const part of ['backups', 'quarantine', 'logs', 'settings.json']) {
    expect(
      names.some((name) => name.includes(part)),
      part,
    ).toBe(true);
  }
  expect(hits()).toEqual([]);
  // The search finds what is there: the account is in the settings, for the next sign-in.
  canaries.set('account', formsOf('reviewer1'));
  expect(hits()).toEqual(['account in settings.json']);
}, 60_000);
