import { Button } from 'antd';
import { ChevronLeft, CloudOff, LoaderCircle, LockKeyhole, type LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../shared/ipc.ts';
import { keyOf } from '../actions/command.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { problemOf } from '../api.ts';
import { deskState } from '../desk.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { AuditList } from './AuditList.tsx';
import { History } from './History.tsx';
import { useAudit } from './state.ts';
import './audit.css';

/** The way out of the audit. */
export function BackButton({ name, onClick }: { readonly name: string; onClick(): void }) {
  return (
    <button type="button" className="back" onClick={onClick} title={keyOf('queue')} data-testid="audit-back">
      <ChevronLeft size={16} aria-hidden />
      {name}
    </button>
  );
}

/** What stands in the place of a list or a history: one sentence, one on what to do. */
export function Instead(props: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly note: string;
  readonly why: string;
  readonly children?: ReactNode;
}) {
  const { icon: Icon, title, note, why, children } = props;
  return (
    <div className="audit-instead" role="status" data-testid="audit-instead" data-why={why}>
      <Icon size={32} strokeWidth={1.5} aria-hidden />
      <strong>{title}</strong>
      <span>{note}</span>
      {children}
    </div>
  );
}

/** Why there is nothing to read: no line to the service, an error, or it is still being read. */
export function NotYet(props: { readonly online: boolean; readonly error: unknown; onRetry(): void }) {
  const { online, error, onRetry } = props;
  const { t } = useTranslation();
  if (!online) {
    return <Instead icon={CloudOff} title={t('audit.offline')} note={t('audit.offlineNote')} why="offline" />;
  }
  if (error) {
    return (
      <div className="audit-instead" data-testid="audit-instead" data-why="error">
        <ProblemPanel problem={problemOf(error)} />
        <Button onClick={onRetry} data-testid="audit-retry">
          {t('audit.retry')}
        </Button>
      </div>
    );
  }
  return <Instead icon={LoaderCircle} title={t('audit.loading')} note="" why="loading" />;
}

function NotAllowed() {
  const { t } = useTranslation();
  useOffer(LEAVE);
  return (
    <div className="audit">
      <header className="queue-head">
        <BackButton name={t('review.queue')} onClick={() => deskState().go('queue')} />
      </header>
      <Instead icon={LockKeyhole} title={t('whyNot.supervisorsOnly')} note={t('audit.notAuditorNote')} why="role" />
    </div>
  );
}

const LEAVE: Deeds = { queue: { run: () => deskState().go('queue') } };

/** 审计: the decisions of the own place, and a candidate's history behind each. For supervisors. */
export function Audit({ signedIn }: { readonly signedIn: SignedIn }) {
  const open = useAudit((audit) => audit.open);
  const { id, role } = signedIn.account;
  useEffect(() => {
    if (useAudit.getState().whose !== id) useAudit.getState().begin(id);
  }, [id]);
  if (role !== 'supervisor') return <NotAllowed />;
  return open ? <History key={open} id={open} /> : <AuditList />;
}
