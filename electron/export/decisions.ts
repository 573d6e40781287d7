import { createHash } from 'node:crypto';
import type { AuditFilter, AuditRow } from '../../shared/audit/wire.ts';
import { MOST_ROWS } from '../../shared/export/sheet.ts';
import type { Output } from '../../shared/ipc.ts';
import { ExportFilter } from '../../shared/spot-check/wire.ts';
import type { Service } from '../sync/service.ts';

/** Rows that the service gives at a time. */
const PAGE = 200;

/** What the log keeps of a filter: ids and codes; of words that were searched for only their hash. */
export function recordedFilter({ kind, outcome, reason, material, search, ...rest }: AuditFilter): ExportFilter {
  const words = search.trim();
  return ExportFilter.parse({
    person: rest.person,
    level: rest.level,
    from: rest.from,
    to: rest.to,
    viewedUnder: rest.viewedUnder,
    reopened: rest.reopened,
    kinds: kind === null ? [] : [kind],
    outcome,
    conflicts: outcome === 'conflict',
    reasons: reason === null ? [] : [reason],
    materials: material === null ? [] : [material],
    search: words === '' ? null : createHash('sha256').update(words).digest('hex'),
  });
}

/**
 * The decisions that fit a filter, newest first, to be exported; at most `most` (`cut` tells that there are more). Throws
 * what the service answers.
 */
export async function decisionsToExport(
  page: Service['auditPage'],
  filter: AuditFilter,
  most = MOST_ROWS,
): Promise<Output<'decisionsToExport'>> {
  const rows: AuditRow[] = [];
  let after: number | null = null;
  do {
    const found: Awaited<ReturnType<Service['auditPage']>> = await page({ ...filter, after, limit: PAGE });
    rows.push(...found.rows);
    after = found.next;
  } while (after !== null && rows.length < most);
  return { rows: rows.slice(0, most), cut: after !== null || rows.length > most, filter: recordedFilter(filter) };
}
