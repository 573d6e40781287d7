import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SubmissionId } from '../../shared/ids.ts';
import type { Submission } from '../../shared/submission.ts';
import { ClaimAnswers, ClaimBatch, ReleaseBatch, Reviewers, TakenOver, Takeover } from '../../shared/wire.ts';
import { scopeOf } from '../access.ts';
import { claim, release, reviewersFor, takeOver } from '../claims.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { findSubmission } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';

const Params = z.strictObject({ id: SubmissionId });

async function visible(db: Store, person: Person, id: SubmissionId): Promise<Submission> {
  const submission = await findSubmission(db, scopeOf(person), id);
  if (!submission) throw new Failure('request.not_found');
  return submission;
}

/** Who reviews what: reviewers claim and give back, supervisors name somebody else. */
export function claimRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/claims',
    summary: 'Claims submissions to review; tells of each whose it is',
    input: z.object({ body: ClaimBatch }),
    answers: ClaimAnswers,
    work: (db, { body, now }, person) => claim(db, person, body.submissions, now),
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/claims/release',
    summary: 'Gives claims back',
    input: z.object({ body: ReleaseBatch }),
    work: (db, { body, now }, person) => release(db, person, body, now),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/submissions/:id/reviewers',
    summary: 'Who could review a submission now',
    input: z.object({ params: Params }),
    answers: Reviewers,
    look: async (db, { params }, person) => ({
      reviewers: await reviewersFor(db, await visible(db, person, params.id)),
    }),
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/submissions/:id/claim/takeover',
    summary: 'Gives a submission to a reviewer, or to nobody',
    input: z.object({ params: Params, body: Takeover }),
    answers: TakenOver,
    work: async (db, { params, body, now }, person) => {
      const { id } = await visible(db, person, params.id);
      return { claim: await takeOver(db, person, id, body, now) };
    },
  });
}
