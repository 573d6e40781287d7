import { lazy, Suspense } from 'react';
import { useDesk } from '../desk.ts';

const PreferencesBox = lazy(() =>
  import('./PreferencesBox.tsx').then(({ PreferencesBox }) => ({ default: PreferencesBox })),
);

/** The preferences, read from the disk when they are first opened. */
export function PreferencesSheet() {
  const shown = useDesk((desk) => desk.sheet === 'preferences');
  if (!shown) return null;
  return (
    <Suspense fallback={null}>
      <PreferencesBox />
    </Suspense>
  );
}
