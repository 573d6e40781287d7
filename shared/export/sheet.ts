import { z } from 'zod';

/** A cell: text, a number, or nothing. Nothing else, so that no file ever holds a formula. */
const Cell = z.union([z.string().max(4_000), z.number(), z.null()]);
export type Cell = z.infer<typeof Cell>;

/** Rows that one export may have: more than anybody reads, and less than Excel's limit. */
export const MOST_ROWS = 100_000;

/** A table to be exported. */
export const ExportSheet = z.strictObject({
  /** On the sheet's tab, and above the table in a CSV. */
  name: z.string().min(1).max(60),
  /** Lines above the table: who exported it, when, by which filter. */
  stamp: z.array(z.string().max(1_000)).max(10),
  columns: z.array(z.string().max(200)).min(1).max(40),
  rows: z.array(z.array(Cell).max(40)).max(MOST_ROWS),
});
export type ExportSheet = z.infer<typeof ExportSheet>;

/**
 * What a spreadsheet program may take for the beginning of a formula (OWASP, CSV Injection): also behind blanks, and in
 * the full width that Chinese input methods type.
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]|^[\t\r\n]/u;

/** A cell of a CSV: quoted, and text that could be taken for a formula made plain by an apostrophe before it. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '""';
  if (typeof cell === 'number') return String(cell);
  const plain = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${plain.replaceAll('"', '""')}"`;
}

/** Byte order mark: without it Excel reads Chinese text as GBK. */
const BOM = '\uFEFF';

/** Tables as one CSV text (RFC 4180), with byte order mark for Excel. */
export function csvOf(sheets: readonly ExportSheet[]): string {
  const line = (cells: readonly Cell[]) => `${cells.map(csvCell).join(',')}\r\n`;
  const blocks = sheets.map(({ name, stamp, columns, rows }) => {
    const head = sheets.length > 1 ? line([name]) : '';
    return head + stamp.map((text) => line([text])).join('') + line(columns) + rows.map(line).join('');
  });
  return BOM + blocks.join('\r\n');
}

/** Names for the tabs of a workbook: without what Excel refuses, at most 31 characters, each once. */
export function tabNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain =
      name
        .replaceAll(/[\\/?*[\]:]/g, ' ')
        .replaceAll(/^'+|'+$/g, '')
        .trim() || '-';
    const cut = (end: string) => [...plain].slice(0, 31 - end.length).join('') + end;
    let tab = cut('');
    for (let n = 2; taken.has(tab.toLowerCase()); n += 1) tab = cut(` ${n}`);
    taken.add(tab.toLowerCase());
    return tab;
  });
}
