import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '../../shared/audit/wire.ts';
import { problemText } from '../../shared/problem.ts';
import { useAudit } from './state.ts';
import { exactTime, gist, KindMark, kindName, viewedTime } from './words.tsx';

const ROW = 36;
/** Height of the head that stays above the rows, px. */
const HEAD = 30;
const COLUMNS = ['at', 'kind', 'candidate', 'gist', 'viewed', 'person', 'result'] as const;
/** The number pad's arrows, also while it gives digits. */
const PAD: Partial<Record<string, string>> = { Numpad8: 'ArrowUp', Numpad2: 'ArrowDown' };

/** The candidate's history at this decision. */
const open = ({ submissionId, id }: AuditRow): void => useAudit.getState().openHistory(submissionId, id);

type RowProps = {
  readonly row: AuditRow;
  readonly index: number;
  /** px from the top of the list. */
  readonly top: number;
  readonly selected: boolean;
};

const Row = memo(function Row({ row, index, top, selected }: RowProps) {
  const { t, i18n } = useTranslation();
  const why = row.problem && problemText(row.problem, i18n.language === 'en' ? 'en' : 'zh-CN').title;
  const said = gist(t, row);
  return (
    <div
      id={`audit-${row.id}`}
      className="audit-row"
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => useAudit.getState().select(row.id)}
      onDoubleClick={() => open(row)}
      data-testid="audit-row"
      data-kind={row.kind}
      data-id={row.id}
    >
      <div role="gridcell" className="nowrap">
        {exactTime(row.at)}
      </div>
      <div role="gridcell" className="nowrap">
        <KindMark kind={row.kind} name={kindName(t, row.kind)} />
      </div>
      <div role="gridcell" className="queue-name nowrap">
        <button type="button" tabIndex={-1} onClick={() => open(row)} data-testid="audit-open">
          {row.name}
        </button>
        <small className="quiet">{row.registrationNumber}</small>
      </div>
      <div role="gridcell" className="nowrap audit-gist" title={said}>
        {said}
      </div>
      <div role="gridcell" className="audit-viewed">
        {row.viewedMs === null ? <span className="quiet">—</span> : viewedTime(t, row.viewedMs)}
      </div>
      <div role="gridcell" className="nowrap">
        {row.by.name} <small className="quiet">{t(`reviewLevel.${row.by.level}`)}</small>
      </div>
      <div role="gridcell" className="nowrap" title={why ?? undefined}>
        {row.outcome === 'applied' ? (
          <span className={row.reopened ? 'state-conflict' : 'quiet'}>
            {t(row.reopened ? 'audit.reopened' : 'audit.outcome.applied')}
          </span>
        ) : (
          <span className={row.outcome === 'conflict' ? 'state-conflict' : 'state-refused'}>
            {t(`audit.outcome.${row.outcome}`)}
          </span>
        )}
      </div>
    </div>
  );
});

type Props = {
  readonly rows: readonly AuditRow[];
  readonly total: number;
  readonly loading: boolean;
  /** The rows that are loaded come to their end. */
  onEnd(): void;
};

/** The virtualised table. One tab stop; arrows, page keys, Home and End move, Enter opens the candidate's history. */
export function AuditTable({ rows, total, loading, onEnd }: Props) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const selected = useAudit((audit) => audit.selected);
  const select = useAudit((audit) => audit.select);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd();
  }, [last, rows.length, onEnd]);
  const cursor = rows.findIndex(({ id }) => id === selected);
  useEffect(() => {
    if (cursor < 0 && rows[0]) select(rows[0].id);
  }, [cursor, rows, select]);
  const started = useRef(false);
  useEffect(() => {
    // Coming back from a history, the row that was left is in sight.
    if (started.current || cursor < 0) return;
    started.current = true;
    virtual.scrollToIndex(cursor, { align: 'center' });
    if (document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
  }, [cursor, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current) return;
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? ROW) / ROW) - 2);
    const steps: Partial<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key] ?? steps[PAD[event.code] ?? ''];
    const row = rows[to === undefined ? cursor : Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    if (to !== undefined) {
      select(row.id);
      virtual.scrollToIndex(rows.indexOf(row));
    } else if (event.key === 'Enter') open(row);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={grid}
      id="audit-table"
      className="audit-table"
      role="grid"
      tabIndex={0}
      aria-rowcount={total}
      aria-label={t('audit.title')}
      aria-busy={loading}
      aria-activedescendant={selected ? `audit-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="audit-row audit-columns" role="row">
        {COLUMNS.map((name) => (
          <div key={name} role="columnheader" title={name === 'viewed' ? t('audit.fair') : undefined}>
            {t(`audit.column.${name}`)}
          </div>
        ))}
      </div>
      <div className="audit-rows" role="rowgroup">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <Row key={row.id} row={row} index={item.index} top={item.start - HEAD} selected={row.id === selected} />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
