import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { closeStores } from '../../electron/account/profile.ts';
import { type Ask, decide as save } from '../../electron/decide.ts';
import { Store, sql } from '../../electron/store/database.ts';
import { readyDevice } from '../../electron/store/device.ts';
import type { Migration } from '../../electron/store/migrations/migration.ts';
import { AccountId, DecisionId } from '../../shared/ids.ts';
import type { Account } from '../../shared/wire.ts';
import { fillSubmissions, newStores, submissionOf, VIEW } from './filled-store.ts';
import { withFolder } from './folder.ts';
import { compare, interleave, type Line, timed } from './measure.ts';

const SUBMISSIONS = 400;
const ROUNDS = 400;

const ACCOUNT: Account = {
  id: AccountId.parse('bench'),
  account: 'reviewer1',
  name: '样例',
  role: 'reviewer',
  level: 'site',
  site: '990101',
  siteName: '样例第一考点',
  district: '99',
};

/** As many bytes as a decision with its outbox row, its entry in the log and the submission that it changes. */
const BARE: Migration = {
  version: 1,
  up: (db) => db.exec('CREATE TABLE rows (n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT'),
};

/** `decide`: one decision on the disk (FULL, encrypted), against a bare transaction that writes as many bytes. */
export async function decide(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const stores = await newStores(folder);
    const binding = null;
    const bare = Store.open({ path: join(folder, 'bare.db'), key: randomBytes(32), migrations: [BARE], binding });
    try {
      stores.review.transact((db) => {
        readyDevice(db, randomUUID(), new Date().toISOString());
        fillSubmissions(db, SUBMISSIONS, 'epoch');
      });
      const open = Array.from({ length: SUBMISSIONS }, (_, index) => submissionOf(index)).filter(
        ({ status }) => status === 'pending',
      );
      const asks: Ask[] = open.flatMap(({ id, revision, images }) =>
        images
          .filter(({ state }) => state === 'open')
          .slice(0, 2)
          .map(({ slot, sha256 }) => ({
            submissionId: id,
            revision,
            act: { kind: 'image.lock', slot, sha256 },
          })),
      );
      const options = {
        store: stores.review,
        account: ACCOUNT,
        policy: VIEW.policy,
        holds: { image: 0, submission: 0 },
        now: () => new Date(),
        newId: () => DecisionId.parse(uuidv7()),
      };
      const sizes = [700, 60, 900, JSON.stringify(open[0]).length, JSON.stringify(open[0]).length];
      const bodies = sizes.map((size) => 'x'.repeat(size));
      const values = await interleave(Math.min(ROUNDS, asks.length), {
        ours: (round) => {
          const ask = asks[round];
          return timed(() => ask && save(options, ask));
        },
        transaction: () =>
          timed(() =>
            bare.transact((db) => {
              for (const body of bodies) sql(db, 'INSERT INTO rows (body) VALUES (?)').run(body);
            }),
          ),
      });
      return [compare('decide', 'ms', values.ours, { transaction: values.transaction })];
    } finally {
      bare.close();
      await closeStores(stores);
    }
  });
}
