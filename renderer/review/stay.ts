import { useEffect } from 'react';
import type { SubmissionId } from '../../shared/ids.ts';
import { call } from '../api.ts';

/** So long a submission is on screen before it counts as being worked on, ms: leafing past claims nothing. */
const STAYS = 1_500;

/** Tells main that a submission stays on screen, and that it has left. Nothing waits for either. */
export function useStay(id: SubmissionId): void {
  useEffect(() => {
    // After a sign-out there is nobody to tell.
    const tell = (channel: 'stay' | 'leave') => void call(channel, { id }).catch(() => undefined);
    const timer = setTimeout(() => tell('stay'), STAYS);
    return () => {
      clearTimeout(timer);
      tell('leave');
    };
  }, [id]);
}
