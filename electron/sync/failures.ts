import { Problem, type ProblemCode } from '../../shared/problem.ts';
import { Failure } from '../failure.ts';

/** A failure of the network or of the service's answer. */
export class ServiceFailure extends Failure {
  /** `no`: the request surely had no effect. `perhaps`: it may have been carried out though no answer came. */
  readonly effect: 'no' | 'perhaps';
  constructor(code: ProblemCode, effect: 'no' | 'perhaps', detail?: string, options?: ErrorOptions) {
    super(code, detail, options);
    this.name = 'ServiceFailure';
    this.effect = effect;
  }
}

const CODES: Readonly<Record<string, readonly [code: ProblemCode, effect: 'no' | 'perhaps']>> = {
  ENOTFOUND: ['network.address', 'no'],
  EAI_AGAIN: ['network.address', 'no'],
  ECONNREFUSED: ['network.refused', 'no'],
  EHOSTUNREACH: ['network.refused', 'no'],
  ENETUNREACH: ['network.refused', 'no'],
  EHOSTDOWN: ['network.refused', 'no'],
  ENETDOWN: ['network.refused', 'no'],
  EADDRNOTAVAIL: ['network.refused', 'no'],
  UND_ERR_CONNECT_TIMEOUT: ['network.timeout', 'no'],
  ETIMEDOUT: ['network.timeout', 'perhaps'],
  UND_ERR_HEADERS_TIMEOUT: ['network.timeout', 'perhaps'],
  UND_ERR_BODY_TIMEOUT: ['network.timeout', 'perhaps'],
  ECONNRESET: ['network.refused', 'perhaps'],
  EPIPE: ['network.refused', 'perhaps'],
  UND_ERR_SOCKET: ['network.refused', 'perhaps'],
  UND_ERR_CLOSED: ['network.refused', 'perhaps'],
  UND_ERR_DESTROYED: ['network.refused', 'perhaps'],
  UND_ERR_ABORTED: ['network.refused', 'perhaps'],
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: ['network.refused', 'perhaps'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['network.refused', 'perhaps'],
  CERT_NOT_YET_VALID: ['network.clock', 'no'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['network.not_service', 'no'],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['network.not_service', 'no'],
};
const TLS =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|EPROTO)/;

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'AbortError' ? 'UND_ERR_ABORTED' : codeOf(error.cause);
}

/** What a failed request means. The detail is the system's code, without address or content. */
export function networkFailure(error: unknown): ServiceFailure {
  const system = codeOf(error);
  const known = CODES[system];
  if (known) return new ServiceFailure(known[0], known[1], system, { cause: error });
  if (TLS.test(system)) return new ServiceFailure('network.certificate', 'no', system, { cause: error });
  if (system.startsWith('HPE_')) return new ServiceFailure('network.not_service', 'perhaps', system, { cause: error });
  return new ServiceFailure('network.refused', 'perhaps', system || 'unknown', { cause: error });
}

/** What an answer other than 2xx means: the service's own problem, or that something else answered. */
export function answerFailure(status: number, body: string): ServiceFailure {
  const problem = parseProblem(body);
  if (problem) return new ServiceFailure(problem.code, status >= 500 ? 'perhaps' : 'no', problem.detail);
  if (status >= 500) return new ServiceFailure('service.failed', 'perhaps', `HTTP ${status}`);
  return new ServiceFailure('network.not_service', 'no', `HTTP ${status}`);
}

function parseProblem(body: string): Problem | null {
  try {
    const parsed = Problem.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
