import { useEffect, useLayoutEffect } from 'react';
import type { SubmissionId } from '../../shared/ids.ts';
import { arrive, settle } from './turning.ts';

/** For what stands on the desk in the place of a leaf; called after everything that listens for keys. */
export function useArrival(id: SubmissionId): void {
  useLayoutEffect(() => arrive(id), [id]);
  useEffect(() => settle(), []);
}
