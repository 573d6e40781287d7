import { CloudDownload, Upload, UserRoundPen } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import type { MaterialState, QueueRow } from '../../shared/ipc.ts';
import type { Status } from '../../shared/submission.ts';
import { asideText } from '../aside/words.ts';
import { deskState } from '../desk.ts';
import { useNow } from '../ui/now.ts';
import { StateIcon, toneOf } from '../ui/StateIcon.tsx';
import { shortTime, span, urgency } from '../ui/time.ts';
import { applicationName, materialShort } from '../ui/words.ts';
import { rowMark } from './row-mark.ts';

function Materials({ materials }: { readonly materials: readonly MaterialState[] }) {
  const { t } = useTranslation();
  const shown = materials.filter(({ state }) => state !== 'empty');
  const words = shown
    .map(({ material, state }) => `${materialShort(t, material)} ${t(`imageState.${state}`)}`)
    .join(', ');
  return (
    <span className="queue-materials" title={words} role="img" aria-label={words}>
      {shown.map(({ material, state }) => (
        <StateIcon key={material} mark={state} size={13} />
      ))}
    </span>
  );
}

function Deadline({ deadline }: { readonly deadline: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!deadline) return <span className="quiet">—</span>;
  const left = span(t, Date.parse(deadline) - now);
  const how = urgency(deadline, now);
  return (
    <span className={`deadline-${how}`} title={shortTime(deadline)}>
      {how === 'past' ? t('deadline.past', { span: left }) : t('deadline.left', { span: left })}
    </span>
  );
}

/** Who reviews it: another one by name, oneself in a quiet word. */
function Reviewer({ claim }: { readonly claim: QueueRow['claim'] }) {
  const { t } = useTranslation();
  if (!claim) return null;
  const since = t('claim.since', { at: shortTime(claim.since) });
  if (claim.mine) {
    return (
      <span className="quiet" title={since}>
        {t('claim.mine')}
      </span>
    );
  }
  return (
    <span className="queue-reviewer" title={`${claim.name} · ${since}`} data-testid="row-reviewer">
      <UserRoundPen size={13} strokeWidth={1.75} aria-hidden />
      <span className="nowrap">{claim.name}</span>
    </span>
  );
}

type Props = {
  readonly row: QueueRow;
  /** 0-based. */
  readonly index: number;
  /** px from the top of the list. */
  readonly top: number;
  readonly selected: boolean;
  /** The state in which the own level begins. */
  readonly begins: Status;
  onSelect(id: SubmissionId): void;
  onOpen(id: SubmissionId): void;
};

/** One submission in the queue. */
export const Row = memo(function Row({ row, index, top, selected, begins, onSelect, onOpen }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const mark = rowMark(row, begins);
  const word = t(mark === 'passed' && row.status === 'point_approved' ? 'mark.pointPassed' : `mark.${mark}`);
  const required = row.materials.filter(({ min, state }) => min > 0 || state !== 'empty');
  return (
    <div
      id={`row-${row.id}`}
      className="queue-row"
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row.id)}
      onDoubleClick={() => onOpen(row.id)}
      data-testid="queue-row"
      data-registration={row.registrationNumber}
    >
      <div role="gridcell" className={`state state-${toneOf(mark)}`}>
        <StateIcon mark={mark} />
        {row.parked ? (
          <button
            type="button"
            className="queue-conflict"
            tabIndex={-1}
            onClick={() => deskState().openConflicts(row.id)}
            title={t('conflict.open')}
            data-testid="row-conflict"
          >
            {word}
          </button>
        ) : (
          word
        )}
      </div>
      <div role="gridcell" className="queue-name nowrap">
        <button type="button" tabIndex={-1} onClick={() => onOpen(row.id)} data-testid="open">
          {row.name}
        </button>
        {row.round > 1 && <small className="quiet">{t('queue.round', { round: row.round })}</small>}
      </div>
      <div role="gridcell" className="quiet nowrap">
        {row.registrationNumber}
      </div>
      <div role="gridcell" className="queue-application nowrap">
        <span>{applicationName(t, row)}</span>
        {row.aside && (
          <span className="queue-aside" title={asideText(t, row.aside)} data-testid="row-aside">
            {asideText(t, row.aside)}
          </span>
        )}
      </div>
      <div role="gridcell">
        <Materials materials={required} />
      </div>
      <div role="gridcell" className="queue-points">
        {row.points > 0 ? row.points : <span className="quiet">0</span>}
        {row.waiting > 0 && (
          <span className="state quiet" title={t('queue.waiting', { count: row.waiting })}>
            <Upload size={12} aria-hidden />
            {row.waiting}
          </span>
        )}
        {!row.complete && (
          <span className="quiet" title={t('queue.incomplete')}>
            <CloudDownload size={13} aria-label={t('queue.incomplete')} />
          </span>
        )}
      </div>
      <div role="gridcell" className="nowrap">
        <Reviewer claim={row.claim} />
      </div>
      <div role="gridcell" className="quiet" title={shortTime(row.submittedAt)}>
        {t('queue.age', { span: span(t, now - Date.parse(row.submittedAt)) })}
      </div>
      <div role="gridcell">
        <Deadline deadline={row.deadline} />
      </div>
    </div>
  );
});
