import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditFilter } from '../../shared/audit/wire.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { call } from '../api.ts';
import { keys } from '../query.ts';

const PAGE = 100;
/** What the service said is good for so long, ms: others decide meanwhile. */
const FRESH = 30_000;

/** The decisions that fit, page by page; nothing is asked without the service. */
export const useDecisions = (filter: AuditFilter, online: boolean) =>
  useInfiniteQuery({
    queryKey: keys.audit(filter),
    queryFn: ({ pageParam }) => call('auditPage', { ...filter, after: pageParam, limit: PAGE }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
    staleTime: FRESH,
    enabled: online,
  });

export const useAuditCounts = (filter: AuditFilter, online: boolean) =>
  useQuery({
    queryKey: keys.auditCounts(filter),
    queryFn: () => call('auditCounts', filter),
    placeholderData: (before) => before,
    staleTime: FRESH,
    enabled: online,
  });

export const useAuditPeople = (online: boolean) =>
  useQuery({
    queryKey: keys.auditPeople,
    queryFn: () => call('auditPeople', undefined),
    staleTime: FRESH,
    enabled: online,
  });

export const useSubmissionHistory = (id: SubmissionId, online: boolean) =>
  useQuery({
    queryKey: keys.submissionHistory(id),
    queryFn: () => call('submissionHistory', { id }),
    staleTime: FRESH,
    enabled: online,
  });
