import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { type ExportSheet, tabNames } from '../../shared/export/sheet.ts';

/** Widest column, characters. */
const WIDEST = 60;

/** How wide a text stands, in Latin characters: Chinese ones take two. */
const width = (text: string): number => [...text].reduce((sum, character) => sum + (character > '\u2E7F' ? 2 : 1), 0);

function dataOf({ stamp, columns, rows }: ExportSheet): SheetData {
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true }));
  return [
    ...stamp.map((value) => [{ value, type: String }]),
    head,
    // Text is written as text whatever it begins with: a workbook takes nothing for a formula by its looks.
    ...rows.map((row) => row.map((value) => (typeof value === 'string' ? { value, type: String } : value))),
  ];
}

/** Tables as a workbook (xlsx), a sheet each, with the column heads in sight. */
export function workbookOf(sheets: readonly ExportSheet[]): Promise<Uint8Array> {
  const tabs = tabNames(sheets.map(({ name }) => name));
  return writeWorkbook(
    sheets.map((sheet, place) => ({
      sheet: tabs[place] ?? `${place + 1}`,
      data: dataOf(sheet),
      columns: sheet.columns.map((name, column) => ({
        width: Math.min(
          WIDEST,
          Math.max(width(name), ...sheet.rows.slice(0, 500).map((row) => width(String(row[column] ?? '')))) + 2,
        ),
      })),
      stickyRowsCount: sheet.stamp.length + 1,
    })),
  ).toBuffer();
}
