import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { type FetchOptions, fetchPictures, type PictureStores, type Source } from '../../../electron/images/fetch.ts';
import { readOriginal } from '../../../electron/store/originals.ts';
import { takeSubmission } from '../../../electron/store/submissions.ts';
import { AccountId, Sha256, SubmissionId } from '../../../shared/ids.ts';
import { image, policy, submission } from '../../factories/submission.ts';
import { openPictureServer } from '../../helpers/picture-server.ts';
import { emptyStores } from '../../helpers/stores.ts';

/** Pictures on the way from a real server into real files. */

const LINE = { patience: { connect: 1_000, headers: 2_000, body: 500 }, connections: 4, proxy: null, authorities: [] };
const VIEW = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;
const shaOf = (body: Uint8Array) => Sha256.parse(createHash('sha256').update(body).digest('hex'));

/** Submissions with a picture each. */
function want(
  { review }: PictureStores,
  bodies: readonly Uint8Array[],
  deadlines: readonly string[] = [],
): SubmissionId[] {
  return bodies.map((body, index) => {
    const id = SubmissionId.parse(`s-${index}`);
    const deadline = deadlines[index] ?? null;
    const images = [image('M01-1', { sha256: shaOf(body), bytes: body.length })];
    review.transact((db) => takeSubmission(db, submission({ id, seq: index + 1, deadline, images }), 'epoch', VIEW));
    return id;
  });
}

function fetch(stores: PictureStores, origin: string, options: Partial<FetchOptions> = {}) {
  return fetchPictures({
    access: { line: { ...LINE, origin }, token: 't', language: 'en' },
    stores,
    signal: new AbortController().signal,
    attended: () => [],
    source: { ended: true, onPage: () => undefined },
    budget: 1e12,
    onKept: () => undefined,
    ...options,
  });
}

const send = (response: ServerResponse, body: Uint8Array, status = 200, headers = {}) =>
  response.writeHead(status, { 'content-length': body.length, ...headers }).end(body);

/** Says how long the answer is, sends a part of it, and hangs up. */
function cut(response: ServerResponse, body: Uint8Array, sent: number, status = 200, headers = {}): void {
  response.writeHead(status, { 'content-length': body.length, ...headers });
  response.write(body.subarray(0, sent), () => response.socket?.destroy());
}

test('bytes that are not the picture asked for are never kept', async () => {
  const { stores, close } = await emptyStores();
  const right = Buffer.from('the picture as it was uploaded');
  const wrong = [Buffer.from('the picture as it was uploadeD'), right.subarray(1), Buffer.alloc(0)];
  const server = await openPictureServer((_, response) => send(response, wrong.shift() ?? right));
  want(stores, [right]);
  const first = await fetch(stores, server.origin);
  expect(first.missing.get(shaOf(right))?.code).toBe('image.damaged_transfer');
  expect(readOriginal(stores.images.read, shaOf(right))).toBeNull();
  // Each try began anew: nothing of a wrong answer is gone on from.
  expect(server.asked.map(({ range }) => range)).toEqual([undefined, undefined, undefined]);
  expect((await fetch(stores, server.origin)).missing.size).toBe(0);
  expect(readOriginal(stores.images.read, shaOf(right))?.body).toEqual(right);
  await close();
});

test('a picture that was cut off is gone on with where it ended', async () => {
  const { stores, close } = await emptyStores();
  const body = randomBytes(400_000);
  const server = await openPictureServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = body.subarray(from);
    const partial = from > 0;
    const headers = partial ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {};
    if (server.asked.length < 3) cut(response, rest, 100_000, partial ? 206 : 200, headers);
    else send(response, rest, 206, headers);
  });
  want(stores, [body]);
  await fetch(stores, server.origin);
  expect(readOriginal(stores.images.read, shaOf(body))?.body).toEqual(body);
  const [first, ...later] = server.asked;
  expect(first).toMatchObject({ range: undefined, ifRange: undefined });
  expect(later.length).toBeGreaterThan(0);
  for (const { range, ifRange } of later) {
    expect(Number(range?.slice(6, -1))).toBeGreaterThan(0);
    expect(ifRange).toBe(`"${shaOf(body)}"`);
  }
  await close();
});

