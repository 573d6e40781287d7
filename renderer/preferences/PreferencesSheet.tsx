import { lazy, Suspense } from 'react';
import { useDesk } from '../desk.ts';

const PreferencesBox = lazy(() =>
  import('./PreferencesBox.tsx').then(({ PreferencesBox }) => ({ default: PreferencesBox })),
);

/** The preferences, read from the disk when they are first opened. */
export function PreferencesSheet() {
  const sheet = useDesk((desk) => desk.sheet);
  if (sheet !== 'preferences' && sheet !== 'phrases') return null;
  return (
    <Suspense fallback={null}>
      <PreferencesBox at={sheet === 'phrases' ? 'phrases' : 'general'} />
    </Suspense>
  );
}
