import { type Phrase, PhrasesFile } from '../../shared/phrase.ts';

/** The phrases as a file's text. */
export function toFile(phrases: readonly Phrase[]): string {
  const file = { format: 'review-desk-phrases', version: 1, phrases: phrases.map(({ text }) => text) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Those of a file that are not there yet; null for what is no file of phrases, or names fields that there are none of. */
export function fromFile(text: string, known: readonly Phrase[], newId: () => string): Phrase[] | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  const { data } = PhrasesFile.safeParse(read);
  if (!data) return null;
  const there = new Set(known.map((phrase) => phrase.text));
  return [...new Set(data.phrases)].filter((one) => !there.has(one)).map((one) => ({ id: newId(), text: one }));
}
