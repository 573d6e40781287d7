import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, Dices, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output, SignedIn } from '../../shared/ipc.ts';
import type { SpotCheck } from '../../shared/spot-check/wire.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { call, problemOf } from '../api.ts';
import { deskState, useDesk } from '../desk.ts';
import { ExportButtons } from '../export/ExportButtons.tsx';
import { type ExportTable, NO_FILTER } from '../export/export.ts';
import { keys } from '../query.ts';
import { daysName } from '../ui/days.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { shortTime } from '../ui/time.ts';
import { saidOf } from '../ui/words.ts';
import { Agreement } from './Agreement.tsx';
import { DrawDialog } from './DrawDialog.tsx';
import { Items } from './Items.tsx';
import '../overview/overview.css';
import './spot-check.css';

const BACK: Deeds = { queue: { run: () => deskState().go('queue') } };
const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

type Detail = Output<'spotCheck'>;

function Row({ check, selected }: { readonly check: SpotCheck; readonly selected: boolean }) {
  const { t } = useTranslation();
  const { plan, counts, drawnAt, drawnBy } = check;
  return (
    <li>
      <button
        type="button"
        className="spot-check"
        aria-pressed={selected}
        onClick={() => deskState().seeSpotCheck(check.id)}
        data-testid="spot-check"
      >
        <strong>{t(`spot.methods.${plan.method}`)}</strong>
        <span className="quiet">{shortTime(drawnAt)}</span>
        <span className="nowrap quiet">{drawnBy.name}</span>
        <span>{t('spot.progress', { settled: counts.settled, drawn: counts.drawn })}</span>
      </button>
    </li>
  );
}

function Facts({ check }: { readonly check: SpotCheck }) {
  const { t } = useTranslation();
  const { plan, frame, counts } = check;
  return (
    <dl className="spot-facts">
      <dt>{t('spot.seed')}</dt>
      <dd className="selectable" data-testid="spot-seed-shown">
        {plan.seed}
      </dd>
      <dt>{t('spot.frame')}</dt>
      <dd>
        {t('spot.frameOf', { drawn: counts.drawn, size: frame.size })}{' '}
        <span className="quiet selectable spot-hash" title={frame.sha256}>
          SHA-256 {frame.sha256.slice(0, 16)}…
        </span>
      </dd>
      {plan.method === 'by_risk' && (
        <>
          <dt>{t('spot.risk')}</dt>
          <dd>{plan.risks.map((risk) => t(`spot.risks.${risk}`)).join(t('list.separator'))}</dd>
        </>
      )}
      {(plan.from || plan.to) && (
        <>
          <dt>{t('spot.received')}</dt>
          <dd>{daysName(plan)}</dd>
        </>
      )}
      <dt>{t('overview.level')}</dt>
      <dd>{plan.level ? t(`reviewLevel.${plan.level}`) : t('spot.allLevels')}</dd>
    </dl>
  );
}

function Detailed({ detail, signedIn }: { readonly detail: Detail; readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  const { check, items, agreement } = detail;
  const tables = (): ExportTable[] => [
    {
      title: t('spot.title'),
      columns: [
        t('spot.number'),
        t('spot.registration'),
        t('overview.level'),
        t('spot.stateTitle'),
        ...(['first', 'second', 'third'] as const).flatMap((place) => [
          t(`spot.place.${place}`),
          t('spot.by'),
          t('spot.said'),
        ]),
      ],
      rows: items.map(({ n, registrationNumber, level, state, results }) => [
        n,
        registrationNumber,
        t(`reviewLevel.${level}`),
        t(`spot.state.${state}`),
        ...[results?.first, results?.second, results?.third].flatMap((one) =>
          one ? [t(`spot.verdict.${one.verdict}`), one.by.name, saidOf(t, one)] : ['', '', ''],
        ),
      ]),
    },
  ];
  return (
    <section className="spot-detail" data-testid="spot-detail" aria-label={t('spot.title')}>
      <header>
        <h2>{t(`spot.methods.${check.plan.method}`)}</h2>
        <span className="quiet">{t('spot.drawnBy', { name: check.drawnBy.name, at: shortTime(check.drawnAt) })}</span>
        <span className="bar-space" />
        {signedIn.account.role === 'supervisor' && (
          <ExportButtons
            what="spot_check"
            formats={['xlsx', 'csv']}
            filter={NO_FILTER}
            filterText={`${t('spot.title')} ${check.id}`}
            name={t('spot.title')}
            tables={tables}
          />
        )}
      </header>
      <Facts check={check} />
      <Agreement agreement={agreement} />
      {items.length === 0 ? <p className="quiet">{t('spot.nothingDrawn')}</p> : <Items check={check} items={items} />}
    </section>
  );
}

/** 抽查: samples of conclusions, judged again by who had no part in them, and how far the judgements agree. */
export function SpotChecks({ signedIn }: { readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  useOffer(BACK);
  const client = useQueryClient();
  const [drawing, setDrawing] = useState(false);
  const chosen = useDesk((desk) => desk.spotCheck);
  const list = useQuery({ queryKey: keys.spotChecks, queryFn: () => call('spotChecks', undefined), staleTime: 0 });
  const checks = list.data?.checks ?? [];
  const id = checks.find((check) => check.id === chosen)?.id ?? checks[0]?.id ?? null;
  const detail = useQuery({
    queryKey: keys.spotCheck(id ?? ''),
    queryFn: () => call('spotCheck', { id: id ?? '' }),
    enabled: id !== null,
    staleTime: 0,
  });
  const supervisor = signedIn.account.role === 'supervisor';
  const error = list.error ?? detail.error;
  const again = () => void client.invalidateQueries({ queryKey: ['spot'] });
  return (
    <div className="spot" data-testid="spot-checks">
      <header className="top-bar">
        <button type="button" className="back" onClick={() => deskState().go('queue')} data-testid="back">
          <ChevronLeft size={16} aria-hidden />
          {t('review.queue')}
        </button>
        <h1>{t('spot.title')}</h1>
        <span className="quiet nowrap">{t('spot.explain')}</span>
        <span className="bar-space" />
        <Button icon={<RefreshCw {...ICON} />} loading={list.isFetching} onClick={again}>
          {t('overview.again')}
        </Button>
        {supervisor && (
          <Button type="primary" icon={<Dices {...ICON} />} onClick={() => setDrawing(true)} data-testid="spot-draw">
            {t('spot.draw')}
          </Button>
        )}
      </header>
      {error ? (
        <div className="review-wait">
          <ProblemPanel problem={problemOf(error)} />
        </div>
      ) : list.isSuccess && checks.length === 0 ? (
        <div className="spot-none" data-testid="spot-none">
          <strong>{t('spot.none')}</strong>
          <p className="quiet">{t(supervisor ? 'spot.noneSupervisor' : 'spot.noneReviewer')}</p>
        </div>
      ) : (
        <div className="spot-body">
          <ul className="spot-list" aria-label={t('spot.title')}>
            {checks.map((check) => (
              <Row key={check.id} check={check} selected={check.id === id} />
            ))}
          </ul>
          {detail.data ? (
            <Detailed detail={detail.data} signedIn={signedIn} />
          ) : (
            <div className="review-wait" aria-busy role="status" aria-label={t('review.loading')} />
          )}
        </div>
      )}
      {drawing && (
        <DrawDialog
          signedIn={signedIn}
          onClose={() => setDrawing(false)}
          onDrawn={(check) => {
            setDrawing(false);
            deskState().seeSpotCheck(check.id);
            again();
          }}
        />
      )}
    </div>
  );
}
