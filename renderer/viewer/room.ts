import type { Point, Size } from './viewport.ts';

/** Who waits for the size of an element. */
const watched = new Map<Element, (room: Size) => void>();

/** One observer for all panes: it reports those that changed together, without laying the page out again for each. */
const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    watched.get(target)?.({ width: contentRect.width, height: contentRect.height });
  }
});

/** Tells the inner size of an element, CSS px, now and whenever it changes; gives the way to stop. */
export function watchRoom(element: Element, told: (room: Size) => void): () => void {
  watched.set(element, told);
  told({ width: element.clientWidth, height: element.clientHeight });
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
