/** A command as it is searched: its name on screen, its name in the other language, its key. */
export type Findable<T> = { readonly item: T; readonly texts: readonly string[] };

/** Whether a text in Chinese is written by these letters: whole syllables, their beginnings, or initials. */
export type ByPinyin = (text: string, letters: string) => boolean;

/**
 * Those that fit what was typed, the best first: named so from the beginning, containing it, written so in pinyin. Equals
 * keep their order. Nothing typed: all, as they are.
 */
export function findCommands<T>(all: readonly Findable<T>[], typed: string, byPinyin: ByPinyin): T[] {
  const words = typed.trim().toLowerCase();
  if (words === '') return all.map(({ item }) => item);
  const letters = words.replaceAll(/\s/g, '');
  const rank = ({ texts }: Findable<T>): number => {
    const lower = texts.map((text) => text.toLowerCase());
    if (lower.some((text) => text.startsWith(words))) return 0;
    if (lower.some((text) => text.includes(words))) return 1;
    if (/^[a-z]+$/.test(letters) && texts.some((text) => byPinyin(text, letters))) return 2;
    return 3;
  };
  return all
    .map((found, index) => ({ item: found.item, rank: rank(found), index }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}

/** Whether a command is one of those that were typed for: by a part of its name, or by just its key. */
export function isTypedFor(name: string, keys: readonly string[], typed: string): boolean {
  const words = typed.trim().toLowerCase();
  return name.toLowerCase().includes(words) || keys.some((key) => key.toLowerCase() === words);
}

/** Those used lately first, the latest of all at the top; the rest in their order. */
export function latestFirst<T extends { readonly id: string }>(all: readonly T[], lately: readonly string[]): T[] {
  const place = new Map(lately.map((id, index) => [id, index]));
  const used = all.filter(({ id }) => place.has(id)).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return [...used, ...all.filter(({ id }) => !place.has(id))];
}
