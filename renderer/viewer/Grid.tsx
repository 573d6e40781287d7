import { useEffect, useRef } from 'react';

/** Lines over the target to judge a tilt by: a fixed grid, and one level line that follows the pointer. */
export function Grid() {
  const grid = useRef<HTMLDivElement>(null);
  const level = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = (event: PointerEvent) => {
      if (!grid.current || !level.current) return;
      const { top, height } = grid.current.getBoundingClientRect();
      const y = event.clientY - top;
      if (y >= 0 && y <= height) level.current.style.transform = `translateY(${Math.round(y)}px)`;
    };
    window.addEventListener('pointermove', follow);
    return () => window.removeEventListener('pointermove', follow);
  }, []);
  return (
    <div ref={grid} className="grid-lines" aria-hidden data-testid="grid">
      <div ref={level} className="grid-level" />
    </div>
  );
}
