import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useCallback, useMemo, useRef } from 'react';
import { materialOf, type Slot, type SubmissionId } from '../../shared/ids.ts';
import type { CommandId } from '../actions/command.ts';
import { commandOf, type Deeds, deedsOf, type Turn, useOffer, type WhyNot } from '../actions/offer.ts';
import { takeUp } from '../aside/step.ts';
import { answeredOf, stepPoint, tick, toggleChecklist, unanswered } from '../checklist/state.ts';
import { deskState } from '../desk.ts';
import { turnTo } from '../leafing/turning.ts';
import { marksState } from '../marks/state.ts';
import { remember } from '../remember.ts';
import { materialName } from '../ui/words.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import type { Bench } from './bench.ts';
import { judged, moveOn, save } from './decide.ts';
import { toggled, useLayouts } from './layouts.ts';
import { activeSlot, nextOpen } from './panes.ts';
import { canReopen } from './ReopenDialog.tsx';
import { reviewState } from './state.ts';
import { lookCommands, ONCE, putAside, toolCommands } from './tool-commands.ts';
import { viewing } from './viewing.ts';

/** One zoom key press. */
const ZOOM = 1.25;

/** A picture that is here is painted within this, ms. */
const PAINTED = 2_000;

export type Commands = {
  /** What each command does here, and why it may not. */
  readonly deeds: Deeds;
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
  /** Where it goes on after a decision. */
  readonly onward: SubmissionId | null;
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
    const review = reviewState;
    const desk = deskState;
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
      const left = unanswered(bench, held).length;
      if (left > 0) return desk().say({ tone: 'problem', text: t('checklist.answerFirst', { count: left }) });
      const answered = answeredOf(bench, held);
      if (review().overlay.kind === 'compare') review().clear();
      saving.current.add(held.slot);
      // A key that is faster than the picture waits for it: what was not on screen is not locked.
      if (!viewing.has(held.sha256)) await viewing.until(held.sha256, PAINTED);
      if (target() === held.slot) advance(held.slot);
      const saved = await save(client, t, bench, {
        kind: 'image.lock',
        slot: held.slot,
        sha256: held.sha256,
        ...answered,
      });
      saving.current.delete(held.slot);
      if (!saved) review().go(held.slot);
    };
    const reopen = () => {
      const { bench, client, t } = current.current;
      const held = image();
      if (held) void save(client, t, bench, { kind: 'image.reopen', slot: held.slot, sha256: held.sha256 });
    };
    const approve = async () => {
      const { bench, client, t, onward, showObstacles } = current.current;
      // All is judged and something is wrong: what ends the review then is the return, and its dialog asks.
      if (saving.current.size > 0 || bench.open.size > 0) return showObstacles();
      if (bench.obstacles.length > 0) return review().lay({ kind: 'return' });
      if (await save(client, t, bench, { kind: 'submission.approve', images: judged(bench) })) {
        moveOn(t, bench, onward, 'submission.approve');
      }
    };
    const open = (id: SubmissionId | null, direction: 1 | -1) => id && turnTo(id, false, direction);
    const held = (act: (slot: Slot) => void) => () => {
      const slot = target();
      if (slot) act(slot);
    };

    const decidable = (): WhyNot | null => {
      const { bench } = current.current;
      if (bench.decidable) return null;
      if (bench.heldBy) return 'held';
      return bench.signedIn.account.role === 'reviewer' ? 'concluded' : 'readOnly';
    };
    const onImage = (): WhyNot | null => decidable() ?? (image() ? null : 'noPicture');
    const pictured = (): WhyNot | null => (target() ? null : 'noPicture');

    const deeds: Deeds = {
      lock: { run: () => void lock(), why: onImage },
      returnImage: {
        run: held((slot) => review().lay({ kind: 'reasons', slot, again: review().overlay.kind === 'compare' })),
        why: onImage,
      },
      mark: {
        run: held((slot) => {
          marksState().ask();
          review().lay({ kind: 'reasons', slot });
        }),
        why: onImage,
      },
      note: { run: () => review().lay({ kind: 'note', slot: target() }) },
      reopen: { run: reopen, why: () => onImage() ?? (image()?.state === 'open' ? 'notMarked' : null) },
      approve: { run: () => void approve(), why: decidable },
      return: { run: () => review().lay({ kind: 'return' }), why: decidable },
      refuse: {
        run: () => review().lay({ kind: 'refuse' }),
        why: () => decidable() ?? (current.current.bench.may.refuse ? null : 'otherLevelRefuses'),
      },
      sendBack: {
        run: () => review().lay({ kind: 'sendBack' }),
        why: () => decidable() ?? (current.current.bench.may.sendBack ? null : 'firstLevel'),
      },
      reopenSubmission: {
        run: () => review().lay({ kind: 'reopen' }),
        why: () => (canReopen(current.current.bench) ? null : 'notReopenable'),
      },
      reassign: {
        run: () => review().lay({ kind: 'takeover' }),
        why: () => (current.current.bench.assignable ? null : 'notSupervisor'),
      },
      nextImage: { run: () => review().step(1), why: pictured },
      previousImage: { run: () => review().step(-1), why: pictured },
      // Through the open points of the checklist while it is open, then to the next open picture.
      nextOpen: {
        run: held((slot) => {
          const target = image();
          if (!target || !stepPoint(current.current.bench, target)) advance(slot);
        }),
        why: pictured,
      },
      checklist: { run: toggleChecklist, why: pictured },
      tick: {
        run: () => {
          const target = image();
          if (target) tick(current.current.bench, target);
        },
        why: pictured,
      },
      nextSubmission: { run: () => open(current.current.next, 1), why: () => (current.current.next ? null : 'last') },
      previousSubmission: {
        run: () => open(current.current.previous, -1),
        why: () => (current.current.previous ? null : 'first'),
      },
      setAside: { run: () => review().lay({ kind: 'aside' }), why: decidable },
      takeUp: {
        run: () => void takeUp(current.current.t, current.current.bench),
        why: () => decidable() ?? (current.current.bench.subject.aside ? null : 'notAside'),
      },
      // Esc closes what is open first, and only then leaves the submission.
      queue: { run: () => putAside() || desk().close() },
      zoomIn: { run: () => pane()?.zoomBy(ZOOM), why: pictured },
      zoomOut: { run: () => pane()?.zoomBy(1 / ZOOM), why: pictured },
      fit: { run: () => pane()?.fit(), why: pictured },
      fitWidth: { run: () => pane()?.fitWidth(), why: pictured },
      actual: { run: () => pane()?.toggleActual(), why: pictured },
      turnLeft: { run: held((slot) => review().turn(slot, -90)), why: pictured },
      turnRight: { run: held((slot) => review().turn(slot, 90)), why: pictured },
      mirror: { run: held((slot) => review().mirror(slot)), why: pictured },
      ...deedsOf(toolCommands, pictured),
      pin: { run: () => review().togglePin(), why: pictured },
      rememberLayout: {
        run: held((slot) => {
          const { t } = current.current;
          const { layout } = review().panes;
          useLayouts.setState((choice) => toggled(choice, materialOf(slot), layout));
          const { layouts } = useLayouts.getState();
          remember({ layouts });
          const text = layouts[materialOf(slot)] === undefined ? 'layouts.forgotten' : 'layouts.remembered';
          const name = t(`command.layout${layout === 'all' ? 'All' : layout}`);
          desk().say({ tone: 'done', text: t(text, { material: materialName(t, materialOf(slot)), layout: name }) });
        }),
        why: pictured,
      },
      forgetLayouts: {
        run: () => {
          useLayouts.setState({ layouts: {} });
          remember({ layouts: {} });
          desk().say({ tone: 'done', text: current.current.t('layouts.allForgotten') });
        },
      },
      layout1: { run: () => review().layout(1) },
      layout2: { run: () => review().layout(2) },
      layout4: { run: () => review().layout(4) },
      layoutAll: { run: () => review().layout('all') },
      form: { run: () => review().toggleForm() },
      unmask: { run: () => review().toggleMask() },
      compare: {
        run: held((slot) => review().lay({ kind: 'compare', slot })),
        why: () => ((image()?.earlier.length ?? 0) > 0 ? null : 'noEarlier'),
      },
      ...deedsOf(lookCommands, () => (review().overlay.kind === 'compare' ? null : 'notPossible')),
      reference: { run: () => review().lay({ kind: 'reference' }) },
      conflicts: { run: () => desk().openConflicts(current.current.bench.subject.submission.id) },
    };

    return {
      deeds,
      allowed: (id) => {
        const deed = deeds[id];
        return deed !== undefined && (deed.why?.() ?? null) === null;
      },
      run: (id, slot) => {
        if (slot) review().go(slot);
        const deed = deeds[id] ?? commandOf(id);
        if ((deed.why?.() ?? null) === null) deed.run();
      },
    };
  }, []);
}

