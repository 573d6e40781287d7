import { z } from 'zod';
import { STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import type { Claim } from '../../shared/claim.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { Reviewers, Session } from '../../shared/wire.ts';
import { callerOf } from '../factories/running-service.ts';
import type { Look } from './messages.ts';
import type { Station } from './station.ts';
import { shows } from './within.ts';

const ACCOUNT = 'supervisor1';

/**
 * A supervisor gives a submission to the n-th reviewer of its site, or to nobody (`null`). Gives whether the service did
 * it: a review that is concluded can be given to nobody.
 * @throws Error when the service can't be asked
 */
export async function giveTo(service: string, id: SubmissionId, reviewer: number | null): Promise<boolean> {
  const body = { account: ACCOUNT, password: STAFF_PASSWORD };
  const session = await callerOf(service, '').ask('POST', '/v1/sessions', { body });
  const caller = callerOf(service, Session.parse(session.body).token);
  const { reviewers } = await caller.get(`/v1/submissions/${id}/reviewers`, Reviewers);
  const to = reviewer === null ? null : (reviewers[reviewer]?.id ?? null);
  const reply = await caller.ask('POST', `/v1/submissions/${id}/claim/takeover`, { body: { to, reason: 'faults' } });
  if (reply.status === 200) return true;
  const { code } = z.object({ code: z.string() }).parse(reply.body);
  if (code === 'claim.closed' || code === 'claim.reviewer') return false;
  throw new Error(`the service did not move the claim: ${code}`);
}

/** Who has a submission, as a workstation shows it. */
export function claimOf({ submissions }: Look, id: SubmissionId): Claim | null {
  return submissions.find(({ base }) => base.id === id)?.base.claim ?? null;
}

/** Makes a submission nobody's, so that every reviewer may begin with it; whether all of them know. */
export async function makeFree(service: string, stations: readonly Station[], id: SubmissionId): Promise<boolean> {
  for (const station of stations) {
    if (!(await shows(station, ({ waiting }) => waiting === 0))) return false;
  }
  if (!(await giveTo(service, id, null))) return false;
  for (const station of stations) {
    if (!(await shows(station, (look) => claimOf(look, id) === null))) return false;
  }
  return true;
}
