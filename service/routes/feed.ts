import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FeedPage, FeedQuery } from '../../shared/wire.ts';
import { scopeOf } from '../access.ts';
import { lapseDue } from '../candidate/lapse.ts';
import { endClaimsOver, renewFor } from '../claims.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import { itemsSeen, type ReadItems } from '../feed-items.ts';
import { type Parts, reading } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { type PageHead, pageHead, submissionsAt } from '../store/feed.ts';
import type { Store } from '../store/tables.ts';
import { writtenFor } from '../written.ts';

type Ask = { readonly query: z.output<typeof FeedQuery>; readonly now: string };

function headFor(db: Store, person: Person, { query, now }: Ask): Promise<PageHead> {
  const { after, limit } = query;
  const holder = person.role === 'reviewer' ? person.id : null;
  return pageHead(db, { scope: scopeOf(person), district: person.district, holder, after, limit, now });
}

const [BETWEEN, CLOSING] = [Buffer.from(','), Buffer.from(']}')];

/** The page as JSON, its items as they are written for the one who asks; null when one of them has moved on since. */
async function written(
  db: Store,
  head: PageHead,
  person: Person,
  { query, now }: Ask,
  read: ReadItems,
): Promise<Buffer | null> {
  const { epoch, lastSeq, policy, seqs, remaining } = head;
  if (query.epoch === undefined && query.after > 0) throw new Failure('request.invalid', 'after needs epoch');
  if ((query.epoch ?? epoch) !== epoch || query.after > lastSeq) throw new Failure('feed.epoch');
  const items = await read(db, epoch, scopeOf(person), seqs);
  if (items.length < seqs.length) return null;
  const cursor = seqs.at(-1) ?? query.after;
  const rest = JSON.stringify({ epoch, cursor, remaining, serverTime: now });
  const pieces: Buffer[] = [Buffer.from(`${rest.slice(0, -1)},"items":[`)];
  for (const [at, item] of items.entries()) {
    if (at > 0) pieces.push(BETWEEN);
    pieces.push(...writtenFor(item, person, policy));
  }
  return Buffer.concat([...pieces, CLOSING]);
}

/** The page of one state of the database, without what was seen before. */
async function writtenWithin(db: Store, person: Person, ask: Ask, head: PageHead): Promise<Buffer> {
  const page = await written(db, head, person, ask, async (_db, _epoch, scope, seqs) => {
    const there = await submissionsAt(db, scope, seqs);
    return seqs.flatMap((seq) => there.get(seq) ?? []);
  });
  if (!page) throw new Error('a submission is not at its place in the feed');
  return page;
}

/**
 * `GET /v1/feed`: the submissions in scope that changed after a cursor, each once at its last change. A cursor of
 * another epoch, or one ahead of the feed, means that the service was restored: `feed.epoch`, start from 0.
 * Nearly always nothing is due, and the page is one question, with a second one for what this process has not read yet.
 */
export function feedRoutes(app: FastifyInstance, parts: Parts): void {
  const seen = itemsSeen();
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
      const head = await headFor(parts.db, person, ask);
      if (head.due) {
        return transact(async (db) => {
          await lapseDue(db, now);
          await renewFor(db, person, now);
          await endClaimsOver(db, now);
          return writtenWithin(db, person, ask, await headFor(db, person, ask));
        });
      }
      const page = await written(parts.db, head, person, ask, seen);
      // Somebody decided between the two questions.
      return page ?? reading(parts, async (db) => writtenWithin(db, person, ask, await headFor(db, person, ask)));
    },
  });
}
