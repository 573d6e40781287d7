import { existsSync, writeFileSync } from 'node:fs';

/** Where the note of `castDoubt` stands. */
export const doubtMark = (path: string): string => `${path}.doubt`;

/** Notes that a file turned out to be damaged while in use, so that the next opening checks all of it. */
export function castDoubt(path: string): void {
  try {
    writeFileSync(doubtMark(path), '', { mode: 0o600 });
  } catch {
    // The disk may be gone too. Without the note the damage is found when it is met again.
  }
}

/** Whether a file was found to be damaged while in use. */
export function isDoubtful(path: string): boolean {
  return existsSync(doubtMark(path));
}
