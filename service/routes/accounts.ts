import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RecoveryAnswer, RecoveryAsk } from '../../shared/keys.ts';
import { PasswordChange } from '../../shared/wire.ts';
import { changePassword } from '../accounts/change-password.ts';
import { bearerOf } from '../accounts/token.ts';
import { guarded } from '../endpoint.ts';
import type { Parts } from '../parts.ts';
import { openDataKey } from '../recovery/open.ts';

/** What staff do with their own account: another password, and the key to their data after a reset. */
export function accountRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/accounts/password',
    summary: 'Changes the own password; all other sessions of the account end',
    input: z.object({ body: PasswordChange }),
    limited: true,
    steps: async (_, { body, now, request }, person) => {
      const token = bearerOf(request.headers.authorization) ?? '';
      await changePassword(parts, person, body, { token, now });
    },
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/recovery',
    summary: 'Opens the sealed data key of an own profile, while the administrator allows it',
    input: z.object({ body: RecoveryAsk }),
    answers: RecoveryAnswer,
    limited: true,
    steps: async (_, { body, now }, person) => ({ sealed: await openDataKey(parts, person, body, now) }),
  });
}
