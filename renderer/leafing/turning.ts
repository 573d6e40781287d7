import { create } from 'zustand';
import type { SubmissionId } from '../../shared/ids.ts';
import { chordOf, commandFor } from '../actions/command.ts';
import { deskState, useDesk } from '../desk.ts';
import { neighboursOf } from '../query.ts';
import { afterPaint } from '../ui/after-paint.ts';

/** A page of one submission that lies ready out of sight. Both act in the next frame and render nothing. */
export type Leaf = { readonly show: () => void; readonly hide: () => void };

/** No key has come for so long while one is held down, ms: it rests. Longer than a keyboard waits between two repeats. */
const REST = 120;
/** So long the desk waits for the leaf of a submission that nobody saw coming, ms; then it opens without. */
const PATIENCE = 1_000;

type Leafing = {
  /** The submission whose leaf lies over the desk, which does not show it yet. */
  readonly seen: SubmissionId | null;
  /** A submission to go to whose leaf is not ready. */
  readonly asked: SubmissionId | null;
  readonly direction: 1 | -1;
  /** The key is held down: leaves alone are shown. */
  readonly holding: boolean;
};

const NOWHERE: Leafing = { seen: null, asked: null, direction: 1, holding: false };

/** What those that make leaves need to know; told a frame late, so that turning itself waits for nothing. */
export const useLeafing = create<Leafing>()(() => NOWHERE);

const leaves = new Map<SubmissionId, Leaf>();
let now: Leafing = NOWHERE;
/** The desk shows what was seen, and its commands are about to listen. */
let settling = false;
/** Somebody makes leaves. */
let made = false;
/** The submission that the desk itself shows, under a leaf perhaps. */
let shown: SubmissionId | null = null;
/** Keys that wait until the desk shows the submission that they are meant for. */
let held: KeyboardEvent[] = [];
let rest: ReturnType<typeof setTimeout> | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;

/** The submission that the reviewer turned to and that the desk doesn't show yet; null when it stands. */
export const turnedTo = (): SubmissionId | null => now.asked ?? now.seen;

const busy = () => turnedTo() !== null || settling;

function set(change: Partial<Leafing>): void {
  now = { ...now, ...change };
  afterPaint(() => useLeafing.setState(now));
}

/** The same where nothing is painted that the makers of leaves could hold up. */
function setNow(change: Partial<Leafing>): void {
  now = { ...now, ...change };
  useLeafing.setState(now);
}

/** Has the desk itself go to a submission. Where it stands there still, nobody comes anew: the leaf just goes. */
function lead(id: SubmissionId): void {
  if (shown !== id) {
    deskState().open(id);
    return;
  }
  if (now.seen !== null) leaves.get(now.seen)?.hide();
  setNow({ seen: id });
  // It may have been told to go and not have gone.
  if (deskState().reviewing !== id) deskState().open(id);
  arrive(id);
  settle();
}

/** Has the desk go where the leaf is. */
function open(): void {
  clearTimeout(rest);
  rest = undefined;
  const { seen } = now;
  if (seen === null) return;
  if (now.holding) set({ holding: false });
  lead(seen);
}

function wait(id: SubmissionId): void {
  setNow({ asked: id });
  clearTimeout(patience);
  patience = setTimeout(() => {
    if (now.asked === id) lead(id);
  }, PATIENCE);
}

function stopWaiting(): void {
  clearTimeout(rest);
  clearTimeout(patience);
  rest = undefined;
}

/**
 * Goes to a submission. Its leaf is on the screen with the next frame and the desk follows underneath; where none is
 * ready, one is made first.
 * @param repeated the key is held down: the desk follows when it rests
 */
