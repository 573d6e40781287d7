import { useMemo } from 'react';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Act } from '../../shared/decision.ts';
import { concludes } from '../../shared/decision.ts';
import type { DecisionId, MaterialCode, Sha256, Slot } from '../../shared/ids.ts';
import type { ConflictSubject, SignedIn } from '../../shared/ipc.ts';
import { type Place, type Remains, remains } from '../../shared/resolve.ts';
import { levelAt } from '../../shared/status.ts';
import type { EarlierImage, Image, Submission } from '../../shared/submission.ts';
import { useConflict, useSession } from '../query.ts';

/** One picture of a dispute as it can be told: what is known of it here. */
export type Side = {
  readonly sha256: Sha256;
  readonly facts: ImageFacts | undefined;
  readonly bytes: number | null;
  readonly uploadedAt: string | null;
  readonly absent: boolean;
  /** What the service has of it: as it stands now, or as it stood when it was replaced. */
  readonly image: Image | EarlierImage | null;
};

/** All that the conflict screen shows of one decision, derived once. */
export type Dispute = {
  readonly conflict: ConflictSubject;
  readonly act: Act;
  readonly submission: Submission | null;
  readonly remains: Remains;
  /** Places to leaf through: those that changed, or the one picture that the decision is about. */
  readonly places: readonly Place[];
  /** This reviewer may decide on the submission now. */
  readonly decidable: boolean;
  readonly counts: ReadonlyMap<MaterialCode, number>;
};

function layOut(conflict: ConflictSubject, { account, policy }: SignedIn): Dispute {
  const { decision, problem } = conflict.parked;
  const submission = conflict.subject?.submission ?? null;
  const level = account.level ?? 'site';
  const left = remains({ decision, problem: problem?.code ?? null }, submission, { level, policy, me: account.id });
  const counts = new Map<MaterialCode, number>();
  for (const { material } of submission?.images ?? []) counts.set(material, (counts.get(material) ?? 0) + 1);
  return {
    conflict,
    act: decision.act,
    submission,
    remains: left,
    places: concludes(decision.act) ? left.changed : [...left.changed, ...left.unchanged],
    decidable:
      account.role === 'reviewer' &&
      submission !== null &&
      levelAt(submission.status, policy) === level &&
      (submission.claim === null || submission.claim.holder.id === account.id),
    counts,
  };
}

/** Reads and derives; null while it is read. */
export function useDispute(id: DecisionId): { readonly dispute: Dispute | null; readonly error: unknown } {
  const session = useSession();
  const conflict = useConflict(id);
  const dispute = useMemo(
    () => (conflict.data && session.data ? layOut(conflict.data, session.data) : null),
    [conflict.data, session.data],
  );
  return { dispute, error: conflict.error };
}

/** The picture of now in a place, if there is one. */
export function imageAt({ submission }: Dispute, slot: Slot): Image | null {
  return submission?.images.find((image) => image.slot === slot) ?? null;
}

/** What is known of a picture in a place. */
export function sideOf({ conflict, submission }: Dispute, slot: Slot, sha256: Sha256): Side {
  const facts = [...(conflict.subject?.facts ?? []), ...conflict.facts].find((one) => one.sha256 === sha256);
  const now = submission?.images.find((image) => image.slot === slot);
  const image = now?.sha256 === sha256 ? now : (now?.earlier.find((one) => one.sha256 === sha256) ?? null);
  return {
    sha256,
    facts,
    bytes: image?.bytes ?? facts?.bytes ?? null,
    uploadedAt: image?.uploadedAt ?? null,
    absent: [...(conflict.subject?.absent ?? []), ...conflict.absent].includes(sha256),
    image,
  };
}

/** Pictures that took the place of judged ones and were not on screen yet: no judgement is kept over them unseen. */
export function unseenOf({ remains: { changed } }: Dispute, seen: ReadonlySet<Sha256>): Slot[] {
  return changed.flatMap(({ slot, current }) => (current !== null && !seen.has(current) ? [slot] : []));
}
