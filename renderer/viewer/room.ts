import type { Point, Size } from './viewport.ts';

/** Who waits for the size of an element. */
const watched = new Map<Element, (room: Size) => void>();

const roomOf = ({ clientWidth, clientHeight }: Element): Size => ({ width: clientWidth, height: clientHeight });

/**
 * One observer for all panes. All that changed are measured before anybody is told, so that the page is not laid out again
 * for each; and in the same whole px as at first, so that no picture is fitted twice.
 */
const observer = new ResizeObserver((entries) => {
  const rooms = entries.map(({ target }) => ({ target, room: roomOf(target) }));
  for (const { target, room } of rooms) watched.get(target)?.(room);
});

/** Tells the inner size of an element, CSS px, now and whenever it changes; gives the way to stop. */
export function watchRoom(element: Element, told: (room: Size) => void): () => void {
  watched.set(element, told);
  told(roomOf(element));
  observer.observe(element);
  return () => {
    observer.unobserve(element);
    watched.delete(element);
  };
}

/** Where a pointer is inside an element, CSS px. */
export function within(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}
