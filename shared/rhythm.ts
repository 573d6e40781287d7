/** How the day goes: conclusions made, their pace while working, and when the rest would be done. */
export type Rhythm = {
  readonly done: number;
  /** Conclusions an hour while working; null before there are enough to tell. */
  readonly perHour: number | null;
  /** When what is left would be done without a break, ms since 1970; null while the pace is not known. */
  readonly endsAt: number | null;
};

/** A longer gap between two conclusions was a break, ms. */
const BREAK = 10 * 60_000;
/** Fewer gaps than these tell nothing. */
const ENOUGH = 4;

/**
 * The rhythm of a day from the times of its conclusions (ms since 1970, in any order). Gaps longer than ten minutes are
 * breaks: they count as an ordinary one, so that neither lunch nor a meeting makes the pace look slow. Several at the same
 * instant are no gap. Never compared between people.
 */
export function rhythmOf(made: readonly number[], left: number, now: number): Rhythm {
  const sorted = [...made].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((at, index) => at - (sorted[index] ?? at));
  const worked = gaps.filter((gap) => gap <= BREAK).sort((a, b) => a - b);
  const done = made.length;
  const usual = worked[Math.floor(worked.length / 2)] ?? 0;
  const breaks = gaps.length - worked.length;
  const time = worked.reduce((sum, gap) => sum + gap, 0) + breaks * usual;
  if (worked.length < ENOUGH || time <= 0) return { done, perHour: null, endsAt: null };
  const each = time / gaps.length;
  return { done, perHour: 3_600_000 / each, endsAt: now + left * each };
}
