import { z } from 'zod';
import { HOLDS, type Holds } from './decide.ts';

/** What the environment may set; everything else of it is ignored. */
const Environment = z.object({
  /** Folder for settings and profiles, instead of the system's; `main.ts` takes it before anything is read. */
  REVIEW_DESK_USER_DATA: z.string().min(1).optional(),
  /** Sign-in filled in for the sample district: the service, and `account:password`. */
  REVIEW_DESK_SERVICE: z.string().min(1).optional(),
  REVIEW_DESK_SIGN_IN: z.string().includes(':').optional(),
  /** The sign-in that is filled in is done without a click: `npm start`. */
  REVIEW_DESK_SIGN_IN_AT_ONCE: z.literal('1').optional(),
  /** How long decisions are held back, ms, for both kinds. */
  REVIEW_DESK_HOLD_MS: z.coerce.number().int().min(0).max(60_000).optional(),
  /** SQLite's native binding for an Electron whose Node-API is older than the prebuilt one's. */
  REVIEW_DESK_SQLITE_BINDING: z.string().min(1).optional(),
});

export type Config = {
  readonly holds: Holds;
  readonly binding: string | null;
};

/** The Node-API version from which on the prebuilt binding fits. */
const PREBUILT_NAPI = 10;

/**
 * Reads the configuration of a start, once.
 * @param fallbackBinding where a packed app keeps the binding
 * @throws ZodError when a variable is set to something impossible
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  napi: number,
  fallbackBinding: string,
): Config {
  const set = Environment.parse(environment);
  const hold = set.REVIEW_DESK_HOLD_MS;
  return {
    holds: hold === undefined ? HOLDS : { image: hold, submission: hold },
    binding: napi < PREBUILT_NAPI ? (set.REVIEW_DESK_SQLITE_BINDING ?? fallbackBinding) : null,
  };
}
