/** A `/` that is being typed in a text, up to the caret: where it begins, and what was typed after it. */
export type Slash = { readonly from: number; readonly typed: string };

/** The slash before the caret; null where none asks for phrases: one after a digit or letter is a date or a format. */
export function slashAt(text: string, caret: number): Slash | null {
  const found = /(?:^|[^0-9A-Za-z/])(\/[^\s/，。；！？]{0,12})$/u.exec(text.slice(0, caret));
  const [, slash = ''] = found ?? [];
  return slash === '' ? null : { from: caret - slash.length, typed: slash.slice(1) };
}

/** The text with a phrase in the place of the slash, and where the caret is then. */
export function insertPhrase(
  text: string,
  { from, typed }: Slash,
  phrase: string,
): { readonly text: string; readonly caret: number } {
  const end = from + 1 + typed.length;
  return { text: text.slice(0, from) + phrase + text.slice(end), caret: from + phrase.length };
}
