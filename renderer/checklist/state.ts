import { create } from 'zustand';
import type { PointId } from '../../shared/catalogue/checklist.ts';
import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import type { DeskMemory } from '../../shared/memory.ts';
import type { Image } from '../../shared/submission.ts';
import { keys, queries } from '../query.ts';
import { remember } from '../remember.ts';
import type { Bench } from '../review/bench.ts';
import { isOpen, nextPoint, type PointState, pointsNow } from './points.ts';

/** Ticks of so many pictures are kept; whoever comes back to one finds them again. */
const KEPT = 2_000;
const NONE: ReadonlySet<PointId> = new Set();

type ChecklistState = {
  /** By submission and picture: a tick is about the very picture that was on screen. */
  readonly ticks: ReadonlyMap<string, ReadonlySet<PointId>>;
  /** The point that the keys act on. */
  readonly at: PointId | null;
};

const useChecklist = create<ChecklistState>()(() => ({ ticks: new Map(), at: null }));

const keyOf = (id: SubmissionId, sha256: Sha256) => `${id} ${sha256}`;

/** Whether the checklist is open on this account. */
export const isShown = (memory: DeskMemory | undefined): boolean => memory?.checklist ?? false;
const shownNow = () => isShown(queries.getQueryData<DeskMemory>(keys.memory));

/** Opens or closes the checklist, for this and the next sign-ins. */
export const toggleChecklist = (): void => remember({ checklist: !shownNow() });

/** The point that the keys act on. */
export const usePoint = () => useChecklist(({ at }) => at);

const answers = (bench: Bench, image: Image, ticks: ReadonlySet<PointId>): PointState[] =>
  pointsNow(image.slot, bench.checks, ticks, bench.signedIn.policy.mustAnswer);

/** The points of a picture as they stand, kept current. */
export function usePoints(bench: Bench, image: Image): PointState[] {
  const key = keyOf(bench.subject.submission.id, image.sha256);
  return answers(
    bench,
    image,
    useChecklist(({ ticks }) => ticks.get(key) ?? NONE),
  );
}

function stateOf(bench: Bench, image: Image): PointState[] {
  const key = keyOf(bench.subject.submission.id, image.sha256);
  return answers(bench, image, useChecklist.getState().ticks.get(key) ?? NONE);
}

/** Ticks a point or takes the tick back; the next open one is the target of the keys then. */
export function tick(bench: Bench, image: Image, point?: PointId): void {
  const { at, ticks } = useChecklist.getState();
  const points = stateOf(bench, image);
  const id = point ?? (points.some((one) => one.id === at) ? at : (points.find(isOpen)?.id ?? null));
  if (!id) return;
  const key = keyOf(bench.subject.submission.id, image.sha256);
  const own = new Set(ticks.get(key));
  if (!own.delete(id)) own.add(id);
  const kept = [...ticks].filter(([other]) => other !== key).slice(-(KEPT - 1));
  const after = answers(bench, image, own);
  useChecklist.setState({ ticks: new Map([...kept, [key, own]]), at: nextPoint(after, id) ?? nextPoint(after, null) });
}

/** Goes to the next open point of a picture while the checklist is open; false when there is none: on to the next picture. */
export function stepPoint(bench: Bench, image: Image): boolean {
  if (!shownNow()) return false;
  const points = stateOf(bench, image);
  const { at } = useChecklist.getState();
  const next = nextPoint(points, points.some(({ id }) => id === at) ? at : null);
  useChecklist.setState({ at: next });
  return next !== null;
}

/** What must be answered before this picture may be locked, and is not. The checklist then opens at the first of them. */
export function unanswered(bench: Bench, image: Image): PointId[] {
  const left = stateOf(bench, image).filter((point) => point.required && isOpen(point));
  const [first] = left;
  if (first) {
    if (!shownNow()) toggleChecklist();
    useChecklist.setState({ at: first.id });
  }
  return left.map(({ id }) => id);
}

/** What the lock of a picture tells of its points: those answered, where anybody ticked or had to; nothing otherwise. */
export function answeredOf(bench: Bench, image: Image): { answered?: PointId[] } {
  const points = stateOf(bench, image);
  if (!points.some(({ answer, required }) => answer === 'ticked' || required)) return {};
  return { answered: points.filter((point) => !isOpen(point)).map(({ id }) => id) };
}
