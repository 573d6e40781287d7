import { randomUUID } from 'node:crypto';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { decide, undo, viewOf } from '../../electron/decide.ts';
import { enrol } from '../../electron/outbox/enrol.ts';
import { sendDue } from '../../electron/outbox/send.ts';
import { proveOwnRecords } from '../../electron/proofs/own-records.ts';
import { openWatch } from '../../electron/proofs/watch.ts';
import { Store } from '../../electron/store/database.ts';
import { standingBreaks } from '../../electron/store/log-breaks.ts';
import { allHeads, lastHead } from '../../electron/store/log-heads.ts';
import { compareSeal, sealLog } from '../../electron/store/log-seals.ts';
import { REVIEW_MIGRATIONS } from '../../electron/store/migrations/list.ts';
import { readSubmission } from '../../electron/store/submissions.ts';
import { RULES } from '../../service/authorise.ts';
import { exportLog } from '../../service/export-log.ts';
import { buildServer } from '../../service/server.ts';
import { markRestored, type Opened, openData, rotateKey } from '../../service/start.ts';
import { record } from '../../service/store/audit.ts';
import { verifyAudit } from '../../service/store/verify.ts';
import { keptHeads, verifyExport } from '../../service/verify-export.ts';
import { DecisionId, SubmissionId } from '../../shared/ids.ts';
import type { Dice } from './dice.ts';
import { AT_DESK, AT_SERVICE, meddleWith } from './meddle.ts';
import { type Scene, STAGES } from './scene.ts';

/** What was found in a round, and by what: the workstation's own looks, or a verifier of the service's records. */
export type Seen = { readonly workstation: readonly string[]; readonly verifier: readonly string[] };

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** The real service on one address, whose data is put in place for each round. */
export type Stage = { readonly put: (data: Opened) => void; readonly close: () => Promise<void> };

/** Opens the service's server; which data it answers from is chosen later. */
export async function openStage(scene: Scene): Promise<Stage> {
  let present: Opened | null = null;
  const now = (): Opened => {
    if (!present) throw new Error('the service has no data yet');
    return present;
  };
  const parts = {
    get db() {
      return now().db;
    },
    get blobs() {
      return now().blobs;
    },
    get signer() {
      return now().signer;
    },
    get recovery() {
      return now().recovery;
    },
    clock: () => new Date(),
    version: '0',
    signInsPerMinute: 1_000,
    secure: false,
    rules: RULES,
  };
  const app: FastifyInstance = await buildServer(parts, { logLevel: 'silent', logTo: silent() });
  await app.listen({ host: '127.0.0.1', port: scene.port, listenTextResolver: () => '' });
  return {
    put: (data) => {
      present = data;
    },
    close: async () => {
      await app.close();
      await scene.client.close();
    },
  };
}

/** The files of a round. */
export type Ground = { readonly folder: string; readonly service: string; readonly profile: string };

/** Lays out the state of a day. */
function layOut(scene: Scene, folder: string, day: number): Ground {
  const ground = { folder, service: join(folder, 'service'), profile: join(folder, 'profile') };
  rmSync(folder, { recursive: true, force: true });
  cpSync(scene.service(day), ground.service, { recursive: true });
  cpSync(scene.profile(day), ground.profile, { recursive: true });
  return ground;
}

const review = ({ profile }: Ground): string => join(profile, 'review.db');
const sealFile = ({ profile }: Ground): string => join(profile, 'log-seal.json');

function openReview(scene: Scene, ground: Ground): Store {
  const { key } = scene;
  return Store.open({ path: review(ground), key, migrations: REVIEW_MIGRATIONS, binding: null, shared: true });
}

const options = (scene: Scene, store: Store) => ({
  service: scene.client,
  store,
  view: viewOf(scene.office),
  now: () => new Date(),
  newDevice: randomUUID,
  onMoved: () => undefined,
});

