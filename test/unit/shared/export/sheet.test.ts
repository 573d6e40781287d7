import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvCell, csvOf, type ExportSheet, tabNames } from '../../../../shared/export/sheet.ts';

/** Reads a CSV back as a spreadsheet program does: RFC 4180, quotes doubled. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const text = csv.replace(/^\uFEFF/, '');
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at] ?? '';
    if (quoted) {
      if (one !== '"') cell += one;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (one === '"') quoted = true;
    else if (one === ',') {
      row.push(cell);
      cell = '';
    } else if (one === '\n') {
      row.push(cell);
      rows.push(row);
      row = [];
      cell = '';
    } else if (one !== '\r') cell += one;
  }
  return rows;
}

const sheet = (rows: Cell[][], columns: string[]): ExportSheet => ({ name: '统计', stamp: [], columns, rows });
const nasty = fc
  .tuple(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '\u200B=', '"', ',', ''),
    fc.string({ unit: 'binary' }),
  )
  .map((parts) => parts.join(''));

describe('a CSV', () => {
  it('gives every text back as it was, but for the apostrophe that makes it plain', () => {
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 3, maxLength: 3 }), { maxLength: 6 }), (rows) => {
        const [, ...back] = read(csvOf([sheet(rows, ['a', 'b', 'c'])]));
        expect(back.map((row) => row.map((text) => text.replace(/^'/, '')))).toEqual(
          rows.map((row) => row.map((text) => text.replace(/^'/, ''))),
        );
      }),
    );
  });

  it('has no cell that a spreadsheet program takes for a formula', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [[cell = ''] = []] = read(`${csvCell(text)}\n`);
        expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
      }),
    );
    expect(csvCell('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"');
    expect(csvCell("-2+3+cmd|' /C calc'!A0")).toMatch(/^"'-2/);
  });

  it('leaves numbers numbers, negative ones too, and begins so that Excel reads Chinese', () => {
    const csv = csvOf([sheet([['公章', -3, null]], ['原因', '数', '空'])]);
    expect(csv).toBe('\uFEFF"原因","数","空"\r\n"公章",-3,""\r\n');
    expect([...new TextEncoder().encode(csv).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('names each of several tables', () => {
    const two = csvOf([sheet([[1]], ['a']), { ...sheet([[2]], ['b']), name: '原因', stamp: ['样例导出'] }]);
    expect(read(two).map((row) => row[0])).toEqual(['统计', 'a', '1', '', '原因', '样例导出', 'b', '2']);
  });
});

describe('names of tabs', () => {
  it('are what Excel takes: short, without its marks, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }), (names) => {
        const tabs = tabNames(names);
        expect(new Set(tabs.map((tab) => tab.toLowerCase())).size).toBe(names.length);
        for (const tab of tabs) expect(tab).toMatch(/^[^\\/?*[\]:]{1,62}$/u);
        for (const tab of tabs) expect([...tab].length).toBeLessThanOrEqual(31);
      }),
    );
    expect(tabNames(['总览', '总览'])).toEqual(['总览', '总览 2']);
  });
});
