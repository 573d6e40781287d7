import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { viewOf } from '../../../../electron/decide.ts';
import { Store } from '../../../../electron/store/database.ts';
import { insertDecision } from '../../../../electron/store/decisions.ts';
import { readyDevice, takePlace } from '../../../../electron/store/device.ts';
import { REVIEW_MIGRATIONS } from '../../../../electron/store/migrations/list.ts';
import { markSending, post, recordAnswer, setState } from '../../../../electron/store/outbox.ts';
import { wantedPictures } from '../../../../electron/store/pictures.ts';
import { takeSubmission } from '../../../../electron/store/submissions.ts';
import { problem } from '../../../../shared/problem.ts';
import { decision, image, NOW, policy, sha, submission } from '../../../factories/submission.ts';
import { account } from '../../../factories/wire.ts';
import { temporaryFolder } from '../../../helpers/folder.ts';

const DEVICE = '0195b8a4-6c00-7000-8000-0000000000aa';
const view = viewOf({ account: account(), policy: policy() });
const of = submission({ images: [image('M01-1', { sha256: sha(1) }), image('M01-2', { sha256: sha(2) })] });

test('what a decision judged is wanted until it is settled, though the service names it no more', async () => {
  const path = join(await temporaryFolder(), 'review.db');
  const store = Store.open({ path, key: randomBytes(32), binding: null, migrations: REVIEW_MIGRATIONS });
  onTestFinished(() => store.close());
  const made = store.transact((db) => {
    readyDevice(db, DEVICE, NOW);
    takeSubmission(db, of, 'a', view);
    const { device, seq, previous } = takePlace(db);
    const lock = { kind: 'image.lock', slot: image('M01-1').slot, sha256: sha(1) } as const;
    const one = decision(of, lock, { device: device.uuid, deviceSeq: seq, previous });
    insertDecision(db, one, null);
    post(db, seq, NOW);
    return one;
  });
  const takeIn = (seq: number) =>
    store.transact((db) => {
      const images = of.images.map((one, index) => ({ ...one, sha256: sha(100 * seq + index) }));
      takeSubmission(db, { ...of, seq, revision: seq, images }, 'a', view);
    });
  const isWanted = () => wantedPictures(store.read, 50, () => false).some(({ sha256 }) => sha256 === sha(1));
  const isOtherWanted = () => wantedPictures(store.read, 50, () => false).some(({ sha256 }) => sha256 === sha(2));

  takeIn(2);
  expect(isWanted()).toBe(true);
  expect(isOtherWanted()).toBe(false);
  store.transact((db) => {
    markSending(db, [made.id], NOW);
    const stale = problem('decision.stale_image');
    recordAnswer(db, { id: made.id, outcome: 'conflict', problem: stale, slots: [] }, NOW);
  });
  takeIn(3);
  expect(isWanted()).toBe(true);
  store.transact((db) => setState(db, made.id, 'dismissed', NOW));
  takeIn(4);
  expect(isWanted()).toBe(false);
});
