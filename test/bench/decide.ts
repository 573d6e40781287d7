import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { closeStores } from '../../electron/account/profile.ts';
import { type Ask, type DecideOptions, decide as save } from '../../electron/decide.ts';
import { Store, sql } from '../../electron/store/database.ts';
import { readyDevice } from '../../electron/store/device.ts';
import type { Migration } from '../../electron/store/migrations/migration.ts';
import { AccountId, DecisionId } from '../../shared/ids.ts';
import type { Account } from '../../shared/wire.ts';
import { fillSubmissions, newStores, submissionOf, VIEW } from './filled-store.ts';
import { withFolder } from './folder.ts';
import { compare, interleave, type Line, quantile, timed } from './measure.ts';

const SUBMISSIONS = 400;
const ROUNDS = 400;
/** Submissions in the file that is backed up, a busy site's; and decisions to make meanwhile. */
const BACKED_UP = 2_000;
const DURING = 300;
/** Between two decisions, ms: much faster than any reviewer. */
const REVIEWER = 3;

const ACCOUNT: Account = {
  id: AccountId.parse('bench'),
  account: 'reviewer1',
  name: '样例',
  role: 'reviewer',
  level: 'site',
  point: null,
  site: '990101',
  siteName: '样例第一考点',
  district: '99',
};

/** As many bytes as a decision with its outbox row, its entry in the log and the submission that it changes. */
const BARE: Migration = {
  version: 1,
  up: (db) => db.exec('CREATE TABLE rows (n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT'),
};

/** What can be locked in a filled store: so many pictures of each submission that is under review. */
function locks(submissions: number, pictures: number): Ask[] {
  return Array.from({ length: submissions }, (_, index) => submissionOf(index))
    .filter(({ status }) => status === 'pending')
    .flatMap(({ id, revision, images }) =>
      images
        .filter(({ state }) => state === 'open')
        .slice(0, pictures)
        .map(({ slot, sha256 }): Ask => ({ submissionId: id, revision, act: { kind: 'image.lock', slot, sha256 } })),
    );
}

const optionsOf = (store: Store): DecideOptions => ({
  store,
  account: ACCOUNT,
  policy: VIEW.policy,
  holds: { image: 0, submission: 0 },
  now: () => new Date(),
  newId: () => DecisionId.parse(uuidv7()),
});

/** `decide.backup`: one decision while a backup of the same file is made, against one alone; in turn. */
async function duringBackup(): Promise<Line> {
  return withFolder(async (folder) => {
    const stores = await newStores(folder);
    try {
      stores.review.transact((db) => {
        readyDevice(db, randomUUID(), new Date().toISOString());
        fillSubmissions(db, BACKED_UP, 'epoch');
      });
      const options = optionsOf(stores.review);
      const asks = locks(BACKED_UP, 9);
      const during: number[] = [];
      const alone: number[] = [];
      const one = (into: number[]) => {
        const ask = asks.shift();
        if (ask) into.push(timed(() => save(options, ask)));
      };
      let backups = 0;
      while (during.length < DURING && asks.length > 2) {
        let running = true;
        const made = stores.backups.make().finally(() => {
          running = false;
        });
        const before = during.length;
        while (running && asks.length > 0) {
          one(during);
          await pause(REVIEWER);
        }
        await made;
        backups += 1;
        for (let n = before; n < during.length; n += 1) {
          one(alone);
          await pause(REVIEWER);
        }
      }
      const more = { backups, aloneP99: quantile(alone, 0.99), submissions: BACKED_UP };
      return compare('decide.backup', 'ms', during, { alone }, more);
    } finally {
      await closeStores(stores);
    }
  });
}

/** `decide`: one decision on the disk (FULL, encrypted), against a bare transaction that writes as many bytes. */
async function aloneOnDisk(): Promise<Line> {
  return withFolder(async (folder) => {
    const stores = await newStores(folder);
    const binding = null;
    const bare = Store.open({ path: join(folder, 'bare.db'), key: randomBytes(32), migrations: [BARE], binding });
    try {
      stores.review.transact((db) => {
        readyDevice(db, randomUUID(), new Date().toISOString());
        fillSubmissions(db, SUBMISSIONS, 'epoch');
      });
      const asks = locks(SUBMISSIONS, 2);
      const options = optionsOf(stores.review);
      const document = JSON.stringify(submissionOf(0)).length;
      const sizes = [700, 60, 900, document, document];
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
      return compare('decide', 'ms', values.ours, { transaction: values.transaction });
    } finally {
      bare.close();
      await closeStores(stores);
    }
  });
}

/** `decide` and `decide.backup`. */
export async function decide(): Promise<Line[]> {
  return [await aloneOnDisk(), await duringBackup()];
}
