import { createHash } from 'node:crypto';
import { decisionForm } from '../../shared/chain.ts';
import type { Decision } from '../../shared/decision.ts';
import { Sha256 } from '../../shared/ids.ts';
import { sql, type Writer } from './database.ts';

/** SHA-256 of the canonical JSON of a decision: what a receipt names. */
export function decisionSha256(decision: Decision): Sha256 {
  return Sha256.parse(createHash('sha256').update(decisionForm(decision)).digest('hex'));
}

/** Keeps a decision with its device's signature, for good; null when the signature is lost and can't be made again. */
export function insertDecision(db: Writer, decision: Decision, signature: string | null): void {
  sql(db, 'INSERT INTO decisions (seq, id, submission_id, body, sha256, signature) VALUES (?, ?, ?, ?, ?, ?)').run(
    decision.deviceSeq,
    decision.id,
    decision.submissionId,
    JSON.stringify(decision),
    decisionSha256(decision),
    signature,
  );
}
