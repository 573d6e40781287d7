import type { ProblemCode } from '../shared/problem.ts';
import { LEVELS, type Level } from '../shared/status.ts';
import { ROLES } from '../shared/wire.ts';
import type { Person } from './store/accounts.ts';
import type { Scope } from './store/scope.ts';

export type Role = (typeof ROLES)[number];

/**
 * Who may use a route. Every route has one; the server refuses to start with a route that has none. What an account
 * sees through it is narrowed further by its scope (own site, own district, own submission).
 */
export type Access = 'anyone' | AccountRule;
export type AccountRule = { readonly roles: readonly Role[]; readonly levels: readonly Level[] };

/** Reviewers and supervisors of any level. */
export const STAFF: AccountRule = { roles: ['reviewer', 'supervisor'], levels: LEVELS };
/** Reviewers alone: a supervisor reads everything and edits nothing (promise 11). */
export const REVIEWERS: AccountRule = { roles: ['reviewer'], levels: LEVELS };
/** Supervisors alone: they name another reviewer and read the log of everybody, and decide nothing. */
export const SUPERVISORS: AccountRule = { roles: ['supervisor'], levels: LEVELS };
export const CANDIDATES: AccountRule = { roles: ['candidate'], levels: [] };
export const EVERYONE_SIGNED_IN: AccountRule = { roles: ROLES, levels: LEVELS };

/** What somebody is told whom a rule doesn't let in. */
export function denial(access: Access | undefined, { role }: Person): ProblemCode {
  const changes = access === REVIEWERS && role === 'supervisor';
  return changes ? 'duty.supervisor' : 'account.not_allowed';
}

/** Whether a rule lets an account in. */
export function allows(access: Access, { role, level }: Person): boolean {
  if (access === 'anyone') return true;
  if (!access.roles.includes(role)) return false;
  return role === 'candidate' || (level !== null && access.levels.includes(level));
}

type ScopeRule = 'own' | 'point' | 'site' | 'district reviewer' | 'district supervisor';

function need<T>(value: T | null, what: string, { id }: Person): T {
  if (value === null) throw new Error(`account ${id} has no ${what}`);
  return value;
}

/**
 * The submissions that an account may see: candidates their own; point and site those of theirs; reviewers of the
 * district those that have come to it, its supervisors all of it (promise 11).
 */
export const SCOPES: Record<ScopeRule, (person: Person) => Scope> = {
  own: (person) => ({ kind: 'own', submissionId: need(person.submissionId, 'submission', person) }),
  point: (person) => ({ kind: 'point', point: need(person.point, 'point', person) }),
  site: (person) => ({ kind: 'site', site: need(person.site, 'site', person) }),
  'district reviewer': ({ district }) => ({ kind: 'district', district, passed: true }),
  'district supervisor': ({ district }) => ({ kind: 'district', district, passed: false }),
};

function scopeRule({ role, level }: Person): ScopeRule {
  if (role === 'candidate') return 'own';
  if (level === 'point' || level === 'site') return level;
  return role === 'reviewer' ? 'district reviewer' : 'district supervisor';
}

/** The submissions that an account may see. */
export function scopeOf(person: Person): Scope {
  return SCOPES[scopeRule(person)](person);
}
