/**
 * Whether a character of a name is rare: Chinese, but beyond the 20,902 of the first set of Unicode that every old font has;
 * or of somebody's own making (private use), which looks different on every computer. GB 18030-2022 has them all.
 */
export function isRare(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xe000 && code <= 0xf8ff) return true;
  if (code >= 0xf0000) return true;
  return /\p{Script=Han}/u.test(character) && code !== 0x3007 && (code < 0x4e00 || code > 0x9fa5);
}

/** The code point as it is written: `U+20BB7`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A piece of a name: ordinary characters together, each rare one alone. */
export type NamePiece = { readonly text: string; readonly rare: boolean };

/** A name cut at its rare characters. */
export function piecesOf(name: string): NamePiece[] {
  const pieces: { text: string; rare: boolean }[] = [];
  for (const character of name) {
    const rare = isRare(character);
    const last = pieces.at(-1);
    if (last && !last.rare && !rare) last.text += character;
    else pieces.push({ text: character, rare });
  }
  return pieces;
}
