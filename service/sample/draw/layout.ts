import type { Dossier } from '../dossier.ts';
import type { PaperFlaws } from '../order.ts';
import { box, line, path, type TextStyle, wrap } from './svg.ts';

/** What every paper is drawn from. */
export type Subject = { readonly of: Dossier; readonly flaws: PaperFlaws; readonly page: number };

export type Cell = {
  readonly text: string;
  /** Columns that the cell takes. */
  readonly span?: number;
  readonly label?: boolean;
  readonly start?: boolean;
  readonly style?: TextStyle;
};
export type Row = { readonly height: number; readonly cells: readonly Cell[] };
export type Frame = {
  readonly x: number;
  readonly y: number;
  readonly columns: readonly number[];
  readonly size: number;
  readonly stroke?: string;
  readonly tint?: string;
  readonly labels?: TextStyle;
};

function words(x: number, y: number, width: number, height: number, cell: Cell, frame: Frame): string {
  const style: TextStyle = { ...(cell.label ? frame.labels : {}), ...cell.style };
  const lines = cell.text.split('\n').flatMap((text) => wrap(text, (width - 12) / frame.size));
  const leading = frame.size * 1.32;
  const first = y + height / 2 - ((lines.length - 1) * leading) / 2 + frame.size * 0.36;
  return lines
    .map((text, at) =>
      cell.start
        ? line(x + 12, first + at * leading, frame.size, text, style)
        : line(x + width / 2, first + at * leading, frame.size, text, { ...style, anchor: 'middle' }),
    )
    .join('');
}

/** A ruled table; returns its SVG and the y below it. */
export function table(frame: Frame, rows: readonly Row[]): { svg: string; y: number } {
  const { columns, stroke = '#2a2a2e', tint } = frame;
  let y = frame.y;
  const rules: string[] = [];
  const fills: string[] = [];
  const texts: string[] = [];
  for (const { height, cells } of rows) {
    let x = frame.x;
    let column = 0;
    for (const cell of cells) {
      const width = columns.slice(column, column + (cell.span ?? 1)).reduce((sum, one) => sum + one, 0);
      rules.push(`M${x} ${y}h${width}v${height}h${-width}z`);
      if (cell.label && tint) fills.push(box(x, y, width, height, `fill="${tint}"`));
      texts.push(words(x, y, width, height, cell, frame));
      x += width;
      column += cell.span ?? 1;
    }
    y += height;
  }
  const svg =
    fills.join('') + path(rules.join(''), `fill="none" stroke="${stroke}" stroke-width="1.8"`) + texts.join('');
  return { svg, y };
}

export const label = (text: string, span = 1): Cell => ({ text, span, label: true });
export const value = (text: string, span = 1): Cell => ({ text, span });
export const entry = (text: string, span = 1): Cell => ({ text, span, start: true });

/** A frame of two lines with corner pieces. */
export function border(width: number, height: number, inset: number, colour: string, weight = 5): string {
  const inner = inset + weight * 2.6;
  const corner = (x: number, y: number, dx: number, dy: number) =>
    `M${x + dx * 60} ${y + dy * 16}q${-dx * 40} ${dy * 2} ${-dx * 44} ${dy * 44}M${x + dx * 44} ${y + dy * 14}a18 18 0 1 ${dx * dy > 0 ? 0 : 1} ${-dx * 30} ${dy * 30}`;
  const [r, b] = [width - inner, height - inner];
  return [
    box(inset, inset, width - inset * 2, height - inset * 2, `fill="none" stroke="${colour}" stroke-width="${weight}"`),
    box(
      inner,
      inner,
      width - inner * 2,
      height - inner * 2,
      `fill="none" stroke="${colour}" stroke-width="${weight / 3}"`,
    ),
    path(
      corner(inner, inner, 1, 1) + corner(r, inner, -1, 1) + corner(inner, b, 1, -1) + corner(r, b, -1, -1),
      `fill="none" stroke="${colour}" stroke-width="${weight / 1.7}"`,
    ),
  ].join('');
}

