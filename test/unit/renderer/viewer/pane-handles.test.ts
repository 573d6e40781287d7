import { afterEach, describe, expect, it } from 'vitest';
import { type Kept, type PaneHandle, paneHandles } from '../../../../renderer/viewer/pane-handles.ts';
import type { Relative } from '../../../../renderer/viewer/viewport.ts';

const at = (zoom: number, x = 0.5, y = 0.5): Relative => ({ zoom, centre: { x, y } });
const stops: (() => void)[] = [];

/** A pane that notes where it is. */
function pane(number: number, start: Relative = at(1)) {
  let here = start;
  let kept: Kept | null = null;
  const handle: PaneHandle = {
    fit: () => {},
    fitWidth: () => {},
    toggleActual: () => {},
    zoomBy: () => {},
    panBy: () => {},
    follow: (relative) => {
      here = relative;
    },
    kept: () => kept,
    keep: () => {},
    rescale: () => {},
    relative: () => here,
    look: () => null,
  };
  const leave = paneHandles.set(number, handle);
  stops.push(leave);
  return {
    leave,
    here: () => here,
    /** As the reviewer's hand does it. */
    move: (to: Relative) => {
      here = to;
      paneHandles.followAll(number, to);
    },
    stay: (view: Kept | null) => {
      kept = view;
    },
  };
}

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  paneHandles.dropOffsets();
  paneHandles.setAlone(false);
  paneHandles.setKeeping(false);
});

describe('linked panes', () => {
  it('keep the offset that they had when they were linked, whichever is moved', () => {
    const [a, b] = [pane(0, at(1)), pane(1, at(2, 0.25, 0.75))];
    paneHandles.holdOffsets(0);
    a.move(at(3, 0.5, 0.5));
    expect(b.here()).toEqual(at(6, 0.25, 0.75));
    b.move(at(2, 0.5, 0.5));
    expect(a.here()).toEqual(at(1, 0.75, 0.25));
  });

  it('let one move alone while the key is held, and go on with the new offset', () => {
    const [a, b] = [pane(0), pane(1)];
    paneHandles.holdOffsets(0);
    paneHandles.setAlone(true);
    b.move(at(2, 0.75, 0.5));
    expect(a.here()).toEqual(at(1));
    paneHandles.setAlone(false);
    paneHandles.holdOffsets(1);
    a.move(at(2, 0.25, 0.5));
    expect(b.here()).toEqual(at(4, 0.5, 0.5));
  });

  it('forget an offset with the picture that left', () => {
    const [a, b] = [pane(0), pane(1, at(2))];
    paneHandles.holdOffsets(0);
    b.leave();
    const next = pane(1);
    a.move(at(3));
    expect(next.here()).toEqual(at(3));
  });

  it('move nothing of the grid under a comparison', () => {
    const [below, before, after] = [pane(0), pane(100), pane(101)];
    after.move(at(5));
    expect(before.here()).toEqual(at(5));
    expect(below.here()).toEqual(at(1));
  });
});

describe('the view of a pane', () => {
  const view: Kept = { relative: at(3, 0.2, 0.8), actual: false };

  it('is kept for its next picture when that is wished, for the same pane alone', () => {
    paneHandles.setKeeping(true);
    const first = pane(0);
    first.stay(view);
    first.leave();
    expect(paneHandles.keptFor(0)).toEqual(view);
    expect(paneHandles.keptFor(1)).toBeNull();
    const fitted = pane(0);
    fitted.leave();
    expect(paneHandles.keptFor(0)).toBeNull();
  });

  it('reaches no other picture otherwise', () => {
    const first = pane(0);
    first.stay(view);
    first.leave();
    expect(paneHandles.keptFor(0)).toBeNull();
    paneHandles.setKeeping(true);
    expect(paneHandles.keptFor(0)).toBeNull();
  });
});
