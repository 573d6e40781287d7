import {
  FlipHorizontal2,
  Fullscreen,
  Images,
  type LucideIcon,
  RotateCcw,
  RotateCw,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionId } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { type CommandId, keyOf } from '../actions/command.ts';
import { ReasonPicker } from '../reasons/ReasonPicker.tsx';
import { useBench } from '../review/bench.ts';
import { useViewing } from '../review/viewing.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { slotName } from '../ui/words.ts';
import { Choices } from './Choices.tsx';
import { type ConflictCommands, hiddenPane, placeOf, useConflictCommands, useConflictKeys } from './commands.ts';
import { type Dispute, imageAt } from './dispute.ts';
import { Own } from './Own.tsx';
import { Sides } from './Sides.tsx';
import { conflictViewState, useConflictView } from './state.ts';
import { TopLine } from './TopLine.tsx';

/** The tools of both pictures together. */
const TOOLS: readonly (readonly [CommandId, LucideIcon | string])[] = [
  ['fit', Fullscreen],
  ['actual', '1:1'],
  ['zoomOut', ZoomOut],
  ['zoomIn', ZoomIn],
  ['mirror', FlipHorizontal2],
  ['turnLeft', RotateCcw],
  ['turnRight', RotateCw],
];

/** 修改 for one picture: its reasons, with the own ones filled in. */
function NewReasons(props: { readonly dispute: Dispute; readonly image: Image; readonly commands: ConflictCommands }) {
  const { dispute, image, commands } = props;
  const { parked } = dispute.conflict;
  const { bench } = useBench(parked.decision.submissionId);
  const { choose } = conflictViewState();
  if (!bench) return null;
  const { act } = dispute;
  return (
    <ReasonPicker
      bench={bench}
      image={image}
      start={act.kind === 'image.return' ? act : { reasons: [], comment: '' }}
      onCancel={() => choose(false)}
      onReturn={async (point) => {
        const saved = await commands.settle({
          id: parked.decision.id,
          choice: 'changed',
          revision: bench.subject.submission.revision,
          act: { kind: 'image.return', ...point },
        });
        if (saved) choose(false);
      }}
    />
  );
}

function Stage({ dispute, commands }: { readonly dispute: Dispute; readonly commands: ConflictCommands }) {
  const { t } = useTranslation();
  const slot = useConflictView((view) => view.slot);
  const choosing = useConflictView((view) => view.choosing);
  const look = useConflictView((view) => view.look);
  const place = placeOf(dispute, slot);
  const image = place && imageAt(dispute, place.slot);
  if (!place) {
    return (
      <div className="conflict-plate" data-testid="conflict-all-same">
        <Images size={32} strokeWidth={1.5} aria-hidden />
        <strong>{t(dispute.submission ? 'conflict.allSame' : 'conflict.notHere')}</strong>
      </div>
    );
  }
  return (
    <div className="conflict-stage">
      <div className="conflict-tools">
        <h2 data-testid="conflict-slot" data-slot={place.slot}>
          {slotName(t, place.slot, image ? dispute.counts.get(image.material) : undefined)}
          {dispute.places.length > 1 && (
            <span className="quiet">
              {' '}
              {dispute.places.indexOf(place) + 1}/{dispute.places.length} · ← →
            </span>
          )}
        </h2>
        <span className="bar-space" />
        {TOOLS.map(([id, icon]) => (
          <IconButton
            key={id}
            icon={icon}
            label={t(`command.${id}`)}
            hint={keyOf(id)}
            onClick={() => commands.run(id)}
          />
        ))}
        {place.judged !== null && place.current !== null && place.judged !== place.current && (
          <button
            type="button"
            className="conflict-swap"
            aria-pressed={look !== 'sides'}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => commands.run('compare')}
            data-testid="conflict-swap"
          >
            {t(`conflict.look.${look}`)} <Kbd>{keyOf('compare')}</Kbd>
          </button>
        )}
      </div>
      <Sides key={place.slot} dispute={dispute} place={place} />
      {choosing && image && <NewReasons dispute={dispute} image={image} commands={commands} />}
    </div>
  );
}

/** One decision that was not taken: what was decided, why it was not taken, what is there now, and what can be done. */
export function Task({ dispute, ids }: { readonly dispute: Dispute; readonly ids: readonly DecisionId[] }) {
  const { t } = useTranslation();
  const { id } = dispute.conflict.parked.decision;
  const index = ids.indexOf(id);
  const commands = useConflictCommands({
    dispute,
    t,
    next: ids[index + 1] ?? null,
    previous: ids[index - 1] ?? null,
  });
  useConflictKeys(commands);
  const slot = useConflictView((view) => view.slot);
  const look = useConflictView((view) => view.look);
  useViewing(id, hiddenPane(dispute, slot, look));
  // The button that led here keeps no key for itself.
  const task = useRef<HTMLDivElement>(null);
  useEffect(() => task.current?.focus({ preventScroll: true }), []);
  return (
    <div
      ref={task}
      tabIndex={-1}
      role="region"
      aria-label={`${t('conflict.title')} ${index + 1}/${ids.length}`}
      className="conflict"
      data-testid="conflict"
      data-id={id}
      data-state={dispute.conflict.parked.state}
    >
      <TopLine dispute={dispute} commands={commands} position={index + 1} total={ids.length} />
      <div className="conflict-body">
        <Own dispute={dispute} />
        <Stage dispute={dispute} commands={commands} />
      </div>
      <Choices dispute={dispute} commands={commands} />
    </div>
  );
}