/** A band of repeated ornaments along all four sides. */
export function ornament(width: number, height: number, inset: number, thick: number, colour: string): string {
  const [w, h] = [width - inset * 2, height - inset * 2];
  const middle = inset + thick / 2;
  const side = (x: number, y: number, long: number, dx: number, dy: number) => {
    const count = Math.round(long / thick / 1.6);
    const step = long / count;
    const rise = thick * 0.62;
    const arcs = Array.from({ length: count }, (_, at) => {
      const turn = at % 2 === 0 ? 1 : -1;
      return `q${dx * step * 0.5 + dy * rise * turn} ${dy * step * 0.5 + dx * rise * turn} ${dx * step} ${dy * step}`;
    });
    return `M${x} ${y}${arcs.join('')}`;
  };
  const [right, bottom] = [width - middle, height - middle];
  const waves =
    side(middle, middle, right - middle, 1, 0) +
    side(middle, bottom, right - middle, 1, 0) +
    side(middle, middle, bottom - middle, 0, 1) +
    side(right, middle, bottom - middle, 0, 1);
  const ring = (style: string) => box(middle, middle, right - middle, bottom - middle, `fill="none" ${style}`);
  return [
    ring(`stroke="${colour}" stroke-width="${thick}" opacity=".16"`),
    box(inset, inset, w, h, `fill="none" stroke="${colour}" stroke-width="3.4"`),
    box(inset + thick, inset + thick, w - thick * 2, h - thick * 2, `fill="none" stroke="${colour}" stroke-width="2"`),
    path(waves, `fill="none" stroke="${colour}" stroke-width="2.6"`),
    ring(`stroke="${colour}" stroke-width="7" stroke-linecap="round" stroke-dasharray="0 ${(thick * 0.8).toFixed(1)}"`),
  ].join('');
}

/** A made-up code of squares that no reader understands. */
export function squares(x: number, y: number, size: number, seed: string): string {
  const cells = 25;
  const cell = size / cells;
  let d = '';
  let state = [...seed].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) | 0, 17);
  const finder = (cx: number, cy: number) => cx < 8 && cy < 8;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const reserved = finder(column, row) || finder(cells - 1 - column, row) || finder(column, cells - 1 - row);
      if (!reserved && state >>> 31 === 1) d += `M${column} ${row}h1v1h-1z`;
    }
  }
  for (const [cx, cy] of [
    [0, 0],
    [cells - 7, 0],
    [0, cells - 7],
  ] as const) {
    d += `M${cx} ${cy}h7v7h-7zM${cx + 1} ${cy + 1}v5h5v-5zM${cx + 2} ${cy + 2}h3v3h-3z`;
  }
  return `<g transform="translate(${x} ${y}) scale(${cell})">${path(d, 'fill="#16161a"')}</g>`;
}

/** Bars of a made-up bar code. */
export function bars(x: number, y: number, width: number, height: number, seed: string): string {
  let d = '';
  let at = 0;
  for (let index = 0; at < width; index++) {
    const code = seed.charCodeAt(index % seed.length) + index * 7;
    const thick = 2 + (code % 4) * 1.6;
    d += `M${x + at} ${y}h${thick}v${height}h${-thick}z`;
    at += thick + 2 + ((code >> 2) % 3) * 2;
  }
  return path(d, 'fill="#16161a"');
}

export const sexText = (sex: 'male' | 'female'): string => (sex === 'male' ? '男' : '女');
export const levelText = (level: 'physician' | 'assistant'): string =>
  level === 'physician' ? '执业医师' : '执业助理医师';

const CLASS_TEXT = {
  clinical: '临床',
  dental: '口腔',
  public_health: '公共卫生',
  tcm: '中医',
  integrated: '中西医结合',
  ethnic: '民族医',
  rural: '乡村全科',
} as const;
export const classText = (className: keyof typeof CLASS_TEXT): string => CLASS_TEXT[className];
