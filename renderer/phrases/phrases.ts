import type { TFunction } from 'i18next';
import type { MaterialCode } from '../../shared/ids.ts';
import type { Phrase, PhraseSource } from '../../shared/phrase.ts';
import { useMemory } from '../memory.ts';
import { remember } from '../remember.ts';
import type { Bench } from '../review/bench.ts';

const NONE: readonly Phrase[] = [];

/** The saved phrases of the account at work. */
export const usePhrases = (): readonly Phrase[] => useMemory(true).data?.phrases ?? NONE;

/** Keeps phrases with the account. */
export const keepPhrases = (phrases: readonly Phrase[]): void => remember({ phrases: [...phrases] });

/** What fills the fields on the review screen. */
export function sourceOf({ subject, signedIn }: Bench, material: MaterialCode | null): PhraseSource {
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());
  return { submission: subject.submission, policy: signedIn.policy, material, today };
}

/** Why a phrase can't be inserted here. */
export const emptyFields = (t: TFunction, empty: readonly string[]): string =>
  t('phrases.empty', { fields: empty.map((name) => `{${name}}`).join(' ') });
