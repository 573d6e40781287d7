import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { viewOf } from '../../electron/decide.ts';
import { signText } from '../../electron/signature.ts';
import { logEntry } from '../../electron/store/audit.ts';
import { type Reader, Store, type StoreFile } from '../../electron/store/database.ts';
import { decisionSha256, insertDecision } from '../../electron/store/decisions.ts';
import { readyDevice, takePlace } from '../../electron/store/device.ts';
import { writeOffice } from '../../electron/store/meta.ts';
import { REVIEW_MIGRATIONS } from '../../electron/store/migrations/list.ts';
import { listDecisions, markSending, post, recordAnswer, setState } from '../../electron/store/outbox.ts';
import { backupFolder } from '../../electron/store/review-file.ts';
import { takeSubmission } from '../../electron/store/submissions.ts';
import { decisionForm } from '../../shared/chain.ts';
import type { Act } from '../../shared/decision.ts';
import { DecisionId, SubmissionId } from '../../shared/ids.ts';
import { problem } from '../../shared/problem.ts';
import { decision, image, NOW, policy, submission } from './submission.ts';
import { account, receipt } from './wire.ts';

const DEVICE = '0195b8a4-6c00-7000-8000-0000000000aa';
const EPOCH = '0195b8a4-6c00-7000-8000-0000000000ee';
const office = { account: account(), policy: policy() };

/** A `review.db` of a new profile folder, not yet made. */
export function reviewFile(folder: string): StoreFile {
  mkdirSync(folder, { recursive: true });
  return { path: join(folder, 'review.db'), key: randomBytes(32), migrations: REVIEW_MIGRATIONS, binding: null };
}

/** Puts `count` decisions of all ways into a store, as work does: with their log, on one submission each. */
export function work(store: Store, count: number): void {
  for (let index = 0; index < count; index += 1) {
    store.transact((db) => {
      readyDevice(db, DEVICE, NOW);
      writeOffice(db, office);
      const { device, seq, previous } = takePlace(db);
      const of = submission({
        id: SubmissionId.parse(`s-${seq}`),
        registrationNumber: `2026990101${String(seq).padStart(6, '0')}`,
        // Like a row of another table: numbers far beyond the device's, an epoch that looks like its id.
        seq: 1000 + seq,
        images: [image('M01-1'), image('M01-2')],
      });
      takeSubmission(db, of, EPOCH, viewOf(office));
      const [first] = of.images;
      if (!first) throw new Error('no picture');
      const comment = '请重新拍摄。'.repeat(seq % 30);
      const act: Act = { kind: 'image.return', slot: first.slot, sha256: first.sha256, reasons: ['Q01'], comment };
      const made = decision(of, seq % 2 ? { kind: 'image.lock', slot: first.slot, sha256: first.sha256 } : act, {
        id: DecisionId.parse(`0195b8a4-6c00-7000-8000-${String(seq).padStart(12, '0')}`),
        device: device.uuid,
        deviceSeq: seq,
        previous,
      });
      insertDecision(db, made, signText(device, decisionForm(made)));
      post(db, seq, NOW);
      logEntry(db, NOW, 'decided', made);
      const way = seq % 4;
      if (way === 1) {
        setState(db, made.id, 'withdrawn', NOW);
        logEntry(db, NOW, 'withdrawn', { decisionId: made.id });
      } else if (way > 1) {
        markSending(db, [made.id], NOW);
        const proof = receipt(made, { decisionSha256: decisionSha256(made) });
        const answer =
          way === 2
            ? ({ id: made.id, outcome: 'applied', receipt: proof, signature: 'ab'.repeat(64) } as const)
            : ({ id: made.id, outcome: 'refused', problem: problem('decision.stale_revision') } as const);
        recordAnswer(db, answer, NOW);
        logEntry(db, NOW, 'answered', answer);
      }
    });
  }
}

/** A closed `review.db` with `count` decisions. */
export function workedFile(folder: string, count: number): StoreFile {
  const file = reviewFile(folder);
  const store = Store.open(file);
  work(store, count);
  store.close();
  return file;
}

/** A finished backup of a file as it is now, made at `stamp` (`20260310T020000000Z`). */
export function backUp(file: StoreFile, stamp: string): string {
  mkdirSync(backupFolder(file.path), { recursive: true });
  const store = Store.open(file);
  const entries = store.read.prepare('SELECT count(*) FROM audit').pluck().get();
  const path = join(backupFolder(file.path), `review-${stamp}-${String(entries)}.db`);
  store.read.prepare('VACUUM INTO ?').run(path);
  store.close();
  return path;
}

/** Every decision by its number: what it is, and where it stands. */
export function ways(read: Reader): Map<number, { id: string; state: string; code: string | null }> {
  return new Map(
    listDecisions(read, { limit: 10_000 }).map(({ decision: { deviceSeq, id }, state, problem: why }) => [
      deviceSeq,
      { id, state, code: why?.code ?? null },
    ]),
  );
}
