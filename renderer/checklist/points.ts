import { type PointId, pointsOf, pointText } from '../../shared/catalogue/checklist.ts';
import type { Check } from '../../shared/checks/check.ts';
import type { Slot } from '../../shared/ids.ts';

/** How a point stands: answered by the checks, by the reviewer, contradicted by a check, or open. */
export type Answer = 'checked' | 'ticked' | 'trouble' | 'open';

/** A point of a picture as it stands. */
export type PointState = { readonly id: PointId; readonly answer: Answer; readonly required: boolean };

/** The checks answer a point when all that it names were made and passed; what one of them found is the reviewer's to judge. */
function byChecks(id: PointId, checks: readonly Check[]): Answer {
  const named = pointText(id).checks ?? [];
  const made = checks.filter((check) => named.includes(check.id));
  if (made.some(({ status }) => status !== 'passed')) return 'trouble';
  return named.length > 0 && made.length > 0 ? 'checked' : 'open';
}

/** The points of a picture with their answers. A tick answers whatever the checks say. */
export function pointsNow(
  slot: Slot,
  checks: readonly Check[],
  ticks: ReadonlySet<PointId>,
  required: readonly PointId[] = [],
): PointState[] {
  return pointsOf(slot).map((id) => ({
    id,
    answer: ticks.has(id) ? 'ticked' : byChecks(id, checks),
    required: required.includes(id),
  }));
}

/** Whether nobody has answered a point yet. */
export const isOpen = ({ answer }: PointState): boolean => answer === 'open' || answer === 'trouble';

/** The next open point after one, without going around; null when there is none. */
export function nextPoint(points: readonly PointState[], after: PointId | null): PointId | null {
  const at = points.findIndex(({ id }) => id === after);
  return points.slice(at + 1).find(isOpen)?.id ?? null;
}
