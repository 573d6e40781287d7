import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deviceOf, type Head, receiptForm } from '../../shared/chain.ts';
import type { DecisionId } from '../../shared/ids.ts';
import { type Language, problem } from '../../shared/problem.ts';
import { type Answer, Answers, DecisionBatch } from '../../shared/wire.ts';
import { decide, prepared, skip } from '../decide.ts';
import { guarded } from '../endpoint.ts';
import { type Parts, reading } from '../parts.ts';
import type { Signer } from '../signature.ts';
import type { Person } from '../store/accounts.ts';
import type { Ruling } from '../store/decisions.ts';
import { findDevice, headOf } from '../store/devices.ts';
import type { Store } from '../store/tables.ts';

/** A batch of 100 decisions with long comments stays well below this. */
const BATCH_BYTES = 4 * 1024 * 1024;

function answer(id: DecisionId, ruling: Ruling, language: Language, { sign }: Signer): Answer {
  switch (ruling.outcome) {
    case 'applied':
      return { id, outcome: 'applied', receipt: ruling.receipt, signature: sign(receiptForm(ruling.receipt)) };
    case 'conflict':
      return {
        id,
        outcome: 'conflict',
        problem: {
          ...problem(ruling.problem, language),
          ...(ruling.claim === undefined ? {} : { claim: ruling.claim }),
        },
        slots: [...ruling.slots],
      };
    case 'refused':
      return { id, outcome: 'refused', problem: problem(ruling.problem, language) };
  }
}

/** Where the chain of a device stands; null for one that isn't the person's. */
async function standOf(db: Store, person: Person, id: string): Promise<Head | null> {
  const device = await findDevice(db, id);
  return device?.accountId === person.id ? headOf(db, device) : null;
}

/** `POST /v1/decisions`: each link in its own transaction, in order, with one answer for each decision. */
export function decisionRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/decisions',
    summary: 'Applies decisions in order; sending one again gives the same answer',
    bodyLimit: BATCH_BYTES,
    input: z.object({ body: DecisionBatch }),
    answers: Answers,
    steps: async (transact, { body, language }, person) => {
      const answers: Answer[] = [];
      const [first] = body.decisions;
      // A device's key does not change: what it signed can be seen before the transaction.
      const device = first ? await findDevice(parts.db, deviceOf(first)) : null;
      for (const link of body.decisions) {
        const now = parts.clock().toISOString();
        if ('decision' in link) {
          const ready = prepared(link, device?.publicKey ?? null);
          const ruling = await transact((db) => decide(db, person, ready, now));
          answers.push(answer(link.decision.id, ruling, language, parts.signer));
        } else {
          await transact((db) => skip(db, person, link, now));
        }
      }
      const head = first ? await reading(parts, (db) => standOf(db, person, deviceOf(first))) : null;
      return { answers, head };
    },
  });
}
