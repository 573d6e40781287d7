import type { TFunction } from 'i18next';
import { useMemo, useRef } from 'react';
import { judges } from '../../shared/decision.ts';
import type { DecisionId } from '../../shared/ids.ts';
import type { Input } from '../../shared/ipc.ts';
import { judgedIn } from '../../shared/resolve.ts';
import type { CommandId } from '../actions/command.ts';
import { type Deeds, type Turn, useOffer, type WhyNot } from '../actions/offer.ts';
import { call } from '../api.ts';
import { deskState } from '../desk.ts';
import { sayProblem } from '../review/undo.ts';
import { viewing } from '../review/viewing.ts';
import { actName } from '../ui/words.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import { type Dispute, imageAt, unseenOf } from './dispute.ts';
import { conflictViewState, type Look } from './state.ts';

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
  readonly deeds: Deeds;
  allowed(id: CommandId): boolean;
  run(id: CommandId): void;
  /** Saves what was chosen; tells whether it was. */
  settle(ask: Input<'resolve'>): Promise<boolean>;
};

/** The place on screen. */
export function placeOf({ places }: Dispute, slot: string | null) {
  return places.find((place) => place.slot === slot) ?? places[0] ?? null;
}

/** The pane that lies under the other one while they are swapped; null while both are seen. */
export function hiddenPane(dispute: Dispute, slot: string | null, look: Look): number | null {
  const place = placeOf(dispute, slot);
  const both = place !== null && place.judged !== null && place.current !== null && place.judged !== place.current;
  if (!both || look === 'sides') return null;
  return look === 'before' ? AFTER : BEFORE;
}

/** The commands over one dispute. */
export function useConflictCommands(means: Means): ConflictCommands {
  const current = useRef(means);
  current.current = means;
  const saving = useRef(false);

  return useMemo<ConflictCommands>(() => {
    const view = conflictViewState;
    const desk = deskState;
    const pane = () => paneHandles.get(AFTER) ?? paneHandles.get(BEFORE);
    const place = () => placeOf(current.current.dispute, view().slot);

    const settle = async (ask: Input<'resolve'>): Promise<boolean> => {
      if (saving.current) return false;
      saving.current = true;
      const { dispute, next, t } = current.current;
      try {
        // What was on screen here is evidence for what is decided here.
        const seen = ask.choice === 'dropped' ? {} : { viewed: viewing.of(judgedIn(ask.act)) };
        await call('resolve', { ...ask, ...seen });
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

    const undecidable = (): WhyNot | null => (current.current.dispute.decidable ? null : 'notPossible');
    const seen = (): WhyNot | null => {
      const { dispute } = current.current;
      const at = place();
      if (!at?.current) return 'noPicture';
      return unseenOf(dispute, view().seen).length === 0 ? null : 'unseen';
    };

    const deeds: Deeds = {
      keep: {
        run: keep,
        why: () => {
          const { dispute } = current.current;
          if (!dispute.remains.keep.ok) return 'notPossible';
          return unseenOf(dispute, view().seen).length === 0 ? null : 'unseen';
        },
      },
      lock: {
        run: lock,
        why: () => {
          const { act } = current.current.dispute;
          return undecidable() ?? ('slot' in act && act.kind !== 'image.lock' ? seen() : 'notPossible');
        },
      },
      change: {
        run: change,
        why: () => {
          const { act } = current.current.dispute;
          return undecidable() ?? (judges(act) ? ('slot' in act ? seen() : null) : 'notPossible');
        },
      },
      drop: { run: () => void settle({ id: id(), choice: 'dropped' }) },
      nextImage: { run: () => step(1) },
      previousImage: { run: () => step(-1) },
      nextOpen: { run: nextUnseen },
      nextSubmission: { run: () => open(current.current.next), why: () => (current.current.next ? null : 'last') },
      previousSubmission: {
        run: () => open(current.current.previous),
        why: () => (current.current.previous ? null : 'first'),
      },
      queue: { run: () => desk().closeConflicts() },
      compare: { run: () => view().swap() },
      zoomIn: { run: () => pane()?.zoomBy(ZOOM) },
      zoomOut: { run: () => pane()?.zoomBy(1 / ZOOM) },
      fit: { run: () => pane()?.fit() },
      fitWidth: { run: () => pane()?.fitWidth() },
      actual: { run: () => pane()?.toggleActual() },
      turnLeft: { run: () => view().turn(-90) },
      turnRight: { run: () => view().turn(90) },
      mirror: { run: () => view().mirror() },
      panLeft: { run: () => pane()?.panBy(PAN, 0) },
      panRight: { run: () => pane()?.panBy(-PAN, 0) },
      panUp: { run: () => pane()?.panBy(0, PAN) },
      panDown: { run: () => pane()?.panBy(0, -PAN) },
    };
    const why = (command: CommandId): WhyNot | null => {
      const deed = deeds[command];
      return deed ? (deed.why?.() ?? null) : 'elsewhere';
    };

    return {
      deeds,
      settle,
      allowed: (command) => why(command) === null,
      run: (command) => {
        if (why(command) === null) deeds[command]?.run();
      },
    };
  }, []);
}

/** Keys of a conflict do nothing while new reasons are chosen. */
function admit(_id: CommandId, from: 'key' | 'list', event?: KeyboardEvent): Turn {
  if (conflictViewState().choosing) return 'leave';
  // A button that was reached by Tab is pressed by these.
  const onButton = from === 'key' && event?.target instanceof HTMLButtonElement;
  return onButton && (event.code === 'Space' || event.code === 'Enter') ? 'leave' : 'run';
}

/** Offers the commands of the conflict screen. */
export function useConflictKeys(commands: ConflictCommands): void {
  useOffer(commands.deeds, admit);
}
