import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, CircleCheck, Inbox } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import type { QUEUE_SORTS, QueueRow } from '../../shared/ipc.ts';
import { stateOf } from '../../shared/status.ts';
import { deskState, useDesk } from '../desk.ts';
import { turnTo } from '../leafing/turning.ts';
import { useSession } from '../query.ts';
import { Row } from './Row.tsx';

/** The number pad's arrows, also while it gives digits. */
const PAD: Partial<Record<string, string>> = { Numpad8: 'ArrowUp', Numpad2: 'ArrowDown' };
const open = (id: SubmissionId) => turnTo(id);

const ROW = 36;
/** Height of the head that stays above the rows, px. */
const HEAD = 30;
const COLUMNS = [
  ['state', 'status'],
  ['name', 'name'],
  ['registration', 'registration'],
  ['application', null],
  ['materials', null],
  ['points', 'points'],
  ['reviewer', null],
  ['submitted', 'submitted'],
  ['deadline', 'deadline'],
] as const satisfies readonly (readonly [string, (typeof QUEUE_SORTS)[number] | null])[];

function Head() {
  const { t } = useTranslation();
  const { sort, descending } = useDesk((desk) => desk.query);
  const ask = useDesk((desk) => desk.ask);
  return (
    <div className="queue-row queue-columns" role="row">
      {COLUMNS.map(([name, by]) => {
        const sorted = by === sort;
        const Arrow = descending ? ArrowDown : ArrowUp;
        return (
          <div key={name} role="columnheader" aria-sort={sorted ? (descending ? 'descending' : 'ascending') : 'none'}>
            {by ? (
              <button
                type="button"
                onClick={() => ask({ sort: by, descending: sorted ? !descending : false })}
                data-testid={`sort-${by}`}
              >
                {t(`queue.column.${name}`)}
                {sorted && <Arrow size={12} aria-hidden />}
              </button>
            ) : (
              t(`queue.column.${name}`)
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Nothing matches, nothing was ever assigned, all is done, or it is still coming. */
export type Empty = 'empty' | 'none' | 'done' | 'arriving';

type Props = {
  readonly rows: readonly QueueRow[];
  readonly total: number;
  readonly loading: boolean;
  /** Why there may be nothing to show. */
  readonly empty: Empty;
  /** The rows that are loaded come to their end. */
  onEnd(): void;
};

/** The virtualised table. One tab stop; arrows, page keys, Home and End move, Enter opens. */
export function QueueTable({ rows, total, loading, empty, onEnd }: Props) {
  const { t } = useTranslation();
  const EmptyIcon = empty === 'done' ? CircleCheck : Inbox;
  const grid = useRef<HTMLDivElement>(null);
  const selected = useDesk((desk) => desk.selected);
  const { select } = deskState();
  const session = useSession().data;
  const level = session?.account.role === 'reviewer' ? session.account.level : null;
  const begins = (session && level && stateOf(level, session.policy)) ?? 'pending';
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

  const cursor = rows.findIndex((row) => row.id === selected);
  useEffect(() => {
    if (cursor < 0 && rows[0]) select(rows[0].id);
  }, [cursor, rows, select]);
  useEffect(() => {
    grid.current?.focus({ preventScroll: true });
  }, []);
  const started = useRef(false);
  useEffect(() => {
    // Coming back from a submission, the row that was left is in sight.
    if (!started.current && cursor >= 0) {
      started.current = true;
      virtual.scrollToIndex(cursor, { align: 'center' });
    }
  }, [cursor, virtual]);

  const move = (to: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    const row = rows[index];
    if (!row) return;
    select(row.id);
    virtual.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
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
    if (event.target !== grid.current) return;
    if (to !== undefined) move(to);
    else if (event.key === 'Enter' && selected) open(selected);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={grid}
      id="queue-table"
      className="queue-table"
      role="grid"
      tabIndex={0}
      aria-rowcount={total}
      aria-label={t('queue.title')}
      aria-busy={loading}
      aria-activedescendant={selected ? `row-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <Head />
      <div className="queue-rows" role="rowgroup">
        {rows.length === 0 && !loading ? (
          <div className="queue-empty" data-testid="queue-empty" data-why={empty}>
            <EmptyIcon size={32} strokeWidth={1.5} aria-hidden />
            <strong>{t(`queue.${empty}`)}</strong>
            <span>{t(`queue.${empty}Note`)}</span>
          </div>
        ) : (
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
            {items.map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <Row
                    key={row.id}
                    row={row}
                    index={item.index}
                    top={item.start - HEAD}
                    selected={row.id === selected}
                    begins={begins}
                    onSelect={select}
                    onOpen={open}
                  />
                )
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
