import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { uuidv7 } from 'uuidv7';
import { onTestFinished } from 'vitest';
import type { SystemSeal } from '../../electron/account/system-seal.ts';
import { HOLDS, type Holds } from '../../electron/decide.ts';
import { derive } from '../../electron/images/derive.ts';
import { type Handlers, handlersOf } from '../../electron/ipc/handlers.ts';
import type { Log } from '../../electron/log.ts';
import type { Way } from '../../electron/sync/way.ts';
import { Workstation } from '../../electron/workstation.ts';
import { fillSample } from '../../service/fill.ts';
import { STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import { type Opened, openData, type Running, startService } from '../../service/start.ts';
import { DecisionId, type SubmissionId } from '../../shared/ids.ts';
import type { CHANGED, DeskStatus, QueueRow } from '../../shared/ipc.ts';
import { tinyDistrict } from './district.ts';
import { temporaryFolder } from './folder.ts';
import { type Line, openLine } from './line.ts';
import { until } from './until.ts';

/** The service as it runs in a test. */
export type Office = {
  readonly folder: string;
  readonly line: Line;
  /** Of the service itself, past the line. */
  readonly port: number;
  readonly data: () => Opened;
  /** Stops the service and starts it again on the same data, after `meanwhile`; `stopped` may change its folder. */
  readonly restart: (meanwhile?: (data: Opened) => Promise<void>, stopped?: () => Promise<void>) => Promise<void>;
};

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Starts the real service with a small district behind a line that can fail. */
export async function openOffice(count = 4): Promise<Office> {
  const folder = await temporaryFolder();
  const clock = () => new Date();
  let data = await openData(folder);
  await fillSample(data, {
    folder,
    count,
    seed: 1,
    clock,
    say: () => undefined,
    district: async () => tinyDistrict(),
  });
  const start = (port: number): Promise<Running> =>
    startService(data, { host: '127.0.0.1', port, logLevel: 'silent', logTo: silent(), clock, signInsPerMinute: 1000 });
  let running = await start(0);
  const port = Number(new URL(running.url).port);
  const line = await openLine(running.url);
  onTestFinished(async () => {
    await line.close();
    await running.stop();
  });
  return {
    folder,
    line,
    port,
    data: () => data,
    restart: async (meanwhile, stopped) => {
      await running.stop();
      await stopped?.();
      data = await openData(folder);
      await meanwhile?.(data);
      running = await start(port);
    },
  };
}

/** A workstation as it runs in a test. */
export type TestDesk = {
  readonly desk: Workstation;
  readonly handlers: Handlers;
  readonly userData: string;
  readonly announced: { tables: (typeof CHANGED)[number][]; submissions: SubmissionId[] }[];
  /** Ends it as a closing window would. */
  readonly close: () => Promise<void>;
};

export type DeskOptions = {
  readonly userData?: string;
  readonly holds?: Holds;
  readonly now?: () => Date;
  readonly logTo?: (userData: string) => Log;
  /** Looks at pictures in place of the usual intake. */
  readonly derive?: typeof derive;
  /** How the service is reached. */
  readonly way?: Way;
  /** What the system keeps secrets in; a system that has nothing of the kind without it. */
  readonly seal?: SystemSeal;
};

/** Holds nothing back: a decision is due at once. */
export const NO_HOLDS: Holds = { image: 0, submission: 0 };
export { HOLDS };

/** Opens the workstation as shipped, without a window; the intake runs in this process. */
export async function openDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const userData = options.userData ?? (await temporaryFolder());
  const announced: TestDesk['announced'] = [];
  const desk = new Workstation({
    userData,
    surroundings: {
      binding: null,
      imagesWriter: new URL('../../electron/store/images-writer.ts', import.meta.url),
      backupWriter: new URL('../../electron/store/backup-writer.ts', import.meta.url),
      recordsReader: new URL('../../electron/proofs/records-reader.ts', import.meta.url),
      seal: () => options.seal ?? null,
    },
    openIntake: () => ({ derive: options.derive ?? derive, close: () => undefined }),
    holds: options.holds ?? NO_HOLDS,
    now: options.now ?? (() => new Date()),
    random: () => 0,
    newDecisionId: () => DecisionId.parse(uuidv7()),
    newDevice: randomUUID,
    announce: (tables, submissions = []) => announced.push({ tables: [...tables], submissions: [...submissions] }),
    onStatus: () => undefined,
    log: options.logTo?.(userData) ?? (() => undefined),
    patience: { connect: 1_000, headers: 2_000, body: 1_000 },
    ...(options.way ? { way: options.way } : {}),
  });
  const close = () => desk.close();
  onTestFinished(close);
  const handlers = handlersOf(desk, {
    version: '0',
    electron: '',
    chromium: '',
    node: process.versions.node,
    platform: process.platform,
    prefill: null,
  });
  return { desk, handlers, userData, announced, close };
}

/** Signs the first sample reviewer in. */
export async function signIn({ desk }: TestDesk, office: Office, account = 'reviewer1'): Promise<void> {
  await desk.signIn({ service: office.line.url, account, password: STAFF_PASSWORD });
}

/** Signs in and waits until everything is here. */
export async function openSyncedDesk(office: Office, options: DeskOptions = {}): Promise<TestDesk> {
  const opened = await openDesk(options);
  await signIn(opened, office);
  await synced(opened);
  return opened;
}

/** Waits until the synchronisation is through. */
export async function synced({ desk }: TestDesk): Promise<void> {
  await until('everything is here', () => desk.status().sync.phase === 'done');
}

/** Waits until the status is as it should be. */
export async function status({ desk }: TestDesk, what: string, holds: (status: DeskStatus) => boolean): Promise<void> {
  await until(what, () => holds(desk.status()));
}

/** All rows of the queue. */
export async function rows({ handlers }: TestDesk): Promise<QueueRow[]> {
  const page = await handlers.queuePage({
    filter: 'all',
    sort: 'registration',
    descending: false,
    search: '',
    after: null,
    limit: 500,
  });
  return page.rows;
}

/** Where the pictures of a running service lie. */
export function blobFolder(office: Office): string {
  return join(office.folder, 'images');
}

/** Decides on the first picture of the first submission and says which that is. */
export async function lockFirst(bench: TestDesk): Promise<QueueRow['id']> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission } = await bench.handlers.subject({ id: row.id });
  const [image] = submission.images;
  if (!image) throw new Error('no picture');
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  await bench.handlers.decide({ submissionId: row.id, revision: submission.revision, act });
  return row.id;
}
