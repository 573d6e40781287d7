import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shownTo } from '../../shared/second-look.ts';
import { FeedPage, FeedQuery } from '../../shared/wire.ts';
import { scopeOf } from '../access.ts';
import { lapseDue } from '../candidate/lapse.ts';
import { endClaimsOver, renewFor } from '../claims.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { changesAfter, feedHead, remainingAfter } from '../store/feed.ts';
import { policyOf } from '../store/policies.ts';

/**
 * `GET /v1/feed`: the submissions in scope that changed after a cursor, each once at its last change. A cursor of
 * another epoch, or one ahead of the feed, means that the service was restored: `feed.epoch`, start from 0.
 */
export function feedRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/feed',
    summary: 'Changes of the submissions that the account may see',
    input: z.object({ query: FeedQuery }),
    answers: FeedPage,
    work: async (db, { query, now }, person) => {
      await lapseDue(db, now);
      await renewFor(db, person, now);
      await endClaimsOver(db, now);
      const { epoch, lastSeq } = await feedHead(db);
      if (query.epoch === undefined && query.after > 0) throw new Failure('request.invalid', 'after needs epoch');
      if ((query.epoch ?? epoch) !== epoch || query.after > lastSeq) throw new Failure('feed.epoch');
      const scope = scopeOf(person);
      const policy = await policyOf(db, person.district);
      const items = await changesAfter(db, scope, query.after, query.limit);
      const shown = items.map((item) => shownTo(item, person, policy));
      const cursor = items.at(-1)?.seq ?? query.after;
      return { epoch, items: shown, cursor, remaining: await remainingAfter(db, scope, cursor), serverTime: now };
    },
  });
}
