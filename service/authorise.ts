import { type Access, CANDIDATES, EVERYONE_SIGNED_IN, REVIEWERS, STAFF, SUPERVISORS } from './access.ts';

/** Who may use each route of the API, by method and path. What is not here nobody may use. */
export type Rules = Readonly<Record<string, Access>>;

/**
 * The one table of rights. The server refuses to start with a route that has no rule, and asks the table at every
 * request. What an account sees through a route is narrowed further by its scope (`scopeOf`).
 */
export const RULES: Rules = {
  'GET /v1/health': 'anyone',
  'GET /v1/keys': 'anyone',
  'POST /v1/sessions': 'anyone',
  'POST /v1/candidate/sessions': 'anyone',
  'DELETE /v1/sessions': EVERYONE_SIGNED_IN,
  'POST /v1/accounts/password': STAFF,
  'POST /v1/recovery': STAFF,
  'GET /v1/policy': EVERYONE_SIGNED_IN,
  'GET /v1/feed': STAFF,
  'GET /v1/images/:sha256': EVERYONE_SIGNED_IN,
  'GET /v1/submissions/:id': STAFF,
  'GET /v1/submissions/:id/decisions': STAFF,
  'GET /v1/submissions/:id/reviewers': SUPERVISORS,
  'POST /v1/submissions/:id/claim/takeover': SUPERVISORS,
  'POST /v1/devices': REVIEWERS,
  'POST /v1/decisions': REVIEWERS,
  'POST /v1/claims': REVIEWERS,
  'POST /v1/claims/release': REVIEWERS,
  'GET /v1/log/head': STAFF,
  'GET /v1/log/consistency': STAFF,
  'GET /v1/log/inclusion': STAFF,
  'GET /v1/log/entries': SUPERVISORS,
  'POST /v1/spot-checks': SUPERVISORS,
  'GET /v1/spot-checks': STAFF,
  'GET /v1/spot-checks/:id': STAFF,
  'GET /v1/spot-checks/:id/items/:n': STAFF,
  'POST /v1/spot-checks/:id/items/:n/judgements': STAFF,
  'GET /v1/spot-checks/:id/agreement': STAFF,
  'POST /v1/exports': SUPERVISORS,
  'POST /v1/audit/decisions': SUPERVISORS,
  'POST /v1/audit/counts': SUPERVISORS,
  'GET /v1/audit/people': SUPERVISORS,
  'GET /v1/submissions/:id/history': SUPERVISORS,
  'GET /v1/overview': SUPERVISORS,
  'GET /v1/candidate/submission': CANDIDATES,
  'PUT /v1/candidate/images/:slot': CANDIDATES,
  'POST /v1/candidate/submit': CANDIDATES,
};
