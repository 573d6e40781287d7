import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Progress } from 'antd';
import {
  Circle,
  CircleCheck,
  CircleDashed,
  Download,
  LoaderCircle,
  type LucideIcon,
  ShieldAlert,
  ShieldCheck,
  ShieldQuestion,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../shared/ipc.ts';
import { type LogBreak, type PartReport, PROOF_PARTS, type ProofState, TO_BE_NOTED } from '../../shared/proofs.ts';
import { keyOf } from '../actions/command.ts';
import { call } from '../api.ts';
import { deskState, useDesk } from '../desk.ts';
import { keys, useInfo } from '../query.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { shortTime } from '../ui/time.ts';
import { limitText, NEVER_PROVEN, reportText, sinceWhen, whichOne } from './words.ts';
import './verify.css';

/** How often the progress is read while a verification is under way, ms. */
const LOOK_EVERY = 250;

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

const STATES: Readonly<Record<PartReport['state'], readonly [icon: LucideIcon, tone: string]>> = {
  waiting: [Circle, 'open'],
  running: [LoaderCircle, 'open'],
  proven: [CircleCheck, 'locked'],
  broken: [ShieldAlert, 'conflict'],
  unproven: [CircleDashed, 'returned'],
};

/** A finding that stands: what, which, since when, and what to do. */
function Standing({ one, onNote }: { readonly one: LogBreak; readonly onNote: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="proof-break" data-testid="proof-break" data-kind={one.kind}>
      <ShieldAlert {...ICON} />
      <div>
        <strong>{t(`verify.kind.${one.kind}`)}</strong>
        <span>
          {whichOne(t, one)} {sinceWhen(t, one)}
        </span>
        <span className="quiet">
          {t('verify.found', { at: shortTime(one.foundAt) })} {t(`verify.next.${one.place}`)}
        </span>
      </div>
      {TO_BE_NOTED.has(one.kind) && (
        <Button size="small" onClick={onNote} data-testid="note-break">
          {t('verify.note')}
        </Button>
      )}
    </li>
  );
}

function Part({ report }: { readonly report: PartReport }) {
  const { t } = useTranslation();
  const { part, state, done, total, found, limits } = report;
  const [Icon, tone] = STATES[state];
  return (
    <li className="proof-part" data-testid="proof-part" data-part={part} data-state={state}>
      <Icon {...ICON} className={`state-${tone}`} />
      <div>
        <strong>{t(`verify.part.${part}`)}</strong>
        <span className="quiet">{t(`verify.partNote.${part}`)}</span>
        {found.map((one) => (
          <span key={one.kind} className="state-conflict">
            {t(`verify.kind.${one.kind}`)} {whichOne(t, one)}
          </span>
        ))}
        {limits.map((limit) => (
          <span key={limit.why} className="proof-limit">
            {limitText(t, limit)}
          </span>
        ))}
      </div>
      <span className={`proof-count state-${tone}`}>
        {t(`verify.state.${state}`)}
        {total > 0 && (
          <small>
            {done} / {total}
          </small>
        )}
      </span>
    </li>
  );
}

const OUTCOMES = { proven: ShieldCheck, broken: ShieldAlert, failed: ShieldAlert } as const;
const TONES = { proven: 'locked', broken: 'conflict', failed: 'conflict', unproven: 'returned' } as const;

function Verdict({ state }: { readonly state: ProofState }) {
  const { t } = useTranslation();
  const { report, breaks } = state;
  const stands = breaks.some(({ overAt }) => overAt === null);
  const outcome = stands && report?.outcome !== 'running' ? 'broken' : (report?.outcome ?? 'none');
  const Icon: LucideIcon = (OUTCOMES as Readonly<Record<string, LucideIcon>>)[outcome] ?? ShieldQuestion;
  const tone = (TONES as Readonly<Record<string, string>>)[outcome] ?? 'open';
  return (
    <p className={`proof-verdict state-${tone}`} role="status" data-testid="proof-outcome" data-outcome={outcome}>
      <Icon size={24} strokeWidth={1.5} aria-hidden />
      <strong>{t(`verify.outcome.${outcome}`)}</strong>
      {report?.endedAt && <span className="quiet">{t('verify.ended', { at: shortTime(report.endedAt) })}</span>}
    </p>
  );
}

/** Share of a verification that is through, in percent: each part counts the same. */
export function percentDone(parts: readonly PartReport[]): number {
  const share = ({ state, done, total }: PartReport) => {
    if (state === 'waiting') return 0;
    return state === 'running' ? (total > 0 ? done / total : 0) : 1;
  };
  return parts.length === 0 ? 0 : Math.floor((100 * parts.reduce((sum, part) => sum + share(part), 0)) / parts.length);
}

function Body({ state, by }: { readonly state: ProofState; readonly by: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const info = useInfo();
  const { report, head, breaks } = state;
  const running = report?.outcome === 'running';
  const again = () => client.invalidateQueries({ queryKey: keys.proofs });
  const standing = breaks.filter(({ overAt }) => overAt === null);
  const over = breaks.filter(({ overAt }) => overAt !== null);
  const blank = PROOF_PARTS.map(
    (part): PartReport => ({ part, state: 'waiting', done: 0, total: 0, found: [], limits: [] }),
  );
  const save = () => {
    if (!report) return;
    const name = `${t('verify.title')}-${report.startedAt.slice(0, 19).replaceAll(/[-:]/g, '')}.txt`;
    const text = reportText(t, report, state, { name: by, version: info.data?.version ?? '' });
    void call('saveReport', { name, text }).then((saved) => {
      if (saved) deskState().say({ text: t('verify.saved'), tone: 'done' });
    });
  };
  return (
    <div className="proofs" data-testid="proofs">
      <div className="proof-top">
        <Verdict state={state} />
        {running ? (
          <Button onClick={() => void call('cancelProofs', undefined).then(again)} data-testid="cancel-proofs">
            {t('verify.cancel')}
          </Button>
        ) : (
          <Button
            type="primary"
            onClick={() => void call('startProofs', undefined).then(again)}
            data-testid="start-proofs"
          >
            {t('verify.start')}
          </Button>
        )}
        <Button
          icon={<Download size={14} aria-hidden />}
          disabled={!report || running}
          onClick={save}
          data-testid="save-report"
        >
          {t('verify.save')}
        </Button>
      </div>
      <Progress
        percent={report ? percentDone(report.parts) : 0}
        size="small"
        showInfo={false}
        status="normal"
        aria-label={t('verify.title')}
      />
      {standing.length > 0 && (
        <ul className="proof-breaks" aria-label={t('verify.findings')}>
          {standing.map((one) => (
            <Standing key={one.id} one={one} onNote={() => void call('noteBreak', { id: one.id }).then(again)} />
          ))}
        </ul>
      )}
      <ul className="proof-parts">
        {(report?.parts ?? blank).map((part) => (
          <Part key={part.part} report={part} />
        ))}
      </ul>
      <section>
        <h3>{t('verify.kept')}</h3>
        {head ? (
          <dl className="proof-head">
            <dt>{t('verify.head.size')}</dt>
            <dd>{head.size}</dd>
            <dt>{t('verify.head.root')}</dt>
            <dd className="selectable proof-root">{head.root}</dd>
            <dt>{t('verify.head.checked')}</dt>
            <dd>{shortTime(head.checkedAt)}</dd>
            <dt>{t('verify.head.included')}</dt>
            <dd>
              {state.included} / {state.receipts}
            </dd>
          </dl>
        ) : (
          <p className="quiet">{t('verify.noHead')}</p>
        )}
      </section>
      {over.length > 0 && (
        <section>
          <h3>{t('verify.history')}</h3>
          <ul className="proof-never">
            {over.map((one) => (
              <li key={one.id}>
                {t(`verify.kind.${one.kind}`)} {whichOne(t, one)} {t('verify.found', { at: shortTime(one.foundAt) })}{' '}
                {one.overAt && t('verify.over', { at: shortTime(one.overAt) })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('verify.never')}</h3>
        <ul className="proof-never">
          {NEVER_PROVEN.map((one) => (
            <li key={one}>{t(`verify.neverProven.${one}`)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** 记录校验: proves in one click what can be, and says what can't. */
export function Proofs({ signedIn }: { readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'proofs');
  const show = useDesk((desk) => desk.show);
  const state = useQuery({
    queryKey: keys.proofs,
    queryFn: () => call('proofs', undefined),
    enabled: shown,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.report?.outcome === 'running' ? LOOK_EVERY : 4 * LOOK_EVERY),
  });
  return (
    <Drawer
      open={shown}
      onClose={() => show('none')}
      closable={{ placement: 'end' }}
      title={
        <>
          {t('verify.title')} <Kbd>{keyOf('verify')}</Kbd>
        </>
      }
      size={720}
      destroyOnHidden
    >
      {state.data && <Body state={state.data} by={signedIn.account.name} />}
    </Drawer>
  );
}
