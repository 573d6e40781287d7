import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { openData, type Running, startService } from '../../service/start.ts';
import type { Act } from '../../shared/decision.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Desk, Pool } from './desk.ts';
import type { FaultyLine } from './line.ts';
import type { Deed, Look } from './messages.ts';
import { readSubmissions } from './records.ts';
import { judged, returning } from './reviewer.ts';

/** What a reviewer does that is saved. Names are those of the report. */
export type ActName = 'lock' | 'return-image' | 'undo' | 'approve' | 'return' | 'dismiss';

/** A workstation and a service just before something is saved: folders to copy, and what is to be done. */
export type Scene = {
  readonly act: ActName;
  readonly deed: Deed;
  readonly desk: string;
  readonly data: string;
  readonly ledger: string;
};

/** Where scenes are made and played: the address is part of a profile's name, so one line serves them all. */
export type Studio = {
  readonly folder: string;
  readonly template: string;
  readonly pool: Pool;
  readonly line: FaultyLine;
};

/** Longer than any scene takes, so that nothing is sent before the restart; ms. */
export const HOLD = 50_000;
const PATIENCE = 20_000;

/** Starts the service on a data folder, here in this process: nothing happens to it. */
export async function serve(folder: string): Promise<Running> {
  const data = await openData(folder);
  const logTo = new Writable({ write: (_chunk, _encoding, done) => done() });
  const clock = () => new Date();
  return startService(data, { host: '127.0.0.1', port: 0, logLevel: 'silent', logTo, clock, signInsPerMinute: 1000 });
}

/** Waits until a workstation looks as it should. @throws Error after 20 s */
export async function looks(desk: Desk, what: string, holds: (look: Look) => boolean): Promise<Look> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const look = await desk.look();
    if (holds(look)) return look;
    if (performance.now() > end) throw new Error(`never came: ${what} (${look.phase}, ${look.problem})`);
    await pause(10);
  }
}

/** A decision on a submission as the workstation has it. */
export function deciding({ id, revision }: Submission, act: Act): Deed {
  return { kind: 'decide', ask: { submissionId: id, revision, act } };
}

/** The lock of the n-th picture. @throws RangeError when there is none */
export function locking(of: Submission, n: number): Deed {
  const image = of.images[n];
  if (!image) throw new RangeError(`the submission has no picture ${n}`);
  return deciding(of, { kind: 'image.lock', slot: image.slot, sha256: image.sha256 });
}

const act = (desk: Desk, deed: Deed) => desk.tell({ kind: 'do', deed });

/** A conflict in sight: a colleague has refused what was locked here meanwhile. */
async function conflict({ pool, line }: Studio, desk: Desk, of: Submission, place: string, url: string): Promise<Deed> {
  const other = await pool.take();
  await other.open({
    userData: `${place}-other`,
    service: url,
    account: 'reviewer2',
    ledger: `${place}-other.ledger`,
    hold: 0,
  });
  await looks(other, 'the colleague has everything', ({ phase }) => phase === 'done');
  line.cut(true);
  await act(desk, locking(of, 0));
  await act(other, deciding(of, { kind: 'submission.refuse', images: judged(of), reasons: ['E01'], comment: '' }));
  await looks(other, 'the refusal is sent', ({ waiting }) => waiting === 0);
  await other.tell({ kind: 'close' });
  pool.give(other);
  line.cut(false);
  await desk.tell({ kind: 'sync' });
  await looks(desk, 'the conflict', ({ waiting }) => waiting === 0);
  const { decisions } = await desk.dump();
  const parked = decisions.find(({ state }) => state === 'conflict');
  if (!parked) throw new Error('there is no conflict');
  return { kind: 'dismiss', id: parked.decision.id, submissionId: of.id };
}

/** Does what comes before, and gives what is to be done. */
async function lead(
  studio: Studio,
  name: ActName,
  desk: Desk,
  of: Submission,
  place: string,
  url: string,
): Promise<Deed> {
  const [first] = of.images;
  if (!first) throw new Error('the submission has no picture');
  const { slot, sha256 } = first;
  switch (name) {
    case 'lock':
      return locking(of, 0);
    case 'return-image':
      return deciding(of, {
        kind: 'image.return',
        slot,
        sha256,
        reasons: ['Q01'],
        comment: '照片不清晰，请重新拍摄。',
      });
    case 'undo':
      await act(desk, locking(of, 0));
      return { kind: 'undo' };
    case 'approve':
      for (const index of of.images.keys()) await act(desk, locking(of, index));
      return deciding(of, { kind: 'submission.approve', images: judged(of) });
    case 'return':
      return deciding(
        of,
        returning(of, (index) => index < 2),
      );
    case 'dismiss':
      return conflict(studio, desk, of, place, url);
  }
}

/** Makes a scene: a workstation that has everything, has done what comes before, and was quit. */
export async function makeScene(studio: Studio, name: ActName): Promise<Scene> {
  const { folder, line, pool, template } = studio;
  const place = join(folder, `scene-${name}`);
  const scene = { act: name, desk: join(place, 'desk'), data: join(place, 'service'), ledger: join(place, 'ledger') };
  mkdirSync(place, { recursive: true });
  cpSync(template, scene.data, { recursive: true });
  writeFileSync(scene.ledger, '');
  const service = await serve(scene.data);
  line.aim(service.url);
  line.cut(false);
  const desk = await pool.take();
  const { ledger } = scene;
  const sitting = { userData: scene.desk, service: line.url, account: 'reviewer1', ledger };
  await desk.open({ ...sitting, hold: name === 'dismiss' ? 0 : HOLD });
  const synced = await looks(desk, 'everything is here', ({ phase, unseen }) => phase === 'done' && unseen === 0);
  const [first] = synced.submissions;
  if (!first) throw new Error('there is no submission');
  const deed = await lead(studio, name, desk, first.effective, place, service.url);
  line.cut(true);
  await desk.tell({ kind: 'close' });
  // Opened once more, so that the backup has everything and none is made while the scene is played.
  await desk.open({ ...sitting, hold: HOLD });
  await desk.tell({ kind: 'close' });
  pool.give(desk);
  await service.stop();
  rmSync(`${place}-other`, { recursive: true, force: true });
  return { ...scene, deed };
}

/** Whether a workstation has come to rest with a service: nothing waits, and both have the same. */
export function isAtRest({ submissions, waiting }: Look, data: string): boolean {
  const there = new Map(readSubmissions(data).map((one) => [one.id, JSON.stringify(one)]));
  return waiting === 0 && submissions.every(({ base }) => there.get(base.id) === JSON.stringify(base));
}
