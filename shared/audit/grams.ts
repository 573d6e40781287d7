/** A stretch of letters and digits: what stands between such stretches is not searched for. */
const RUN = /[\p{Letter}\p{Number}\p{Mark}]+/gu;

const runsOf = (text: string): string[][] =>
  (text.normalize('NFKC').toLowerCase().match(RUN) ?? []).map((run) => [...run]);

/** Each pair of neighbours of a stretch. */
const pairsOf = (run: readonly string[]): string[] =>
  run.slice(1).map((character, index) => `${run[index] ?? ''}${character}`);

/**
 * A text as it is indexed: every pair of neighbouring characters, in order, and the last character of each stretch by
 * itself, so that two-character Chinese words are found, and single characters by the beginning of a pair.
 */
export function gramsOf(text: string): string {
  return runsOf(text)
    .flatMap((run) => [...pairsOf(run), run.at(-1) ?? ''])
    .join(' ');
}

/**
 * What was typed, stretch by stretch: pairs that have to follow each other, or the one character that was typed, which a
 * pair has to begin with.
 */
export function termsOf(typed: string): string[][] {
  return runsOf(typed).map((run) => (run.length > 1 ? pairsOf(run) : run));
}

/**
 * What was typed, as an FTS5 expression over `gramsOf`: every stretch has to occur, as it was typed. Null when nothing
 * was typed that can be searched for.
 */
export function matchOf(typed: string): string | null {
  // Letters, digits and marks alone: nothing that could end the quoted string.
  const terms = runsOf(typed).map((run) => (run.length > 1 ? `"${pairsOf(run).join(' ')}"` : `"${run[0] ?? ''}"*`));
  return terms.length === 0 ? null : terms.join(' AND ');
}
