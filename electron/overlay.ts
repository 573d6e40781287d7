import { apply } from '../shared/apply.ts';
import type { Decision, Receipt } from '../shared/decision.ts';
import type { Policy } from '../shared/policy.ts';
import type { Level } from '../shared/status.ts';
import type { Submission } from '../shared/submission.ts';

/** A decision that the service's copy may not show yet. */
export type Pending = { readonly decision: Decision; readonly receipt: Receipt | null };

/** By which rules this reviewer decides. */
export type Rules = { readonly level: Level; readonly policy: Policy };

/**
 * Whether a decision has to be shown on top of the service's copy: until it is answered, and after that until the feed
 * has brought a copy that carries it. Without the second half a decision would vanish between answer and pull.
 */
export function hides(receipt: Receipt | null, base: { readonly epoch: string; readonly seq: number }): boolean {
  return receipt === null || (receipt.epoch === base.epoch && receipt.seq > base.seq);
}

/**
 * The submission as it will be when the service has applied the decisions, in their order. A decision that no longer
 * fits is left out: the service will say so too, and then it is a conflict in sight.
 */
export function overlay(base: Submission, pending: readonly Pending[], rules: Rules): Submission {
  return pending.reduce((current, { decision, receipt }) => {
    const applied = apply(current, decision, { ...rules, at: receipt?.appliedAt ?? decision.madeAt });
    return applied.ok ? applied.submission : current;
  }, base);
}
