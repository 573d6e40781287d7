import { generateReplacement } from '../../../service/sample/district.ts';
import { Slot } from '../../../shared/ids.ts';
import type { Mark } from '../../../shared/mark.ts';
import { Submission } from '../../../shared/submission.ts';
import { Session } from '../../../shared/wire.ts';
import { type Caller, callerOf, decisionOn, send } from '../../factories/running-service.ts';
import { returning } from '../../factories/submission.ts';
import type { Accounts, ServiceProcess } from '../launch.ts';
import { type Planted, readTruth } from '../truth.ts';

/** Where it happens: the service, and who can sign in. */
export type Surroundings = { readonly service: Pick<ServiceProcess, 'url' | 'folder'>; readonly accounts: Accounts };

/** Another reviewer of the first site, past every desk. */
export async function colleagueOf({ service, accounts }: Surroundings, notThis: string): Promise<Caller> {
  const other = accounts.reviewers.find(
    ({ account, role, site }) => role === 'reviewer' && site === '990101' && account !== notThis,
  );
  if (!other) throw new Error('the sample has no second reviewer');
  const { account, password } = other;
  const reply = await callerOf(service.url, '').ask('POST', '/v1/sessions', { body: { account, password } });
  return callerOf(service.url, Session.parse(reply.body).token);
}

/** A submission as the service holds it. */
export function heldBy(caller: Caller, { submissionId }: Planted): Promise<Submission> {
  return caller.get(`/v1/submissions/${submissionId}`, Submission);
}

/**
 * A colleague returns pictures of a submission, and the candidate uploads others of the same papers and hands in again.
 * Gives the colleague, to ask the service.
 */
export async function replaceMeanwhile(
  surroundings: Surroundings,
  candidate: Planted,
  slots: readonly string[],
  notThis: string,
  marks: readonly Mark[] = [],
): Promise<Caller> {
  const { service } = surroundings;
  const colleague = await colleagueOf(surroundings, notThis);
  const of = await heldBy(colleague, candidate);
  const act = returning(of, slots, {
    reasons: ['Q02'],
    comment: '反光',
    ...(marks.length > 0 ? { marks: [...marks] } : {}),
  });
  const [answer] = await send(colleague, decisionOn(of, act));
  if (answer?.outcome !== 'applied') throw new Error(`the service did not take the return: ${answer?.outcome}`);
  const { registrationNumber } = candidate;
  const { seed, today } = await readTruth(service.folder);
  const pictures: Record<string, Buffer> = {};
  for (const slot of slots) {
    pictures[slot] = await generateReplacement({ seed, today, candidate: registrationNumber, slot: Slot.parse(slot) });
  }
  await uploadAgain(surroundings, registrationNumber, pictures);
  return colleague;
}

/** The candidate uploads these pictures, by their slots, in the place of those that were returned, and hands in again. */
export async function uploadAgain(
  { service, accounts }: Surroundings,
  registrationNumber: string,
  pictures: Readonly<Record<string, Buffer>>,
): Promise<void> {
  const account = accounts.candidates.find((one) => one.registrationNumber === registrationNumber);
  const body = { registrationNumber, password: account?.password };
  const session = await callerOf(service.url, '').ask('POST', '/v1/candidate/sessions', { body });
  const phone = callerOf(service.url, Session.parse(session.body).token);
  for (const [slot, bytes] of Object.entries(pictures)) {
    const { status } = await phone.ask('PUT', `/v1/candidate/images/${slot}`, {
      bytes,
      headers: { 'content-type': 'image/jpeg' },
    });
    if (status !== 200) throw new Error(`the service did not take ${slot}: ${status}`);
  }
  const { status } = await phone.ask('POST', '/v1/candidate/submit');
  if (status !== 200) throw new Error(`the service did not take the submission: ${status}`);
}
