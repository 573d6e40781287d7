import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shownTo } from '../../shared/second-look.ts';
import { FeedPage, FeedQuery } from '../../shared/wire.ts';
import { scopeOf } from '../access.ts';
import { isLapseDue, lapseDue } from '../candidate/lapse.ts';
import { endClaimsOver, isClaimDue, renewFor } from '../claims.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import { type Parts, reading } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { changesAfter, feedHead, remainingAfter } from '../store/feed.ts';
import { policyOf } from '../store/policies.ts';
import type { Store } from '../store/tables.ts';

type Ask = { readonly query: z.output<typeof FeedQuery>; readonly now: string };

async function pageOf(db: Store, person: Person, { query, now }: Ask): Promise<FeedPage> {
  const { epoch, lastSeq } = await feedHead(db);
  if (query.epoch === undefined && query.after > 0) throw new Failure('request.invalid', 'after needs epoch');
  if ((query.epoch ?? epoch) !== epoch || query.after > lastSeq) throw new Failure('feed.epoch');
  const scope = scopeOf(person);
  const policy = await policyOf(db, person.district);
  const items = await changesAfter(db, scope, query.after, query.limit);
  const shown = items.map((item) => shownTo(item, person, policy));
  const cursor = items.at(-1)?.seq ?? query.after;
  return { epoch, items: shown, cursor, remaining: await remainingAfter(db, scope, cursor), serverTime: now };
}

/** The page as things stand; null when something is due that it is to show. */
async function pageUnlessDue(db: Store, person: Person, ask: Ask): Promise<FeedPage | null> {
  if ((await isLapseDue(db, ask.now)) || (await isClaimDue(db, person, ask.now))) return null;
  return pageOf(db, person, ask);
}

/**
 * `GET /v1/feed`: the submissions in scope that changed after a cursor, each once at its last change. A cursor of
 * another epoch, or one ahead of the feed, means that the service was restored: `feed.epoch`, start from 0.
 * Nearly always nothing is due, and the page is read without waiting for those who write.
 */
export function feedRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/feed',
    summary: 'Changes of the submissions that the account may see',
    input: z.object({ query: FeedQuery }),
    answers: FeedPage,
    // Items were parsed as they were read: they need not be once more to be written.
    send: async (page, _request, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(page)),
    steps: async (transact, { query, now }, person) => {
      const ask = { query, now };
      const page = await reading(parts, (db) => pageUnlessDue(db, person, ask));
      if (page) return page;
      return transact(async (db) => {
        await lapseDue(db, now);
        await renewFor(db, person, now);
        await endClaimsOver(db, now);
        return pageOf(db, person, ask);
      });
    },
  });
}
