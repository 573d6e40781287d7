import type { TFunction } from 'i18next';
import type { AuditFilter, AuditRow } from '../../shared/audit/wire.ts';
import type { Cell } from '../../shared/export/sheet.ts';
import { problemText } from '../../shared/problem.ts';
import { call } from '../api.ts';
import { sayProblem } from '../review/undo.ts';
import { materialName, reasonName, slotName } from '../ui/words.ts';
import { type ExportTable, exportTables } from './export.ts';

/** Heads of the columns, in the order of `cellsOf`. */
export const decisionColumns = (t: TFunction): string[] =>
  [
    'at',
    'level',
    'by',
    'registration',
    'name',
    'kind',
    'picture',
    'reasons',
    'words',
    'outcome',
    'problem',
    'viewed',
    'reopened',
    'id',
  ].map((name) => t(`export.column.${name}`));

/** One decision as a row. */
export function cellsOf(t: TFunction, row: AuditRow): Cell[] {
  const language = t('language') === 'en' ? 'en' : 'zh-CN';
  return [
    row.at,
    t(`reviewLevel.${row.by.level}`),
    row.by.name,
    row.registrationNumber,
    row.name,
    t(`act.${row.kind.replace('.', '_')}`),
    row.slot ? slotName(t, row.slot) : '',
    row.reasons.map((code) => `${code} ${reasonName(t, code)}`).join(t('list.separator')),
    row.words,
    t(`export.outcome.${row.outcome}`),
    row.problem ? problemText(row.problem, language).title : '',
    row.viewedMs,
    row.reopened ? t('export.yes') : '',
    row.id,
  ];
}

/** A filter in words, for the file; null where everything is let through. `person`: the name of who is filtered by. */
export function filterWords(t: TFunction, filter: AuditFilter, person: string | null): string | null {
  const said = (name: string, value: string | null) =>
    value === null || value === '' ? [] : [t('record.about', { name: t(`export.column.${name}`), words: value })];
  const words = [
    ...said('by', filter.person === null ? null : (person ?? filter.person)),
    ...said('level', filter.level && t(`reviewLevel.${filter.level}`)),
    ...said('from', filter.from),
    ...said('to', filter.to),
    ...said('kind', filter.kind && t(`act.${filter.kind.replace('.', '_')}`)),
    ...said('outcome', filter.outcome && t(`export.outcome.${filter.outcome}`)),
    ...said('reasons', filter.reason && `${filter.reason} ${reasonName(t, filter.reason)}`),
    ...said('material', filter.material && materialName(t, filter.material)),
    ...said('viewed', filter.viewedUnder && `< ${filter.viewedUnder}`),
    ...said('reopened', filter.reopened ? t('export.yes') : null),
    ...said('words', filter.search),
  ];
  return words.length === 0 ? null : words.join(t('list.separator'));
}

/**
 * Exports the decisions that fit a filter, newest first. `filterText`: the filter in words, for the file; null for none.
 * True when the file is there.
 */
export async function exportDecisions(
  t: TFunction,
  order: { readonly format: 'xlsx' | 'csv'; readonly filter: AuditFilter; readonly filterText: string | null },
): Promise<boolean> {
  const { format, filterText } = order;
  try {
    const { rows, cut, filter } = await call('decisionsToExport', order.filter);
    const title = t('export.decisions');
    const table: ExportTable = { title, columns: decisionColumns(t), rows: rows.map((row) => cellsOf(t, row)) };
    const words = [filterText ?? t('export.noFilter'), ...(cut ? [t('export.cut', { count: rows.length })] : [])];
    return await exportTables(t, {
      what: 'decisions',
      format,
      filter,
      filterText: words.join(t('list.separator')),
      name: title,
      tables: () => [table],
    });
  } catch (error) {
    sayProblem(t, error);
    return false;
  }
}
