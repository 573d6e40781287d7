import { actedElsewhere } from '../shared/duties.ts';
import type { SubmissionId } from '../shared/ids.ts';
import { levelAt } from '../shared/status.ts';
import { Failure } from './failure.ts';
import type { Log } from './log.ts';
import {
  forgetClaims,
  forgetClaimsOver,
  noteAsked,
  noteClaim,
  unansweredClaims,
  untouchedClaims,
} from './store/claims.ts';
import type { Store } from './store/database.ts';
import { readSubmission, type View } from './store/submissions.ts';
import type { Service } from './sync/service.ts';

export type ClaimsOptions = {
  readonly service: Pick<Service, 'claim' | 'release' | 'signedIn'>;
  readonly store: Store;
  /** Of the reviewer; its level is null for supervisors, who claim nothing. */
  readonly view: () => Pick<View, 'me' | 'level' | 'policy'>;
  readonly online: () => boolean;
  /** The service's copies have moved. */
  readonly onMoved: () => void;
  readonly log: Log;
};

/** Claims what the reviewer works on, and gives back what was only looked at; nobody has to think of it. */
export type Claims = {
  /** A submission has been on screen for a moment. */
  readonly stay: (id: SubmissionId) => void;
  readonly leave: (id: SubmissionId) => void;
  /** Does what is to be done: after news from the service, after a decision. */
  readonly tend: () => void;
  /** Ends it; gives back everything untouched, but waits no longer than so many ms. */
  readonly end: (patience: number) => Promise<void>;
};

/** Claims in one request. */
const BATCH = 100;

/**
 * Opens the keeping of claims. It compares what is on screen with what is claimed and asks for the difference, one
 * request at a time, so that whatever is missed (an outage, an end of the app) is made good the next time. Nothing ever
 * waits for it, and a decision needs no claim: what isn't claimed, the service claims with the decision.
 */
export function openClaims({ service, store, view, online, onMoved, log }: ClaimsOptions): Claims {
  const ending = new AbortController();
  let open: SubmissionId | null = null;
  /** The last question and the copy that it was about: the same one is asked once. */
  let asked: { readonly id: SubmissionId; readonly seq: number } | null = null;
  let work: Promise<void> | null = null;
  let again = false;

  /** Asks for claims and keeps the answers; whether anything is not as the copies here show it. */
  async function ask(ids: readonly SubmissionId[], signal: AbortSignal): Promise<boolean> {
    store.transact((db) => {
      for (const id of ids) noteAsked(db, id);
    });
    const { claims } = await service.claim(ids, signal);
    store.transact((db) => {
      for (const answer of claims) {
        if (answer.outcome === 'yours') noteClaim(db, { id: answer.id, token: answer.claim.token }, answer.seq);
        else forgetClaims(db, [answer]);
      }
    });
    return claims.some(({ outcome }) => outcome !== 'closed');
  }

  async function giveBack(signal: AbortSignal): Promise<boolean> {
    // What may have been given without a word of it arriving: only asking again tells its token.
    const unanswered = unansweredClaims(store.read, open, BATCH);
    if (unanswered.length > 0) await ask(unanswered, signal);
    const claims = untouchedClaims(store.read, open, BATCH);
    if (claims.length === 0) return false;
    await service.release(claims, signal);
    store.transact((db) => forgetClaims(db, claims));
    return true;
  }

  async function askFor(id: SubmissionId, signal: AbortSignal): Promise<boolean> {
    const stored = readSubmission(store.read, id);
    const { me, level, policy } = view();
    if (!stored || level === null || stored.base.claim !== null) return false;
    if (levelAt(stored.effective.status, policy) !== level) return false;
    if (actedElsewhere(stored.base.parts, me, level)) return false;
    if (asked?.id === id && asked.seq === stored.seq) return false;
    const moved = await ask([id], signal);
    asked = { id, seq: stored.seq };
    return moved;
  }

  async function tendOnce(signal: AbortSignal): Promise<void> {
    if (view().level === null || !service.signedIn() || !online()) return;
    try {
      store.transact(forgetClaimsOver);
      const gave = await giveBack(signal);
      const got = open === null ? false : await askFor(open, signal);
      if (gave || got) onMoved();
    } catch (error) {
      // The next news brings another try; without the service the work goes on as it is.
      if (!signal.aborted) log('claims.failed', { code: error instanceof Failure ? error.code : 'desk.failed' });
    }
  }

  const tend = () => {
    if (ending.signal.aborted) return;
    if (work) {
      again = true;
      return;
    }
    work = tendOnce(ending.signal).finally(() => {
      work = null;
      if (again) {
        again = false;
        tend();
      }
    });
  };

  return {
    stay: (id) => {
      open = id;
      tend();
    },
    leave: (id) => {
      if (open !== id) return;
      open = null;
      tend();
    },
    tend,
    end: async (patience) => {
      open = null;
      ending.abort();
      await work;
      await tendOnce(AbortSignal.timeout(patience));
    },
  };
}
