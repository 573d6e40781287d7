import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { readKeyFiles } from '../../../electron/account/key-file.ts';
import { type Profile, profileOf, readKey } from '../../../electron/account/profile.ts';
import type { SystemSeal } from '../../../electron/account/system-seal.ts';
import { openLog } from '../../../electron/log.ts';
import { unlock } from '../../../electron/store/database.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { type Canaries, filesBelow, formsOf, formsOfBytes, search } from '../../helpers/canaries.ts';
import { blank, flipBit } from '../../helpers/damage.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { HOLDS, openDesk, openOffice, rows, signIn, synced, type TestDesk } from '../../helpers/office.ts';
import { newSystemSeal } from '../../helpers/system-seal.ts';
import { until } from '../../helpers/until.ts';

const COMMENT = '请重新拍摄毕业证书首页';
const OPEN = { readonly: true } as const;

/** Data of two reviewers of one computer, with backups and a quarantine, as a thief takes it; the seal stays behind. */
type Loot = {
  readonly userData: string;
  readonly mine: Profile;
  readonly colleague: Profile;
  readonly seal: SystemSeal;
  readonly keys: readonly [Buffer, Buffer];
  readonly canaries: Canaries;
};

/** Returns a picture of each of some submissions; gives what is searched for afterwards. */
async function decideOn(bench: TestDesk, from: number, to: number): Promise<Map<string, Buffer[]>> {
  const canaries = new Map([['comment', formsOf(COMMENT)]]);
  for (const { id } of (await rows(bench)).slice(from, to)) {
    const { submission } = await bench.handlers.subject({ id });
    const { form, images, registrationNumber, revision } = submission;
    for (const text of [form.name, form.idNumber, registrationNumber]) canaries.set(text, formsOf(text));
    const [image] = images;
    if (!image) throw new Error('no picture');
    const { slot, sha256 } = image;
    const body = bench.desk.picture('full', sha256)?.body;
    if (!body) throw new Error('the picture is not here');
    const middle = Buffer.from(body.subarray(body.length / 2, body.length / 2 + 24));
    canaries.set(`picture ${slot} of ${registrationNumber}`, formsOfBytes(middle));
    const act = { kind: 'image.return', slot, sha256, reasons: ['Q01' as const], comment: COMMENT } as const;
    await bench.handlers.decide({ submissionId: id, revision, act: { ...act, reasons: ['Q01'] } });
  }
  return canaries;
}

let stolen: Loot;
const loot = mkdtempSync(join(tmpdir(), 'review-desk-stolen-'));
afterAll(() => rmSync(loot, { recursive: true, force: true }));

test('two reviewers work on one computer, one after the other, and its disk is copied', async () => {
  const office = await openOffice(8);
  const seal = newSystemSeal();
  const userData = await temporaryFolder();
  const logTo = (folder: string) => openLog(join(folder, 'logs'), () => new Date());
  const bench = await openDesk({ userData, seal, holds: HOLDS, logTo });
  await signIn(bench, office);
  await synced(bench);
  const mine = profileOf(userData, office.line.url, 'reviewer1');
  const colleague = profileOf(userData, office.line.url, 'reviewer2');
  const canaries = await decideOn(bench, 0, 2);
  await bench.close();
  // Damaged, so that the next sign-in sets a file aside and leaves a backup.
  flipBit(join(mine.folder, 'review.db'), statSync(join(mine.folder, 'review.db')).size - 2000);
  const later = () => new Date(Date.now() + 60_000);
  const again = await openDesk({ userData, seal, holds: HOLDS, logTo, now: later });
  await signIn(again, office);
  await until('a backup is made', () => filesBelow(mine.folder).some(({ path }) => /backups.*\.db$/.test(path)));
  await again.desk.signOut();
  await signIn(again, office, 'reviewer2');
  await synced(again);
  for (const [what, forms] of await decideOn(again, 2, 4)) canaries.set(what, forms);
  await again.close();
  const keys = [await readKey(mine, STAFF_PASSWORD, seal), await readKey(colleague, STAFF_PASSWORD, seal)] as const;
  for (const key of keys) canaries.set('a data key', formsOfBytes(key));
  canaries.set('the password', formsOf(STAFF_PASSWORD));
  cpSync(userData, loot, { recursive: true });
  const inLoot = (profile: Profile) => ({ ...profile, folder: join(loot, 'profiles', profile.id) });
  stolen = { userData: loot, mine: inLoot(mine), colleague: inLoot(colleague), seal, keys, canaries };
}, 90_000);

/** The loot in a folder of the test's own. */
async function copied(): Promise<{ userData: string; profile: Profile }> {
  const userData = await temporaryFolder();
  cpSync(stolen.userData, userData, { recursive: true });
  const { id } = stolen.mine;
  return { userData, profile: { ...stolen.mine, folder: join(userData, 'profiles', id) } };
}

/** Every database in the folder: the present ones, backups, what was set aside. */
const databases = (userData: string): string[] =>
  filesBelow(userData)
    .map(({ path }) => path)
    .filter((path) => /\.db$/.test(path));

/** Opens a database as a thief would who has this key, and reads something of it. */
function read(path: string, key: Buffer | null): unknown {
  const db = new Sqlite(path, OPEN);
  try {
    if (key) unlock(db, key, basename(path).startsWith('images') ? 'aegis' : 'sqlcipher');
    return db.prepare('SELECT count(*) FROM sqlite_master').pluck().get();
  } finally {
    db.close();
  }
}

