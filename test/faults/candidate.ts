import { CANDIDATE_PASSWORD } from '../../service/sample-accounts.ts';
import { CandidateView, Session } from '../../shared/wire.ts';
import { png } from '../factories/pictures.ts';
import { callerOf } from '../factories/running-service.ts';

/**
 * The candidate of a returned submission uploads another picture wherever one is asked for, and hands in again.
 * @throws Error when the service refuses
 */
export async function replacePictures(service: string, registrationNumber: string, number: number): Promise<void> {
  const body = { registrationNumber, password: CANDIDATE_PASSWORD };
  const session = await callerOf(service, '').ask('POST', '/v1/candidate/sessions', { body });
  const caller = callerOf(service, Session.parse(session.body).token);
  const view = await caller.get('/v1/candidate/submission', CandidateView);
  const places = [...view.images.filter(({ unlocked }) => unlocked), ...view.wanted];
  for (const [index, { slot }] of places.entries()) {
    const bytes = png(50_000 + number * 50 + index, { padding: 2500 });
    const { status } = await caller.ask('PUT', `/v1/candidate/images/${slot}`, { bytes });
    if (status !== 200) throw new Error(`the service did not take ${slot}: ${status}`);
  }
  const { status } = await caller.ask('POST', '/v1/candidate/submit');
  if (status !== 200) throw new Error(`the service did not take the submission: ${status}`);
}
