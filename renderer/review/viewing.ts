import { useEffect, useRef } from 'react';
import type { Judged } from '../../shared/decision.ts';
import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import type { Viewed } from '../../shared/viewing.ts';
import { paneHandles } from '../viewer/pane-handles.ts';

/** What a pane shows: the picture, its device px per px, and whether it is turned or mirrored. */
export type Sight = { readonly sha256: Sha256; readonly scale: number; readonly rotated: boolean };
type Seen = { ms: number; percent: number; rotated: boolean };

/** Adds up how pictures are on screen, from what the panes tell; nothing is measured while nothing moves. */
export type Recorder = {
  /** What a pane shows from now on; null for nothing. */
  show(pane: number, sight: Sight | null): void;
  /** Whether anybody can look: the window is in sight and in use. */
  attend(on: boolean): void;
  /** What is known of the pictures that are judged; those that were not on screen are left out. */
  of(judged: readonly Judged[]): Viewed[];
  /** Whether a picture has been on screen. */
  has(sha256: Sha256): boolean;
  /** Until a picture is on screen, but no longer than so many ms. */
  until(sha256: Sha256, patience: number): Promise<void>;
  /** Another submission is on screen: what was seen before is forgotten. */
  begin(id: string | null): void;
};

/** Opens a recorder. `now`: a clock that only goes on, ms. */
export function openRecorder(now: () => number): Recorder {
  const seen = new Map<Sha256, Seen>();
  const shown = new Map<number, { readonly sha256: Sha256; since: number }>();
  const waiting = new Map<Sha256, Set<() => void>>();
  let attended = true;
  let begun: string | null = null;
  /** Counts what has passed; time while nobody could look is nobody's. */
  const settle = (pane: number) => {
    const open = shown.get(pane);
    if (!open) return;
    const at = now();
    const record = seen.get(open.sha256);
    if (attended && record) record.ms += at - open.since;
    open.since = at;
  };
  const settleAll = () => {
    for (const pane of shown.keys()) settle(pane);
  };
  return {
    show: (pane, sight) => {
      settle(pane);
      if (!sight) {
        shown.delete(pane);
        return;
      }
      const { sha256, scale, rotated } = sight;
      if (shown.get(pane)?.sha256 !== sha256) shown.set(pane, { sha256, since: now() });
      const record = seen.get(sha256) ?? { ms: 0, percent: 0, rotated: false };
      record.percent = Math.max(record.percent, Math.round(scale * 100));
      record.rotated ||= rotated;
      seen.set(sha256, record);
      for (const go of waiting.get(sha256) ?? []) go();
    },
    attend: (on) => {
      settleAll();
      attended = on;
    },
    of: (judged) => {
      settleAll();
      return judged.flatMap(({ slot, sha256 }) => {
        const record = seen.get(sha256);
        // A look is never shorter than its paint: less than a millisecond still is one.
        return record ? [{ ...record, slot, sha256, ms: Math.ceil(Math.max(1, record.ms)) }] : [];
      });
    },
    has: (sha256) => seen.has(sha256),
    until: (sha256, patience) =>
      new Promise((resolve) => {
        const waiters = waiting.get(sha256) ?? new Set();
        waiting.set(sha256, waiters);
        const go = () => {
          clearTimeout(timer);
          waiters.delete(go);
          resolve();
        };
        const timer = setTimeout(go, patience);
        waiters.add(go);
        if (seen.has(sha256)) go();
      }),
    begin: (id) => {
      if (id !== null && id === begun) return;
      begun = id;
      seen.clear();
      shown.clear();
    },
  };
}

/** Of the submission on screen. */
export const viewing = openRecorder(() => performance.now());

/** What a pane shows, once it is painted. */
function sightOf(pane: number): Sight | null {
  const look = paneHandles.get(pane)?.look();
  if (look?.box.dataset.state !== 'shown') return null;
  const { sha256, view, hold } = look;
  return { sha256, scale: view.scale * devicePixelRatio, rotated: hold.turn !== 0 || hold.mirrored };
}

/**
 * Records how the pictures of the open submission are on screen; forgets it with the submission. `hidden`: a pane that lies
 * under another one.
 */
export function useViewing(id: SubmissionId | string, hidden: number | null = null): void {
  const under = useRef(hidden);
  useEffect(() => {
    if (under.current === hidden) return;
    under.current = hidden;
    for (const pane of paneHandles.numbers()) viewing.show(pane, pane === hidden ? null : sightOf(pane));
  }, [hidden]);
  useEffect(() => {
    const look = () => viewing.attend(document.visibilityState === 'visible' && document.hasFocus());
    viewing.begin(id);
    look();
    const show = (pane: number) => viewing.show(pane, pane === under.current ? null : sightOf(pane));
    for (const pane of paneHandles.numbers()) show(pane);
    const stop = paneHandles.watch(show);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
      viewing.begin(null);
    };
  }, [id]);
}
