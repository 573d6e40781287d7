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

/** Whether a rule lets an account in. */
export function allows(access: Access, { role, level }: Person): boolean {
  if (access === 'anyone') return true;
  if (!access.roles.includes(role)) return false;
  return role === 'candidate' || (level !== null && access.levels.includes(level));
}

/**
 * The submissions that an account may see: a candidate their own; point and site those of theirs; the district
 * level those that a site has passed, and its supervisors all of the district (promise 11).
 */
export function scopeOf(person: Person): Scope {
  if (person.role === 'candidate') {
    if (person.submissionId === null) throw new Error(`candidate account ${person.id} has no submission`);
    return { kind: 'own', submissionId: person.submissionId };
  }
  if (person.level === 'district') {
    return { kind: 'district', district: person.district, passed: person.role === 'reviewer' };
  }
  if (person.level === 'point') {
    if (person.point === null) throw new Error(`account ${person.id} of a 报名点 has none`);
    return { kind: 'point', point: person.point };
  }
  if (person.site === null) throw new Error(`site account ${person.id} has no site`);
  return { kind: 'site', site: person.site };
}
