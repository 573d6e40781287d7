import { enrolmentForm, type Head } from '../../shared/chain.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Found } from '../../shared/proofs.ts';
import { knowService } from '../account/service-key.ts';
import { Failure } from '../failure.ts';
import { signText } from '../signature.ts';
import { isOurs, noteLinked, rewind } from '../store/chain.ts';
import type { Store } from '../store/database.ts';
import { lastDecision, readDevice, renewDevice } from '../store/device.ts';
import { noteBreak } from '../store/log-breaks.ts';
import { refreshSubmission, type View } from '../store/submissions.ts';
import { ServiceFailure } from '../sync/failures.ts';
import type { Service } from '../sync/service.ts';

export type EnrolOptions = {
  readonly service: Service;
  readonly store: Store;
  readonly view: View;
  readonly now: () => Date;
  readonly newDevice: () => string;
  readonly signal?: AbortSignal;
  /** After each commit. */
  readonly onMoved: (submissions: readonly SubmissionId[]) => void;
};

/** Enrols the present device; null when its number is another's. */
async function ask({ service, store, signal }: EnrolOptions): Promise<Head | null> {
  const { uuid: device, start, ...keys } = readDevice(store.read);
  const { publicKey } = keys;
  try {
    return await service.enrol(
      (nonce) => ({
        device,
        publicKey,
        start,
        signature: signText(keys, enrolmentForm({ device, publicKey, start }, nonce)),
      }),
      signal,
    );
  } catch (error) {
    if (error instanceof Failure && error.code === 'device.taken') return null;
    throw error;
  }
}

/** What it means that the service's copy of the chain is not the beginning of the one here. */
function strayed({ store }: EnrolOptions, head: Head): Found {
  const { seq } = lastDecision(store.read);
  const place = 'decisions';
  if (head.seq > seq) return { place, kind: 'older', first: seq + 1, last: head.seq, since: null };
  return {
    place,
    kind: 'forked',
    first: Math.min(readDevice(store.read).start.seq + 1, head.seq || 1),
    last: head.seq || null,
    since: null,
  };
}

/**
 * Makes this workstation known to the service for the session: checks the service's key, enrols the device, and brings
 * both copies of the chain together. A shorter one at the service is filled up again; one that is not the beginning of
 * the one here can't be continued by anybody, so the workstation takes another identity.
 * @throws ServiceFailure, `service.key` when the service's key is not the one known here
 */
export async function enrol(options: EnrolOptions): Promise<void> {
  const { store, view, now, newDevice, onMoved } = options;
  await knowService(options);
  const head = await ask(options);
  if (head === null || !isOurs(store.read, head)) {
    const at = now().toISOString();
    store.transact((db) => {
      if (head) noteBreak(db, strayed(options, head), at);
      renewDevice(db, newDevice(), at);
    });
    if ((await ask(options)) === null) throw new ServiceFailure('device.taken', 'no');
    return;
  }
  const moved = store.transact((db) => {
    noteLinked(db, head);
    const submissions = rewind(db, head, now().toISOString());
    for (const id of submissions) refreshSubmission(db, id, view);
    return submissions;
  });
  if (moved.length > 0) onMoved(moved);
}
