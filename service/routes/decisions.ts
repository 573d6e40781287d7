import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DecisionId } from '../../shared/ids.ts';
import { type Language, problem } from '../../shared/problem.ts';
import { type Answer, Answers, DecisionBatch } from '../../shared/wire.ts';
import { REVIEWERS } from '../access.ts';
import { decide } from '../decide.ts';
import { guarded } from '../endpoint.ts';
import type { Parts } from '../parts.ts';
import type { Ruling } from '../store/decisions.ts';

/** A batch of 100 decisions with long comments stays well below this. */
const BATCH_BYTES = 4 * 1024 * 1024;

function answer(id: DecisionId, ruling: Ruling, language: Language): Answer {
  switch (ruling.outcome) {
    case 'applied':
      return { id, outcome: 'applied', receipt: ruling.receipt };
    case 'conflict':
      return { id, outcome: 'conflict', problem: problem(ruling.problem, language), slots: [...ruling.slots] };
    case 'refused':
      return { id, outcome: 'refused', problem: problem(ruling.problem, language) };
  }
}

/** `POST /v1/decisions`: each decision in its own transaction, in order, with one answer each. */
export function decisionRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/decisions',
    summary: 'Applies decisions in order; sending one again gives the same answer',
    access: REVIEWERS,
    bodyLimit: BATCH_BYTES,
    input: z.object({ body: DecisionBatch }),
    answers: Answers,
    steps: async (transact, { body, language }, person) => {
      const answers: Answer[] = [];
      for (const decision of body.decisions) {
        const now = parts.clock().toISOString();
        const ruling = await transact((db) => decide(db, person, decision, now));
        answers.push(answer(decision.id, ruling, language));
      }
      return { answers };
    },
  });
}