test.each([
  ['the whole picture in answer to a part', (response: ServerResponse, body: Buffer) => send(response, body)],
  [
    'another part than was asked for',
    (response: ServerResponse, body: Buffer) =>
      send(response, body.subarray(5), 206, { 'content-range': `bytes 5-${body.length - 1}/${body.length}` }),
  ],
  [
    'no such part',
    (response: ServerResponse, body: Buffer) =>
      send(response, Buffer.alloc(0), 416, { 'content-range': `bytes */${body.length}` }),
  ],
  [
    'a rest with one changed bit',
    (response: ServerResponse, body: Buffer, from: number) => {
      const rest = Buffer.from(body.subarray(from));
      rest.writeUInt8(rest.readUInt8(9) ^ 1, 9);
      send(response, rest, 206, { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` });
    },
  ],
])('%s: the picture that is kept is still the right one', async (_, answer) => {
  const { stores, close } = await emptyStores();
  const body = randomBytes(300_000);
  let parts = 0;
  const server = await openPictureServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (server.asked.length === 1) cut(response, body, 100_000);
    else if (from > 0) {
      parts += 1;
      answer(response, body, from);
    } else send(response, body);
  });
  want(stores, [body]);
  expect((await fetch(stores, server.origin)).missing.size).toBe(0);
  expect(parts).toBe(1);
  expect(readOriginal(stores.images.read, shaOf(body))?.body).toEqual(body);
  await close();
});

test('what is due comes first, what is on screen before all', async () => {
  const { stores, close } = await emptyStores();
  const bodies = Array.from({ length: 200 }, () => randomBytes(2_000));
  const deadlines = bodies.map(
    (__, index) => `2026-04-${String(30 - Math.floor(index / 8)).padStart(2, '0')}T00:00:00.000Z`,
  );
  const ids = want(stores, bodies, deadlines);
  const held: (() => void)[] = [];
  let holding = true;
  const byHash = new Map(bodies.map((body, index) => [`/v1/images/${shaOf(body)}`, index]));
  const server = await openPictureServer((request, response) => {
    const body = bodies[byHash.get(request.url ?? '') ?? 0] ?? Buffer.alloc(0);
    if (holding) held.push(() => send(response, body));
    else send(response, body);
  });
  const attended: SubmissionId[] = [];
  const source: Source = { ended: false, onPage: () => undefined };
  const fetching = fetch(stores, server.origin, { attended: () => attended, source });
  await expect.poll(() => held.length).toBeGreaterThanOrEqual(6);
  // Opened meanwhile: the least urgent of all.
  const [last] = ids;
  if (last !== undefined) attended.push(last);
  source.ended = true;
  source.onPage();
  holding = false;
  for (const go of held) go();
  await fetching;
  const order = server.asked.map(({ path }) => byHash.get(path) ?? -1);
  expect(order).toHaveLength(bodies.length);
  expect(order.slice(0, held.length).every((index) => index >= 192)).toBe(true);
  expect(order.indexOf(0)).toBeLessThan(held.length + 40);
  const rest = order.filter((index) => index !== 0).map((index) => deadlines[index] ?? '');
  // Several are under way at a time: by groups of the same day they keep their order, up to the neighbours of a group.
  expect(rest.slice(0, 100).every((deadline, place) => deadline <= (rest[place + 60] ?? '9'))).toBe(true);
  await close();
});

test('a service that is asked too much is asked less, and everything comes in the end', async () => {
  const { stores, close } = await emptyStores();
  const bodies = Array.from({ length: 12 }, () => randomBytes(2_000));
  const byHash = new Map(bodies.map((body) => [`/v1/images/${shaOf(body)}`, body]));
  let under = 0;
  let refusals = 0;
  const server = await openPictureServer((request, response) => {
    under += 1;
    response.on('close', () => {
      under -= 1;
    });
    if (under > 2 && refusals < 5) {
      refusals += 1;
      return send(response, Buffer.from('busy'), 503);
    }
    setTimeout(() => send(response, byHash.get(request.url ?? '') ?? Buffer.alloc(0)), 20);
  });
  want(stores, bodies);
  expect((await fetch(stores, server.origin)).missing.size).toBe(0);
  expect(refusals).toBeGreaterThan(0);
  for (const body of bodies) expect(readOriginal(stores.images.read, shaOf(body))?.body).toEqual(body);
  await close();
}, 60_000);

test('without room nothing is asked for, and why is said; what is on screen comes beyond the budget', async () => {
  const { stores, close } = await emptyStores();
  const bodies = [randomBytes(3_000), randomBytes(3_000)];
  const byHash = new Map(bodies.map((body) => [`/v1/images/${shaOf(body)}`, body]));
  const server = await openPictureServer((request, response) =>
    send(response, byHash.get(request.url ?? '') ?? Buffer.alloc(0)),
  );
  const [first] = want(stores, bodies);
  expect(await fetch(stores, server.origin, { budget: 0 })).toMatchObject({ shortage: 'store.budget' });
  expect(server.asked).toEqual([]);
  const attended = first === undefined ? [] : [first];
  await fetch(stores, server.origin, { budget: 0, attended: () => attended });
  expect(server.asked).toHaveLength(1);
  expect(await fetch(stores, server.origin)).toMatchObject({ shortage: null });
  expect(server.asked).toHaveLength(2);
  await close();
});
