const SIDE = 32;
/** No font has a picture for this one: what is drawn for it is drawn for everything that is missing. */
const NOBODYS = '\u{10ffff}';

const known = new Map<string, boolean>();

function pixelsOf(character: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) return '';
  context.font = `24px ${getComputedStyle(document.body).fontFamily}`;
  context.fillText(character, 2, 26);
  return context.getImageData(0, 0, SIDE, SIDE).data.join();
}

/** Whether a font of this computer has the character. Asked for rare ones alone; an answer is kept. */
export function isDrawable(character: string): boolean {
  const answer = known.get(character);
  if (answer !== undefined) return answer;
  const pixels = pixelsOf(character);
  const drawable = pixels !== pixelsOf(NOBODYS) && pixels.split(',').some((value) => value !== '0');
  known.set(character, drawable);
  return drawable;
}
