import { Button, Drawer } from 'antd';
import { AlarmClock, ArrowLeftRight, CalendarClock, Check, CircleDot, CloudOff, RefreshCw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskStatus, SignedIn } from '../../shared/ipc.ts';
import { problemText } from '../../shared/problem.ts';
import { keyOf } from '../actions/command.ts';
import { runCommand } from '../actions/desk-commands.ts';
import { useDesk } from '../desk.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { useSeconds } from '../ui/now.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { shortTime, span } from '../ui/time.ts';
import { riskLines } from './risk.ts';
import { isStoreProblem } from './StoreNews.tsx';
import './connection.css';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
const MARKS = { past: AlarmClock, today: AlarmClock, soon: CalendarClock } as const;

type Props = { readonly signedIn: SignedIn; readonly status: DeskStatus };

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="line-section" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function NextTry({ status }: { readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const now = useSeconds();
  const { online, line } = status;
  const left = line.nextTryAt === null ? 0 : Math.ceil((Date.parse(line.nextTryAt) - now) / 1000);
  return (
    <div className="line-try">
      <Button
        size="small"
        type={online ? 'default' : 'primary'}
        icon={<RefreshCw size={14} aria-hidden />}
        onClick={() => runCommand('syncNow')}
        data-testid="try-now"
      >
        {t(online ? 'line.checkNow' : 'line.tryNow')} <Kbd>{keyOf('syncNow')}</Kbd>
      </Button>
      {!online && (
        <span className="quiet" data-testid="next-try">
          {left > 0 ? t('line.next', { count: left }) : t('line.trying')}
        </span>
      )}
      {online && status.lastSync && (
        <span className="quiet">{t('line.lastSync', { at: shortTime(status.lastSync) })}</span>
      )}
    </div>
  );
}

function State({ status }: { readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const now = useSeconds();
  const { online, signingIn, offlineSince, line } = status;
  const problem = status.problem && !isStoreProblem(status.problem) ? status.problem : null;
  const Icon = online ? CircleDot : CloudOff;
  return (
    <>
      <p className={online && !problem ? 'line-state state-locked' : 'line-state state-returned'}>
        <Icon {...ICON} />
        <strong data-testid="line-state">
          {online
            ? t(problem ? 'line.held' : 'line.online')
            : signingIn
              ? t('status_bar.signingIn')
              : t('status_bar.offline', { since: offlineSince ? span(t, now - Date.parse(offlineSince)) : '' })}
        </strong>
        {offlineSince && <span className="quiet">{t('line.since', { at: shortTime(offlineSince) })}</span>}
      </p>
      {problem && <ProblemPanel problem={problem} />}
      {!online && <p className="quiet">{t('line.works')}</p>}
      {line.slow !== null && <p className="quiet">{t('line.slow', { seconds: (line.slow / 1000).toFixed(1) })}</p>}
      {online && line.proxy && <p className="quiet">{t('line.proxy', { proxy: line.proxy })}</p>}
      <NextTry status={status} />
    </>
  );
}

const KINDS = ['images', 'returns', 'approvals', 'refusals'] as const;

function Waits({ status }: { readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const now = useSeconds();
  const { unsent, waiting } = status;
  if (waiting === 0) {
    return (
      <p className="line-fine" data-testid="nothing-waits">
        <Check {...ICON} />
        {t('line.nothing')}
      </p>
    );
  }
  return (
    <>
      <dl className="line-counts">
        {KINDS.map((kind) => (
          <div key={kind} data-none={unsent[kind] === 0}>
            <dt>{t(`line.${kind}`)}</dt>
            <dd data-testid={`unsent-${kind}`}>{unsent[kind]}</dd>
          </div>
        ))}
      </dl>
      {unsent.oldestAt && (
        <p className="quiet">
          {t('line.oldest', { at: shortTime(unsent.oldestAt), span: span(t, now - Date.parse(unsent.oldestAt)) })}
        </p>
      )}
    </>
  );
}

function Risk({ signedIn, status }: Props) {
  const { t } = useTranslation();
  const now = useSeconds();
  const lines = status.risk ? riskLines(t, status.risk, signedIn.policy.reuploadHours, now - signedIn.clockSkew) : [];
  if (lines.length === 0) {
    return (
      <p className="line-fine" data-testid="no-risk">
        <Check {...ICON} />
        {t('line.noRisk')}
      </p>
    );
  }
  return (
    <ul className="line-risk" data-testid="risk" data-level={status.risk?.level}>
      {lines.map(({ text, urgency }) => {
        const Icon = urgency ? MARKS[urgency] : CalendarClock;
        return (
          <li key={text} className={`risk-${urgency ?? 'none'}`}>
            <Icon {...ICON} />
            <span>{text}</span>
            {urgency && <em>{t(`risk.level.${urgency}`)}</em>}
          </li>
        );
      })}
    </ul>
  );
}

function Parked({ status }: { readonly status: DeskStatus }) {
  const { t, i18n } = useTranslation();
  const show = useDesk((desk) => desk.show);
  if (status.parked === 0) {
    return (
      <p className="line-fine">
        <Check {...ICON} />
        {t('line.parkedNone')}
      </p>
    );
  }
  return (
    <>
      <ul className="line-parked" data-testid="parked-why">
        {status.parkedWhy.map(({ code, count }) => {
          const { title, next } = problemText(code, i18n.language === 'en' ? 'en' : 'zh-CN');
          return (
            <li key={code}>
              <ArrowLeftRight {...ICON} />
              <span>
                {title}
                <small>{next}</small>
              </span>
              <b>{count}</b>
            </li>
          );
        })}
      </ul>
      <Button size="small" onClick={() => show('decisions')}>
        {t('line.parkedLook')}
      </Button>
    </>
  );
}

/** How the line stands and why, what waits, which deadlines suffer, what was not applied. */
export function ConnectionPanel({ signedIn, status }: Props) {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'connection');
  const show = useDesk((desk) => desk.show);
  return (
    <Drawer
      open={shown}
      onClose={() => show('none')}
      closable={{ placement: 'end' }}
      title={t('line.title')}
      size={440}
      destroyOnHidden
    >
      <div className="line-panel" data-testid="connection-panel">
        <Section title={t('line.state')}>
          <State status={status} />
        </Section>
        <Section title={t('line.waits')}>
          <Waits status={status} />
        </Section>
        <Section title={t('line.risk')}>
          <Risk signedIn={signedIn} status={status} />
        </Section>
        <Section title={t('line.parked')}>
          <Parked status={status} />
        </Section>
      </div>
    </Drawer>
  );
}