/** All that a workstation looks at: the seal at opening, the service at enrolling and synchronising, its own records. */
async function workstationSees(scene: Scene, ground: Ground): Promise<string[]> {
  const store = openReview(scene, ground);
  try {
    const seen: string[] = [];
    const misfit = compareSeal(store, sealFile(ground), new Date());
    if (misfit) seen.push(`seal: ${misfit.kind}`);
    // Before anything goes on from here, as a click does at once.
    for (const { result } of proveOwnRecords(store.read))
      seen.push(...(result?.found ?? []).map(({ kind }) => `own: ${kind}`));
    scene.client.doubt();
    await enrol(options(scene, store));
    const watch = openWatch({ service: scene.client, store, now: () => new Date() });
    for (let look = 0; look < 2; look += 1) await watch.look();
    seen.push(...standingBreaks(store.read).map(({ place, kind }) => `${place}: ${kind}`));
    return seen;
  } finally {
    store.close();
  }
}

/** All that verifiers see: the service's own, and the one of exported logs with the heads that the workstation kept. */
async function verifiersSee(scene: Scene, { folder }: Ground, heads: string, data: Opened): Promise<string[]> {
  const seen: string[] = [];
  const audit = await verifyAudit(data.db);
  if (!audit.ok) seen.push(`service: ${audit.kind} at ${audit.at}`);
  const file = join(folder, 'log.jsonl');
  const kept = join(folder, 'heads.jsonl');
  writeFileSync(kept, heads);
  try {
    await exportLog(data, { file, by: scene.office.account.id, now: new Date().toISOString() });
    const outcome = await verifyExport(file, keptHeads(kept));
    if (!outcome.ok) seen.push(`export: ${outcome.why} at ${outcome.where}`);
  } catch (error) {
    seen.push(`export: ${error instanceof Error ? error.name : 'failed'}`);
  }
  return seen;
}

const headLines = (store: Store): string =>
  allHeads(store.read)
    .map(({ head, signature }) => `${JSON.stringify({ head: JSON.parse(head), signature })}\n`)
    .join('');

async function look(scene: Scene, stage: Stage, ground: Ground, heads: string): Promise<Seen> {
  let data: Opened;
  try {
    data = await openData(ground.service);
  } catch (error) {
    // The service refuses to start on such data.
    return { workstation: [], verifier: [`service: ${error instanceof Error ? error.name : 'does not start'}`] };
  }
  stage.put(data);
  try {
    return {
      workstation: await workstationSees(scene, ground),
      verifier: await verifiersSee(scene, ground, heads, data),
    };
  } finally {
    await data.close();
  }
}

/** Heads and seals of a day as an honest outsider has them: before anybody meddles. */
function known(scene: Scene, ground: Ground): { readonly heads: string; readonly reach: number } {
  const store = openReview(scene, ground);
  const kept = { heads: headLines(store), reach: lastHead(store.read)?.head.size ?? 0 };
  store.close();
  return kept;
}

/** What can be done, in a fixed order: each has its turn. */
export const KINDS: readonly string[] = [
  ...Object.keys(AT_SERVICE).map((kind) => `service: ${kind}`),
  'service: older database',
  ...Object.keys(AT_DESK).map((kind) => `desk: ${kind}`),
  'desk: older database',
  'desk: older database with its seal',
];

