import { createHash } from 'node:crypto';
import { z } from 'zod';
import { entryForm, type InclusionProof, type SignedTreeHead } from '../../shared/log.ts';
import { isConsistent, isIncluded, leafHash, type Tree } from '../../shared/merkle.ts';
import type { Receipted } from '../store/log-heads.ts';

/** SHA-256 of bytes: the hash of the tree. */
export const sha256Bytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const treeOf = ({ head }: SignedTreeHead): Tree => ({ size: head.size, root: bytesOf(head.root) });

/** Whether a proof (hex) shows that the later log begins with all of the earlier. */
export function goesOn(earlier: SignedTreeHead, later: SignedTreeHead, path: readonly string[]): boolean {
  return isConsistent(sha256Bytes, treeOf(earlier), treeOf(later), path.map(bytesOf));
}

const Facts = z.object({ decision: z.string(), sha256: z.string(), outcome: z.string() });

/**
 * Whether an entry of the service's log tells of a decision as it is here, and is in the log of a head. The leaf is made
 * of the content; stored hashes are not asked.
 */
export function tellsOf(
  { id, sha256 }: Pick<Receipted, 'id' | 'sha256'>,
  signed: SignedTreeHead,
  { entry, path }: InclusionProof,
): boolean {
  const facts = Facts.safeParse(JSON.parse(entry.facts));
  if (!facts.success || entry.kind !== 'decision.answered') return false;
  const { decision, outcome, sha256: told } = facts.data;
  if (decision !== id || outcome !== 'applied' || told !== sha256) return false;
  const leaf = leafHash(sha256Bytes, Buffer.from(entryForm(entry)));
  return isIncluded(sha256Bytes, leaf, { index: entry.n - 1, ...treeOf(signed), path: path.map(bytesOf) });
}
