import type { Slot, SubmissionId } from '../shared/ids.ts';
import type { Place } from '../shared/memory.ts';
import { deskState, useDesk } from './desk.ts';
import { remember } from './remember.ts';
import { activeSlot } from './review/panes.ts';
import { reviewState, useReview } from './review/state.ts';

/** Changes are gathered for so long, ms: leafing writes nothing. */
const PAUSE = 800;
/** Whoever makes no pause is noted after so long, ms. */
const LONGEST = 2_000;

/** What is written at a picture and not yet saved. */
const draft: { current: Place['draft'] } = { current: null };

/** Where the reviewer is now. */
function here(): Place {
  const { reviewing, selected, query } = deskState();
  const { panes, formShown, linked, overlay } = reviewState();
  return {
    reviewing,
    slot: reviewing ? activeSlot(panes) : null,
    selected,
    query,
    layout: panes.layout,
    formShown,
    linked,
    draft: reviewing && overlay.kind === 'reasons' ? draft.current : null,
  };
}

/** What was being written at a picture of a submission; null when nothing was. */
export function draftOf(id: SubmissionId, slot?: Slot): Place['draft'] {
  const { current } = draft;
  return current?.submissionId === id && (slot === undefined || current.slot === slot) ? current : null;
}

/** Notes what is being written, so that a crash loses none of it. */
export function noteDraft(written: Place['draft']): void {
  draft.current = written;
  plan();
}

let timer: ReturnType<typeof setTimeout> | null = null;
/** When the first change came that isn't written yet. */
let since: number | null = null;
let watching = false;
let written = '';

function write(): void {
  timer = null;
  since = null;
  if (!watching) return;
  const place = here();
  const text = JSON.stringify(place);
  if (text === written) return;
  written = text;
  remember({ place });
}

function plan(): void {
  if (!watching) return;
  if (timer !== null) clearTimeout(timer);
  const now = performance.now();
  since ??= now;
  timer = setTimeout(write, Math.min(PAUSE, Math.max(0, since + LONGEST - now)));
}

/** Goes back to where the account was when it was here last. */
function goBack({ reviewing, slot, selected, query, layout, formShown, linked, draft: unfinished }: Place): void {
  const review = reviewState();
  useReview.setState({ formShown, linked });
  review.layout(layout);
  draft.current = unfinished;
  useDesk.setState({ query, selected });
  if (reviewing) deskState().openAt(reviewing, slot);
}

let stops: readonly (() => void)[] = [];

/** Takes up the last session where it ended, and notes from then on where the reviewer is. */
export function resume(place: Place | null): void {
  rest();
  if (place) goBack(place);
  watching = true;
  // The page is left or read anew: what has not been written yet is.
  const leave = () => timer !== null && write();
  window.addEventListener('pagehide', leave);
  const deaf = () => window.removeEventListener('pagehide', leave);
  stops = [useDesk.subscribe(plan), useReview.subscribe(plan), deaf];
}

/** Notes nothing any more: nobody is signed in. */
export function rest(): void {
  watching = false;
  written = '';
  draft.current = null;
  for (const stop of stops) stop();
  stops = [];
}
