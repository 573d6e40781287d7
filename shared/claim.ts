import { z } from 'zod';
import { AccountId, Instant } from './ids.ts';

/** A reviewer as a claim names them. */
export const Holder = z.strictObject({ id: AccountId, name: z.string() });
export type Holder = z.infer<typeof Holder>;

/** Who reviews a submission, as everybody sees it. */
export const Claim = z.strictObject({
  /** Grows by one whenever another one becomes the holder, so that what was decided before can be told apart. */
  token: z.number().int().positive(),
  holder: Holder,
  /** By the service's clock. */
  since: Instant,
});
export type Claim = z.infer<typeof Claim>;

/**
 * A claim with its end, as the service keeps it: who had it last, also after it ended. It ends by being given back, by a
 * decision that concludes the review, or by its time; until somebody else has it, its last holder may go on under it.
 * All instants are the service's: no workstation's clock is ever compared with them.
 */
export type ClaimState = {
  /** 0: nobody ever had it. */
  readonly token: number;
  /** Null after a supervisor took it away without giving it to anybody. */
  readonly holder: Holder | null;
  readonly since: string;
  /** It is over from this instant on. */
  readonly until: string;
};

/** Nobody ever had it. */
export const UNCLAIMED: ClaimState = { token: 0, holder: null, since: '', until: '' };

/** When something happens, and how long a claim lasts from then on, hours. */
export type Moment = { readonly now: string; readonly hours: number };

const endOf = ({ now, hours }: Moment): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();

/** The claim as everybody sees it; null when nobody holds it now. */
export function shownClaim({ token, holder, since, until }: ClaimState, now: string): Claim | null {
  return holder !== null && until > now ? { token, holder, since } : null;
}

const isOthers = (claim: Claim | null, { id }: Holder): boolean => claim !== null && claim.holder.id !== id;

/** Gives the claim to somebody: the same one goes on under their token, another one under the next. */
function give(state: ClaimState, holder: Holder, moment: Moment, least = 1): ClaimState {
  const until = endOf(moment);
  if (state.holder?.id !== holder.id) {
    return { token: Math.max(state.token + 1, least), holder, since: moment.now, until };
  }
  const since = shownClaim(state, moment.now) ? state.since : moment.now;
  return { token: Math.max(state.token, least), holder, since, until };
}

/** Asks for the claim: granted unless another one holds it. */
export function takeClaim(state: ClaimState, who: Holder, moment: Moment): { granted: boolean; state: ClaimState } {
  if (isOthers(shownClaim(state, moment.now), who)) return { granted: false, state };
  return { granted: true, state: give(state, who, moment) };
}

/** Lets a claim last from now on again, if it is theirs and not over. */
export function renewClaim(state: ClaimState, who: Pick<Holder, 'id'>, moment: Moment): ClaimState {
  const shown = shownClaim(state, moment.now);
  return shown?.holder.id === who.id ? { ...state, until: endOf(moment) } : state;
}

/** Gives the claim of a token back. What isn't theirs, or not under this token any more, stays as it is. */
export function releaseClaim(state: ClaimState, who: Pick<Holder, 'id'>, token: number, now: string): ClaimState {
  const isTheirs = shownClaim(state, now)?.holder.id === who.id && state.token === token;
  return isTheirs ? endClaim(state, now) : state;
}

/** Ends a claim: its review is concluded. */
export function endClaim(state: ClaimState, now: string): ClaimState {
  return state.until > now ? { ...state, until: now } : state;
}

/** A supervisor gives the claim to a reviewer, or to nobody (`null`). To whoever holds it, it only lasts longer. */
export function moveClaim(state: ClaimState, to: Holder | null, moment: Moment): ClaimState {
  if (to) return give(state, to, moment);
  if (state.holder === null) return state;
  return { token: state.token + 1, holder: null, since: moment.now, until: moment.now };
}

export type Admitted =
  | { readonly ok: true; readonly state: ClaimState }
  /** `claim`: who has it now, null for nobody. */
  | { readonly ok: false; readonly problem: 'claim.held' | 'claim.lost'; readonly claim: Claim | null };

/**
 * Whether a decision counts that was made under a token, or under none (`null`: offline, nobody could be asked), and
 * the claim with it: it is its reviewer's from then on. A decision never counts while another one holds the claim, nor
 * under a token after which another one had it. A token that the service never gave is of a past that it lost when it
 * was restored: then only who holds the claim now matters.
 */
export function admit(state: ClaimState, who: Holder, token: number | null, moment: Moment): Admitted {
  const claim = shownClaim(state, moment.now);
  const refuse = (problem: 'claim.held' | 'claim.lost'): Admitted => ({ ok: false, problem, claim });
  if (isOthers(claim, who)) return refuse(token === null ? 'claim.held' : 'claim.lost');
  if (token === null) return { ok: true, state: give(state, who, moment) };
  const isPast = token < state.token || (token === state.token && state.holder?.id !== who.id);
  return isPast ? refuse('claim.lost') : { ok: true, state: give(state, who, moment, token) };
}
