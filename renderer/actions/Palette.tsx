import { lazy, Suspense } from 'react';
import { useDesk } from '../desk.ts';

const PaletteBox = lazy(() => import('./PaletteBox.tsx').then(({ PaletteBox }) => ({ default: PaletteBox })));

/** The command palette, read from the disk when it is first opened: it brings the table of pinyin. */
export function Palette() {
  const shown = useDesk((desk) => desk.sheet === 'palette');
  if (!shown) return null;
  return (
    <Suspense fallback={null}>
      <PaletteBox />
    </Suspense>
  );
}
