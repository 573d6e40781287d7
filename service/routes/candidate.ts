import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Slot } from '../../shared/ids.ts';
import { CandidateView } from '../../shared/wire.ts';
import { ownSubmission } from '../candidate/own.ts';
import { submit } from '../candidate/submit.ts';
import { upload } from '../candidate/upload.ts';
import { candidateView } from '../candidate/view.ts';
import { guarded, NO_INPUT } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { policyOf } from '../store/policies.ts';
import type { Kept } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';

/** No policy allows larger pictures than this; what it does allow is checked against the policy. */
export const LARGEST_UPLOAD = 4 * 1024 * 1024;

async function viewOf(db: Store, kept: Kept): Promise<CandidateView> {
  return candidateView(kept, await policyOf(db, kept.submission.district));
}

/** The candidate's own view, upload and re-submission. */
export function candidateRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/candidate/submission',
    summary: 'The candidate’s own submission: state, message, pictures',
    input: NO_INPUT,
    answers: CandidateView,
    work: async (db, { now }, person) => viewOf(db, await ownSubmission(db, person, now)),
  });
  guarded(app, parts, {
    method: 'PUT',
    url: '/v1/candidate/images/:slot',
    summary: 'Uploads a picture for a place that is asked for',
    input: z.object({ params: z.strictObject({ slot: Slot }) }),
    binary: true,
    bodyLimit: LARGEST_UPLOAD,
    answers: CandidateView,
    steps: async (_, { params, now, request }, person) => {
      const bytes = request.body;
      if (!Buffer.isBuffer(bytes)) throw new Failure('image.format');
      const { kept, policy } = await upload(parts, person, { slot: params.slot, bytes, now });
      return candidateView(kept, policy);
    },
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/candidate/submit',
    summary: 'Hands a returned submission in again',
    input: NO_INPUT,
    answers: CandidateView,
    steps: async (transact, { now }, person) => {
      // Committed on its own: a refusal to submit must not undo that the time is over.
      await transact((db) => ownSubmission(db, person, now));
      return transact(async (db) => viewOf(db, await submit(db, person, now)));
    },
  });
}
