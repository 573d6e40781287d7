import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  AuditAsk,
  AuditCounts,
  AuditFilter,
  AuditPage,
  AuditPeople,
  SubmissionHistory,
} from '../../shared/audit/wire.ts';
import { SubmissionId } from '../../shared/ids.ts';
import { scopeOf } from '../access.ts';
import { guarded, NO_INPUT } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { auditPage, auditPeople, auditTally, auditTotal } from '../store/audit-search.ts';
import { historyOf } from '../store/submission-history.ts';
import { findSubmission } from '../store/submissions.ts';

/** 审计: every decision of a supervisor's own 报名点, 考点 or 考区, and all that happened to a candidate. */
export function auditRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/audit/decisions',
    summary: 'Decisions that fit a filter, newest first, by pages',
    input: z.object({ body: AuditAsk }),
    answers: AuditPage,
    look: (db, { body }, person) => auditPage(db, scopeOf(person), body),
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/audit/counts',
    summary: 'How many decisions fit a filter, and how many there are by kind and outcome',
    input: z.object({ body: AuditFilter }),
    answers: AuditCounts,
    look: async (db, { body }, person) => {
      const scope = scopeOf(person);
      return { ...(await auditTotal(db, scope, body)), ...(await auditTally(db, scope)) };
    },
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/audit/people',
    summary: 'Who has decided, by name',
    input: NO_INPUT,
    answers: AuditPeople,
    look: async (db, _, person) => ({ people: await auditPeople(db, scopeOf(person)) }),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/submissions/:id/history',
    summary: 'Everything that happened to a submission, with the pictures as they were',
    input: z.object({ params: z.strictObject({ id: SubmissionId }) }),
    answers: SubmissionHistory,
    look: async (db, { params }, person) => {
      const submission = await findSubmission(db, scopeOf(person), params.id);
      if (!submission) throw new Failure('request.not_found');
      return { submission, events: await historyOf(db, submission.id) };
    },
  });
}
