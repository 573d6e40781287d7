import { z } from 'zod';
import { Claim } from './claim.ts';
import type { Entry } from './problems/entry.ts';
import { NETWORK_PROBLEMS } from './problems/network.ts';
import { SERVICE_PROBLEMS } from './problems/service.ts';
import { WORKSTATION_PROBLEMS } from './problems/workstation.ts';

/** The closed list of what can go wrong in sight of a user: HTTP status, what happened, what to do next. */
export const PROBLEMS = {
  ...SERVICE_PROBLEMS,
  ...NETWORK_PROBLEMS,
  ...WORKSTATION_PROBLEMS,
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof PROBLEMS;
const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];
export const ProblemCode = z.enum(CODES);

/** Facts that a text can name: of the network and its certificates, never of persons. */
export const ProblemFacts = z
  .strictObject({
    /** This computer's clock minus the true time, ms. */
    clockOff: z.number(),
    /** The certificate's period and who signed it. */
    validFrom: z.iso.datetime(),
    validTo: z.iso.datetime(),
    issuer: z.string().max(200),
    /** The proxy, without name and password. */
    proxy: z.string().max(300),
    /** So long nothing came, ms. */
    waited: z.number(),
    /** Meanwhile. */
    stage: z.enum(['connect', 'answer', 'content']),
  })
  .partial();
export type ProblemFacts = z.infer<typeof ProblemFacts>;

/** A problem as sent over HTTP (RFC 9457; `code` and `next` are extension members) and over IPC. */
export const Problem = z.object({
  type: z.string().optional(),
  code: ProblemCode,
  status: z.number().int(),
  title: z.string(),
  /** What to do next, in the language of the request. */
  next: z.string(),
  /** Further facts without personal data, for the log. */
  detail: z.string().optional(),
  facts: ProblemFacts.optional(),
  /** With `claim.*`: who reviews the submission instead, null for nobody. For the screen, never for a log. */
  claim: Claim.nullable().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Language of a text for the user. */
export type Language = 'zh-CN' | 'en';

/** What a problem says to the user, and the step that helps. */
export function problemText(code: ProblemCode, language: Language): { title: string; next: string } {
  const [title, next] = language === 'en' ? PROBLEMS[code].en : PROBLEMS[code].zh;
  return { title, next };
}

/** Builds the problem to a code. `detail` and `facts` must not hold personal data. */
export function problem(
  code: ProblemCode,
  language: Language = 'zh-CN',
  detail?: string,
  facts?: ProblemFacts,
): Problem {
  return {
    type: `urn:review-desk:problem:${code}`,
    code,
    status: PROBLEMS[code].status,
    ...problemText(code, language),
    ...(detail === undefined ? {} : { detail }),
    ...(facts === undefined ? {} : { facts }),
  };
}
