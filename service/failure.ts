import type { ProblemCode } from '../shared/problem.ts';

/** An expected failure, to be answered as the problem with this code. `detail` holds no personal data. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ProblemCode;
  readonly detail: string | undefined;

  constructor(code: ProblemCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}