export function turnTo(id: SubmissionId, repeated = false, direction: 1 | -1 = 1): void {
  // They were pressed for somebody else.
  if (turnedTo() !== id) held = [];
  if (!repeated && shown === id) {
    stopWaiting();
    setNow({ asked: null });
    lead(id);
    return;
  }
  const leaf = leaves.get(id);
  if (!leaf) {
    if (!made) deskState().open(id);
    else if (!repeated || now.seen === null) wait(id);
    return;
  }
  if (now.seen !== null && now.seen !== id) leaves.get(now.seen)?.hide();
  leaf.show();
  stopWaiting();
  set({ seen: id, asked: null, direction, holding: repeated });
  if (repeated) rest = setTimeout(open, REST);
  else {
    afterPaint(() => {
      if (now.seen === id && !now.holding) open();
    });
  }
}

/** A leaf is ready to be shown; gives the way to take it back. */
export function offerLeaf(id: SubmissionId, leaf: Leaf): () => void {
  leaves.set(id, leaf);
  if (now.seen === id) leaf.show();
  else if (now.asked === id) turnTo(id);
  return () => {
    if (leaves.get(id) === leaf && now.seen !== id) leaves.delete(id);
  };
}

/** Puts the leaf away and forgets the keys that waited for its submission. */
export function dismiss(): void {
  if (now.seen !== null) leaves.get(now.seen)?.hide();
  stopWaiting();
  held = [];
  settling = false;
  set({ seen: null, asked: null, holding: false });
}

/**
 * The desk is about to be painted with a submission: its leaf gives way in the same frame. Gives what is to be called when
 * the submission leaves the desk.
 */
export function arrive(id: SubmissionId): () => void {
  shown = id;
  if (now.seen === id || now.asked === id) {
    leaves.get(id)?.hide();
    settling = true;
    // Whoever has turned on once more still goes there.
    const asked = now.asked === id ? null : now.asked;
    if (asked === null) clearTimeout(patience);
    set({ seen: null, asked, holding: false });
  }
  return () => {
    if (shown === id) shown = null;
  };
}

/** The desk listens for keys: those that waited for it come now. */
export function settle(): void {
  if (!settling) return;
  settling = false;
  const waiting = held;
  held = [];
  for (const { key, code, ctrlKey, shiftKey, altKey, metaKey } of waiting) {
    const again = { key, code, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', again));
  }
}

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta']);
const WAYS: Readonly<Record<string, 1 | -1>> = { nextSubmission: 1, previousSubmission: -1 };

/**
 * While a leaf lies over the desk no key reaches the submission underneath: keys either turn on, or wait until the desk
 * shows what was seen.
 */
function guard(event: KeyboardEvent): void {
  if (!busy() || MODIFIERS.has(event.key)) return;
  const command = commandFor(chordOf(event)) ?? '';
  // Whoever wants to leave doesn't wait for what they leave.
  if (command === 'queue') {
    dismiss();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const way = WAYS[command];
  if (way !== undefined && now.seen !== null && now.asked === null && held.length === 0) {
    const around = neighboursOf(now.seen);
    const to = way > 0 ? around?.next : around?.previous;
    if (to) turnTo(to, event.repeat, way);
    if (around || event.repeat) return;
  }
  if (event.repeat) return;
  held.push(event);
  if (rest !== undefined) open();
}

/** Whoever lets go of the key has arrived. */
function release(): void {
  if (rest !== undefined) open();
}

/** Listens for keys before everybody else; gives the way to stop. */
export function guardKeys(): () => void {
  made = true;
  window.addEventListener('keydown', guard, { capture: true });
  window.addEventListener('keyup', release, { capture: true });
  // Somebody else leads the desk elsewhere: what was seen is not what comes.
  const stop = useDesk.subscribe(({ reviewing, conflicts }, before) => {
    if (!busy() || (reviewing === before.reviewing && conflicts === before.conflicts)) return;
    if (conflicts || (reviewing !== now.seen && reviewing !== now.asked)) dismiss();
  });
  return () => {
    window.removeEventListener('keydown', guard, { capture: true });
    window.removeEventListener('keyup', release, { capture: true });
    stop();
    made = false;
    dismiss();
  };
}
