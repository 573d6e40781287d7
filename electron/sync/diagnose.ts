import { request } from 'undici';
import type { ProblemCode } from '../../shared/problem.ts';
import { isFilter, judgePeriod, presented } from './certificate.ts';
import { isPage, leadsAway, ServiceFailure } from './failures.ts';
import { type LineOptions, openLine } from './line.ts';

/** Longest that a page of a stranger is read, bytes. */
const LARGEST_PAGE = 64 * 1024;

export type Diagnosis = {
  readonly line: LineOptions;
  /** Port on which the host of the service is asked in plain. */
  readonly plainPort: number;
  readonly now: () => number;
  /** What the service's clock shows now, as far as it is known, ms. */
  readonly serviceTime: () => number | null;
};

/** What the host of the service answers in plain, without anything of ours: a network that asks for a login shows here. */
async function plainAnswer({ line, plainPort }: Diagnosis): Promise<'elsewhere' | 'page' | 'nothing'> {
  const host = new URL(line.origin).hostname;
  const origin = `http://${host}${plainPort === 80 ? '' : `:${plainPort}`}`;
  const { connect } = line.patience;
  const dispatcher = openLine({
    ...line,
    origin,
    connections: 1,
    patience: { connect, headers: connect, body: connect },
  });
  try {
    const answer = await request(`${origin}/v1/health`, { dispatcher, signal: AbortSignal.timeout(2 * connect) });
    const location = String(answer.headers.location ?? '');
    if (answer.statusCode === 511) return 'elsewhere';
    if (answer.statusCode >= 300 && answer.statusCode < 400) {
      // A server that sends everybody on to its own encrypted side is no login page.
      const isOwn = URL.canParse(location, origin) && new URL(location, origin).hostname === host;
      return leadsAway({ location }, origin) && !isOwn ? 'elsewhere' : 'nothing';
    }
    if (answer.statusCode !== 200) return 'nothing';
    const type = String(answer.headers['content-type'] ?? '');
    let body = '';
    for await (const chunk of answer.body) {
      body += String(chunk);
      if (body.length > LARGEST_PAGE) break;
    }
    return isPage({ type, body }) ? 'page' : 'nothing';
  } catch {
    return 'nothing';
  } finally {
    await dispatcher.destroy();
  }
}

const UNTRUSTED = new Set<ProblemCode>([
  'network.certificate',
  'network.certificate_unknown',
  'network.certificate_self_signed',
  'network.certificate_host',
]);
const UNTIMELY = new Set<ProblemCode>(['network.certificate_expired', 'network.clock']);
const SILENT = new Set<ProblemCode>(['network.timeout', 'network.stalled', 'network.broken', 'network.refused']);

/**
 * Looks closer at why an encrypted line doesn't stand: whose certificate is shown, whether the clock is wrong, whether
 * the network wants a login first. Sends nothing of ours to anybody.
 */
export async function diagnose(failure: ServiceFailure, diagnosis: Diagnosis): Promise<ServiceFailure> {
  const { line, now, serviceTime } = diagnosis;
  if (!line.origin.startsWith('https:')) return failure;
  const named = (code: ProblemCode, facts: ServiceFailure['facts'] = {}) =>
    new ServiceFailure(code, failure.effect, failure.detail, {
      cause: failure.cause,
      facts: { ...failure.facts, ...facts },
    });
  const isUntrusted = UNTRUSTED.has(failure.code);
  // A login page stands in the way of the direct way only; a proxy is behind it already.
  if (line.proxy === null && (isUntrusted || SILENT.has(failure.code))) {
    const answer = await plainAnswer(diagnosis);
    if (answer === 'elsewhere' || (answer === 'page' && isUntrusted)) return named('network.portal');
  }
  if (!isUntrusted && !UNTIMELY.has(failure.code)) return failure;
  const shown = await presented(line.origin, line.proxy, line.patience.connect);
  if (!shown) return failure;
  const { issuer } = shown;
  if (UNTIMELY.has(failure.code)) {
    const { code, facts } = judgePeriod(shown, now(), serviceTime());
    return named(code, { ...facts, issuer });
  }
  return named(isFilter(issuer) ? 'network.intercepted' : failure.code, { issuer });
}
