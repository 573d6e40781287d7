import { Button } from 'antd';
import { ChevronDown, ChevronLeft, ChevronUp, Keyboard, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import { deskState, useDesk } from '../desk.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { applicationName, statusName } from '../ui/words.ts';
import type { ConflictCommands } from './commands.ts';
import type { Dispute } from './dispute.ts';

/** The way back to where the conflicts were opened from. */
export function BackButton() {
  const { t } = useTranslation();
  const reviewing = useDesk((desk) => desk.reviewing);
  return (
    <button type="button" className="back" onClick={() => deskState().closeConflicts()} data-testid="conflict-back">
      <ChevronLeft size={16} aria-hidden />
      {t(reviewing ? 'conflict.toReview' : 'review.queue')}
    </button>
  );
}

type Props = {
  readonly dispute: Dispute;
  readonly commands: ConflictCommands;
  /** 1-based. */
  readonly position: number;
  readonly total: number;
};

/** Whose submission it is, where it stands now, and the place among all conflicts. */
export function TopLine({ dispute, commands, position, total }: Props) {
  const { t } = useTranslation();
  const { submission, conflict } = dispute;
  return (
    <header className="top-bar">
      <BackButton />
      <IconButton
        icon={ChevronUp}
        label={t('conflict.previous')}
        hint={keyOf('previousSubmission')}
        disabled={position <= 1}
        onClick={() => commands.run('previousSubmission')}
      />
      <span className="place" data-testid="conflict-place">
        {position}/{total}
      </span>
      <IconButton
        icon={ChevronDown}
        label={t('conflict.next')}
        hint={keyOf('nextSubmission')}
        disabled={position >= total}
        onClick={() => commands.run('nextSubmission')}
        testId="conflict-next"
      />
      <h1 className="state state-conflict">
        <StateIcon mark="conflict" />
        {t('conflict.title')}
      </h1>
      <div className="who">
        <strong data-testid="conflict-name">{conflict.parked.name || '—'}</strong>
        <span className="quiet">{conflict.parked.registrationNumber}</span>
        {submission && (
          <>
            <span className="nowrap">{applicationName(t, submission.form)}</span>
            <span data-testid="conflict-status" data-status={submission.status}>
              {t('conflict.nowStatus', { status: statusName(t, submission.status) })}
            </span>
            {submission.round > 1 && <span className="quiet">{t('review.round', { round: submission.round })}</span>}
          </>
        )}
      </div>
      <span className="bar-space" />
      <IconButton
        icon={Keyboard}
        label={t('command.shortcuts')}
        hint={keyOf('shortcuts')}
        onClick={() => commands.run('shortcuts')}
      />
      <Button
        type="text"
        icon={<Undo2 size={14} aria-hidden />}
        onClick={() => commands.run('undo')}
        data-testid="conflict-undo"
      >
        {t('decide.undo')} <Kbd>{keyOf('undo')}</Kbd>
      </Button>
    </header>
  );
}
