import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { PublicKey, Signature } from './chain.ts';
import { Instant, Sha256 } from './ids.ts';
import { KeyChange } from './keys.ts';

/** `previous` of the first entry of a log. */
export const LOG_START = '0'.repeat(64);

/**
 * An entry of the service's log. `facts` is canonical JSON of ids, codes and hashes, never of personal data; of a
 * decision it holds the hash of what was decided.
 */
export const LogEntry = z.strictObject({
  /** From 1, without gaps. */
  n: z.number().int().positive(),
  at: Instant,
  accountId: z.string().nullable(),
  kind: z.string(),
  subject: z.string().nullable(),
  facts: z.string(),
  /** `hash` of the entry before. */
  previous: Sha256,
  /** SHA-256 of `entryForm`. */
  hash: Sha256,
});
export type LogEntry = z.infer<typeof LogEntry>;

/** What is hashed of an entry, in the chain of hashes and as leaf `n - 1` of the tree. */
export function entryForm({ n, at, accountId, kind, subject, facts, previous }: Omit<LogEntry, 'hash'>): string {
  // The canonical form (RFC 8785) of an object of these seven members, of which only `n` is no text: written out because
  // a verifier makes it of every entry of a log.
  const text = JSON.stringify;
  return `{"accountId":${text(accountId)},"at":${text(at)},"facts":${text(facts)},"kind":${text(kind)},"n":${n},"previous":${text(previous)},"subject":${text(subject)}}`;
}

/** How far the log has grown, and the root of the Merkle tree (RFC 9162 §2.1) over its entries. */
export const TreeHead = z.strictObject({
  size: z.number().int().nonnegative(),
  root: Sha256,
  /** The feed's epoch: another one means that the service was restored from a backup. */
  epoch: z.string(),
  at: Instant,
});
export type TreeHead = z.infer<typeof TreeHead>;
export const SignedTreeHead = z.strictObject({ head: TreeHead, signature: Signature });
export type SignedTreeHead = z.infer<typeof SignedTreeHead>;

/** What the service signs of a tree head. */
export function treeHeadForm({ size, root, epoch, at }: TreeHead): string {
  return canonicalJson({ log: 'review-desk', size, root, epoch, at });
}

/** Hashes of a proof, in its order. */
export const ProofPath = z.array(Sha256).max(128);

/** `GET /v1/log/consistency?from=&to=`: that the log of `to` entries begins with that of `from` (RFC 9162 §2.1.4). */
export const ConsistencyQuery = z.strictObject({
  from: z.coerce.number().int().nonnegative(),
  to: z.coerce.number().int().nonnegative(),
});
export const ConsistencyProof = z.strictObject({ path: ProofPath });

/** `GET /v1/log/inclusion?decision=&size=`: the entry of an answered decision, and that it is in the log (§2.1.3). */
export const InclusionQuery = z.strictObject({ decision: z.uuid(), size: z.coerce.number().int().positive() });
export const InclusionProof = z.strictObject({ entry: LogEntry, path: ProofPath });
export type InclusionProof = z.infer<typeof InclusionProof>;

/** `GET /v1/log/entries?after=&limit=` */
export const EntriesQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
});
export const Entries = z.strictObject({ entries: z.array(LogEntry) });

/** First line of an exported log; each further line is a `LogEntry`. */
export const LogExport = z.strictObject({
  format: z.literal('review-desk-log'),
  version: z.literal(1),
  exportedAt: Instant,
  /** Account that exported. */
  by: z.string(),
  /** The service's key, by which the head is signed. */
  publicKey: PublicKey,
  /** How the key came to be the present one, where it was changed: heads of before are signed by the keys of before. */
  changes: z.array(KeyChange).max(1000).optional(),
  head: TreeHead,
  signature: Signature,
});
export type LogExport = z.infer<typeof LogExport>;
