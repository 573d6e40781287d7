import { type Language, type Problem, type ProblemCode, problem } from '../shared/problem.ts';

/**
 * Something expected that the user is told about: a code of the closed list, not a bug. `detail` holds facts for the
 * log and never personal data.
 */
export class Failure extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  constructor(code: ProblemCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
  }
}

/** The problem to show for anything that was thrown; what isn't a `Failure` is a bug and becomes `desk.failed`. */
export function problemOf(error: unknown, language: Language): Problem {
  return error instanceof Failure ? problem(error.code, language, error.detail) : problem('desk.failed', language);
}

/** What was thrown as a `Failure`; what isn't one is a bug and becomes `desk.failed`. */
export function asFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure('desk.failed', undefined, { cause: error });
}
