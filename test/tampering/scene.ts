import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { uuidv7 } from 'uuidv7';
import { profileOf, readKey } from '../../electron/account/profile.ts';
import { handlersOf } from '../../electron/ipc/handlers.ts';
import { Store } from '../../electron/store/database.ts';
import { type Office, readOffice } from '../../electron/store/meta.ts';
import { REVIEW_MIGRATIONS } from '../../electron/store/migrations/list.ts';
import { openService } from '../../electron/sync/client.ts';
import type { Service } from '../../electron/sync/service.ts';
import { Workstation } from '../../electron/workstation.ts';
import { fillSample } from '../../service/fill.ts';
import { STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import { openData, startService } from '../../service/start.ts';
import { DecisionId } from '../../shared/ids.ts';
import { tinyDistrict } from '../helpers/district.ts';
import { until } from '../helpers/until.ts';

const ACCOUNT = 'reviewer1';
const CANDIDATES = 10;
/** Decisions of each stage; one of them is taken back. */
const DECISIONS = 6;
/** How often things were left as they were: each is older than the next. */
export const STAGES = 4;
const PATIENCE = 60_000;

/** Days of work, each kept as it was left: the service's folder, and the workstation's profile. */
export type Scene = {
  readonly service: (stage: number) => string;
  readonly profile: (stage: number) => string;
  readonly key: Uint8Array;
  readonly office: Office;
  /** Signed in since the first day: its session is in every state of the service. */
  readonly client: Service;
  readonly port: number;
};

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
const module = (path: string) => new URL(`../../electron/${path}`, import.meta.url);

function openDesk(userData: string): Workstation {
  return new Workstation({
    userData,
    surroundings: {
      binding: null,
      imagesWriter: module('store/images-writer.ts'),
      backupWriter: module('store/backup-writer.ts'),
      recordsReader: module('proofs/records-reader.ts'),
    },
    openIntake: () => ({
      derive: async (bytes) => (await import('../../electron/images/derive.ts')).derive(bytes),
      close: () => undefined,
    }),
    holds: { image: 0, submission: 0 },
    now: () => new Date(),
    random: () => 0,
    newDecisionId: () => DecisionId.parse(uuidv7()),
    newDevice: randomUUID,
    announce: () => undefined,
    onStatus: () => undefined,
    log: () => undefined,
  });
}

const INFO = { version: '0', electron: '', chromium: '', node: '', platform: '', prefill: null };

/** Makes decisions on pictures that are still open, and waits until each is proven to be in the service's log. */
async function work(desk: Workstation): Promise<void> {
  const handlers = handlersOf(desk, INFO);
  const query = {
    filter: 'all',
    sort: 'registration',
    descending: false,
    search: '',
    after: null,
    limit: 500,
  } as const;
  const { rows } = await handlers.queuePage(query);
  let made = 0;
  for (const { id } of rows) {
    const { submission } = await handlers.subject({ id });
    for (const { slot, sha256, state } of submission.images) {
      if (state !== 'open' || made >= DECISIONS) continue;
      const { revision } = submission;
      await handlers.decide({ submissionId: id, revision, act: { kind: 'image.lock', slot, sha256 } });
      made += 1;
    }
  }
  if (made < DECISIONS) throw new Error('the sample has too few pictures');
  const isProven = async () => {
    desk.startSync();
    const { head, receipts, included } = await handlers.proofs(undefined);
    return head !== null && desk.status().waiting === 0 && receipts === included;
  };
  await until('everything is proven', isProven, PATIENCE);
}

/** Lets a reviewer work for some days with the real service, each day kept. */
export async function playScene(folder: string): Promise<Scene> {
  const [service, userData] = [join(folder, 'service'), join(folder, 'desk')];
  mkdirSync(folder, { recursive: true });
  const clock = () => new Date();
  const first = await openData(service);
  await fillSample(first, {
    folder: service,
    count: CANDIDATES,
    seed: 1,
    clock,
    say: () => undefined,
    district: async () => tinyDistrict(),
  });
  await first.close();
  const options = { host: '127.0.0.1', logLevel: 'silent', logTo: silent(), clock, signInsPerMinute: 1_000 } as const;
  let port = 0;
  let origin = '';
  let client: Service | null = null;
  for (let stage = 0; stage < STAGES; stage += 1) {
    const running = await startService(await openData(service), { ...options, port });
    origin = running.url;
    port = Number(new URL(origin).port);
    if (!client) {
      client = openService({ origin, language: () => 'en' });
      await client.signIn(ACCOUNT, STAFF_PASSWORD);
    }
    const desk = openDesk(userData);
    await desk.signIn({ service: origin, account: ACCOUNT, password: STAFF_PASSWORD });
    await until('everything is here', () => desk.status().sync.phase === 'done', PATIENCE);
    await work(desk);
    await desk.signOut();
    await desk.close();
    await running.stop();
    const [profile = ''] = readdirSync(join(userData, 'profiles'));
    for (const [from, to] of [
      [join(userData, 'profiles', profile), join(folder, `profile-${stage}`)],
      [service, join(folder, `service-${stage}`)],
    ] as const) {
      const isNeeded = (path: string) => !/images|backups|desk\.lock/.test(path.slice(from.length));
      cpSync(from, to, { recursive: true, filter: isNeeded });
    }
  }
  const key = await readKey(profileOf(userData, origin, ACCOUNT), STAFF_PASSWORD);
  const path = join(folder, `profile-${STAGES - 1}`, 'review.db');
  const store = Store.open({ path, key, migrations: REVIEW_MIGRATIONS, binding: null, shared: true });
  const office = readOffice(store.read);
  store.close();
  if (!office || !client) throw new Error('the profile knows no account');
  return {
    service: (stage) => join(folder, `service-${stage}`),
    profile: (stage) => join(folder, `profile-${stage}`),
    key,
    office,
    client,
    port,
  };
}
