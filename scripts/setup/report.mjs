// What set-up tells the person who waits: one short line a step, progress on long ones, and errors that say what to do.

/** Something that could not be had: what failed, why, and what to do next. Ends the command with exit code 1. */
export class SetupError extends Error {
  /**
   * @param {string} what what failed, as a sentence without its full stop
   * @param {string} why the reason, as far as it is known
   * @param {string} next what to do about it
   */
  constructor(what, why, next) {
    super(what);
    this.name = 'SetupError';
    this.why = why;
    this.next = next;
  }
}

/** Prints one line about a step of the set-up. */
export function say(text) {
  process.stdout.write(`[desk] ${text}\n`);
}

/** Prints an error the way a person can act on it; the stack of anything unexpected comes with it. */
export function explain(error) {
  if (error instanceof SetupError) {
    process.stderr.write(
      `\n[desk] Failed: ${error.message}\n[desk] Why:    ${error.why}\n[desk] Next:   ${error.next}\n`,
    );
  } else {
    process.stderr.write(
      `\n[desk] Failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
}

/** The reason of a network or file error in a few words, with the code that the system gave. */
export function reason(error) {
  const inner = error?.cause ?? error;
  const text = inner?.message || error?.message || String(error);
  const code = inner?.code;
  return code && !text.includes(code) ? `${text} (${code})` : text;
}

/**
 * Says every 15 seconds that a step without progress of its own is still at work.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function ticking(label, work) {
  const began = Date.now();
  const timer = setInterval(() => say(`${label}: ${Math.round((Date.now() - began) / 1000)} s so far`), 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Bytes in MB with one digit. */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * Shows how far a long step has come: in place on a terminal, otherwise one line at most every `everyMs` ms.
 * `total` in `update` may be 0 when it is not known.
 */
export class Progress {
  #label;
  #shownAt = 0;
  #everyMs;
  #inPlace = process.stdout.isTTY === true;

  constructor(label, everyMs = 5000) {
    this.#label = label;
    this.#everyMs = everyMs;
  }

  /** Bytes so far and in all. */
  update(bytes, total) {
    const share = total > 0 ? ` of ${megabytes(total)} (${Math.floor((bytes / total) * 100)} %)` : '';
    this.#show(`${megabytes(bytes)}${share}`, total > 0 && bytes >= total);
  }

  /** Ends the line that was being written in place. */
  end() {
    if (this.#inPlace && this.#shownAt > 0) process.stdout.write('\n');
  }

  #show(text, last) {
    const now = Date.now();
    if (!last && now - this.#shownAt < (this.#inPlace ? 200 : this.#everyMs)) return;
    this.#shownAt = now;
    if (this.#inPlace) process.stdout.write(`\r[desk] ${this.#label}: ${text}\u001b[K`);
    else say(`${this.#label}: ${text}`);
  }
}
