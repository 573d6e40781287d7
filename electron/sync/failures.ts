import { Problem, type ProblemCode } from '../../shared/problem.ts';
import { Failure, type FailureOptions } from '../failure.ts';

type Effect = 'no' | 'perhaps';

/** A failure of the network or of the service's answer. */
export class ServiceFailure extends Failure {
  /** `no`: the request surely had no effect. `perhaps`: it may have been carried out though no answer came. */
  readonly effect: Effect;
  constructor(code: ProblemCode, effect: Effect, detail?: string, options?: FailureOptions) {
    super(code, detail, options);
    this.name = 'ServiceFailure';
    this.effect = effect;
  }
}

/** Whether a failure means that the service is out of reach for now; others are its answers. */
export function isAway(error: unknown): error is Failure {
  return error instanceof Failure && error.code.startsWith('network.');
}

const CODES: Readonly<Record<string, readonly [code: ProblemCode, effect: Effect]>> = {
  ENETUNREACH: ['network.offline', 'no'],
  ENETDOWN: ['network.offline', 'no'],
  EADDRNOTAVAIL: ['network.offline', 'no'],
  ENOTFOUND: ['network.address', 'no'],
  EAI_AGAIN: ['network.address', 'no'],
  EAI_NODATA: ['network.address', 'no'],
  ECONNREFUSED: ['network.refused', 'no'],
  EHOSTUNREACH: ['network.timeout', 'no'],
  EHOSTDOWN: ['network.timeout', 'no'],
  UND_ERR_CONNECT_TIMEOUT: ['network.timeout', 'no'],
  ETIMEDOUT: ['network.timeout', 'perhaps'],
  UND_ERR_HEADERS_TIMEOUT: ['network.stalled', 'perhaps'],
  UND_ERR_BODY_TIMEOUT: ['network.stalled', 'perhaps'],
  ECONNRESET: ['network.broken', 'perhaps'],
  EPIPE: ['network.broken', 'perhaps'],
  UND_ERR_SOCKET: ['network.broken', 'perhaps'],
  UND_ERR_CLOSED: ['network.broken', 'perhaps'],
  UND_ERR_DESTROYED: ['network.broken', 'perhaps'],
  UND_ERR_ABORTED: ['network.broken', 'perhaps'],
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: ['network.broken', 'perhaps'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['network.broken', 'perhaps'],
  CERT_NOT_YET_VALID: ['network.clock', 'no'],
  CERT_HAS_EXPIRED: ['network.certificate_expired', 'no'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['network.certificate_self_signed', 'no'],
  SELF_SIGNED_CERT_IN_CHAIN: ['network.certificate_unknown', 'no'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['network.certificate_unknown', 'no'],
  UNABLE_TO_GET_ISSUER_CERT: ['network.certificate_unknown', 'no'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['network.certificate_unknown', 'no'],
  CERT_UNTRUSTED: ['network.certificate_unknown', 'no'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['network.certificate_host', 'no'],
  HOSTNAME_MISMATCH: ['network.certificate_host', 'no'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['network.not_service', 'no'],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['network.not_service', 'no'],
};
const TLS =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|EPROTO)/;
/** What says most when a host with several addresses was tried at all of them. */
const TELLING = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
/** Failures before a connection stands; with a proxy it is the proxy's. */
const UNCONNECTED = new Set<ProblemCode>(['network.address', 'network.refused', 'network.timeout']);

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(codeOf);
    return TELLING.find((code) => codes.includes(code)) ?? codes[0] ?? '';
  }
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.name === 'HTTPParserError') return 'HPE_UNKNOWN';
  return error.name === 'AbortError' ? 'UND_ERR_ABORTED' : codeOf(error.cause);
}

/** What a proxy said to the request for a way through it (RFC 9110 §9.3.6). */
function proxyFailure(status: number): ProblemCode {
  if (status === 407) return 'network.proxy_auth';
  // It would, but does not get through to the service itself.
  if (status === 502 || status === 503 || status === 504) return 'network.gateway';
  if (status === 511) return 'network.portal';
  return status >= 300 && status < 400 ? 'network.portal' : 'network.proxy_refused';
}

/** What is known of the way that a request went. */
export type Circumstances = {
  /** Host of the proxy, if one is used. */
  readonly proxy: string | null;
  readonly hasNetwork: () => boolean;
  /** The wait that ended, by the system's code, ms. */
  readonly waited?: { readonly connect: number; readonly headers: number; readonly body: number };
};
const NOTHING_SPECIAL: Circumstances = { proxy: null, hasNetwork: () => true };

const STAGES = {
  UND_ERR_CONNECT_TIMEOUT: ['connect', 'connect'],
  UND_ERR_HEADERS_TIMEOUT: ['answer', 'headers'],
  UND_ERR_BODY_TIMEOUT: ['content', 'body'],
} as const;

/** What a failed request means. The detail is the system's code, without address or content. */
export function networkFailure(error: unknown, circumstances: Circumstances = NOTHING_SPECIAL): ServiceFailure {
  const { proxy, hasNetwork, waited } = circumstances;
  const system = codeOf(error);
  const make = (code: ProblemCode, effect: Effect, detail = system || 'unknown') => {
    const [stage, limit] = STAGES[system as keyof typeof STAGES] ?? [];
    const facts = {
      ...(proxy === null ? {} : { proxy }),
      ...(stage && waited ? { stage, waited: waited[limit] } : {}),
    };
    return new ServiceFailure(code, effect, detail, { cause: error, ...(Object.keys(facts).length > 0 && { facts }) });
  };
  const refused = error instanceof Error ? /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] : undefined;
  if (refused) return make(proxyFailure(Number(refused)), 'no', `proxy ${refused}`);
  const [code, effect] = CODES[system] ?? [];
  if (code && effect) {
    const unconnected = UNCONNECTED.has(code) && effect === 'no';
    if (unconnected && !hasNetwork()) return make('network.offline', effect);
    if (unconnected && proxy !== null) return make('network.proxy_unreachable', effect);
    return make(code, effect);
  }
  if (TLS.test(system)) return make('network.certificate', 'no');
  if (system.startsWith('HPE_')) return make('network.not_service', 'perhaps');
  return make('network.broken', 'perhaps');
}

/** An answer, as far as it tells who gave it. */
export type Reply = {
  readonly status: number;
  readonly body: string;
  /** As in the head of the answer; empty when there is none. */
  readonly type?: string;
  readonly location?: string;
};

/** Whether an answer is a page for a browser, which the service never gives where the workstation asks. */
export function isPage({ type = '', body }: Pick<Reply, 'type' | 'body'>): boolean {
  return /^(text\/html|application\/xhtml)/i.test(type) || /^\s*<(!doctype|html|head|body|script|meta)\b/i.test(body);
}

/** Whether a redirect leads to another origin. */
export function leadsAway({ location = '' }: Pick<Reply, 'location'>, origin: string): boolean {
  return URL.canParse(location, origin) && new URL(location, origin).origin !== new URL(origin).origin;
}

/**
 * What an answer means that isn't the one asked for: the service's own problem, a gateway in front of it, a network that
 * asks for a login, or that something else answered.
 */
export function answerFailure(reply: Reply, origin: string): ServiceFailure {
  const { status } = reply;
  const problem = parseProblem(reply.body);
  if (problem) return new ServiceFailure(problem.code, status >= 500 ? 'perhaps' : 'no', problem.detail);
  const detail = `HTTP ${status}`;
  if (status === 407) return new ServiceFailure('network.proxy_auth', 'no', detail);
  if (status === 511) return new ServiceFailure('network.portal', 'no', detail);
  if (status === 502 || status === 503 || status === 504) {
    return new ServiceFailure('network.gateway', 'perhaps', detail);
  }
  if (status >= 500) return new ServiceFailure('service.failed', 'perhaps', detail);
  if (status >= 300 && status < 400 && leadsAway(reply, origin)) {
    return new ServiceFailure('network.portal', 'no', detail);
  }
  if (status < 300 && isPage(reply)) return new ServiceFailure('network.portal', 'perhaps', `${detail} page`);
  return new ServiceFailure('network.not_service', status < 300 ? 'perhaps' : 'no', detail);
}

function parseProblem(body: string): Problem | null {
  try {
    const parsed = Problem.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
