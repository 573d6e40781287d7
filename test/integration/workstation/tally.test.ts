import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Reader, Store } from '../../../electron/store/database.ts';
import { dropFinished, noteFinished, notePurged } from '../../../electron/store/finished.ts';
import { REVIEW_MIGRATIONS } from '../../../electron/store/migrations/list.ts';
import { countPictures, forgetPicture, notePicture } from '../../../electron/store/pictures.ts';
import {
  countSubmissions,
  dropOtherEpochs,
  pictureMoved,
  takeSubmission,
} from '../../../electron/store/submissions.ts';
import { AccountId, SubmissionId } from '../../../shared/ids.ts';
import { image, policy, sha, submission } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const VIEW = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;
const AT = '2026-03-10T01:00:00.000Z';
const SLOTS = ['M01-1', 'M01-2', 'M03-1'] as const;
const bytesOf = (n: number) => 1_000 + n;

/** Counts what the tally should hold, from the rows themselves. */
function counted(db: Reader) {
  const rows = db
    .prepare<[], { bytes: number; here: number; current: number; purged: number; id: string }>(
      `SELECT i.submission_id AS id, max(i.bytes) AS bytes, max(i.current) AS current,
         i.sha256 IN (SELECT sha256 FROM pictures) AS here,
         i.submission_id IN (SELECT submission_id FROM finished WHERE purged = 1) AS purged
       FROM submission_images i GROUP BY i.submission_id, i.sha256`,
    )
    .all()
    .filter(({ here, purged }) => here === 1 || purged === 0);
  const sum = (of: typeof rows) => of.reduce((total, { bytes }) => total + bytes, 0);
  const here = rows.filter((row) => row.here === 1);
  const lacking = new Set(rows.filter((row) => row.here === 0 && row.current === 1).map(({ id }) => id));
  const all = Number(db.prepare('SELECT count(*) FROM submissions').pluck().get());
  return {
    images: { done: here.length, total: rows.length },
    bytes: { done: sum(here), total: sum(rows) },
    all,
    complete: all - lacking.size,
  };
}

const told = (db: Reader) => ({ ...countPictures(db), ...countSubmissions(db) });

const id = (n: number) => SubmissionId.parse(`s-${n}`);
const pick = fc.integer({ min: 0, max: 3 });
const step = fc.oneof(
  fc.record({
    do: fc.constant('take' as const),
    n: pick,
    pictures: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    earlier: fc.boolean(),
    status: fc.constantFrom('pending' as const, 'approved' as const),
    epoch: fc.constantFrom('a', 'b'),
  }),
  fc.record({ do: fc.constantFrom('come' as const, 'go' as const), n: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('purge' as const), n: pick }),
  fc.record({ do: fc.constantFrom('finish' as const, 'drop' as const, 'newEpoch' as const), n: pick }),
);

test('the tally of submissions and pictures is what counting gives, whatever comes, goes and is purged', async () => {
  const path = join(await temporaryFolder(), 'review.db');
  const store = Store.open({ path, key: randomBytes(32), migrations: REVIEW_MIGRATIONS, binding: null });
  onTestFinished(() => store.close());
  let seq = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      for (const one of steps) {
        store.transact((db) => {
          if (one.do === 'take') {
            seq += 1;
            const images = one.pictures.map((n, place) => {
              const replaced = {
                sha256: sha(n + 1),
                bytes: bytesOf(n + 1),
                uploadedAt: AT,
                replacedAt: AT,
                state: 'returned' as const,
                reasons: ['Q01' as const],
                comment: '',
              };
              return image(SLOTS[place] ?? 'M01-1', {
                sha256: sha(n),
                bytes: bytesOf(n),
                earlier: one.earlier ? [replaced] : [],
              });
            });
            takeSubmission(db, submission({ id: id(one.n), seq, status: one.status, images }), one.epoch, VIEW);
          } else if (one.do === 'come') notePicture(db, { sha256: sha(one.n), bytes: bytesOf(one.n) });
          else if (one.do === 'go') forgetPicture(db, sha(one.n));
          else if (one.do === 'finish') noteFinished(db, 'site', AT);
          else if (one.do === 'drop') dropFinished(db);
          else if (one.do === 'newEpoch') dropOtherEpochs(db, one.n > 1 ? 'a' : 'b');
          else notePurged(db, id(one.n), { before: AT, attended: [] });
          if (one.do === 'come' || one.do === 'go') pictureMoved(db, sha(one.n));
        });
        expect(told(store.read)).toEqual(counted(store.read));
      }
    }),
    { numRuns: 40 },
  );
});

test('a store of before is counted once', async () => {
  const file = { path: join(await temporaryFolder(), 'review.db'), key: randomBytes(32), binding: null };
  const before = Store.open({ ...file, migrations: REVIEW_MIGRATIONS.filter(({ version }) => version < 7) });
  before.transact((db) => {
    db.prepare(
      `INSERT INTO submissions (id, epoch, seq, registration_number, name, name_key, initials, id_number, level, class,
         paths, status, status_key, open, round, revision, materials, points, judged, submitted_at, deadline_key,
         base_deadline_key, base_status_key, base_points, absent)
       VALUES ('s-1', 'e', 1, '', '', '', '', '', '', '', '[]', 'pending', 1, 1, 1, 1, '[]', 0, 0, '', '', '', 1, 0, 1)`,
    ).run();
    const picture = db.prepare(`INSERT INTO submission_images VALUES ('s-1', ?, ?, ?, 1)`);
    picture.run('M01-1', sha(1), bytesOf(1));
    picture.run('M01-2', sha(2), bytesOf(2));
    db.prepare('INSERT INTO pictures (sha256, bytes) VALUES (?, ?)').run(sha(1), bytesOf(1));
  });
  before.close();
  const store = Store.open({ ...file, migrations: REVIEW_MIGRATIONS });
  onTestFinished(() => store.close());
  expect(told(store.read)).toEqual(counted(store.read));
  expect(told(store.read)).toMatchObject({ images: { done: 1, total: 2 }, all: 1, complete: 0 });
});
