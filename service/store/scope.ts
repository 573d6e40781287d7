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

/** What a scope compares with. */
export function placeOf(scope: Scope): string {
  switch (scope.kind) {
    case 'point':
      return scope.point;
    case 'site':
      return scope.site;
    case 'district':
      return scope.district;
    case 'own':
      return scope.submissionId;
  }
}

function moved(scope: Scope, place: string): Scope {
  switch (scope.kind) {
    case 'point':
      return { ...scope, point: place };
    case 'site':
      return { ...scope, site: place };
    case 'district':
      return { ...scope, district: place };
    case 'own':
      return { ...scope, submissionId: place };
  }
}

/** Makes something once for scopes that differ in their place alone. `at` gives such a scope of another place. */
export function eachScope<Made>(make: (at: (place: string) => Scope) => Made): (scope: Scope) => Made {
  const made = new Map<string, Made>();
  return (scope) => {
    const key = scope.kind === 'district' && scope.passed ? 'passed' : scope.kind;
    const known = made.get(key) ?? make((place) => moved(scope, place));
    made.set(key, known);
    return known;
  };
}
