import { Input, type InputRef } from 'antd';
import { Info, Keyboard, Search, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERYTHING } from '../../shared/audit/wire.ts';
import { keyOf } from '../actions/command.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { deskState } from '../desk.ts';
import { DecisionExport } from '../export/DecisionExport.tsx';
import { useStatus } from '../query.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { BackButton, Instead, NotYet } from './Audit.tsx';
import { AuditTable } from './AuditTable.tsx';
import { Filters } from './Filters.tsx';
import { useAuditCounts, useAuditPeople, useDecisions } from './read.ts';
import { useAudit } from './state.ts';

/** Typing pauses this long, ms, before the service is asked. */
const PAUSE = 250;

/** Whether anything is filtered by. */
const isFiltered = (filter: object): boolean => JSON.stringify(filter) !== JSON.stringify(EVERYTHING);

/** All decisions: filters, words, and one table, newest first. */
export function AuditList() {
  const { t } = useTranslation();
  const filter = useAudit((audit) => audit.filter);
  const online = useStatus().data?.online ?? false;
  const decisions = useDecisions(filter, online);
  const people = useAuditPeople(online);
  const counts = useAuditCounts(filter, online).data;
  const rows = useMemo(() => decisions.data?.pages.flatMap((page) => page.rows) ?? [], [decisions.data]);
  const [typed, setTyped] = useState(filter.search);
  const search = useRef<InputRef>(null);
  const filtered = isFiltered(filter);

  useEffect(() => {
    if (typed === useAudit.getState().filter.search) return;
    const timer = setTimeout(() => useAudit.getState().ask({ search: typed }), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const clear = useMemo(
    () => () => {
      setTyped('');
      useAudit.getState().clear();
    },
    [],
  );
  const deeds = useMemo<Deeds>(
    () => ({
      search: { run: () => search.current?.select() },
      queue: { run: () => deskState().go('queue') },
      clearFilters: {
        run: clear,
        why: () => (isFiltered(useAudit.getState().filter) ? null : 'notPossible'),
      },
    }),
    [clear],
  );
  useOffer(deeds);

  // Without the service, rows of another filter would be shown under this one.
  const ready = decisions.data !== undefined && (online || !decisions.isPlaceholderData);
  return (
    <div className="audit" data-testid="audit">
      <header className="queue-head">
        <BackButton name={t('review.queue')} onClick={() => deskState().go('queue')} />
        <h1>{t('audit.title')}</h1>
        <Input
          ref={search}
          className="queue-search"
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('audit.search')}
          aria-label={t('audit.search')}
          allowClear
          maxLength={64}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => document.getElementById('audit-table')?.focus()}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') document.getElementById('audit-table')?.focus();
            if (event.key === 'Escape') setTyped('');
          }}
          data-testid="audit-search"
        />
        <span className="quiet" role="status" data-testid="audit-total" data-count={counts?.total}>
          {counts && ready && t(counts.atLeast ? 'audit.totalAtLeast' : 'audit.total', { count: counts.total })}
        </span>
        <span className="bar-space" />
        <span className="quiet queue-hint">{t('audit.hint')}</span>
        <DecisionExport
          filter={filter}
          person={people.data?.find(({ id }) => id === filter.person)?.name ?? null}
          disabled={!online || rows.length === 0}
        />
        <IconButton
          icon={Keyboard}
          label={t('command.shortcuts')}
          hint="?"
          onClick={() => deskState().show('shortcuts')}
        />
      </header>
      <Filters filter={filter} counts={counts} online={online} filtered={filtered} onClear={clear} />
      <p className="audit-fair">
        <Info size={13} strokeWidth={1.75} aria-hidden />
        {t('audit.fair')}
        {!online && ready && rows.length > 0 && <strong className="state-returned">{t('audit.offlineRows')}</strong>}
      </p>
      {!ready ? (
        <NotYet online={online} error={decisions.error} onRetry={() => void decisions.refetch()} />
      ) : rows.length === 0 ? (
        <Instead
          icon={SearchX}
          title={t(filtered ? 'audit.empty' : 'audit.none')}
          note={t(filtered ? 'audit.emptyNote' : 'audit.noneNote')}
          why={filtered ? 'empty' : 'none'}
        >
          {filtered && (
            <button type="button" className="audit-clear" onClick={clear}>
              {t('command.clearFilters')} <Kbd>{keyOf('clearFilters')}</Kbd>
            </button>
          )}
        </Instead>
      ) : (
        <AuditTable
          rows={rows}
          total={counts?.total ?? rows.length}
          loading={decisions.isFetching}
          onEnd={() => {
            if (decisions.hasNextPage && !decisions.isFetchingNextPage && online) void decisions.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}
