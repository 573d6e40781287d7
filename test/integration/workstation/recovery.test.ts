import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { firstBreak } from '../../../electron/store/audit.ts';
import { Store, type StoreFile } from '../../../electron/store/database.ts';
import { readOffice, readRecovery } from '../../../electron/store/meta.ts';
import { PAGE_BYTES } from '../../../electron/store/pages.ts';
import { openReview } from '../../../electron/store/review-file.ts';
import { backUp, reviewFile, ways, work, workedFile } from '../../factories/review-file.ts';
import { NOW } from '../../factories/submission.ts';
import { blank, flipBit } from '../../helpers/damage.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const now = () => new Date(NOW);

/** Opens a file as the desk does, reads it with `read`, closes it. */
function reopen<T>(file: StoreFile, read: (store: Store) => T, keyIsRight = false) {
  const { store, recovery } = openReview(file, () => keyIsRight, now);
  try {
    return { recovery, found: read(store) };
  } finally {
    store.close();
  }
}

const waysOf = (file: StoreFile, keyIsRight = false) => reopen(file, ({ read }) => ways(read), keyIsRight);

const inQuarantine = (file: StoreFile): string[] => {
  const folder = join(dirname(file.path), 'quarantine');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** A copy of a profile folder's `review.db` in a folder of its own. */
function copied(file: StoreFile, folder: string): StoreFile {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'review.db');
  copyFileSync(file.path, path);
  return { ...file, path };
}

test('a sound file is opened as it is', async () => {
  const file = workedFile(await temporaryFolder(), 8);
  const { recovery, found } = waysOf(file);
  expect(recovery).toBeNull();
  expect(found.size).toBe(8);
  expect(inQuarantine(file)).toEqual([]);
});

test('a changed bit in any page: found, the file kept as it was, no decision lost, none sent that was withdrawn', async () => {
  const folder = await temporaryFolder();
  const file = workedFile(join(folder, 'sound'), 40);
  const before = waysOf(file).found;
  const pages = statSync(file.path).size / PAGE_BYTES;
  expect(pages).toBeGreaterThan(40);
  let uncertain = 0;
  for (let page = 0; page < pages; page += 1) {
    const damaged = copied(file, join(folder, `page-${page}`));
    flipBit(damaged.path, page * PAGE_BYTES + 1000);
    const bytes = readFileSync(damaged.path);
    const { recovery, found } = waysOf(damaged);
    expect(recovery, `page ${page}`).not.toBeNull();
    const [kept = ''] = inQuarantine(damaged);
    expect(readFileSync(join(dirname(damaged.path), 'quarantine', kept)).equals(bytes), `page ${page}`).toBe(true);
    expect([...found.keys()].sort(), `page ${page}`).toEqual([...before.keys()].sort());
    for (const [seq, way] of found) {
      if (way.code === 'decision.recovered') uncertain += 1;
      else expect([page, seq, way]).toEqual([page, seq, before.get(seq)]);
    }
    expect(recovery?.missing).toBe(0);
    reopen(damaged, ({ read }) => expect(firstBreak(read)).toBeNull());
  }
  // The page with the outbox hides what still waits, once.
  expect(uncertain).toBeLessThan(pages);
}, 120_000);

test.each([
  ['the head of the file', (path: string) => blank(path, 0, 16)],
  ['the first page', (path: string) => blank(path, 0, PAGE_BYTES)],
  [
    'the second half',
    (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2 / PAGE_BYTES) * PAGE_BYTES),
  ],
  ['a stretch in the middle', (path: string) => blank(path, 5 * PAGE_BYTES + 77, 9 * PAGE_BYTES + 99)],
  ['everything', (path: string) => blank(path, 0, statSync(path).size)],
  ['the file itself', (path: string) => rmSync(path)],
  ['all of its content', (path: string) => truncateSync(path, 0)],
])('without %s the newest backup and what can still be read make it whole again', async (_, destroy) => {
  const file = workedFile(await temporaryFolder(), 24);
  backUp(file, '20260310T010000000Z');
  const store = Store.open(file);
  work(store, 6);
  const before = ways(store.read);
  store.close();
  destroy(file.path);
  const { recovery, found } = waysOf(file, true);
  expect(recovery).toMatchObject({ backup: '2026-03-10T01:00:00.000Z', decisions: found.size });
  expect(found.size).toBeGreaterThanOrEqual(24);
  for (let seq = 1; seq <= 24; seq += 1) expect(found.get(seq)).toEqual(before.get(seq));
  for (const [seq, way] of found) if (way.code !== 'decision.recovered') expect(way).toEqual(before.get(seq));
  reopen(file, (again) => {
    expect(firstBreak(again.read)).toBeNull();
    expect(again.read.prepare('SELECT count(*) FROM cursor').pluck().get()).toBe(0);
    expect(readOffice(again.read)).not.toBeNull();
    expect(readRecovery(again.read, now())).toEqual(recovery);
    expect(readRecovery(again.read, new Date('2026-03-12T02:00:00.000Z'))).toBeNull();
    // Work goes on: numbers are not used twice, the log goes on.
    work(again, 2);
    expect(again.read.prepare('SELECT next_seq FROM device').pluck().get()).toBeGreaterThan(found.size + 2);
    expect(firstBreak(again.read)).toBeNull();
  });
});

