import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstBreak } from '../../../electron/store/audit.ts';
import { Store } from '../../../electron/store/database.ts';
import { readDevice } from '../../../electron/store/device.ts';
import { readServiceKey } from '../../../electron/store/meta.ts';
import { review001 } from '../../../electron/store/migrations/review-001.ts';
import { openReview } from '../../../electron/store/review-file.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { canonicalJson } from '../../../shared/canonical.ts';
import { DecisionId } from '../../../shared/ids.ts';
import type { Submission } from '../../../shared/submission.ts';
import { reviewFile, ways } from '../../factories/review-file.ts';
import { decision, image, NOW, submission } from '../../factories/submission.ts';
import { receipt } from '../../factories/wire.ts';
import { blank, flipBit } from '../../helpers/damage.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import {
  HOLDS,
  NO_HOLDS,
  openDesk,
  openOffice,
  openSyncedDesk,
  rows,
  signIn,
  status,
  type TestDesk,
} from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const PAGE = 4096;

async function lock(bench: TestDesk, { id, revision, images }: Submission, index: number): Promise<string> {
  const one = images[index];
  if (!one) throw new Error('no such picture');
  const act = { kind: 'image.lock', slot: one.slot, sha256: one.sha256 } as const;
  return (await bench.handlers.decide({ submissionId: id, revision, act })).decision.id;
}

async function first(bench: TestDesk): Promise<Submission> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  return (await bench.handlers.subject({ id: row.id })).submission;
}

const store = (bench: TestDesk) => bench.desk.work().store;

type Pages = (table: string) => number;
/** Where the file was damaged; whether nothing of the chain is lost by it, and which decisions go out then. */
const DAMAGES: readonly [string, (path: string, pageOf: Pages) => void, { whole: boolean; sent: number }][] = [
  ['the schema', (path) => flipBit(path, 20), { whole: true, sent: 4 }],
  [
    'decisions and outbox, which the log repeats',
    (path, pageOf) => {
      for (const table of ['decisions', 'outbox']) {
        blank(path, (pageOf(table) - 1) * PAGE, pageOf(table) * PAGE);
      }
    },
    // Waiting is what the log doesn't tell: these are parked, their places are told.
    { whole: true, sent: 1 },
  ],
  [
    'the log',
    (path, pageOf) => blank(path, (pageOf('audit') - 1) * PAGE, pageOf('audit') * PAGE),
    { whole: true, sent: 4 },
  ],
  [
    'the identity',
    (path, pageOf) => blank(path, (pageOf('device') - 1) * PAGE, pageOf('device') * PAGE),
    // What was decided before the withdrawn one follows its chain; its stub went with the key.
    { whole: false, sent: 2 },
  ],
  // The backup was made before what waits.
  ['everything', (path) => blank(path, 0, statSync(path).size), { whole: false, sent: 1 }],
];

