import { Tooltip } from 'antd';
import { ArrowLeftRight, CircleDot, CloudOff, LogOut, RefreshCw, Send, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskStatus, SignedIn } from '../../shared/ipc.ts';
import { problemText } from '../../shared/problem.ts';
import { keyOf } from '../actions/command.ts';
import { call } from '../api.ts';
import { useDesk } from '../desk.ts';
import { useSettings } from '../query.ts';
import { syncPercent } from '../sync/FirstSync.tsx';
import { useNow } from '../ui/now.ts';
import { Preferences } from '../ui/Preferences.tsx';
import { shortTime, span } from '../ui/time.ts';
import { isStoreProblem, StoreNews } from './StoreNews.tsx';
import './status.css';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

function Connection({ status }: { readonly status: DeskStatus }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  if (status.online) {
    return (
      <span className="state state-locked" data-testid="online">
        <CircleDot {...ICON} />
        {t('status_bar.online')}
      </span>
    );
  }
  const why =
    status.problem &&
    !isStoreProblem(status.problem) &&
    problemText(status.problem.code, i18n.language === 'en' ? 'en' : 'zh-CN');
  const since = status.offlineSince ? span(t, now - Date.parse(status.offlineSince)) : '';
  return (
    <Tooltip title={why ? `${why.title}。${why.next}` : t('status_bar.offlineWorks')}>
      <span className="state state-returned" data-testid="offline">
        <CloudOff {...ICON} />
        {t('status_bar.offline', { since })}
        <span className="quiet">· {why ? why.title : t('status_bar.offlineWorks')}</span>
      </span>
    </Tooltip>
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
      onClick={() => void call('startSync', undefined)}
      title={t('status_bar.syncNow')}
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
        onClick={() => useDesk.getState().openConflicts(null)}
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

/** The bottom line: connection, last sync, decisions on their way, and who is working. */
export function StatusBar({ signedIn, status }: { readonly signedIn: SignedIn; readonly status: DeskStatus }) {
  const { t } = useTranslation();
  const show = useDesk((desk) => desk.show);
  const settings = useSettings();
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
      <StoreNews status={status} />
      {skewed && <span className="state state-returned">{t('status_bar.clock')}</span>}
      <span className="bar-space" />
      {settings.data && <Preferences settings={settings.data} />}
      <span className="nowrap">
        {account.name} · {t(`role.${account.role}`)}
        {account.level ? ` · ${account.siteName ?? t(`reviewLevel.${account.level}`)}` : ''}
      </span>
      <button type="button" className="bar-item" onClick={() => void call('signOut', undefined)} data-testid="sign-out">
        <LogOut {...ICON} />
        {t('status_bar.signOut')}
      </button>
    </footer>
  );
}
