import { createHash, randomUUID } from 'node:crypto';
import { isSignedBy, type KeyPair, newKeyPair, signText } from '../../electron/signature.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import {
  decisionForm,
  enrolmentForm,
  Head,
  receiptForm,
  type SignedDecision,
  type SignedStub,
  type Stub,
  stubForm,
} from '../../shared/chain.ts';
import { ChainedDecision, type Decision } from '../../shared/decision.ts';
import { Sha256 } from '../../shared/ids.ts';
import { type Answer, Enrolled, type Enrolment, Keys } from '../../shared/wire.ts';
import type { Caller, Reply } from './running-service.ts';

/** A workstation's device as a test holds it: its key, and where its chain stands. */
export type TestDevice = KeyPair & { readonly uuid: string; readonly start: Head; head: Head };

/** SHA-256 of a text, hex. */
export function shaOf(text: string): Sha256 {
  return Sha256.parse(createHash('sha256').update(text).digest('hex'));
}

/** A new device with a new key, not enrolled. */
export function newTestDevice(overrides: Partial<TestDevice> = {}): TestDevice {
  const start: Head = { seq: 0, sha256: null };
  return { uuid: randomUUID(), ...newKeyPair(), start, head: start, ...overrides };
}

/** A decision in the next place of a device's chain; the chain does not move on. */
export function linkAfter(device: TestDevice, decision: Decision, overrides: Partial<Decision> = {}): SignedDecision {
  const { uuid, head } = device;
  const place = { device: uuid, deviceSeq: head.seq + 1, previous: head.sha256 };
  const chained = ChainedDecision.parse({ ...decision, ...place, ...overrides });
  return { decision: chained, signature: signText(device, decisionForm(chained)) };
}

/** The same, and the chain moves on. */
export function takeLink(device: TestDevice, decision: Decision): SignedDecision {
  const link = linkAfter(device, decision);
  device.head = Head.parse({ seq: link.decision.deviceSeq, sha256: shaOf(decisionForm(link.decision)) });
  return link;
}

/** What stands for a withdrawn decision in the next place; the chain moves on. */
export function takeStub(device: TestDevice, decision: Decision): SignedStub {
  const { head } = device;
  const link = takeLink(device, decision);
  const sha256 = shaOf(decisionForm(link.decision));
  const stub: Stub = {
    device: device.uuid,
    deviceSeq: head.seq + 1,
    sha256,
    previous: head.sha256,
    withdrawn: true,
  };
  return { ...stub, signature: signText(device, stubForm(stub)) };
}

/** What a device asks to be enrolled with, in the session of a token. */
export function enrolmentOf(device: TestDevice, token: string): Enrolment {
  const { uuid, publicKey, start } = device;
  const form = enrolmentForm({ device: uuid, publicKey, start }, shaOf(token));
  return { device: uuid, publicKey, start, signature: signText(device, form) };
}

/** Asks for the enrolment of a device. */
export function askEnrolment(caller: Caller, device: TestDevice): Promise<Reply> {
  return caller.ask('POST', '/v1/devices', { body: enrolmentOf(device, caller.token) });
}

/** Enrols a device; gives where its chain stands at the service. */
export async function enrol(caller: Caller, device: TestDevice): Promise<Head> {
  const reply = await askEnrolment(caller, device);
  if (reply.status !== 200) throw new Error(`devices: ${reply.status} ${JSON.stringify(reply.body)}`);
  return Enrolled.parse(reply.body).head;
}

type Desk = { readonly device: TestDevice; readonly signed: Map<string, SignedDecision> };
const desks = new Map<string, Promise<Desk>>();

async function openDesk(caller: Caller): Promise<Desk> {
  const device = newTestDevice();
  // Who may not enrol asks all the same in some tests, and is told so by the routes after it.
  await askEnrolment(caller, device);
  return { device, signed: new Map() };
}

/**
 * Decisions as the caller's own workstation would send them: each in its next place, the same one always in the same.
 */
export async function signedBy(caller: Caller, decisions: readonly Decision[]): Promise<SignedDecision[]> {
  const desk = desks.get(caller.token) ?? openDesk(caller);
  desks.set(caller.token, desk);
  const { device, signed } = await desk;
  return decisions.map((decision) => {
    const key = canonicalJson(decision);
    const link = signed.get(key) ?? takeLink(device, decision);
    signed.set(key, link);
    return link;
  });
}

/** Whether an answer carries a receipt that the service signed. */
export async function isReceipted(caller: Caller, answer: Answer | undefined): Promise<boolean> {
  const { publicKey } = await caller.get('/v1/keys', Keys);
  return answer?.outcome === 'applied' && isSignedBy(publicKey, receiptForm(answer.receipt), answer.signature);
}
