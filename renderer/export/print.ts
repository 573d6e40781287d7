import { create } from 'zustand';

/** What is being printed says of itself; null while nothing is. */
export const usePrint = create<{ readonly stamp: readonly string[] | null }>()(() => ({ stamp: null }));

const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

/** Shows the page as it is to be printed, bright and with its stamp, while the work is done. */
export async function whilePrinted(stamp: readonly string[], work: () => Promise<void>): Promise<void> {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  usePrint.setState({ stamp });
  dataset.theme = 'light';
  try {
    await painted();
    await work();
  } finally {
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
    usePrint.setState({ stamp: null });
  }
}