/** A round of tampering: what was done, and what was seen of it. */
export async function tamper(
  scene: Scene,
  stage: Stage,
  { folder, round, dice }: { readonly folder: string; readonly round: number; readonly dice: Dice },
): Promise<{ readonly kind: string; readonly told: string; readonly seen: Seen }> {
  const kind = KINDS[round % KINDS.length] ?? '';
  const day = 1 + dice.below(STAGES - 1);
  const older = dice.below(day);
  const ground = layOut(scene, folder, day);
  const { heads, reach } = known(scene, ground);
  const [where, what = ''] = kind.split(': ');
  let told: string;
  if (kind === 'service: older database') {
    rmSync(ground.service, { recursive: true });
    cpSync(scene.service(older), ground.service, { recursive: true });
    told = `day ${older} in place of day ${day}`;
  } else if (kind.startsWith('desk: older database')) {
    cpSync(join(scene.profile(older), 'review.db'), review(ground));
    if (kind.endsWith('seal')) cpSync(join(scene.profile(older), 'log-seal.json'), sealFile(ground));
    told = `day ${older} in place of day ${day}`;
  } else if (where === 'service') {
    const meddling = AT_SERVICE[what];
    if (!meddling) throw new Error(kind);
    told = meddleWith(join(ground.service, 'service.db'), null, meddling, { dice, reach });
  } else {
    const meddling = AT_DESK[what];
    if (!meddling) throw new Error(kind);
    told = meddleWith(review(ground), scene.key, meddling, { dice, reach: null });
  }
  return { kind, told, seen: await look(scene, stage, ground, heads) };
}

/** Things that happen on honest days. */
async function honestly(scene: Scene, stage: Stage, ground: Ground, dice: Dice): Promise<void> {
  let data = await openData(ground.service);
  stage.put(data);
  const store = openReview(scene, ground);
  const now = () => new Date();
  const note = (kind: 'session.opened' | 'session.refused' | 'password.refused') =>
    data.db
      .transaction()
      .execute((db) =>
        record(db, { at: now().toISOString(), accountId: null, kind, subject: null, facts: { n: dice.below(1_000) } }),
      );
  try {
    for (let count = dice.below(4); count >= 0; count -= 1) {
      const what = dice.below(6);
      if (what === 0) for (let n = dice.below(20); n >= 0; n -= 1) await note('session.refused');
      else if (what === 1) {
        data = await rotateKey(data, ground.service, now().toISOString());
        stage.put(data);
      } else if (what === 2) {
        await data.close();
        data = await openData(ground.service);
        stage.put(data);
      } else if (what === 3) await markRestored(data.db, now().toISOString());
      else if (what === 4) await openWatch({ service: scene.client, store, now }).look();
      else await reopenOne(scene, store, dice);
    }
    scene.client.doubt();
    await sendDue({ ...options(scene, store), signal: new AbortController().signal });
    await openWatch({ service: scene.client, store, now }).look();
    sealLog(store, sealFile(ground), now().toISOString());
  } finally {
    store.close();
    await data.close();
  }
}

/** A decision on a picture that was locked, which is sometimes taken back at once. */
async function reopenOne({ office }: Scene, store: Store, dice: Dice): Promise<void> {
  const ids = store.read.prepare('SELECT id FROM submissions ORDER BY id').pluck().all();
  const submissionId = SubmissionId.parse(dice.pick(ids));
  const submission = readSubmission(store.read, submissionId)?.effective;
  const images = submission?.images.filter(({ state }) => state !== 'returned') ?? [];
  if (!submission || images.length === 0) return;
  const { slot, sha256, state } = dice.pick(images);
  const work = {
    store,
    ...office,
    holds: { image: 0, submission: 0 },
    now: () => new Date(),
    newId: () => DecisionId.parse(uuidv7()),
  };
  const kind = state === 'locked' ? 'image.reopen' : 'image.lock';
  decide(work, { submissionId, revision: submission.revision, act: { kind, slot, sha256 } });
  if (dice.below(3) === 0) undo(work, submissionId);
}

/** An honest round: work, then everything that is looked at after a tampering; nothing should be found. */
export async function behave(
  scene: Scene,
  stage: Stage,
  { folder, dice }: { readonly folder: string; readonly dice: Dice },
): Promise<Seen> {
  const ground = layOut(scene, folder, dice.below(STAGES));
  await honestly(scene, stage, ground, dice);
  return look(scene, stage, ground, known(scene, ground).heads);
}
