import { type Language, type Problem, type ProblemCode, type ProblemFacts, problem } from '../shared/problem.ts';

export type FailureOptions = ErrorOptions & { readonly facts?: ProblemFacts | undefined };

/**
 * Something expected that the user is told about: a code of the closed list, not a bug. `detail` holds facts for the
 * log and never personal data.
 */
export class Failure extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  /** What the text for the user can name. */
  readonly facts: ProblemFacts | undefined;
  constructor(code: ProblemCode, detail?: string, options?: FailureOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
    this.facts = options?.facts;
  }
}

/** Codes of Node and SQLite for a disk that is full, gone or failing, and for a file that is damaged. */
const DISK = /^(ENOSPC|EDQUOT|EROFS|EIO|SQLITE_FULL|SQLITE_IOERR|SQLITE_READONLY|SQLITE_CANTOPEN)/;
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB|IOERR_READ|IOERR_SHORT_READ|IOERR_DATA)/;

/** Whether an error says that the content of a database file is not what was written. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && DAMAGE.test(error.code);
}

function diskFailure(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (isDamage(error)) return new Failure('store.damaged', error.code, { cause: error });
  return DISK.test(error.code) ? new Failure('store.write', error.code, { cause: error }) : null;
}

/** The problem to show for anything that was thrown; what isn't a `Failure` is a bug and becomes `desk.failed`. */
export function problemOf(error: unknown, language: Language): Problem {
  const failure = error instanceof Failure ? error : diskFailure(error);
  return failure ? problem(failure.code, language, failure.detail, failure.facts) : problem('desk.failed', language);
}

/** What was thrown as a `Failure`; what isn't one is a bug and becomes `desk.failed`. */
export function asFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure('desk.failed', undefined, { cause: error });
}
