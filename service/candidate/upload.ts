import { MATERIAL_CODES } from '../../shared/catalogue/materials.ts';
import { indexOf, materialOf, type Slot } from '../../shared/ids.ts';
import { lockedFor } from '../../shared/lock-mode.ts';
import type { Policy } from '../../shared/policy.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import type { Image, Submission } from '../../shared/submission.ts';
import { Failure } from '../failure.ts';
import { inspect } from '../images/format.ts';
import { type Parts, transactOf } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { entryAfter } from '../store/audit.ts';
import { placeTaken } from '../store/feed.ts';
import { type HeldImage, imageRegistered } from '../store/images.ts';
import { type Ground, groundOf } from '../store/standing.ts';
import { type Kept, placesOf, replacement } from '../store/submissions.ts';
import { together } from '../store/together.ts';
import { isOverdue, lapseIfDue } from './lapse.ts';

/** Why a picture may not be put into a place now; null = it may (promise 9). */
export function hindrance({ submission, asked }: Kept, slot: Slot, policy: Policy): ProblemCode | null {
  return lockedFor(submission, slot, placesOf(asked), policy);
}

/** The place's next content. What a reviewer judged stays as an earlier picture; what nobody saw is dropped. */
function successor(before: Image | undefined, slot: Slot, held: HeldImage, now: string): Image {
  const fresh = { slot, material: materialOf(slot), sha256: held.sha256, bytes: held.bytes, uploadedAt: now };
  const open = { state: 'open' as const, reasons: [], comment: '' };
  if (!before) return { ...fresh, ...open, earlier: [] };
  if (before.state !== 'returned') return { ...fresh, ...open, earlier: before.earlier };
  const { slot: _slot, material: _material, earlier, ...judged } = before;
  return { ...fresh, ...open, earlier: [{ ...judged, replacedAt: now }, ...earlier] };
}

const rank = ({ material, slot }: Image): number => MATERIAL_CODES.indexOf(material) * 100 + indexOf(slot);

/** The submission with a picture in its place, as the next revision. */
export function withUpload(submission: Submission, slot: Slot, held: HeldImage, now: string): Submission {
  const before = submission.images.find((image) => image.slot === slot);
  const others = submission.images.filter((image) => image.slot !== slot);
  const images = [...others, successor(before, slot, held, now)].sort((a, b) => rank(a) - rank(b));
  return { ...submission, revision: submission.revision + 1, images };
}

/** How things stand, where a picture may be put into a place. Fails with `image.locked` or `image.not_wanted`. */
function allowed(ground: Ground | null, slot: Slot, now: string): Ground {
  if (!ground) throw new Failure('request.not_found');
  const { submission } = ground.kept;
  // Overdue but not yet lapsed counts as lapsed: the state itself is changed by the timer or the next page.
  const late = submission.deadline !== null && submission.deadline <= now;
  const problem = hindrance(ground.kept, slot, ground.policy) ?? (late ? 'image.not_wanted' : null);
  if (problem) throw new Failure(problem);
  return ground;
}

/**
 * Takes a candidate's picture for one place of their submission. Fails with `image.locked`, `image.not_wanted`,
 * `request.too_large`, `image.format` or `image.corrupt`. The file is on disk before the transaction that names it.
 */
export async function upload(
  parts: Pick<Parts, 'db' | 'blobs'>,
  candidate: Person,
  { slot, bytes, now }: { slot: Slot; bytes: Uint8Array; now: string },
): Promise<{ readonly kept: Kept; readonly policy: Policy }> {
  const id = candidate.submissionId;
  if (id === null) throw new Failure('request.not_found');
  const transact = transactOf(parts);
  const stands = await groundOf(parts.db, id);
  // Committed on its own: a refusal of the picture must not undo that the time is over.
  if (stands && isOverdue(stands.kept.submission, now)) await transact((db) => lapseIfDue(db, id, now));
  const { policy } = allowed(stands, slot, now);
  if (bytes.length > policy.imageBytes) throw new Failure('request.too_large');
  const inspection = inspect(bytes);
  if (!inspection.ok) throw new Failure(inspection.problem);
  const sha256 = await parts.blobs.put(bytes);
  const held = { sha256, bytes: bytes.length, mime: inspection.mime };
  return transact(async (db) => {
    const { kept, policy, seq, logEnd } = allowed(await groundOf(db, id), slot, now);
    const next = { ...kept, submission: { ...withUpload(kept.submission, slot, held, now), seq } };
    const entry = await entryAfter(db, logEnd, {
      at: now,
      accountId: candidate.id,
      kind: 'image.uploaded',
      subject: id,
      facts: { slot, sha256, revision: next.submission.revision },
    });
    const changes = [imageRegistered(held), placeTaken, ...replacement(kept.submission, next), ...entry.changes];
    await together(db, changes);
    return { kept: next, policy };
  });
}
