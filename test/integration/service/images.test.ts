import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Of } from '../../../service/images/blobs.ts';
import { slotOf } from '../../../shared/ids.ts';
import { tinyCandidate } from '../../factories/district.ts';
import { type Caller, pullOne, startTestService, type TestService } from '../../factories/running-service.ts';

let service: TestService;
let reviewer: Caller;
let url: string;
let sha256: string;
const bytes = Buffer.from(tinyCandidate(1).images[0]?.bytes ?? []);

beforeAll(async () => {
  service = await startTestService();
  reviewer = await service.signIn('reviewer1');
  const { images } = await pullOne(reviewer, 1);
  sha256 = images.find(({ slot }) => slot === slotOf('M01', 1))?.sha256 ?? '';
  url = `/v1/images/${sha256}`;
});
afterAll(() => service.end());

const get = (headers: Record<string, string> = {}, method = 'GET') => reviewer.ask(method, url, { headers });

it('gives the bytes of the hash, to be kept for good', async () => {
  const reply = await get();
  expect(reply.status).toBe(200);
  expect(reply.body).toEqual(bytes);
  expect(sha256Of(bytes)).toBe(sha256);
  expect(reply.headers.get('content-type')).toBe('image/png');
  expect(reply.headers.get('etag')).toBe(`"${sha256}"`);
  expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  expect(reply.headers.get('accept-ranges')).toBe('bytes');
  expect(reply.headers.get('content-length')).toBe(String(bytes.length));
});

it('answers HEAD without a body', async () => {
  const reply = await get({}, 'HEAD');
  expect(reply).toMatchObject({ status: 200, body: null });
  expect(reply.headers.get('content-length')).toBe(String(bytes.length));
});

it('gives parts', async () => {
  const middle = await get({ range: 'bytes=10-19' });
  expect(middle).toMatchObject({ status: 206, body: bytes.subarray(10, 20) });
  expect(middle.headers.get('content-range')).toBe(`bytes 10-19/${bytes.length}`);
  expect(await get({ range: 'bytes=100-' })).toMatchObject({ status: 206, body: bytes.subarray(100) });
  expect(await get({ range: 'bytes=-5' })).toMatchObject({ status: 206, body: bytes.subarray(-5) });
  expect(await get({ range: 'bytes=5-999999' })).toMatchObject({ status: 206, body: bytes.subarray(5) });
  const resumed = await get({ range: 'bytes=10-', 'if-range': `"${sha256}"` });
  expect(resumed).toMatchObject({ status: 206, body: bytes.subarray(10) });
});

it('gives the whole where the part is not to be had', async () => {
  for (const headers of [
    { range: 'lines=1-2' },
    { range: 'bytes=9-2' },
    { range: 'bytes=0-1,4-5' },
    { range: 'bytes=1-', 'if-range': '"other"' },
  ]) {
    expect(await get(headers)).toMatchObject({ status: 200, body: bytes });
  }
  const outside = await get({ range: `bytes=${bytes.length}-` });
  expect(outside.status).toBe(416);
  expect(outside.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
});

it('answers 304 to who has it, but only to who may have it', async () => {
  expect(await get({ 'if-none-match': `"${sha256}"` })).toMatchObject({ status: 304, body: null });
  expect((await get({ 'if-none-match': `"x", W/"${sha256}"` })).status).toBe(304);
  expect((await get({ 'if-none-match': '"x"' })).status).toBe(200);
  const foreign = await service.signIn('reviewer3');
  expect((await foreign.ask('GET', url, { headers: { 'if-none-match': `"${sha256}"` } })).status).toBe(404);
});

it('refuses names that are no hashes', async () => {
  expect((await reviewer.ask('GET', '/v1/images/..%2f..%2fservice.db')).status).toBe(400);
  expect((await reviewer.ask('GET', `/v1/images/${'0'.repeat(64)}`)).status).toBe(404);
});

it('gives nothing rather than bytes that are not those of the hash', async () => {
  const { images } = await pullOne(reviewer, 3);
  const victim = images[0]?.sha256 ?? '';
  const file = path.join(service.folder, 'images', victim.slice(0, 2), victim.slice(2, 4), victim);
  const damaged = await readFile(file);
  damaged.writeUInt8(damaged.readUInt8(70) ^ 1, 70);
  await writeFile(file, damaged);
  expect(await reviewer.ask('GET', `/v1/images/${victim}`)).toMatchObject({
    status: 500,
    body: { code: 'service.failed' },
  });
});
