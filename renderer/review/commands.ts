import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef } from 'react';
import type { Slot, SubmissionId } from '../../shared/ids.ts';
import { type CommandId, chordOf, commandFor, DESK_COMMANDS } from '../actions/command.ts';
import { deskCommand } from '../actions/desk-keys.ts';
import { useDesk } from '../desk.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import type { Bench } from './bench.ts';
import { judged, moveOn, save } from './decide.ts';
import { activeSlot, nextOpen } from './panes.ts';
import { useReview } from './state.ts';
import { ONCE, putAside, toolCommands } from './tool-commands.ts';
import { undoLast } from './undo.ts';

/** One zoom key press. */
const ZOOM = 1.25;

export type Commands = {
  /** Whether the command would do something now. */
  allowed(id: CommandId): boolean;
  /** Runs it, on the target or on the picture named. */
  run(id: CommandId, slot?: Slot): void;
};

type Means = {
  readonly bench: Bench;
  readonly client: QueryClient;
  readonly t: TFunction;
  readonly next: SubmissionId | null;
  readonly previous: SubmissionId | null;
  /** Shows what is in the way of approval. */
  readonly showObstacles: () => void;
};

/** The commands of the review screen over one submission: what each does and when it may. */
export function useCommands(means: Means): Commands {
  const current = useRef(means);
  current.current = means;
  // Pictures whose lock is on its way to the disk: a second key press goes to the next one, not to the same.
  const saving = useRef(new Set<Slot>());

  return useMemo<Commands>(() => {
    const review = useReview.getState;
    const desk = useDesk.getState;
    const target = () => activeSlot(review().panes);
    const pane = () => paneHandles.get(review().panes.active);
    const image = () => {
      const slot = target();
      return slot ? current.current.bench.images.get(slot) : undefined;
    };
    const advance = (from: Slot) => {
      const open = new Set(
        [...current.current.bench.open].filter((slot) => slot !== from && !saving.current.has(slot)),
      );
      const next = nextOpen(review().order, open, from);
      if (next) review().go(next);
    };
    const lock = async () => {
      const { bench, client, t } = current.current;
      const held = image();
      if (!held || saving.current.has(held.slot)) return;
      if (held.state === 'locked') return advance(held.slot);
      saving.current.add(held.slot);
      advance(held.slot);
      const saved = await save(client, t, bench, { kind: 'image.lock', slot: held.slot, sha256: held.sha256 });
      saving.current.delete(held.slot);
      if (!saved) review().go(held.slot);
    };
    const reopen = () => {
      const { bench, client, t } = current.current;
      const held = image();
      if (held) void save(client, t, bench, { kind: 'image.reopen', slot: held.slot, sha256: held.sha256 });
    };
    const approve = async () => {
      const { bench, client, t, next, showObstacles } = current.current;
      if (bench.obstacles.length > 0 || saving.current.size > 0) return showObstacles();
      if (await save(client, t, bench, { kind: 'submission.approve', images: judged(bench) })) {
        moveOn(t, bench, next, 'submission.approve');
      }
    };
    const open = (id: SubmissionId | null) => id && desk().open(id);
    const held = (act: (slot: Slot) => void) => () => {
      const slot = target();
      if (slot) act(slot);
    };

    const does: Record<CommandId, () => void> = {
      lock: () => void lock(),
      returnImage: held((slot) => review().lay({ kind: 'reasons', slot })),
      reopen,
      approve: () => void approve(),
      return: () => review().lay({ kind: 'return' }),
      refuse: () => review().lay({ kind: 'refuse' }),
      reassign: () => review().lay({ kind: 'takeover' }),
      undo: () => void undoLast(current.current.t, null),
      nextImage: () => review().step(1),
      previousImage: () => review().step(-1),
      nextOpen: held(advance),
      nextSubmission: () => open(current.current.next),
      previousSubmission: () => open(current.current.previous),
      // Esc closes what is open first, and only then leaves the submission.
      queue: () => putAside() || desk().close(),
      zoomIn: () => pane()?.zoomBy(ZOOM),
      zoomOut: () => pane()?.zoomBy(1 / ZOOM),
      fit: () => pane()?.fit(),
      fitWidth: () => pane()?.fitWidth(),
      actual: () => pane()?.toggleActual(),
      turnLeft: held((slot) => review().turn(slot, -90)),
      turnRight: held((slot) => review().turn(slot, 90)),
      mirror: held((slot) => review().mirror(slot)),
      ...toolCommands,
      pin: () => review().togglePin(),
      link: () => review().toggleLink(),
      layout1: () => review().layout(1),
      layout2: () => review().layout(2),
      layout4: () => review().layout(4),
      layoutAll: () => review().layout('all'),
      form: () => review().toggleForm(),
      unmask: () => review().toggleMask(),
      compare: held((slot) => review().lay({ kind: 'compare', slot })),
      reference: () => review().lay({ kind: 'reference' }),
      shortcuts: () => desk().show('shortcuts'),
      connection: () => deskCommand('connection'),
      syncNow: () => deskCommand('syncNow'),
      conflicts: () => desk().openConflicts(current.current.bench.subject.submission.id),
      // These act on a conflict alone.
      keep: () => undefined,
      change: () => undefined,
      drop: () => undefined,
    };

    const allowed = (id: CommandId): boolean => {
      const { bench, next, previous } = current.current;
      switch (id) {
        case 'lock':
        case 'returnImage':
          return bench.decidable && image() !== undefined;
        case 'reopen':
          return bench.decidable && image() !== undefined && image()?.state !== 'open';
        case 'approve':
        case 'return':
        case 'refuse':
          return bench.decidable;
        case 'reassign':
          return bench.assignable;
        case 'nextSubmission':
          return next !== null;
        case 'previousSubmission':
          return previous !== null;
        case 'keep':
        case 'change':
        case 'drop':
          return false;
        case 'compare':
          return (image()?.earlier.length ?? 0) > 0;
        default:
          return true;
      }
    };

    return {
      allowed,
      run: (id, slot) => {
        if (slot) review().go(slot);
        if (allowed(id)) does[id]();
      },
    };
  }, []);
}

/** Overlays that take the keys for themselves. */
const DIALOGS: ReadonlySet<string> = new Set(['reasons', 'return', 'refuse', 'takeover']);

/** Whether a key goes into a text field. */
export const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** Listens for the keys of the review screen while nothing lies over it. */
export function useCommandKeys(
  commands: Commands,
  popover: { readonly shown: boolean; readonly hide: () => void },
): void {
  const { shown, hide } = popover;
  const overlay = useReview((review) => review.overlay.kind);
  const sheet = useDesk((desk) => desk.sheet);
  useEffect(() => {
    if (sheet !== 'none') return;
    const press = (event: KeyboardEvent) => {
      if (typing(event.target)) return;
      const id = commandFor(chordOf(event));
      if (!id || DESK_COMMANDS.has(id)) return;
      if (event.repeat && ONCE.has(id)) return event.preventDefault();
      if (shown) hide();
      if (shown && id === 'queue') {
        // Esc closes what is open first, and only then leaves the submission.
      } else if (overlay !== 'none') {
        // Pictures can still be looked at beside the reference, the earlier version or the reasons.
        if (id === 'queue') useReview.getState().clear();
        else if (DIALOGS.has(overlay)) return;
        else if (id === overlay) useReview.getState().clear();
        else commands.run(id);
      } else {
        commands.run(id);
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [commands, overlay, sheet, shown, hide]);
}
