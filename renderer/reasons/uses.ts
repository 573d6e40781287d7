import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import { keys } from '../query.ts';

/** Reads how often each reason was given, ahead of the first picker: its order must not change under the fingers. */
export const useReasonUses = () =>
  useQuery({ queryKey: keys.reasonUses, queryFn: () => call('reasonUses', undefined) });
