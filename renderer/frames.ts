/** A frame comes within so long even on the slowest computer, ms. */
const PATIENCE = 5_000;
const BEAT = 500;

/**
 * Has the window opened anew when nothing is drawn any more though the page works: when a key is pressed in a window that is
 * seen, and no frame comes. Turns of the page are counted, not its clock, so that neither a long task nor a computer that
 * slept is taken for it. Gives the way to stop.
 */
export function watchFrames(reopen: () => void): () => void {
  let beats: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(beats);
    beats = undefined;
  };
  const watch = () => {
    if (beats !== undefined) return;
    let turns = 0;
    beats = setInterval(() => {
      turns += 1;
      if (document.hidden || !document.hasFocus()) return stop();
      if (turns * BEAT < PATIENCE) return;
      stop();
      reopen();
    }, BEAT);
    requestAnimationFrame(stop);
  };
  window.addEventListener('keydown', watch, { capture: true });
  return () => {
    stop();
    window.removeEventListener('keydown', watch, { capture: true });
  };
}
