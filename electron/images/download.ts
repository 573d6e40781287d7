import { createHash } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import { Failure } from '../failure.ts';
import type { Wanted } from '../store/pictures.ts';
import { answerFailure, networkFailure, ServiceFailure } from '../sync/failures.ts';
import type { Access } from '../sync/line.ts';
import { shownProxy } from '../sync/way.ts';

/** Longest answer that explains a refusal, bytes. */
const LARGEST_PROBLEM = 64 * 1024;

/** A picture of which some bytes are here already. In memory alone. */
export type Begun = { readonly body: Buffer; length: number };

/** Room for a picture of which nothing is here yet. */
export function begin({ bytes }: Wanted): Begun {
  return { body: Buffer.allocUnsafeSlow(bytes), length: 0 };
}

/** The service asks for fewer requests. */
export class Pushback extends ServiceFailure {}

/** Whether bytes are the picture that was asked for. */
export function isPicture(body: Uint8Array, { sha256, bytes }: Wanted): boolean {
  return body.length === bytes && createHash('sha256').update(body).digest('hex') === sha256;
}

const damaged = (begun: Begun, why: string): Failure => {
  begun.length = 0;
  return new Failure('image.damaged_transfer', why);
};

/** Where the bytes of an answer belong. */
function placeOf({ statusCode, headers }: Dispatcher.ResponseData, begun: Begun): number {
  if (statusCode === 200) return 0;
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(headers['content-range'])) ?? [];
  if (Number(from) === begun.length && Number(size) === begun.body.length) return begun.length;
  throw damaged(begun, 'another part');
}

async function refusal(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  origin: string,
): Promise<ServiceFailure> {
  let text = '';
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (text.length + chunk.length > LARGEST_PROBLEM) break;
    text += chunk.toString('utf8');
  }
  const type = String(headers['content-type'] ?? '');
  const location = String(headers.location ?? '');
  const failure = answerFailure({ status: statusCode, body: text, type, location }, origin);
  if (statusCode !== 429 && statusCode !== 503) return failure;
  return new Pushback(failure.code, failure.effect, failure.detail);
}

export type DownloadOptions = {
  readonly dispatcher: Dispatcher;
  readonly access: Access;
  readonly wanted: Wanted;
  /** What is here of it; grows, also when the rest doesn't come. */
  readonly begun: Begun;
  readonly signal: AbortSignal;
  /** The answer has begun. */
  readonly onAnswer: () => void;
};

/**
 * Fetches a picture, or the rest of one that was cut off (RFC 9110 §14), and verifies length and hash of the whole. What
 * turns out to be wrong begins anew the next time.
 * @throws ServiceFailure, Pushback, Failure `image.damaged_transfer`
 */
export async function download(options: DownloadOptions): Promise<Buffer> {
  const { dispatcher, access, wanted, begun, signal, onAnswer } = options;
  const { origin, patience, proxy } = access.line;
  try {
    const answer = await request(`${origin}/v1/images/${wanted.sha256}`, {
      dispatcher,
      signal,
      headers: {
        'accept-language': access.language,
        authorization: `Bearer ${access.token}`,
        // Only if it is still the same: the tag of a picture is its hash.
        ...(begun.length > 0 ? { range: `bytes=${begun.length}-`, 'if-range': `"${wanted.sha256}"` } : {}),
      },
    });
    onAnswer();
    const { statusCode, body } = answer;
    if (statusCode === 416) {
      await body.dump();
      throw damaged(begun, 'HTTP 416');
    }
    if (statusCode !== 200 && statusCode !== 206) throw await refusal(answer, origin);
    begun.length = placeOf(answer, begun);
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (begun.length + chunk.length > wanted.bytes) throw damaged(begun, 'too long');
      chunk.copy(begun.body, begun.length);
      begun.length += chunk.length;
    }
    if (begun.length === wanted.bytes && isPicture(begun.body, wanted)) return begun.body;
    throw damaged(begun, 'another hash');
  } catch (error) {
    if (error instanceof Failure) throw error;
    const shown = proxy === null ? null : shownProxy(proxy);
    throw networkFailure(error, { proxy: shown, hasNetwork: () => true, waited: patience });
  }
}
