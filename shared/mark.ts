import { z } from 'zod';
import { REASON_CODES, type ReasonCode, reasonText } from './catalogue/reasons.ts';

/** Most marks on one picture: more would hide what they point at. */
export const MOST_MARKS = 9;
/** Marks are kept to this part of the picture's side: a third of a pixel at 3,000 px. */
const STEPS = 10_000;

const Share = z.number().min(0).max(1);

/**
 * A place on a picture that a return points at: a pin, or a box where `width` and `height` are given. All in parts of the
 * picture's sides (0 to 1) from its top left corner, as any viewer shows the file: the file's own orientation counts,
 * the reviewer's turning, mirroring and zoom don't.
 */
export const Mark = z
  .strictObject({
    x: Share,
    y: Share,
    width: Share.optional(),
    height: Share.optional(),
    /** The reason that shows itself here; null: what the reviewer wrote. */
    reason: z.enum(REASON_CODES).nullable(),
  })
  .refine(({ width, height }) => (width === undefined) === (height === undefined), 'half a box')
  .refine(({ x, y, width = 0, height = 0 }) => x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9, 'beyond the picture');
export type Mark = z.infer<typeof Mark>;
export const Marks = z.array(Mark).max(MOST_MARKS);

/** A place, in parts of the picture's sides. */
export type Place = { readonly x: number; readonly y: number };

const clamp = (value: number) => Math.min(1, Math.max(0, value));
const step = (value: number) => Math.round(clamp(value) * STEPS) / STEPS;

/** A place inside the picture, kept to the steps in which marks are stored. */
export function placed({ x, y }: Place): Place {
  return { x: step(x), y: step(y) };
}

/** Smaller boxes, in parts of a side, are meant as pins. */
const LEAST = 0.008;

/** The mark between two corners: a pin where they are next to each other. */
export function markBetween(first: Place, second: Place, reason: ReasonCode | null): Mark {
  const [a, b] = [placed(first), placed(second)];
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = step(Math.max(a.x, b.x) - x);
  const height = step(Math.max(a.y, b.y) - y);
  return width < LEAST || height < LEAST ? { ...b, reason } : { x, y, width, height, reason };
}

/** What a mark says to the candidate: its reason, or what the reviewer wrote, or all reasons where nothing was written. */
export function markText(
  mark: Mark,
  said: { readonly reasons: readonly ReasonCode[]; readonly comment: string },
): string {
  if (mark.reason !== null) return reasonText(mark.reason).zh;
  const own = said.comment.trim();
  return own === '' ? said.reasons.map((code) => reasonText(code).zh).join('；') : own;
}

const PARTS = [
  ['topLeft', 'top', 'topRight'],
  ['left', 'middle', 'right'],
  ['bottomLeft', 'bottom', 'bottomRight'],
] as const;
/** A ninth of a picture. */
export type Part = (typeof PARTS)[number][number];

const third = (at: number): 0 | 1 | 2 => (at < 1 / 3 ? 0 : at < 2 / 3 ? 1 : 2);

/** The ninth of the picture that the middle of a mark lies in. */
export function partOf({ x, y, width = 0, height = 0 }: Omit<Mark, 'reason'>): Part {
  return PARTS[third(y + height / 2)][third(x + width / 2)];
}

const WHERE: Readonly<Record<Part, string>> = {
  topLeft: '左上方',
  top: '上方',
  topRight: '右上方',
  left: '左侧',
  middle: '中间',
  right: '右侧',
  bottomLeft: '左下方',
  bottom: '下方',
  bottomRight: '右下方',
};

/** Where a mark lies, in the words of the candidate's page, for those who can't see it: 左上方, 中间, 右侧. */
export function markWhere(mark: Mark): string {
  return WHERE[partOf(mark)];
}

/** The marks of a point as its decision carries them: none where none are, so that old and new forms hash alike. */
export function withMarks<T extends object>(point: T, marks: readonly Mark[] | undefined): T & { marks?: Mark[] } {
  return marks && marks.length > 0 ? { ...point, marks: [...marks] } : point;
}

/** Marks with their numbers: their order is what tells them apart. */
export function numbered(marks: readonly Mark[]): { readonly mark: Mark; readonly number: number }[] {
  return marks.map((mark, index) => ({ mark, number: index + 1 }));
}
