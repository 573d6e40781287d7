import { Tooltip } from 'antd';
import {
  AlarmClock,
  ArrowLeftRight,
  CalendarClock,
  CircleDashed,
  CircleDot,
  CloudOff,
  LockKeyhole,
  LogOut,
  RefreshCw,
  Send,
  Settings2,
  Upload,
  UserRound,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskStatus, SignedIn } from '../../shared/ipc.ts';
import { problemText } from '../../shared/problem.ts';
import { keyOf } from '../actions/command.ts';
import { runCommand } from '../actions/desk-commands.ts';
import { call } from '../api.ts';
import { deskState, useDesk } from '../desk.ts';
import { syncPercent } from '../sync/FirstSync.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useNow } from '../ui/now.ts';
import { shortTime, span } from '../ui/time.ts';
import { BrokenProof } from '../verify/BrokenProof.tsx';
import { Rhythm } from './Rhythm.tsx';
import { riskCount } from './risk.ts';
import { isStoreProblem, StoreNews } from './StoreNews.tsx';
import './status.css';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

function Connection({ status }: { readonly status: DeskStatus }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const show = useDesk((desk) => desk.show);
  const hint = t('line.open', { key: keyOf('connection') });
  const problem = status.problem && !isStoreProblem(status.problem) ? status.problem : null;
  const why = problem && problemText(problem.code, i18n.language === 'en' ? 'en' : 'zh-CN');
  const since = status.offlineSince ? span(t, now - Date.parse(status.offlineSince)) : '';
  const clear = (status.online || status.signingIn) && !why;
  const Icon = status.online ? CircleDot : status.signingIn ? CircleDashed : CloudOff;
  return (
    <Tooltip title={why ? `${why.title}${t('list.separator')}${why.next}` : hint}>
      <button type="button" className="bar-item bar-line" onClick={() => show('connection')} data-testid="connection">
        <span
          className={clear ? 'state state-locked' : 'state state-returned'}
          data-testid={status.online ? 'online' : status.signingIn ? 'signing-in' : 'offline'}
          data-code={problem?.code}
        >
          <Icon {...ICON} />
          {status.online
            ? t('status_bar.online')
            : status.signingIn
              ? t('status_bar.signingIn')
              : t('status_bar.offline', { since })}
          {!clear && <span className="quiet nowrap">· {why ? why.title : t('status_bar.offlineWorks')}</span>}
        </span>
      </button>
    </Tooltip>
  );
}

/** Deadlines at risk, in two words; the panel has the sentences. */
function Risk({ status }: { readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const show = useDesk((desk) => desk.show);
  const { risk } = status;
  if (!risk || risk.level === 'none') return null;
  const { all, today } = riskCount(risk);
  return (
    <button
      type="button"
      className="bar-item"
      onClick={() => show('connection')}
      title={t('line.open', { key: keyOf('connection') })}
      data-testid="bar-risk"
      data-level={risk.level}
    >
      <span className={today > 0 ? 'state state-refused' : 'state state-returned'}>
        {today > 0 ? <AlarmClock {...ICON} /> : <CalendarClock {...ICON} />}
        {today > 0 ? t('risk.shortToday', { count: today }) : t('risk.short', { count: all })}
      </span>
    </button>
  );
}

function Sync({ status }: { readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const { sync, lastSync } = status;
  if (sync.phase === 'submissions' || sync.phase === 'images') {
    return (
      <button
        type="button"
        className="bar-item"
        onClick={() => void call('cancelSync', undefined)}
        title={t('sync.cancel')}
      >
        <RefreshCw {...ICON} />
        {t('status_bar.syncing', { percent: syncPercent(sync), done: sync.images.done, total: sync.images.total })}
      </button>
    );
  }
  return (
    <button
      type="button"
      className="bar-item"
      onClick={() => runCommand('syncNow')}
      title={`${t('status_bar.syncNow')} · ${keyOf('syncNow')}`}
      data-testid="sync-now"
    >
      <RefreshCw {...ICON} />
      {lastSync ? t('status_bar.lastSync', { at: shortTime(lastSync) }) : t('status_bar.neverSynced')}
    </button>
  );
}

/** Decisions that were not taken and wait for a person; told without taking the focus. */
function Parked({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return (
    <span role="status">
      <button
        type="button"
        className="bar-item"
        onClick={() => deskState().openConflicts(null)}
        title={`${t('conflict.title')} · ${keyOf('conflicts')}`}
        data-testid="open-parked"
      >
        <span className={count > 0 ? 'state state-conflict parked' : 'state'} data-testid="parked" data-count={count}>
          <ArrowLeftRight {...ICON} />
          {count > 0 ? t('status_bar.parked', { count }) : t('status_bar.noneParked')}
        </span>
      </button>
    </span>
  );
}

/** The bottom line: connection, last sync, decisions on their way, deadlines at risk, and who is working. */
export function StatusBar({ signedIn, status }: { readonly signedIn: SignedIn; readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const show = useDesk((desk) => desk.show);
  const { account, clockSkew } = signedIn;
  const skewed = Math.abs(clockSkew) > 5 * 60_000;
  return (
    <footer className="status-bar" data-testid="status-bar">
      <Connection status={status} />
      <Sync status={status} />
      <button
        type="button"
        className="bar-item"
        onClick={() => show('decisions')}
        data-testid="decisions-way"
        title={t('log.title')}
      >
        <span className="state" data-testid="waiting" data-count={status.waiting}>
          <Upload {...ICON} />
          {t('status_bar.waiting', { count: status.waiting })}
        </span>
        <span className="state" data-testid="sent" data-count={status.sent}>
          <Send {...ICON} />
          {t('status_bar.sent', { count: status.sent })}
        </span>
      </button>
      <Parked count={status.parked} />
      <Risk status={status} />
      <StoreNews status={status} />
      <BrokenProof broken={status.broken} />
      {skewed && <span className="state state-returned">{t('status_bar.clock')}</span>}
      {signedIn.news === 'password_only' && (
        <Tooltip title={t('account.protection.passwordNote')}>
          <button type="button" className="bar-item" onClick={() => show('account')} data-testid="password-only">
            <LockKeyhole {...ICON} />
            {t('account.protection.passwordShort')}
          </button>
        </Tooltip>
      )}
      <span className="bar-space" />
      {account.role === 'reviewer' && <Rhythm />}
      <IconButton
        icon={Settings2}
        label={t('command.preferences')}
        hint={keyOf('preferences')}
        onClick={() => runCommand('preferences')}
        testId="preferences-open"
      />
      <button
        type="button"
        className="bar-item bar-account nowrap"
        onClick={() => show('account')}
        title={t('account.title')}
        data-testid="account-open"
      >
        <UserRound {...ICON} />
        {account.name} · {t(`role.${account.role}`)}
        {account.level ? ` · ${account.siteName ?? t(`reviewLevel.${account.level}`)}` : ''}
      </button>
      <button type="button" className="bar-item" onClick={() => void call('signOut', undefined)} data-testid="sign-out">
        <LogOut {...ICON} />
        {t('status_bar.signOut')}
      </button>
    </footer>
  );
}
