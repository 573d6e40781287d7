import { lazy, Suspense } from 'react';
import { useDesk } from '../desk.ts';

const TourBox = lazy(() => import('./TourBox.tsx').then(({ TourBox }) => ({ default: TourBox })));

/** The tour of two minutes, read from the disk when it is asked for. */
export function Tour({ decides }: { readonly decides: boolean }) {
  const shown = useDesk((desk) => desk.sheet === 'tour');
  if (!shown) return null;
  return (
    <Suspense fallback={null}>
      <TourBox decides={decides} />
    </Suspense>
  );
}
