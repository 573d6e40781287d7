import { Button, Popover } from 'antd';
import { ChevronDown, ChevronLeft, ChevronUp, CirclePause, Keyboard, PanelLeft, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Obstacle } from '../../shared/apply.ts';
import type { Output } from '../../shared/ipc.ts';
import { keyOf } from '../actions/command.ts';
import { runCommand } from '../actions/desk-commands.ts';
import { useStatus } from '../query.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { useNow } from '../ui/now.ts';
import { PersonName } from '../ui/PersonName.tsx';
import { StateIcon, toneOf } from '../ui/StateIcon.tsx';
import { shortTime, span, urgency } from '../ui/time.ts';
import { applicationName, materialName, slotName, statusName } from '../ui/words.ts';
import { type Bench, markOf } from './bench.ts';
import type { Commands } from './commands.ts';
import { canReopen } from './ReopenDialog.tsx';
import { reviewState, useReview } from './state.ts';

function ObstacleList({ bench, onGo }: { readonly bench: Bench; onGo(): void }) {
  const { t } = useTranslation();
  const line = (obstacle: Obstacle) => {
    if (obstacle.kind === 'missing') {
      return t('approve.missing', { material: materialName(t, obstacle.material), count: obstacle.count });
    }
    const image = bench.images.get(obstacle.slot);
    const name = image ? slotName(t, obstacle.slot, bench.counts.get(image.material) ?? 1) : obstacle.slot;
    return t(obstacle.kind === 'open' ? 'approve.open' : 'approve.returned', { name });
  };
  return (
    <ul className="obstacles" data-testid="obstacles">
      {bench.obstacles.map((obstacle) => (
        <li key={obstacle.kind === 'missing' ? obstacle.material : obstacle.slot}>
          <StateIcon mark={obstacle.kind} />
          {obstacle.kind === 'missing' ? (
            line(obstacle)
          ) : (
            <button
              type="button"
              onClick={() => {
                reviewState().go(obstacle.slot);
                onGo();
              }}
            >
              {line(obstacle)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Who({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const now = useNow();
  const { submission } = bench.subject;
  const mark = markOf(submission.status);
  return (
    <div className="who">
      <h1 data-testid="candidate">
        <PersonName name={submission.form.name} />
      </h1>
      <span className="nowrap">{applicationName(t, submission.form)}</span>
      <span className={`state state-${toneOf(mark)}`} data-testid="status" data-status={submission.status}>
        <StateIcon mark={mark} />
        {statusName(t, submission.status)}
      </span>
      {submission.round > 1 && <span className="quiet">{t('review.round', { round: submission.round })}</span>}
      {submission.deadline && (
        <span className={`deadline-${urgency(submission.deadline, now)} quiet`} title={shortTime(submission.deadline)}>
          {t('deadline.left', { span: span(t, Date.parse(submission.deadline) - now) })}
        </span>
      )}
    </div>
  );
}

type Props = {
  readonly bench: Bench;
  readonly commands: Commands;
  readonly neighbours: Output<'queueNeighbours'> | null;
  readonly obstaclesShown: boolean;
  onObstacles(shown: boolean): void;
};

/** The candidate, where they stand in the queue, and the decisions on the whole submission. */
export function TopBar({ bench, commands, neighbours, obstaclesShown, onObstacles }: Props) {
  const { t } = useTranslation();
  const formShown = useReview((review) => review.formShown);
  const undoable = (useStatus().data?.waiting ?? 0) > 0;
  const { decidable, obstacles, subject } = bench;
  const returned = subject.submission.images.filter(({ state }) => state === 'returned').length;
  const points = returned + obstacles.filter(({ kind }) => kind === 'missing').length;
  const total = neighbours ? `${neighbours.total}${neighbours.atLeast ? '+' : ''}` : '';
  const place = neighbours?.position ? `${neighbours.position}/${total}` : `—/${total}`;
  return (
    <header className="top-bar">
      <button type="button" className="back" onClick={() => commands.run('queue')} data-testid="back">
        <ChevronLeft size={16} aria-hidden />
        {t('review.queue')}
      </button>
      <IconButton
        icon={ChevronUp}
        label={t('command.previousSubmission')}
        hint={keyOf('previousSubmission')}
        disabled={!neighbours?.previous}
        onClick={() => commands.run('previousSubmission')}
      />
      <span className="place" data-testid="place">
        {place}
      </span>
      <IconButton
        icon={ChevronDown}
        label={t('command.nextSubmission')}
        hint={keyOf('nextSubmission')}
        disabled={!neighbours?.next}
        onClick={() => commands.run('nextSubmission')}
        testId="next-submission"
      />
      {decidable && (
        <IconButton
          icon={CirclePause}
          label={t('command.setAside')}
          hint={keyOf('setAside')}
          pressed={subject.aside !== null}
          onClick={() => commands.run('setAside')}
          testId="set-aside"
        />
      )}
      <IconButton
        icon={PanelLeft}
        label={t('command.form')}
        hint={keyOf('form')}
        pressed={formShown}
        onClick={() => commands.run('form')}
      />
      <Who bench={bench} />
      <span className="bar-space" />
      <IconButton
        icon={Keyboard}
        label={t('command.shortcuts')}
        hint={keyOf('shortcuts')}
        onClick={() => commands.run('shortcuts')}
      />
      <Button
        type="text"
        className="top-undo"
        disabled={!undoable}
        icon={<Undo2 size={14} aria-hidden />}
        onClick={() => commands.run('undo')}
        data-testid="undo"
      >
        {t('decide.undo')} <Kbd>{keyOf('undo')}</Kbd>
      </Button>
      {bench.signedIn.account.role === 'supervisor' && (
        <>
          <Button onClick={() => runCommand('record')} data-testid="open-record">
            {t('record.title')} <Kbd>{keyOf('record')}</Kbd>
          </Button>
          <span className="quiet">{t('review.readOnly')}</span>
        </>
      )}
      {canReopen(bench) && (
        <Button onClick={() => commands.run('reopenSubmission')} data-testid="reopen-submission">
          {t('decide.reopenSubmission')} <Kbd>{keyOf('reopenSubmission')}</Kbd>
        </Button>
      )}
      {decidable && (
        <>
          {bench.may.refuse && (
            <Button danger type="text" onClick={() => commands.run('refuse')} data-testid="refuse">
              {t('decide.refuse')}
            </Button>
          )}
          {bench.may.sendBack && (
            <Button type="text" className="send-back" onClick={() => commands.run('sendBack')} data-testid="send-back">
              {t('decide.sendBack')}
            </Button>
          )}
          <Button
            className={points > 0 ? 'return-button return-ready' : 'return-button'}
            onClick={() => commands.run('return')}
            data-testid="return"
          >
            {points > 0 ? t('decide.returnPoints', { count: points }) : t('decide.return')} <Kbd>{keyOf('return')}</Kbd>
          </Button>
          <Popover
            open={obstaclesShown && obstacles.length > 0}
            onOpenChange={onObstacles}
            trigger="click"
            placement="bottomRight"
            title={t('approve.title')}
            content={<ObstacleList bench={bench} onGo={() => onObstacles(false)} />}
          >
            <Button
              type={obstacles.length === 0 ? 'primary' : 'default'}
              onClick={() => obstacles.length === 0 && commands.run('approve')}
              data-testid="approve"
              data-obstacles={obstacles.length}
            >
              {obstacles.length === 0 ? t('decide.approve') : t('decide.approveLeft', { count: obstacles.length })}{' '}
              <Kbd>{keyOf('approve')}</Kbd>
            </Button>
          </Popover>
        </>
      )}
    </header>
  );
}
