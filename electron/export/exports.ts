import { type PathLike, writeFileSync } from 'node:fs';
import type { PrintToPDFOptions } from 'electron';
import { csvOf, type ExportSheet } from '../../shared/export/sheet.ts';
import type { Input, Output } from '../../shared/ipc.ts';
import type { ExportAsk } from '../../shared/spot-check/wire.ts';
import { Failure } from '../failure.ts';
import type { Service } from '../sync/service.ts';
import { workbookOf } from './workbook.ts';

/** A4 upright with page numbers; colours as on screen, since states are told by them too. */
export const PAPER: PrintToPDFOptions = {
  pageSize: 'A4',
  printBackground: true,
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  footerTemplate:
    '<div style="width:100%;font-size:8px;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
  margins: { top: 0.5, bottom: 0.6, left: 0.5, right: 0.5 },
};

export type ExportsOptions = {
  readonly record: Service['recordExport'];
  readonly whereTo: (name: string, extension: string) => Promise<string | null>;
  readonly pdf: () => Promise<Uint8Array>;
  readonly newId: () => string;
};

/** Exports: each is recorded by the service first, and then written once, where the person said. */
export type Exports = {
  readonly begin: (ask: Input<'beginExport'>) => Promise<Output<'beginExport'>>;
  readonly write: (id: string, sheets: readonly ExportSheet[]) => Promise<void>;
  readonly print: (id: string) => Promise<void>;
};

/**
 * Opens the way for exports. What isn't recorded is not written: `begin` throws what the service answers (`network.*`,
 * `account.not_allowed`), and `write` and `print` know only what was begun.
 */
export function openExports({ record, whereTo, pdf, newId }: ExportsOptions): Exports {
  const begun = new Map<string, { readonly path: PathLike; readonly format: ExportAsk['format'] }>();

  const take = (id: string) => {
    const one = begun.get(id);
    if (!one) throw new Failure('request.invalid', 'the export was not recorded');
    begun.delete(id);
    return one;
  };
  const save = (path: PathLike, content: string | Uint8Array) => {
    try {
      // Not by way of a second file: the folder is the user's, and may hold nothing but what they named.
      writeFileSync(path, content);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      throw new Failure('export.unwritten', code);
    }
  };
  return {
    begin: async ({ name, ...ask }) => {
      const path = await whereTo(name, ask.format);
      if (path === null) return null;
      const made = await record(ask);
      const id = newId();
      begun.set(id, { path, format: ask.format });
      return { ...made, id };
    },
    write: async (id, sheets) => {
      const { path, format } = take(id);
      if (format === 'pdf') throw new Failure('request.invalid', 'begun as PDF');
      save(path, format === 'csv' ? csvOf(sheets) : await workbookOf(sheets));
    },
    print: async (id) => {
      const { path, format } = take(id);
      if (format !== 'pdf') throw new Failure('request.invalid', `begun as ${format}`);
      save(path, await pdf());
    },
  };
}
