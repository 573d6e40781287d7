import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DeskMemory } from '../shared/memory.ts';
import { chooseKeys } from './actions/chosen-keys.ts';
import { usable } from './actions/keymap.ts';
import { useLately } from './actions/lately.ts';
import { call } from './api.ts';
import { keys } from './query.ts';
import { rest, resume } from './resume.ts';
import { useLayouts } from './review/layouts.ts';

/** What the desk remembers of the account at work; read once, then kept in step by `remember`. */
export const useMemory = (signedIn: boolean) =>
  useQuery({ queryKey: keys.memory, queryFn: () => call('memory', undefined), enabled: signedIn });

/** Takes up what is remembered when somebody signs in, and forgets it with the sign-out; tells whether that is done. */
export function useRecall(account: string | null): boolean {
  const client = useQueryClient();
  const memory = useMemory(account !== null);
  const { isSuccess } = memory;
  useEffect(() => {
    if (account !== null) return;
    rest();
    chooseKeys({});
    useLately.setState({ ids: [] });
    useLayouts.setState({ layouts: {} });
  }, [account]);
  useEffect(() => {
    // What is read for who signs in is there before they are: it is left alone until then.
    if (account === null || !isSuccess) return;
    const known = client.getQueryData<DeskMemory>(keys.memory);
    if (!known) return;
    chooseKeys(usable(known.keys));
    useLately.setState({ ids: known.lately });
    useLayouts.setState({ layouts: known.layouts });
    resume(known.place);
  }, [account, isSuccess, client]);
  return account === null || isSuccess;
}
