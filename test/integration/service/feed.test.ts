import { afterEach, beforeEach, expect, it } from 'vitest';
import { markRestored } from '../../../service/start.ts';
import { FeedPage } from '../../../shared/wire.ts';
import {
  type Caller,
  decisionOn,
  pull,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';

let service: TestService;
let reviewer: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 14 });
  reviewer = await service.signIn('reviewer1');
});
afterEach(() => service.end());

it('gives everything once, in pages, with what remains after each', async () => {
  const seen: string[] = [];
  let query = 'limit=3';
  for (let left = 7; left > 0; left -= Math.min(3, left)) {
    const page = await reviewer.get(`/v1/feed?${query}`, FeedPage);
    seen.push(...page.items.map(({ id }) => id));
    expect(page.cursor).toBe(page.items.at(-1)?.seq);
    expect(page.remaining.submissions).toBe(7 - seen.length);
    const images = page.items[0]?.images ?? [];
    expect(page.remaining.images).toBe((7 - seen.length) * images.length);
    expect(page.remaining.bytes > 0).toBe(page.remaining.submissions > 0);
    query = `limit=3&epoch=${page.epoch}&after=${page.cursor}`;
  }
  expect(new Set(seen).size).toBe(7);
  const end = await reviewer.get(`/v1/feed?${query}`, FeedPage);
  expect(end.items).toEqual([]);
  expect(query).toContain(`after=${end.cursor}`);
});

it('gives a submission again at its last change only', async () => {
  const first = await reviewer.get('/v1/feed', FeedPage);
  const [one] = first.items;
  if (!one) throw new Error('the feed is empty');
  const locks = one.images.map(({ slot, sha256 }) => decisionOn(one, { kind: 'image.lock', slot, sha256 }));
  await send(reviewer, ...locks);
  const next = await reviewer.get(`/v1/feed?epoch=${first.epoch}&after=${first.cursor}`, FeedPage);
  expect(next.items.map(({ id }) => id)).toEqual([one.id]);
  expect(next.items[0]?.seq).toBe(14 + locks.length);
  const all = await pull(reviewer);
  expect(all.map(({ seq }) => seq)).toEqual([...all.map(({ seq }) => seq)].sort((a, b) => a - b));
  expect(all).toHaveLength(7);
});

it('says when the cursor is of another epoch, ahead of the feed, or of none', async () => {
  const { epoch, cursor } = await reviewer.get('/v1/feed', FeedPage);
  const foreign = await reviewer.ask('GET', '/v1/feed?epoch=other&after=1');
  expect(foreign).toMatchObject({ status: 410, body: { code: 'feed.epoch' } });
  expect((await reviewer.ask('GET', `/v1/feed?epoch=${epoch}&after=${cursor + 1000}`)).status).toBe(410);
  expect((await reviewer.ask('GET', '/v1/feed?after=1')).status).toBe(400);
  expect((await reviewer.ask('GET', '/v1/feed?limit=201')).status).toBe(400);
  await markRestored(service.data.db, service.clock.now.toISOString());
  expect((await reviewer.ask('GET', `/v1/feed?epoch=${epoch}&after=${cursor}`)).status).toBe(410);
  expect((await reviewer.get('/v1/feed', FeedPage)).epoch).not.toBe(epoch);
});

it('tells each reviewer of their own part in what another has read before', async () => {
  const other = await service.signIn('reviewer2');
  const [one] = await pull(other);
  if (!one) throw new Error('the feed is empty');
  const [lock] = one.images.map(({ slot, sha256 }) => decisionOn(one, { kind: 'image.lock', slot, sha256 }));
  await send(reviewer, ...(lock ? [lock] : []));
  const seenBy = async (caller: Caller) => (await pull(caller)).find(({ id }) => id === one.id);
  for (let times = 0; times < 2; times += 1) {
    expect((await seenBy(reviewer))?.parts).toHaveLength(1);
    expect((await seenBy(other))?.parts).toEqual([]);
  }
});

it('reads what stands at a place anew when the epoch is another', async () => {
  const [one] = await pull(reviewer);
  if (!one) throw new Error('the feed is empty');
  const restored = { ...one, round: one.round + 1 };
  const document = JSON.stringify(restored);
  await service.data.db.updateTable('submissions').set({ document }).where('id', '=', one.id).execute();
  await markRestored(service.data.db, service.clock.now.toISOString());
  expect((await pull(reviewer))[0]).toEqual(restored);
});
