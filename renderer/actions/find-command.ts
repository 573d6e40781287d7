/** What is searched: by its name on screen, which is its first text, and by what else it is called. */
export type Findable<T> = { readonly item: T; readonly texts: readonly string[] };

/**
 * From which character on a text in Chinese is written by these letters, 0-based: whole syllables, their beginnings, or
 * initials; null where it is not.
 */
export type ByPinyin = (text: string, letters: string) => number | null;

/** How well a text fits: 0 from its beginning, 1 further on, null not at all. */
function fitOf(text: string, words: string, byPinyin: ByPinyin): 0 | 1 | null {
  const letters = words.replaceAll(/\s/g, '');
  const at = text.toLowerCase().indexOf(words);
  const from = at < 0 && /^[a-z]+$/.test(letters) ? byPinyin(text, letters) : at;
  if (from === null || from < 0) return null;
  return from === 0 ? 0 : 1;
}

/**
 * Those that fit what was typed, the best first: by the name on screen before all else they are called, from the
 * beginning before further on. Equals keep their order. Nothing typed: all, as they are.
 */
export function findCommands<T>(all: readonly Findable<T>[], typed: string, byPinyin: ByPinyin): T[] {
  const words = typed.trim().toLowerCase();
  if (words === '') return all.map(({ item }) => item);
  const ranks = ({ texts }: Findable<T>): number[] =>
    texts.flatMap((text, index) => {
      const how = fitOf(text, words, byPinyin);
      return how === null ? [] : [how + (index === 0 ? 0 : 2)];
    });
  return all
    .map((found, index) => ({ item: found.item, rank: Math.min(...ranks(found)), index }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
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
