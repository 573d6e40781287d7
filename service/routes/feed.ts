import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FeedPage, FeedQuery } from '../../shared/wire.ts';
import { scopeOf } from '../access.ts';
import { lapseDue } from '../candidate/lapse.ts';
import { endClaimsOver, momentOf, renewFor } from '../claims.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import { type Parts, reading } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { isAnythingDue } from '../store/due.ts';
import { changesAfter, feedHead, remainingAfter } from '../store/feed.ts';
import { policyOf } from '../store/policies.ts';
import type { Store } from '../store/tables.ts';
import { writtenFor } from '../written.ts';

const NOTHING = { submissions: 0, images: 0, bytes: 0 };

type Ask = { readonly query: z.output<typeof FeedQuery>; readonly now: string };

/** A page of the feed, its items written as JSON already. */
type Page = Omit<FeedPage, 'items'> & { readonly items: readonly Buffer[] };

async function pageOf(db: Store, person: Person, { query, now }: Ask): Promise<Page> {
  const { epoch, lastSeq } = await feedHead(db);
  if (query.epoch === undefined && query.after > 0) throw new Failure('request.invalid', 'after needs epoch');
  if ((query.epoch ?? epoch) !== epoch || query.after > lastSeq) throw new Failure('feed.epoch');
  const scope = scopeOf(person);
  const policy = await policyOf(db, person.district);
  const items = await changesAfter(db, scope, query.after, query.limit);
  const shown = items.map((item) => writtenFor(item, person, policy));
  const cursor = items.at(-1)?.seq ?? query.after;
  const remaining = items.length < query.limit ? NOTHING : await remainingAfter(db, scope, cursor);
  return { epoch, items: shown, cursor, remaining, serverTime: now };
}

const [COMMA, CLOSING] = [Buffer.from(','), Buffer.from(']}')];

function textOf({ items, ...page }: Page): Buffer {
  const opening = Buffer.from(`${JSON.stringify(page).slice(0, -1)},"items":[`);
  return Buffer.concat([opening, ...items.flatMap((item, at) => (at === 0 ? [item] : [COMMA, item])), CLOSING]);
}

/** The page as things stand; null when something is due that it is to show. */
async function pageUnlessDue(db: Store, person: Person, ask: Ask): Promise<Page | null> {
  const moment = await momentOf(db, person.district, ask.now);
  if (await isAnythingDue(db, moment, person.role === 'reviewer' ? person.id : null)) return null;
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
    sends: FeedPage,
    // Items were parsed as they were read: they need not be once more to be written.
    send: async (page, _request, reply) => reply.type('application/json; charset=utf-8').send(page),
    steps: async (transact, { query, now }, person) => {
      const ask = { query, now };
      const page = await reading(parts, (db) => pageUnlessDue(db, person, ask));
      if (page) return textOf(page);
      const later = await transact(async (db) => {
        await lapseDue(db, now);
        await renewFor(db, person, now);
        await endClaimsOver(db, now);
        return pageOf(db, person, ask);
      });
      return textOf(later);
    },
  });
}
