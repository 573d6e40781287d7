import { type PointerEvent, useMemo } from 'react';
import type { PaneHandle } from './pane-handles.ts';
import type { Point } from './viewport.ts';

/** Where a pointer is inside an element, CSS px. */
export function within(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/** Moves a picture with the main button held, or with a finger. */
export function useDrag(handle: Pick<PaneHandle, 'panBy'>) {
  return useMemo(() => {
    let at: (Point & { readonly pointer: number }) | null = null;
    const end = ({ pointerId }: PointerEvent) => {
      if (at?.pointer === pointerId) at = null;
    };
    return {
      onPointerDown: ({ button, pointerId, clientX, clientY, currentTarget }: PointerEvent) => {
        if (button !== 0 || at) return;
        at = { pointer: pointerId, x: clientX, y: clientY };
        currentTarget.setPointerCapture(pointerId);
      },
      onPointerMove: ({ pointerId, clientX, clientY }: PointerEvent) => {
        if (at?.pointer !== pointerId) return;
        const [dx, dy] = [clientX - at.x, clientY - at.y];
        if (dx === 0 && dy === 0) return;
        at = { pointer: pointerId, x: clientX, y: clientY };
        handle.panBy(dx, dy);
      },
      onPointerUp: end,
      onPointerCancel: end,
    };
  }, [handle]);
}
