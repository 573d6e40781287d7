import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { ChainedDecision, type Decision, type Receipt } from './decision.ts';
import { Sha256 } from './ids.ts';

/** Ed25519 (RFC 8032) in lower-case hex, which has one text for each value: no other text verifies. */
export const Signature = z.string().regex(/^[0-9a-f]{128}$/);
export const PublicKey = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a workstation's chain stands: its last link; 0 and null before the first. */
export const Head = z
  .strictObject({ seq: z.number().int().nonnegative(), sha256: Sha256.nullable() })
  .refine(({ seq, sha256 }) => (seq === 0) === (sha256 === null), 'only the beginning has no hash');
export type Head = z.infer<typeof Head>;

/** A decision and the signature of its device over `decisionForm`. */
export const SignedDecision = z.strictObject({ decision: ChainedDecision, signature: Signature });
export type SignedDecision = z.infer<typeof SignedDecision>;

/** What stands in the chain for a decision that was never to be sent: its place and hash, without its content. */
export const Stub = z.strictObject({
  device: z.uuid(),
  deviceSeq: z.number().int().positive(),
  /** Of the canonical form of the decision. */
  sha256: Sha256,
  previous: Sha256.nullable(),
  withdrawn: z.literal(true),
});
export type Stub = z.infer<typeof Stub>;
/** A stub and the signature of its device over `stubForm`. */
export const SignedStub = Stub.extend({ signature: Signature });
export type SignedStub = z.infer<typeof SignedStub>;

/** One link of a workstation's chain as it is sent. */
export const SignedLink = z.union([SignedDecision, SignedStub]);
export type SignedLink = z.infer<typeof SignedLink>;

/** The device that a link is of. */
export function deviceOf(link: SignedLink): string {
  return 'decision' in link ? link.decision.device : link.device;
}

/** What is hashed and signed of a decision. */
export function decisionForm(decision: Decision): string {
  return canonicalJson(decision);
}

/** The form that a decision had before decisions were chained. */
export function unchainedForm({ previous: _, ...decision }: Decision): string {
  return canonicalJson(decision);
}

/** What is signed of a stub. */
export function stubForm({ device, deviceSeq, sha256, previous, withdrawn }: Stub): string {
  return canonicalJson({ device, deviceSeq, sha256, previous, withdrawn });
}

/**
 * What a device signs to be enrolled. `nonce` is the SHA-256 of the session's token: random, made by the service, and
 * another one at each sign-in, so that an old proof is worth nothing.
 */
export function enrolmentForm(
  { device, publicKey, start }: { device: string; publicKey: string; start: Head },
  nonce: string,
): string {
  return canonicalJson({ device, publicKey, start, nonce });
}

/** What the service signs of a receipt. */
export function receiptForm(receipt: Receipt): string {
  return canonicalJson(receipt);
}

/**
 * Whether a link follows a chain's head: the next one, one after others that are missing, or another one in a place
 * that is taken (or on another past).
 */
export function placeAfter(
  head: Head,
  { deviceSeq, previous }: { readonly deviceSeq: number; readonly previous: string | null },
): 'next' | 'gap' | 'fork' {
  if (deviceSeq > head.seq + 1) return 'gap';
  return deviceSeq === head.seq + 1 && previous === head.sha256 ? 'next' : 'fork';
}

/** Problems after which a decision has no place in the chain: every other answer takes the place. */
export const UNPLACED: ReadonlySet<string> = new Set(['decision.signature', 'decision.chain', 'device.unknown']);
/** The service can't read a decision at all: it will never be applied as it is, and has no place either. */
export const UNREADABLE: ReadonlySet<string> = new Set(['request.invalid', 'request.too_large']);
