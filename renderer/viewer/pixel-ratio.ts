/** What watching needs of the window. */
export type Screen = Pick<Window, 'devicePixelRatio' | 'matchMedia'>;

/**
 * Tells when the device px per CSS px change: the window came to another screen, or the system's scale was set anew. A
 * media query names one ratio, so each change asks for the next.
 */
export function watchPixelRatio(screen: Screen, changed: (from: number, to: number) => void): () => void {
  let stop = () => {};
  const watch = () => {
    const ratio = screen.devicePixelRatio;
    const query = screen.matchMedia(`(resolution: ${ratio}dppx)`);
    const hear = () => {
      stop();
      watch();
      changed(ratio, screen.devicePixelRatio);
    };
    query.addEventListener('change', hear);
    stop = () => query.removeEventListener('change', hear);
  };
  watch();
  return () => stop();
}
