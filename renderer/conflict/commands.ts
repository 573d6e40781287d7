import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef } from 'react';
import type { DecisionId } from '../../shared/ids.ts';
import type { Input } from '../../shared/ipc.ts';
import { type CommandId, chordOf, commandFor } from '../actions/command.ts';
import { call } from '../api.ts';
import { useDesk } from '../desk.ts';
import { typing } from '../review/commands.ts';
import { sayProblem, undoLast } from '../review/undo.ts';
import { actName } from '../ui/words.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import { type Dispute, imageAt, unseenOf } from './dispute.ts';
import { useConflictView } from './state.ts';

/** Pane numbers of the two sides, apart from those of the review screen. */
export const BEFORE = 200;
export const AFTER = 201;
const ZOOM = 1.25;
const PAN = 80;

export type Means = {
  readonly dispute: Dispute;
  readonly t: TFunction;
  readonly next: DecisionId | null;
  readonly previous: DecisionId | null;
};

/** The commands of a conflict: what each does, and whether it may. Others do nothing here. */
export type ConflictCommands = {
  allowed(id: CommandId): boolean;
  run(id: CommandId): void;
  /** Saves what was chosen; tells whether it was. */
  settle(ask: Input<'resolve'>): Promise<boolean>;
};

/** The place on screen. */
export function placeOf({ places }: Dispute, slot: string | null) {
  return places.find((place) => place.slot === slot) ?? places[0] ?? null;
}

/** The commands over one dispute. */
export function useConflictCommands(means: Means): ConflictCommands {
  const current = useRef(means);
  current.current = means;
  const saving = useRef(false);

  return useMemo<ConflictCommands>(() => {
    const view = useConflictView.getState;
    const desk = useDesk.getState;
    const pane = () => paneHandles.get(AFTER) ?? paneHandles.get(BEFORE);
    const place = () => placeOf(current.current.dispute, view().slot);

    const settle = async (ask: Input<'resolve'>): Promise<boolean> => {
      if (saving.current) return false;
      saving.current = true;
      const { dispute, next, t } = current.current;
      try {
        await call('resolve', ask);
        desk().openConflicts(next);
        desk().say({
          tone: 'done',
          text: t(`conflict.done.${ask.choice}`, { what: actName(t, dispute.act) }),
          undo: true,
        });
        return true;
      } catch (error) {
        sayProblem(t, error);
        return false;
      } finally {
        saving.current = false;
      }
    };
    const revision = () => current.current.dispute.submission?.revision ?? 0;
    const id = () => current.current.dispute.conflict.parked.decision.id;
    const keep = () => {
      const { keep: kept } = current.current.dispute.remains;
      if (kept.ok) void settle({ id: id(), choice: 'kept', revision: revision(), act: kept.act });
    };
    const lock = () => {
      const { dispute } = current.current;
      const at = place();
      const image = at && imageAt(dispute, at.slot);
      if (!image) return;
      const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
      void settle({ id: id(), choice: 'changed', revision: revision(), act });
    };
    const change = () => {
      const { act, submission, remains } = current.current.dispute;
      if (!submission) return;
      if ('slot' in act) return view().choose(true);
      const slot = remains.changed.find(({ current: now }) => now !== null)?.slot ?? null;
      desk().amend({ id: id(), submissionId: submission.id, act, slot });
    };
    const step = (by: 1 | -1) => {
      const { places } = current.current.dispute;
      const at = places.findIndex(({ slot }) => slot === place()?.slot);
      const to = places[at + by];
      if (to) view().go(to.slot);
    };
    const nextUnseen = () => {
      const [slot] = unseenOf(current.current.dispute, view().seen);
      if (slot) view().go(slot);
    };
    const open = (to: DecisionId | null) => to && desk().openConflicts(to);

    const does: Partial<Record<CommandId, () => void>> = {
      keep,
      lock,
      change,
      drop: () => void settle({ id: id(), choice: 'dropped' }),
      undo: () => void undoLast(current.current.t, null),
      nextImage: () => step(1),
      previousImage: () => step(-1),
      nextOpen: nextUnseen,
      nextSubmission: () => open(current.current.next),
      previousSubmission: () => open(current.current.previous),
      queue: () => desk().closeConflicts(),
      compare: () => view().swap(),
      zoomIn: () => pane()?.zoomBy(ZOOM),
      zoomOut: () => pane()?.zoomBy(1 / ZOOM),
      fit: () => pane()?.fit(),
      fitWidth: () => pane()?.fitWidth(),
      actual: () => pane()?.toggleActual(),
      turnLeft: () => view().turn(-90),
      turnRight: () => view().turn(90),
      mirror: () => view().mirror(),
      panLeft: () => pane()?.panBy(PAN, 0),
      panRight: () => pane()?.panBy(-PAN, 0),
      panUp: () => pane()?.panBy(0, PAN),
      panDown: () => pane()?.panBy(0, -PAN),
      shortcuts: () => desk().show('shortcuts'),
    };

    const allowed = (command: CommandId): boolean => {
      const { dispute, next, previous } = current.current;
      const { act, decidable, remains } = dispute;
      const at = place();
      switch (command) {
        case 'keep':
          return remains.keep.ok && unseenOf(dispute, view().seen).length === 0;
        case 'lock':
          return decidable && 'slot' in act && act.kind !== 'image.lock' && isSeen(dispute, at);
        case 'change':
          return decidable && (!('slot' in act) || isSeen(dispute, at));
        case 'nextSubmission':
          return next !== null;
        case 'previousSubmission':
          return previous !== null;
        default:
          return command in does;
      }
    };
    const isSeen = (dispute: Dispute, at: ReturnType<typeof place>) =>
      at !== null && at.current !== null && unseenOf(dispute, view().seen).length === 0;

    return {
      allowed,
      settle,
      run: (command) => {
        if (allowed(command)) does[command]?.();
      },
    };
  }, []);
}

/** Listens for the keys of the conflict screen while nothing lies over it. */
export function useConflictKeys(commands: ConflictCommands): void {
  const choosing = useConflictView((view) => view.choosing);
  const sheet = useDesk((desk) => desk.sheet);
  useEffect(() => {
    if (sheet !== 'none' || choosing) return;
    const press = (event: KeyboardEvent) => {
      if (typing(event.target)) return;
      // A button that was reached by Tab is pressed by these.
      if (event.target instanceof HTMLButtonElement && (event.code === 'Space' || event.code === 'Enter')) return;
      const id = commandFor(chordOf(event));
      if (!id) return;
      commands.run(id);
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [commands, choosing, sheet]);
}
