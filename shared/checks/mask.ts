const STAR = '*';

/**
 * A document or certificate number for the screen (GB/T 35273): the first and last four characters, the rest as stars.
 * Under twelve characters only the last two stay, under five none. The length is kept: a missing digit can be seen.
 */
export function maskId(number: string): string {
  const characters = [...number];
  const [head, tail] = characters.length >= 12 ? [4, 4] : [0, characters.length >= 5 ? 2 : 0];
  return characters
    .map((character, index) => (index < head || index >= characters.length - tail ? character : STAR))
    .join('');
}
