import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recoveryKeyForm } from '../../shared/keys.ts';
import { Enrolled, Enrolment, Keys } from '../../shared/wire.ts';
import { enrol } from '../accounts/enrol.ts';
import { bearerOf, digest } from '../accounts/token.ts';
import { guarded, NO_INPUT, open } from '../endpoint.ts';
import type { Parts } from '../parts.ts';

/** The keys that decisions and receipts are signed by: the service's own, and the workstations'. */
export function deviceRoutes(app: FastifyInstance, parts: Parts): void {
  open(app, parts, {
    method: 'GET',
    url: '/v1/keys',
    summary: 'What receipts are signed by, how that key came about, and what data keys are sealed to',
    input: NO_INPUT,
    answers: Keys,
    steps: async () => {
      const { signer, recovery } = parts;
      const signature = signer.sign(recoveryKeyForm(recovery.publicKey));
      return {
        algorithm: 'Ed25519' as const,
        publicKey: signer.publicKey,
        changes: [...signer.changes],
        recovery: { publicKey: recovery.publicKey, signature },
      };
    },
  });
  guarded(app, parts, {
    method: 'POST',
    url: '/v1/devices',
    summary: 'Enrols the key of a workstation, and tells where its chain of decisions stands',
    input: z.object({ body: Enrolment }),
    answers: Enrolled,
    work: async (db, { body, now, request }, person) => {
      const nonce = digest(bearerOf(request.headers.authorization) ?? '');
      return { device: body.device, head: await enrol(db, person, body, { nonce, now }) };
    },
  });
}
