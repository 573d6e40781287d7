import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CandidateSignIn, Session, SignIn } from '../../shared/wire.ts';
import { signIn } from '../accounts/sign-in.ts';
import { bearerOf, digest } from '../accounts/token.ts';
import { sessionView } from '../accounts/view.ts';
import { guarded, NO_INPUT, open } from '../endpoint.ts';
import type { Parts } from '../parts.ts';
import { deleteSession } from '../store/accounts.ts';
import { record } from '../store/audit.ts';

/** Sign-in of staff and of candidates, and sign-out. Attempts are limited per address and per name. */
export function sessionRoutes(app: FastifyInstance, parts: Parts): void {
  open(app, parts, {
    method: 'POST',
    url: '/v1/sessions',
    summary: 'Signs a reviewer or supervisor in',
    input: z.object({ body: SignIn }),
    answers: Session,
    limited: true,
    steps: async (transact, { body, now }) => {
      const opened = await signIn(parts, 'staff', body);
      return transact((db) => sessionView(db, opened, now));
    },
  });
  open(app, parts, {
    method: 'POST',
    url: '/v1/candidate/sessions',
    summary: 'Signs a candidate in',
    input: z.object({ body: CandidateSignIn }),
    answers: Session,
    limited: true,
    steps: async (transact, { body, now }) => {
      const opened = await signIn(parts, 'candidate', { account: body.registrationNumber, password: body.password });
      return transact((db) => sessionView(db, opened, now));
    },
  });
  guarded(app, parts, {
    method: 'DELETE',
    url: '/v1/sessions',
    summary: 'Signs out: the token is worth nothing from then on',
    input: NO_INPUT,
    work: async (db, { now, request }, person) => {
      const token = bearerOf(request.headers.authorization);
      if (token === null) return;
      await deleteSession(db, digest(token));
      await record(db, { at: now, accountId: person.id, kind: 'session.closed', subject: null, facts: {} });
    },
  });
}