describe('a stolen folder', { timeout: 90_000 }, () => {
  test('holds both profiles, backups, a quarantine and logs, and the keys open them', () => {
    const paths = filesBelow(stolen.userData).map(({ path }) => path);
    for (const part of [stolen.mine.id, stolen.colleague.id, 'backups', 'quarantine', 'logs', 'settings.json']) {
      expect(
        paths.some((path) => path.includes(part)),
        part,
      ).toBe(true);
    }
    // Else the refusals below would prove nothing.
    const opened = databases(stolen.userData).filter((path) => {
      const key = stolen.keys[path.includes(stolen.mine.id) ? 0 : 1];
      try {
        return Number(read(join(stolen.userData, path), key)) > 0;
      } catch {
        return false;
      }
    });
    expect(opened.length).toBeGreaterThanOrEqual(5);
  });

  test('opens neither with a wrong password, nor with the right one and without the system', async () => {
    const { profile } = await copied();
    const other = newSystemSeal();
    await expect(readKey(profile, 'wrong', stolen.seal)).rejects.toMatchObject({ code: 'store.locked' });
    await expect(readKey(profile, STAFF_PASSWORD)).rejects.toMatchObject({ code: 'store.sealed' });
    await expect(readKey(profile, STAFF_PASSWORD, other)).rejects.toMatchObject({ code: 'store.sealed' });
    expect(await readKey(profile, STAFF_PASSWORD, stolen.seal)).toEqual(stolen.keys[0]);
  });

  test('opens not when its key file says that the password alone protects', async () => {
    const { profile } = await copied();
    const [{ file }] = readKeyFiles(profile.folder);
    for (const name of ['profile.json', 'profile.copy.json']) {
      writeFileSync(join(profile.folder, name), JSON.stringify({ ...file, system: null }));
    }
    await expect(readKey(profile, STAFF_PASSWORD)).rejects.toMatchObject({ code: 'store.locked' });
  });

  test('opens not with the key of the other reviewer, nor with that one’s key file', async () => {
    const { userData, profile } = await copied();
    for (const path of databases(userData)) {
      const [mine, colleague] = stolen.keys;
      const foreign = path.includes(stolen.mine.id) ? colleague : mine;
      if (statSync(join(userData, path)).size === 0) continue;
      expect(() => read(join(userData, path), foreign), path).toThrow();
      expect(() => read(join(userData, path), null), path).toThrow();
      expect(() => read(join(userData, path), Buffer.alloc(32)), path).toThrow();
    }
    for (const name of ['profile.json', 'profile.copy.json']) {
      cpSync(join(stolen.colleague.folder, name), join(profile.folder, name));
    }
    // Both have the same password and the same system: the wrapping names its profile.
    await expect(readKey(profile, STAFF_PASSWORD, stolen.seal)).rejects.toMatchObject({ code: 'store.locked' });
  });

  test('opens not after any bit of the key file was changed, and the copy opens it', async () => {
    const { profile } = await copied();
    const [first, second] = [join(profile.folder, 'profile.json'), join(profile.folder, 'profile.copy.json')];
    const good = readFileSync(first);
    const places = [0.1, 0.3, 0.5, 0.6, 0.7, 0.9].map((part) => Math.floor(good.length * part));
    for (const at of places) {
      writeFileSync(first, good);
      writeFileSync(second, good);
      flipBit(first, at);
      expect(await readKey(profile, STAFF_PASSWORD, stolen.seal), `bit at ${at}`).toEqual(stolen.keys[0]);
      flipBit(second, at);
      const opened = await readKey(profile, STAFF_PASSWORD, stolen.seal).catch(() => null);
      // In what isn't part of the wrapping a bit changes nothing; never does it open to something else.
      if (opened) expect(opened).toEqual(stolen.keys[0]);
    }
    blank(first, 0, good.length);
    blank(second, 0, good.length);
    await expect(readKey(profile, STAFF_PASSWORD, stolen.seal)).rejects.toMatchObject({ code: 'store.key' });
  });

  test('tells nothing to a search, whatever file, encoding or compression', () => {
    const written = filesBelow(stolen.userData);
    expect(stolen.canaries.size).toBeGreaterThan(8);
    expect(search(written, stolen.canaries)).toEqual([]);
    // The search finds what is there.
    const planted = new Map([...stolen.canaries, ['the account', formsOf('reviewer2')]]);
    expect(search(written, planted)).toEqual(['the account in settings.json']);
  });

  test('is random bytes throughout, but for what is named here', () => {
    const plain = /^(settings\.json|logs\/desk\.log)$|\/(profile(\.copy)?\.json|desk\.lock|[^/]+-shm|[^/]*doubt[^/]*)$/;
    const looked = filesBelow(stolen.userData).filter(
      ({ path, bytes }) => !plain.test(path.replaceAll('\\', '/')) && bytes.length > 0,
    );
    expect(looked.length).toBeGreaterThanOrEqual(5);
    for (const { path, bytes } of looked) {
      for (let at = 0; at + 4096 <= bytes.length; at += 4096) {
        expect(entropy(bytes.subarray(at, at + 4096)), `${path} at ${at}`).toBeGreaterThan(7.9);
      }
    }
    expect(entropy(Buffer.from('报名号 2026990101000001。'.repeat(200)).subarray(0, 4096))).toBeLessThan(5);
  });

  test('has nothing beside the profiles that a plain reading of the key file would give away', () => {
    const text = readFileSync(join(stolen.mine.folder, 'profile.json'), 'utf8');
    expect(text).not.toMatch(/reviewer|127\.0\.0\.1|localhost/);
    expect(existsSync(join(stolen.mine.folder, 'profile.draft.json'))).toBe(false);
  });
});

/** Shannon's, bits a byte: 4096 random bytes have some 7.95, texts and tables less than 6. */
function entropy(bytes: Buffer): number {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / bytes.length) * Math.log2(count / bytes.length)),
    0,
  );
}
