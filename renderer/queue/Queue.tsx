import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { ChartColumn, Dices, FileSearch, Footprints, Keyboard, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUEUE_FILTERS, type QueueQuery } from '../../shared/ipc.ts';
import { keyOf } from '../actions/command.ts';
import { runCommand } from '../actions/desk-commands.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { useDesk } from '../desk.ts';
import { useMemory } from '../memory.ts';
import { useSession, useStatus } from '../query.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { QueueTable } from './QueueTable.tsx';
import { queueCounts, queueRows } from './read.ts';
import './queue.css';

/** Filters that are shown only while something is there. */
const SELDOM: ReadonlySet<string> = new Set(['parked', 'incomplete', 'others', 'aside']);
/** Typing pauses this long, ms, before a search starts. */
const PAUSE = 120;

const useQueue = (query: QueueQuery) => useInfiniteQuery({ ...queueRows(query), placeholderData: (before) => before });
const useCounts = () => useQuery(queueCounts());

function Filters() {
  const { t } = useTranslation();
  const filter = useDesk((desk) => desk.query.filter);
  const ask = useDesk((desk) => desk.ask);
  const counts = useCounts();
  return (
    <nav className="queue-filters" aria-label={t('queue.filters')}>
      {QUEUE_FILTERS.map((name) => {
        const count = counts.data?.[name] ?? 0;
        const quiet = count === 0 && name !== filter && name !== 'open';
        if (quiet && SELDOM.has(name)) return null;
        return (
          <button
            key={name}
            type="button"
            className={name === 'parked' ? 'queue-filter state-conflict' : 'queue-filter'}
            aria-pressed={name === filter}
            onClick={() => ask({ filter: name })}
            data-testid={`filter-${name}`}
          >
            <span>{t(`queue.filter.${name}`)}</span>
            <strong data-testid={`count-${name}`}>{counts.data ? count : '·'}</strong>
          </button>
        );
      })}
    </nav>
  );
}

/** The assigned submissions: counts by state as filters, one search field, one table. */
export function Queue() {
  const { t } = useTranslation();
  const query = useDesk((desk) => desk.query);
  const ask = useDesk((desk) => desk.ask);
  const show = useDesk((desk) => desk.show);
  const openConflicts = useDesk((desk) => desk.openConflicts);
  const status = useStatus();
  const toured = useMemory(true).data?.toured ?? true;
  const supervisor = useSession().data?.account.role === 'supervisor';
  const [typed, setTyped] = useState(query.search);
  // What is searched for may come from elsewhere: from the last session.
  const [asked, setAsked] = useState(query.search);
  if (asked !== query.search) {
    setAsked(query.search);
    setTyped(query.search);
  }
  const search = useRef<InputRef>(null);
  const pages = useQueue(query);
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const total = pages.data?.pages[0]?.total ?? 0;
  const more = pages.data?.pages[0]?.atLeast ?? false;
  const counts = useCounts().data;
  const plain = query.search === '';
  const empty =
    status.data?.sync.phase === 'submissions'
      ? 'arriving'
      : plain && counts?.all === 0
        ? 'none'
        : plain && query.filter === 'open'
          ? 'done'
          : 'empty';

  useEffect(() => {
    const timer = setTimeout(() => ask({ search: typed }), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, ask]);
  const deeds = useMemo<Deeds>(() => ({ search: { run: () => search.current?.select() } }), []);
  useOffer(deeds);

  return (
    <div className="queue" data-testid="queue">
      <header className="queue-head">
        <h1>{t('queue.title')}</h1>
        <Input
          ref={search}
          className="queue-search"
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('queue.search')}
          aria-label={t('queue.search')}
          allowClear
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => document.getElementById('queue-table')?.focus()}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') document.getElementById('queue-table')?.focus();
            if (event.key === 'Escape') setTyped('');
          }}
          data-testid="search"
        />
        <span className="quiet" data-testid="queue-total">
          {t(more ? 'queue.totalAtLeast' : 'queue.total', { count: total })}
        </span>
        <span className="bar-space" />
        {query.filter === 'parked' && total > 0 && (
          <Button type="primary" onClick={() => openConflicts(null)} data-testid="queue-conflicts">
            {t('conflict.oneByOne')} <Kbd>{keyOf('conflicts')}</Kbd>
          </Button>
        )}
        <IconButton
          icon={Dices}
          label={t('command.spotChecks')}
          hint={keyOf('spotChecks')}
          onClick={() => runCommand('spotChecks')}
          testId="open-spot-checks"
        />
        {supervisor && (
          <>
            <Button
              icon={<ChartColumn size={14} strokeWidth={1.75} aria-hidden />}
              onClick={() => runCommand('overview')}
              data-testid="open-overview"
            >
              {t('overview.title')} <Kbd>{keyOf('overview')}</Kbd>
            </Button>
            <Button
              icon={<FileSearch size={14} strokeWidth={1.75} aria-hidden />}
              onClick={() => runCommand('audit')}
              data-testid="open-audit"
            >
              {t('audit.title')} <Kbd>{keyOf('audit')}</Kbd>
            </Button>
          </>
        )}
        {toured ? (
          <span className="quiet queue-hint">{t('queue.hint', { search: keyOf('search') })}</span>
        ) : (
          <Button
            size="small"
            onClick={() => runCommand('tour')}
            icon={<Footprints size={14} aria-hidden />}
            data-testid="tour-offer"
          >
            {t('tour.offer')} <Kbd>{keyOf('tour')}</Kbd>
          </Button>
        )}
        <IconButton
          icon={Keyboard}
          label={t('command.shortcuts')}
          hint={keyOf('shortcuts')}
          onClick={() => show('shortcuts')}
        />
      </header>
      <Filters />
      <QueueTable
        rows={rows}
        total={total}
        loading={pages.isPending}
        empty={empty}
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
      />
    </div>
  );
}
