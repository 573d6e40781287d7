import { reasonsFor } from '../../shared/catalogue/applicability.ts';
import { type ReasonCode, reasonText } from '../../shared/catalogue/reasons.ts';
import type { Check } from '../../shared/checks/check.ts';
import type { MaterialCode, Slot } from '../../shared/ids.ts';
import { type ByPinyin, findCommands } from '../actions/find-command.ts';

/** How often this person gave each reason lately. */
export type Uses = Readonly<Partial<Record<ReasonCode, number>>>;

/** A reason that may be given, and why it stands where it does. */
export type Option = {
  readonly code: ReasonCode;
  /** What the checks found that suggests it; undefined where nothing did. */
  readonly finding?: Check;
  readonly uses: number;
};

/** What any material may suffer from: within the nine digits before anybody has used any. */
const USUAL: readonly ReasonCode[] = ['Q01', 'Q02', 'Q03', 'Q04', 'R01', 'R03', 'N16', 'S01', 'Q09'];

const isTrouble = ({ status }: Check) => status !== 'passed';

/**
 * The reasons for a picture: what the checks found first (of this very picture before the material's, failed before
 * doubtful), then those that this person gives most, then the usual ones, then the catalogue's order.
 */
export function optionsFor(
  image: { readonly slot: Slot; readonly material: MaterialCode },
  checks: readonly Check[],
  uses: Uses,
): Option[] {
  const all = reasonsFor(image.material);
  const usual = USUAL.filter((code) => all.includes(code));
  const possible = [...usual, ...all.filter((code) => !usual.includes(code))];
  const weight = (check: Check) => (check.slot === image.slot ? 0 : 2) + (check.status === 'failed' ? 0 : 1);
  const found = new Map<ReasonCode, Check>();
  const about = checks.filter(
    (check) => isTrouble(check) && (check.slot ? check.slot === image.slot : check.material === image.material),
  );
  for (const check of [...about].sort((a, b) => weight(a) - weight(b))) {
    if (check.reason && possible.includes(check.reason) && !found.has(check.reason)) found.set(check.reason, check);
  }
  const rest = possible
    .filter((code) => !found.has(code))
    .sort((a, b) => (uses[b] ?? 0) - (uses[a] ?? 0) || possible.indexOf(a) - possible.indexOf(b));
  return [
    ...[...found].map(([code, finding]) => ({ code, finding, uses: uses[code] ?? 0 })),
    ...rest.map((code) => ({ code, uses: uses[code] ?? 0 })),
  ];
}

/** Those that fit what was typed: by code, by words in either language, by pinyin and its initials. */
export function matching(options: readonly Option[], typed: string, byPinyin: ByPinyin): Option[] {
  const findable = options.map((item) => {
    const { zh, en } = reasonText(item.code);
    return { item, texts: [zh, en, item.code] };
  });
  return findCommands(findable, typed, byPinyin);
}

/** A comment with a finding's words added to it, once. */
export function withWords(comment: string, words: string): string {
  const before = comment.trim();
  if (words === '' || before.includes(words)) return comment;
  return before === '' ? words : `${before}；${words}`;
}

/** The comment without those words, where they still stand in it as they were added. */
export function withoutWords(comment: string, words: string): string {
  if (words === '') return comment;
  return comment
    .split('；')
    .filter((part) => part !== words)
    .join('；');
}
