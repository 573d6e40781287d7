import type { Output } from '../shared/ipc.ts';
import type { SpotVerdict } from '../shared/spot-check/wire.ts';
import type { Reader } from './store/database.ts';
import { isPurged } from './store/finished.ts';
import { absentOf, readFacts } from './store/pictures.ts';
import type { Service } from './sync/service.ts';

/** A check with its sample and how far those who judged agree. Throws what the service answers. */
export async function readSpotCheck(service: Service, id: string): Promise<Output<'spotCheck'>> {
  const { check, items } = await service.spotCheck(id);
  return { check, items, agreement: await service.spotAgreement(id) };
}

/**
 * One item as the review screen shows it: the submission as it was to be judged, by the service; of this computer only
 * what the pictures tell of themselves. Nothing that was decided here or elsewhere is in it.
 */
export async function readSpotSubject(
  service: Service,
  db: Reader,
  { id, n }: { readonly id: string; readonly n: number },
): Promise<Output<'spotSubject'>> {
  const { item, submission } = await service.spotItem(id, n);
  const hashes = [...new Set(submission.images.map(({ sha256 }) => sha256))];
  return {
    item,
    subject: {
      submission,
      facts: readFacts(db, hashes),
      absent: absentOf(db, hashes),
      purged: isPurged(db, submission.id),
      shared: [],
      decisions: [],
      undoable: false,
      aside: null,
    },
  };
}

/** Gives a second or third judgement. Throws what the service answers (`duty.own_decision`, `spot.judged`). */
export function judgeSpot(
  service: Service,
  { id, n, said }: { readonly id: string; readonly n: number; readonly said: SpotVerdict },
): Promise<Output<'judgeSpot'>> {
  return service.judgeSpot(id, n, said);
}
