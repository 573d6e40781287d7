import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { protect, secure } from '../../../electron/account/data-key.ts';
import { createProfile, profileOf, readKey } from '../../../electron/account/profile.ts';
import { newSealingKeys } from '../../../shared/sealed.ts';
import { flipBit } from '../../helpers/damage.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const OLD = 'Former-2026-desk';
const NEXT = 'Another-2026-desk';
const REWRAP = join(import.meta.dirname, '../../helpers/rewrap-process.ts');

async function newProfile() {
  const profile = profileOf(await temporaryFolder(), 'http://127.0.0.1:9', 'reviewer1');
  return { profile, key: await createProfile(profile, OLD) };
}

function canTrace(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;
}

test.runIf(canTrace())(
  'killed at any sync or rename while the password is changed, the data opens by the old one or the new one',
  async () => {
    const { profile, key } = await newProfile();
    const first = await temporaryFolder();
    cpSync(profile.folder, first, { recursive: true });
    const ends: string[] = [];
    // The second writing meets the same places of the first; its renames alone make new states.
    for (const [call, last] of [
      ['fsync', 5],
      ['rename', 100],
    ] as const) {
      for (let when = 1; when <= last; when += 1) {
        cpSync(first, profile.folder, { recursive: true });
        const { signal } = spawnSync(
          'strace',
          [
            ...['-qq', '-o', '/dev/null', '-e', `trace=${call}`],
            ...['-e', `inject=${call}:signal=SIGKILL:when=${when}`],
            ...[process.execPath, REWRAP, profile.id, profile.folder, OLD, NEXT],
          ],
          { timeout: 30_000 },
        );
        const opened = await Promise.all(
          [OLD, NEXT].map((password) => readKey(profile, password).then(key.equals.bind(key), () => false)),
        );
        expect(opened, `${call} ${when}`).toContain(true);
        ends.push(opened.join());
        if (signal === null) break;
      }
    }
    // Each of the three states was met: the kills struck before, between and after.
    expect(new Set(ends).size).toBe(3);
    expect(ends.length).toBeGreaterThanOrEqual(12);
  },
  240_000,
);

test('a damaged place is put right by the other at the next sign-in, and never the other way round', async () => {
  const { profile, key } = await newProfile();
  const [first, second] = [join(profile.folder, 'profile.json'), join(profile.folder, 'profile.copy.json')];
  const { publicKey } = await newSealingKeys();
  const by = { password: OLD, seal: null, recoveryKey: publicKey, account: 'acc-1', renew: false };
  await secure(profile, key, by);
  const good = readFileSync(first, 'utf8');
  writeFileSync(first, '');
  await secure(profile, key, by);
  expect(readFileSync(first, 'utf8')).toBe(good);
  // It still reads as a key file, but opens no more.
  flipBit(first, good.indexOf('"tag"') + 10);
  expect(await readKey(profile, OLD)).toEqual(key);
  await secure(profile, key, { ...by, renew: true });
  expect(readFileSync(first, 'utf8')).toBe(readFileSync(second, 'utf8'));
  expect(await readKey(profile, OLD)).toEqual(key);
});

test('a key file is not replaced by one that doesn’t open', async () => {
  const { profile, key } = await newProfile();
  const before = readFileSync(join(profile.folder, 'profile.json'), 'utf8');
  const broken = { seal: (secret: Buffer) => secret, open: () => Buffer.alloc(32) };
  await expect(protect(profile, key, { passwords: [NEXT], seal: broken, recovery: null })).rejects.toMatchObject({
    code: 'store.sealed',
  });
  expect(readFileSync(join(profile.folder, 'profile.json'), 'utf8')).toBe(before);
  expect(await readKey(profile, OLD)).toEqual(key);
});

test.runIf(process.platform !== 'win32')('only its owner may read a profile', async () => {
  const { profile } = await newProfile();
  const modes = execFileSync('find', [profile.folder, '-printf', '%m %y\n'], { encoding: 'utf8' });
  expect(new Set(modes.trim().split('\n'))).toEqual(new Set(['700 d', '600 f']));
});