test.each(DAMAGES)(
  'review.db damaged (%s) between deciding and sending: each decision once, or parked in sight',
  async (_, damage, { whole, sent }) => {
    const office = await openOffice(1);
    const bench = await openSyncedDesk(office);
    const subject = await first(bench);
    const early = await lock(bench, subject, 0);
    await status(bench, 'it is sent', ({ sent: n }) => n === 1);
    const { uuid } = readDevice(store(bench).read);
    const serviceKey = readServiceKey(store(bench).read);
    await bench.close();
    await office.line.set('down');
    // The opening makes the backup.
    const second = await openDesk({ userData: bench.userData, holds: HOLDS });
    await signIn(second, office);
    const folder = join(bench.userData, 'profiles', readdirSync(join(bench.userData, 'profiles'))[0] ?? '');
    await until('a backup is made', () =>
      readdirSync(folder, { recursive: true }).some((name) => /review-.*-\d+\.db$/.test(String(name))),
    );
    const late = [await lock(second, subject, 1)];
    const withdrawn = await lock(second, subject, 2);
    await second.handlers.undo({ submissionId: null });
    late.push(await lock(second, subject, 3), await lock(second, subject, 4));
    const pages = new Map(
      store(second)
        .read.prepare<[], { name: string; rootpage: number }>('SELECT name, rootpage FROM sqlite_schema')
        .all()
        .map(({ name, rootpage }) => [name, rootpage]),
    );
    await second.close();
    damage(join(folder, 'review.db'), (table) => pages.get(table) ?? 0);

    await office.line.set('clear');
    const third = await openDesk({
      userData: bench.userData,
      holds: NO_HOLDS,
      now: () => new Date(Date.now() + 60_000),
    });
    await signIn(third, office);
    expect(third.desk.status().recovery).toMatchObject({ missing: 0 });
    expect(readServiceKey(store(third).read)).toBe(serviceKey);
    expect(readDevice(store(third).read).uuid === uuid).toBe(whole);
    await status(third, 'nothing waits', ({ waiting, sent: n }) => waiting === 0 && n === sent);
    // Work goes on, and is accepted.
    const next = await lock(third, subject, 5);
    await status(
      third,
      'the next is sent',
      ({ waiting, sent: n, problem }) => waiting === 0 && n === sent + 1 && !problem,
    );

    const { db } = office.data();
    const applied = await db.selectFrom('decisions').select(['id', 'outcome']).execute();
    expect(applied.every(({ outcome }) => outcome === 'applied')).toBe(true);
    const ids = applied.map(({ id }) => String(id));
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toHaveLength(sent + 1);
    expect(ids).toContain(early);
    expect(ids).toContain(next);
    expect(ids).not.toContain(withdrawn);
    const here = await third.handlers.decisions({ limit: 100 });
    for (const { decision: made, state } of here) {
      expect([made.id, state === 'applied']).toEqual([made.id, ids.includes(made.id)]);
      if (late.includes(made.id)) expect(['applied', 'refused']).toContain(state);
    }
    if (sent > 1 || whole) expect(here.map(({ decision: made }) => made.id)).toEqual(expect.arrayContaining(late));
    // Each chain at the service is without gaps; none was continued in two ways.
    const links = await db.selectFrom('links').select(['device', 'seq']).orderBy('seq').execute();
    for (const { device, seq } of links) {
      const own = links.filter((link) => link.device === device).map((link) => link.seq);
      expect(own).toEqual(own.map((_one, index) => (own[0] ?? seq) + index));
    }
    expect(await verifyAudit(db)).toMatchObject({ ok: true });
    expect(firstBreak(store(third).read)).toBeNull();
  },
);

test('a file of before the chain: what was answered stays so, what waited is parked in sight', async () => {
  const file = reviewFile(await temporaryFolder());
  const old = Store.open({ ...file, migrations: [review001] });
  old.transact((db) => {
    const device = '0195b8a4-6c00-7000-8000-0000000000aa';
    db.prepare('INSERT INTO device (one, uuid, next_seq) VALUES (1, ?, 3)').run(device);
    const of = submission({ images: [image('M01-1')] });
    const act = { kind: 'image.lock', slot: image('M01-1').slot, sha256: image('M01-1').sha256 } as const;
    for (const seq of [1, 2]) {
      const id = DecisionId.parse(`0195b8a4-6c00-7000-8000-${String(seq).padStart(12, '0')}`);
      const made = decision(of, act, { id, device, deviceSeq: seq });
      const proof = seq === 1 ? JSON.stringify(receipt(made)) : null;
      db.prepare('INSERT INTO decisions (seq, id, submission_id, body, sha256) VALUES (?, ?, ?, ?, ?)').run(
        seq,
        id,
        of.id,
        JSON.stringify(made),
        createHash('sha256').update(canonicalJson(made)).digest('hex'),
      );
      db.prepare('INSERT INTO outbox (seq, state, held_until, receipt) VALUES (?, ?, ?, ?)').run(
        seq,
        seq === 1 ? 'applied' : 'waiting',
        NOW,
        proof,
      );
    }
  });
  old.close();
  flipBit(file.path, 20);
  const { store: opened, recovery } = openReview(
    file,
    () => true,
    () => new Date(NOW),
  );
  expect(recovery).toMatchObject({ decisions: 2, uncertain: 1, missing: 0 });
  expect([...ways(opened.read).values()].map(({ state, code }) => [state, code])).toEqual([
    ['refused', 'decision.recovered'],
    ['applied', null],
  ]);
  opened.close();
});
