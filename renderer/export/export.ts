import type { TFunction } from 'i18next';
import type { Cell, ExportSheet } from '../../shared/export/sheet.ts';
import type { Input, Output } from '../../shared/ipc.ts';
import { ExportFilter } from '../../shared/spot-check/wire.ts';
import { call } from '../api.ts';
import { deskState } from '../desk.ts';
import { sayProblem } from '../review/undo.ts';
import { whilePrinted } from './print.ts';

/** Everything of the own place. */
export const NO_FILTER: ExportFilter = ExportFilter.parse({});

/** A table to be exported. */
export type ExportTable = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
};

/** What is exported, how, and by which filter. */
export type ExportOrder = {
  readonly what: Input<'beginExport'>['what'];
  readonly format: Input<'beginExport'>['format'];
  readonly filter: ExportFilter;
  /** The filter in words, for the file; null for none. */
  readonly filterText: string | null;
  /** Name of the file, without time and ending. */
  readonly name: string;
  /** The tables; for PDF only their rows are counted, what is printed is the page. */
  readonly tables: () => readonly ExportTable[] | Promise<readonly ExportTable[]>;
};

type Made = NonNullable<Output<'beginExport'>>;

const full = (instant: string): string => {
  const at = new Date(instant);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};

/** What an export says of itself: who, when, by which filter, and where the service's log tells of it. */
export function stampOf(t: TFunction, made: Pick<Made, 'by' | 'at' | 'entry'>, filterText: string | null): string[] {
  return [
    t('export.by', { name: made.by.name, at: full(made.at) }),
    t('export.filter', { filter: filterText ?? t('export.noFilter') }),
    t('export.entry', { entry: made.entry }),
  ];
}

/** The name that a file is offered under: without what file systems refuse. */
export function fileName({ name, format }: Pick<ExportOrder, 'name' | 'format'>, now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}`;
  const plain = name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 80);
  return `${plain}-${day}-${time}.${format}`;
}

/**
 * Exports: asks where to, has the service record it, then writes the file with its stamp. Says how it went; true when
 * the file is there.
 */
export async function exportTables(t: TFunction, order: ExportOrder): Promise<boolean> {
  const { what, format, filter, filterText } = order;
  try {
    const tables = await order.tables();
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
    const made = await call('beginExport', { what, format, filter, rows, name: fileName(order, new Date()) });
    if (!made) return false;
    const { id } = made;
    const stamp = stampOf(t, made, filterText);
    if (format === 'pdf') await whilePrinted(stamp, () => call('printExport', { id }).then(() => undefined));
    else {
      const sheets: ExportSheet[] = tables.map((table, place) => ({
        name: table.title.slice(0, 60),
        stamp: place === 0 || format === 'xlsx' ? stamp : [],
        columns: [...table.columns],
        rows: table.rows.map((row) => [...row]),
      }));
      await call('writeExport', { id, sheets });
    }
    deskState().say({ tone: 'done', text: t('export.done', { entry: made.entry }) });
    return true;
  } catch (error) {
    sayProblem(t, error);
    return false;
  }
}
