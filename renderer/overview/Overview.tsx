import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import {
  CalendarClock,
  ChartColumn,
  ChevronLeft,
  CircleCheck,
  RefreshCw,
  Sheet as SheetIcon,
  TriangleAlert,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../shared/ipc.ts';
import { type Overview as Counts, type LevelProgress, progressOf } from '../../shared/overview.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { call, problemOf } from '../api.ts';
import { deskState } from '../desk.ts';
import { ExportButtons } from '../export/ExportButtons.tsx';
import { NO_FILTER } from '../export/export.ts';
import { PrintStamp } from '../export/PrintStamp.tsx';
import { usePrint } from '../export/print.ts';
import { keys } from '../query.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { dateWords, shortTime } from '../ui/time.ts';
import { Chart } from './Chart.tsx';
import { StatTable } from './StatTable.tsx';
import { type Statistic, statisticsOf } from './statistics.ts';
import './overview.css';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;
const BACK: Deeds = { queue: { run: () => deskState().go('queue') } };

/** How a level stands against its last day: in words, with what is needed and what was done lately. */
function LevelCard({ progress }: { readonly progress: LevelProgress }) {
  const { t } = useTranslation();
  const { level, through, all, waiting, end, daysLeft, needed, lately } = progress;
  const late = needed !== null && lately !== null && lately < needed;
  const Icon = needed === null && daysLeft > 0 ? CircleCheck : late ? TriangleAlert : CalendarClock;
  const percent = all === 0 ? 100 : Math.floor((100 * through) / all);
  return (
    <li className="level-card" data-testid="level-card" data-level={level}>
      <strong>{t(`reviewLevel.${level}`)}</strong>
      <span className="level-share">{percent}%</span>
      <span className="quiet">{t('overview.throughOf', { through, all, waiting })}</span>
      <span className={late ? 'state state-returned' : 'state'}>
        <Icon {...ICON} />
        {t('overview.until', { day: dateWords(end), count: daysLeft })}
      </span>
      <span className={late ? 'state-returned' : 'quiet'}>
        {needed === null
          ? t(daysLeft === 0 ? 'overview.over' : 'overview.allDone')
          : t('overview.pace', { needed, lately: lately ?? 0 })}
      </span>
    </li>
  );
}

function Panel({ statistic, view }: { readonly statistic: Statistic; readonly view: 'chart' | 'table' }) {
  const { t } = useTranslation();
  const [own, setOwn] = useState<{ readonly of: string; readonly view: 'chart' | 'table' } | null>(null);
  const printing = usePrint(({ stamp }) => stamp !== null);
  // The choice for all of them goes before an older one for this one.
  const chosen = own?.of === view ? own.view : view;
  const empty = statistic.rows.length === 0;
  return (
    <section
      className={`stat stat-${statistic.id}`}
      aria-labelledby={`stat-${statistic.id}`}
      data-testid={`stat-${statistic.id}`}
      data-view={chosen}
    >
      <header>
        <h2 id={`stat-${statistic.id}`}>{statistic.title}</h2>
        <Segmented<'chart' | 'table'>
          size="small"
          value={chosen}
          onChange={(value) => setOwn({ of: view, view: value })}
          options={[
            { value: 'chart', icon: <ChartColumn {...ICON} />, title: t('overview.chart') },
            { value: 'table', icon: <SheetIcon {...ICON} />, title: t('overview.table') },
          ]}
          aria-label={statistic.title}
        />
      </header>
      {empty ? (
        <p className="quiet stat-empty">{t('overview.nothing')}</p>
      ) : (
        <>
          {(chosen === 'chart' || printing) && <Chart statistic={statistic} printed={printing} />}
          {(chosen === 'table' || printing) && <StatTable statistic={statistic} />}
        </>
      )}
      <p className="quiet stat-note">{statistic.note}</p>
    </section>
  );
}

function Body({
  counts,
  signedIn,
  view,
}: {
  readonly counts: Counts;
  readonly signedIn: SignedIn;
  readonly view: 'chart' | 'table';
}) {
  const { t } = useTranslation();
  const { policy } = signedIn;
  const statistics = useMemo(() => statisticsOf(counts, policy, t), [counts, policy, t]);
  return (
    <div className="overview-body" data-testid="overview-body">
      <PrintStamp title={t('overview.title')} />
      <ul className="level-cards" aria-label={t('overview.progress.title')}>
        {progressOf(counts, policy).map((progress) => (
          <LevelCard key={progress.level} progress={progress} />
        ))}
      </ul>
      <div className="stats">
        {statistics.map((statistic) => (
          <Panel key={statistic.id} statistic={statistic} view={view} />
        ))}
      </div>
    </div>
  );
}

/** 总览: how far the review has come, where submissions wait, and what they were returned for. */
export function Overview({ signedIn }: { readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  useOffer(BACK);
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const counts = useQuery({ queryKey: keys.overview, queryFn: () => call('overview', undefined), staleTime: 0 });
  const { account, policy } = signedIn;
  const tables = () => (counts.data ? statisticsOf(counts.data, policy, t) : []);
  return (
    <div className="overview" data-testid="overview">
      <header className="top-bar">
        <button type="button" className="back" onClick={() => deskState().go('queue')} data-testid="back">
          <ChevronLeft size={16} aria-hidden />
          {t('review.queue')}
        </button>
        <h1>{t('overview.title')}</h1>
        <span className="nowrap">{account.siteName ?? policy.districtName}</span>
        {counts.data && <span className="quiet nowrap">{t('overview.at', { at: shortTime(counts.data.at) })}</span>}
        {counts.data && counts.error && (
          <strong className="state-returned nowrap" role="status" data-testid="overview-stale">
            {t('overview.stale')}
          </strong>
        )}
        <span className="bar-space" />
        <Segmented<'chart' | 'table'>
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: t('overview.chart') },
            { value: 'table', label: t('overview.table') },
          ]}
          aria-label={t('overview.view')}
          data-testid="overview-view"
        />
        <Button
          icon={<RefreshCw {...ICON} />}
          loading={counts.isFetching}
          onClick={() => void counts.refetch()}
          data-testid="overview-again"
        >
          {t('overview.again')}
        </Button>
        <ExportButtons
          what="statistics"
          formats={['xlsx', 'csv', 'pdf']}
          filter={NO_FILTER}
          filterText={null}
          name={t('overview.title')}
          tables={tables}
          disabled={!counts.data}
        />
      </header>
      {counts.data ? (
        <Body counts={counts.data} signedIn={signedIn} view={view} />
      ) : counts.error ? (
        <div className="review-wait">
          <ProblemPanel problem={problemOf(counts.error)} />
        </div>
      ) : (
        <div className="review-wait" aria-busy role="status" aria-label={t('review.loading')} />
      )}
    </div>
  );
}