/** Overlays that take the keys for themselves. */
const DIALOGS: ReadonlySet<string> = new Set([
  'reasons',
  'return',
  'refuse',
  'sendBack',
  'takeover',
  'note',
  'reopen',
  'aside',
]);

/** Offers the commands of the review screen; what lies over the pictures has its keys first. */
export function useCommandKeys(
  commands: Commands,
  popover: { readonly shown: boolean; readonly hide: () => void },
): void {
  const current = useRef(popover);
  current.current = popover;
  const admit = useCallback((id: CommandId, from: 'key' | 'list', event?: KeyboardEvent): Turn => {
    const { overlay, clear } = reviewState();
    if (from === 'list') return DIALOGS.has(overlay.kind) ? 'leave' : 'run';
    if (event?.repeat && ONCE.has(id)) return 'taken';
    const { shown, hide } = current.current;
    if (shown) hide();
    // Esc closes what is open first, and only then leaves the submission.
    if (shown && id === 'queue') return 'taken';
    if (overlay.kind === 'none') return 'run';
    // Pictures can still be looked at beside the reference, the earlier version or the reasons.
    if (id !== 'queue' && DIALOGS.has(overlay.kind)) return 'leave';
    if (id !== 'queue' && id !== overlay.kind) return 'run';
    clear();
    return 'taken';
  }, []);
  useOffer(commands.deeds, admit);
}