test('the log says what was recovered, and goes on where it was', async () => {
  const file = workedFile(await temporaryFolder(), 12);
  backUp(file, '20260310T010000000Z');
  const store = Store.open(file);
  work(store, 4);
  store.close();
  flipBit(file.path, 16);
  const { found } = reopen(file, ({ read }) => ({
    entries: read.prepare<[], { kind: string; body: string }>('SELECT kind, body FROM audit ORDER BY n').all(),
    broken: firstBreak(read),
  }));
  expect(found.broken).toBeNull();
  const last = found.entries.at(-1);
  expect(last?.kind).toBe('recovered');
  expect(JSON.parse(last?.body ?? '')).toMatchObject({ decisions: 16, missing: 0, uncertain: 0, missingNumbers: [] });
  expect(found.entries.filter(({ kind }) => kind === 'decided')).toHaveLength(16);
});

test('committed decisions that are still in the write-ahead log are recovered too', async () => {
  const folder = await temporaryFolder();
  const file = workedFile(join(folder, 'first'), 4);
  const store = Store.open(file);
  work(store, 8);
  // As a power cut leaves both files.
  const cut = copied(file, join(folder, 'cut'));
  copyFileSync(`${file.path}-wal`, `${cut.path}-wal`);
  const before = ways(store.read);
  store.close();
  blank(cut.path, 0, PAGE_BYTES);
  blank(`${cut.path}-wal`, 0, 8);
  const { found } = waysOf(cut);
  expect([...found.keys()].sort()).toEqual([...before.keys()].sort());
  expect(inQuarantine(cut).filter((name) => name.endsWith('-wal'))).toHaveLength(1);
});

test('a damaged backup is passed over', async () => {
  const file = workedFile(await temporaryFolder(), 4);
  backUp(file, '20260310T010000000Z');
  const store = Store.open(file);
  work(store, 4);
  store.close();
  flipBit(backUp(file, '20260310T013000000Z'), 3 * PAGE_BYTES);
  blank(file.path, 0, statSync(file.path).size);
  const { recovery, found } = waysOf(file);
  expect(recovery?.backup).toBe('2026-03-10T01:00:00.000Z');
  expect(found.size).toBe(4);
});

test('when nothing can be recovered that is said, and the damaged file is kept', async () => {
  const file = workedFile(await temporaryFolder(), 4);
  blank(file.path, 0, statSync(file.path).size);
  const { recovery, found } = waysOf(file, true);
  expect(recovery).toMatchObject({ backup: null, decisions: 0 });
  expect(found.size).toBe(0);
  expect(inQuarantine(file)).toEqual(['20260310T020000000Z-review.db']);
});

test('a wrong key or a foreign file is refused, and nothing is touched', async () => {
  const folder = await temporaryFolder();
  const file = workedFile(folder, 4);
  backUp(file, '20260310T010000000Z');
  const before = () => readdirSync(folder, { recursive: true }).map(String).sort();
  const [names, bytes] = [before(), readFileSync(file.path)];
  expect(() => openReview({ ...file, key: randomBytes(32) }, () => false, now)).toThrow(
    expect.objectContaining({ code: 'store.foreign' }),
  );
  expect(before()).toEqual(names);
  expect(readFileSync(file.path).equals(bytes)).toBe(true);
  const foreign = reviewFile(join(folder, 'foreign'));
  writeFileSync(foreign.path, randomBytes(20 * PAGE_BYTES));
  expect(() => openReview(foreign, () => false, now)).toThrow(expect.objectContaining({ code: 'store.foreign' }));
  expect(inQuarantine(foreign)).toEqual([]);
});

test('a file from the future is refused as it is', async () => {
  const file = workedFile(await temporaryFolder(), 2);
  const version = (file.migrations.at(-1)?.version ?? 0) + 1;
  Store.open({
    ...file,
    migrations: [...file.migrations, { version, up: (db) => db.exec('CREATE TABLE later (n)') }],
  }).close();
  const bytes = readFileSync(file.path);
  expect(() => openReview(file, () => true, now)).toThrow(expect.objectContaining({ code: 'store.newer' }));
  expect(readFileSync(file.path).equals(bytes)).toBe(true);
  expect(inQuarantine(file)).toEqual([]);
});

test('a recovery that is cut off at any step is done again or completed', async () => {
  const folder = await temporaryFolder();
  const file = workedFile(join(folder, 'sound'), 8);
  const damaged = (name: string): StoreFile => {
    const copy = copied(file, join(folder, name));
    flipBit(copy.path, 2 * PAGE_BYTES + 9);
    return copy;
  };
  const half = damaged('half');
  writeFileSync(`${half.path}.building`, 'half of it');
  expect(waysOf(half).found.size).toBe(8);
  const built = damaged('built');
  copyFileSync(file.path, `${built.path}.recovered`);
  expect(waysOf(built).recovery?.decisions).toBe(8);
  const moved = damaged('moved');
  renameSync(moved.path, `${moved.path}.aside`);
  copyFileSync(file.path, `${moved.path}.recovered`);
  // The log of the file that was set aside: nothing of it may come into its successor.
  writeFileSync(`${moved.path}-wal`, randomBytes(3 * PAGE_BYTES));
  expect(waysOf(moved).found.size).toBe(8);
  expect(inQuarantine(moved)).toEqual(['20260310T020000000Z-review.db-wal']);
});

test('recovered once, it is sound at the next opening', async () => {
  const file = workedFile(await temporaryFolder(), 8);
  flipBit(file.path, 3 * PAGE_BYTES);
  expect(waysOf(file).recovery).not.toBeNull();
  expect(waysOf(file).recovery).toBeNull();
  expect(inQuarantine(file)).toHaveLength(1);
});
