import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SubmissionId } from '../../shared/ids.ts';
import { decisionsShownTo, shownTo } from '../../shared/second-look.ts';
import { Submission } from '../../shared/submission.ts';
import { DecisionHistory } from '../../shared/wire.ts';
import { scopeOf } from '../access.ts';
import { lapseIfDue } from '../candidate/lapse.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { decisionsOn } from '../store/decisions.ts';
import { policyOf } from '../store/policies.ts';
import { findSubmission } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';

const Input = z.object({ params: z.strictObject({ id: SubmissionId }) });

async function visible(db: Store, person: Person, id: SubmissionId): Promise<Submission> {
  const submission = await findSubmission(db, scopeOf(person), id);
  // The same answer for what lies out of scope and for what doesn't exist.
  if (!submission) throw new Failure('request.not_found');
  return submission;
}

/** `GET /v1/submissions/:id` and what was decided on it. */
export function submissionRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/submissions/:id',
    summary: 'One submission',
    input: Input,
    answers: Submission,
    work: async (db, { params, now }, person) => {
      await lapseIfDue(db, params.id, now);
      return shownTo(await visible(db, person, params.id), person, await policyOf(db, person.district));
    },
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/submissions/:id/decisions',
    summary: 'What was applied to a submission, in order',
    input: Input,
    answers: DecisionHistory,
    look: async (db, { params }, person) => {
      const submission = await visible(db, person, params.id);
      const policy = await policyOf(db, person.district);
      const decisions = await decisionsOn(db, submission.id);
      return { decisions: decisionsShownTo(decisions, submission, person, policy) };
    },
  });
}
