// Fetches one file: with progress, going on where an interrupted fetch stopped, and checked against a pinned hash.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Progress, reason, SetupError, say } from './report.mjs';

const STALL_MS = 30_000;
const ATTEMPTS = 5;

/** The hash of a file in the form `sha512-<base64>` that lock files use. */
async function integrityOf(file, algorithm) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `${algorithm}-${hash.digest('base64')}`;
}

function sizeOf(file) {
  return existsSync(file) ? statSync(file).size : 0;
}

/** Ends a fetch from which nothing has come for a while, or that is hopelessly slow. */
class Patience {
  #abort = new AbortController();
  #timer;
  #began = Date.now();
  #bytes = 0;

  constructor(slowest) {
    this.slowest = slowest;
    this.heard(0);
  }

  get signal() {
    return this.#abort.signal;
  }

  heard(bytes) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(new Error(`nothing came for ${STALL_MS / 1000} s`)), STALL_MS);
    this.#bytes += bytes;
    const seconds = (Date.now() - this.#began) / 1000;
    if (this.slowest > 0 && seconds > 30 && this.#bytes / seconds < this.slowest) {
      this.#abort.abort(new Error(`only ${Math.round(this.#bytes / seconds / 1000)} kB a second came`));
    }
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/** One go at the rest of the file; throws when it breaks off. Answers with whether all of it is there. */
async function fetchRest(url, part, label, slowest) {
  const have = sizeOf(part);
  const patience = new Patience(slowest);
  const progress = new Progress(label);
  try {
    const answer = await fetch(url, {
      headers: have > 0 ? { range: `bytes=${have}-` } : {},
      signal: patience.signal,
    });
    if (answer.status === 416) return;
    if (!answer.ok || !answer.body) {
      const refused = new Error(`the server answered ${answer.status} ${answer.statusText}`.trim());
      refused.refused = true;
      throw refused;
    }
    const resumed = answer.status === 206;
    const length = Number(answer.headers.get('content-length') ?? 0);
    let bytes = resumed ? have : 0;
    const total = length > 0 ? bytes + length : 0;
    if (resumed) say(`${label}: going on after ${Math.round(have / 1e6)} MB`);
    await pipeline(
      answer.body,
      async function* counted(chunks) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          patience.heard(chunk.length);
          progress.update(bytes, total);
          yield chunk;
        }
      },
      createWriteStream(part, { flags: resumed ? 'a' : 'w' }),
    );
    if (total > 0 && bytes < total) throw new Error('the connection ended before the file did');
  } finally {
    patience.end();
    progress.end();
  }
}

/**
 * Gives `<file>.part` its final name when it is the pinned file, and deletes it when it is not.
 * @throws {SetupError} naming `from`, where it came from
 */
export async function accept(file, integrity, label, from) {
  const part = `${file}.part`;
  const found = await integrityOf(part, integrity.slice(0, integrity.indexOf('-')));
  if (found !== integrity) {
    rmSync(part, { force: true });
    throw new SetupError(
      `${label} from ${from} is not the expected file`,
      `its hash is ${found.slice(0, 24)}..., expected ${integrity.slice(0, 24)}...`,
      'try again; if it stays so, something on the way changes downloads: use another registry or mirror',
    );
  }
  renameSync(part, file);
}

/**
 * Fetches `url` into `file`. What has come so far is kept in `<file>.part` and the next call goes on from there.
 * @param {object} what
 * @param {string} what.url
 * @param {string} what.file where the complete file goes
 * @param {string} what.integrity the pinned hash, `sha512-<base64>` or `sha256-<base64>`
 * @param {string} what.label what the progress line calls it
 * @param {string} what.next what a person can do when it can't be fetched
 * @param {number} [what.attempts] how often a broken connection is tried again
 * @param {number} [what.slowest] give up below this many bytes a second (0: never)
 * @throws {SetupError} when it can't be fetched or isn't the pinned file
 */
export async function download({ url, file, integrity, label, next, attempts = ATTEMPTS, slowest = 0 }) {
  const part = `${file}.part`;
  const host = new URL(url).host;
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const before = sizeOf(part);
    try {
      await fetchRest(url, part, label, slowest);
      break;
    } catch (error) {
      const came = sizeOf(part) > before;
      if (error.code === 'ENOSPC') {
        throw new SetupError(
          `${label} could not be stored`,
          'the disk is full',
          `make room in ${dirname(file)} and try again`,
        );
      }
      if (error.refused || (attempt >= attempts && !came)) {
        throw new SetupError(`${label} could not be fetched from ${host}`, reason(error), next);
      }
      if (came) attempt = 1;
      const seconds = Math.min(2 ** (attempt - 1), 8);
      say(`${label}: ${reason(error)}; trying again in ${seconds} s`);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
  await accept(file, integrity, label, host);
}
