import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DeskMemory, DeskMemoryChange } from '../shared/memory.ts';
import { chooseKeys } from './actions/chosen-keys.ts';
import { usable } from './actions/keymap.ts';
import { useLately } from './actions/lately.ts';
import { call } from './api.ts';
import { queries } from './query.ts';

/** Key of the cached read. */
export const MEMORY = ['memory'] as const;

/** What the desk remembers of the account at work; read once, then kept in step by `remember`. */
export const useMemory = (signedIn: boolean) =>
  useQuery({ queryKey: MEMORY, queryFn: () => call('memory', undefined), enabled: signedIn });

/** Remembers what is named. A comfort: a disk that fails here has its own warning, and work goes on. */
export function remember(change: DeskMemoryChange): void {
  queries.setQueryData<DeskMemory>(MEMORY, (before) => (before ? { ...before, ...stated(change) } : before));
  void call('remember', change).catch(() => undefined);
}

const stated = (change: DeskMemoryChange): Partial<DeskMemory> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

/** Takes up what is remembered when somebody signs in, and forgets it with the sign-out; tells whether that is done. */
export function useRecall(account: string | null): boolean {
  const client = useQueryClient();
  const memory = useMemory(account !== null);
  const { isSuccess } = memory;
  useEffect(() => {
    if (account === null) {
      client.removeQueries({ queryKey: MEMORY });
      chooseKeys({});
      useLately.setState({ ids: [] });
      return;
    }
    if (!isSuccess) return;
    const known = client.getQueryData<DeskMemory>(MEMORY);
    if (!known) return;
    chooseKeys(usable(known.keys));
    useLately.setState({ ids: known.lately });
  }, [account, isSuccess, client]);
  return account === null || isSuccess;
}
