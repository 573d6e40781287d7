import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  ConsistencyProof,
  ConsistencyQuery,
  Entries,
  EntriesQuery,
  InclusionProof,
  InclusionQuery,
  SignedTreeHead,
} from '../../shared/log.ts';
import { guarded, NO_INPUT } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import { signedHead } from '../log-head.ts';
import type { Parts } from '../parts.ts';
import { consistency, inclusion, treeSize } from '../store/tree.ts';
import { answeredEntry, entriesAfter, entryOf } from '../store/verify.ts';

/** The log of the service, provable to those who keep its signed heads (RFC 9162). */
export function logRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/log/head',
    summary: 'How far the log has grown, and the root of its Merkle tree, signed',
    input: NO_INPUT,
    answers: SignedTreeHead,
    look: (db, { now }) => signedHead(db, parts.signer, now),
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/log/consistency',
    summary: 'Proof that the log of a size begins with that of an earlier size',
    input: z.object({ query: ConsistencyQuery }),
    answers: ConsistencyProof,
    look: async (db, { query: { from, to } }) => {
      if (from > to || to > (await treeSize(db))) throw new Failure('request.invalid', 'sizes');
      return ConsistencyProof.parse({ path: await consistency(db, from, to) });
    },
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/log/inclusion',
    summary: 'The entry of an own decision that was answered, and the proof that it is in the log',
    input: z.object({ query: InclusionQuery }),
    answers: InclusionProof,
    look: async (db, { query: { decision, size } }, person) => {
      if (size > (await treeSize(db))) throw new Failure('request.invalid', 'size');
      const own = person.role === 'supervisor' ? null : person.id;
      const entry = await answeredEntry(db, decision, own);
      if (!entry || entry.n > size) throw new Failure('request.not_found');
      return InclusionProof.parse({ entry, path: await inclusion(db, entry.n, size) });
    },
  });
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/log/entries',
    summary: 'The entries of the log, in order',
    input: z.object({ query: EntriesQuery }),
    answers: Entries,
    look: async (db, { query: { after, limit } }) => ({ entries: (await entriesAfter(db, after, limit)).map(entryOf) }),
  });
}
