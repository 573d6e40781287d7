import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Which submissions an account may see. Every query of submissions takes one, so that none can forget it.
 * `passed`: only those that the site has passed at least once, which is when they become the district level's business.
 */
export type Scope =
  | { readonly kind: 'point'; readonly point: string }
  | { readonly kind: 'site'; readonly site: string }
  | { readonly kind: 'district'; readonly district: string; readonly passed: boolean }
  | { readonly kind: 'own'; readonly submissionId: string };

/** The condition on `submissions` that keeps a query inside a scope. Drafts are the candidate's alone. */
export function inScope(eb: ExpressionBuilder<Tables, 'submissions'>, scope: Scope): Expression<SqlBool> {
  switch (scope.kind) {
    case 'point':
      return eb.and([eb('submissions.point', '=', scope.point), eb('submissions.status', '!=', 'draft')]);
    case 'site':
      return eb.and([eb('submissions.site', '=', scope.site), eb('submissions.status', '!=', 'draft')]);
    case 'district':
      return eb.and([
        eb('submissions.district', '=', scope.district),
        eb('submissions.status', '!=', 'draft'),
        ...(scope.passed ? [eb('submissions.reached_district', '=', 1)] : []),
      ]);
    case 'own':
      return eb('submissions.id', '=', scope.submissionId);
  }
}
