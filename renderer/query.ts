import { QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AuditFilter } from '../shared/audit/wire.ts';
import type { DecisionId, SubmissionId } from '../shared/ids.ts';
import type { Output, QueueQuery } from '../shared/ipc.ts';
import { call, onChanged, onStatus } from './api.ts';
import { deskState, useDesk } from './desk.ts';

/** Cached reads. Data comes from this computer, so nothing is stale until main says that it changed. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

// Whoever leafs on won't be back at once: five minutes of it, which is the usual, would be thousands of submissions.
queries.setQueryDefaults(['subject'], { gcTime: 20_000 });
queries.setQueryDefaults(['history'], { gcTime: 20_000 });
queries.setQueryDefaults(['queue', 'neighbours'], { gcTime: 20_000 });

/** Keys of the cached reads. */
export const keys = {
  session: ['session'] as const,
  settings: ['settings'] as const,
  status: ['status'] as const,
  info: ['info'] as const,
  queue: (query: QueueQuery) => ['queue', 'page', query] as const,
  counts: ['queue', 'counts'] as const,
  neighbours: (query: QueueQuery, id: SubmissionId | null) => ['queue', 'neighbours', query, id] as const,
  subject: (id: SubmissionId) => ['subject', id] as const,
  decisions: ['decisions'] as const,
  proofs: ['proofs'] as const,
  overview: ['overview'] as const,
  spotChecks: ['spot', 'checks'] as const,
  spotCheck: (id: string) => ['spot', 'check', id] as const,
  spotSubject: (id: string, n: number) => ['spot', 'subject', id, n] as const,
  reasonUses: ['decisions', 'reasonUses'] as const,
  reviewers: (id: SubmissionId) => ['reviewers', id] as const,
  parked: ['parked'] as const,
  memory: ['memory'] as const,
  conflict: (id: DecisionId) => ['conflict', id] as const,
  audit: (filter: AuditFilter) => ['audit', 'page', filter] as const,
  auditCounts: (filter: AuditFilter) => ['audit', 'counts', filter] as const,
  auditPeople: ['audit', 'people'] as const,
  submissionHistory: (id: SubmissionId) => ['audit', 'history', id] as const,
  history: (id: SubmissionId) => ['history', id] as const,
};

/**
 * Reads again what a change event touched, and keeps the status current. Mount once.
 * @param begin asks anew who is at work
 */
export function useLiveReads(begin: (client: QueryClient) => Promise<void>): void {
  const client = useQueryClient();
  useEffect(() => {
    const stopChanged = onChanged(({ tables, submissions }) => {
      if (tables.includes('submissions') || tables.includes('decisions')) {
        void client.invalidateQueries({ queryKey: ['queue'] });
        void client.invalidateQueries({ queryKey: keys.decisions });
        void client.invalidateQueries({ queryKey: keys.parked });
        void client.invalidateQueries({ queryKey: ['history'] });
      }
      void client.invalidateQueries({ queryKey: ['conflict'] });
      // Pictures of what is checked again have come.
      if (tables.includes('images')) void client.invalidateQueries({ queryKey: ['spot', 'subject'] });
      if (tables.includes('session')) begin(client).catch(() => client.invalidateQueries({ queryKey: keys.session }));
      if (submissions.length === 0) void client.invalidateQueries({ queryKey: ['subject'] });
      for (const id of submissions) void client.invalidateQueries({ queryKey: keys.subject(id) });
    });
    const stopStatus = onStatus((status) => client.setQueryData(keys.status, status));
    // The page was made while nobody was at work; whoever came until now was told to nobody.
    if (client.getQueryData(keys.session) === null) void begin(client).catch(() => undefined);
    return () => {
      stopChanged();
      stopStatus();
    };
  }, [client, begin]);
}

export const useSession = () => useQuery({ queryKey: keys.session, queryFn: () => call('session', undefined) });
export const useSettings = () => useQuery({ queryKey: keys.settings, queryFn: () => call('settings', undefined) });
export const useStatus = () => useQuery({ queryKey: keys.status, queryFn: () => call('status', undefined) });
export const useInfo = () => useQuery({ queryKey: keys.info, queryFn: () => call('info', undefined) });
export const useParked = () => useQuery({ queryKey: keys.parked, queryFn: () => call('parked', undefined) });
export const useConflict = (id: DecisionId) =>
  useQuery({ queryKey: keys.conflict(id), queryFn: () => call('conflict', { id }) });
/** What the service has applied to a submission; an error without the network. */
export const useHistory = (id: SubmissionId) =>
  useQuery({ queryKey: keys.history(id), queryFn: () => call('history', { id }) });
export const useSubject = (id: SubmissionId) =>
  useQuery({ queryKey: keys.subject(id), queryFn: () => call('subject', { id }) });

/** The submissions before and after one in the reviewer's queue; nothing for none. */
export function useNeighbours(id: SubmissionId | null) {
  const query = useDesk((desk) => desk.query);
  const neighbours = useQuery({
    queryKey: keys.neighbours(query, id),
    queryFn: () => (id === null ? null : call('queueNeighbours', { ...query, id })),
  });
  return neighbours.data ?? null;
}

/** The same as far as it was read already, outside of components. */
export function neighboursOf(id: SubmissionId): Output<'queueNeighbours'> | undefined {
  return queries.getQueryData(keys.neighbours(deskState().query, id));
}

/** The same, read if need be. */
export async function bringNeighbours(id: SubmissionId): Promise<Output<'queueNeighbours'>> {
  const { query } = deskState();
  return queries.fetchQuery({
    queryKey: keys.neighbours(query, id),
    queryFn: () => call('queueNeighbours', { ...query, id }),
  });
}
