/** Agreement of two reviewers on the same things. */
export type Agreement = {
  /** How many were judged by both. */
  readonly n: number;
  /** How many were judged alike. */
  readonly agreed: number;
  /** Share judged alike, percent; null for none. */
  readonly percent: number | null;
  /** Cohen's κ; null where it has no value: nothing judged, or both judged everything alike by one word only. */
  readonly kappa: number | null;
  /** Its large-sample standard error. */
  readonly error: number | null;
  /** Its 95 % interval; reaches no further than -1 to 1. */
  readonly interval: { readonly low: number; readonly high: number } | null;
};

/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Percent agreement and Cohen's κ (Cohen 1960) of a square table: rows are the first reviewer's judgements, columns the
 * second's, in the same order. The standard error is the one for large samples that doesn't suppose κ = 0 (Fleiss,
 * Cohen and Everitt, Psychological Bulletin 72, 1969, eq. 13; as PROC FREQ and vcd::Kappa have it). Throws for a table
 * that isn't square.
 */
export function agreementOf(table: readonly (readonly number[])[]): Agreement {
  if (table.some((row) => row.length !== table.length)) throw new RangeError('the table of agreement is not square');
  const cell = (row: number, column: number): number => table[row]?.[column] ?? 0;
  const places = table.map((_, place) => place);
  const sum = (of: (place: number) => number): number => places.reduce((total, place) => total + of(place), 0);
  const n = sum((row) => sum((column) => cell(row, column)));
  const agreed = sum((place) => cell(place, place));
  if (n === 0) return { n, agreed, percent: null, kappa: null, error: null, interval: null };
  const percent = (100 * agreed) / n;
  const share = (row: number, column: number): number => cell(row, column) / n;
  const inRow = (row: number): number => sum((column) => share(row, column));
  const inColumn = (column: number): number => sum((row) => share(row, column));
  const observed = agreed / n;
  const expected = sum((place) => inRow(place) * inColumn(place));
  if (expected === 1) return { n, agreed, percent, kappa: null, error: null, interval: null };
  const kappa = (observed - expected) / (1 - expected);
  const onDiagonal = sum((place) => share(place, place) * (1 - (inRow(place) + inColumn(place)) * (1 - kappa)) ** 2);
  const offDiagonal =
    (1 - kappa) ** 2 *
    sum((row) => sum((column) => (row === column ? 0 : share(row, column) * (inColumn(row) + inRow(column)) ** 2)));
  const correction = (kappa - expected * (1 - kappa)) ** 2;
  const error = Math.sqrt(Math.max(0, onDiagonal + offDiagonal - correction) / n) / (1 - expected);
  const interval = { low: Math.max(-1, kappa - Z * error), high: Math.min(1, kappa + Z * error) };
  return { n, agreed, percent, kappa, error, interval };
}

/** The table of pairs of judgements, in the order of the words. */
export function tableOf<T extends string>(
  words: readonly T[],
  pairs: readonly { readonly first: T; readonly second: T }[],
): number[][] {
  return words.map((row) =>
    words.map((column) => pairs.filter(({ first, second }) => first === row && second === column).length),
  );
}
