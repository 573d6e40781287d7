import { afterEach, beforeEach, expect, it } from 'vitest';
import { jpegBones, png } from '../../factories/pictures.ts';
import {
  type Caller,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { returning } from '../../factories/submission.ts';

let service: TestService;
let candidate: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 1 });
  const reviewer = await service.signIn('reviewer1');
  const subject = await pullOne(reviewer, 1);
  await send(reviewer, decisionOn(subject, returning(subject, ['M03-1'])));
  candidate = await service.candidate(1);
});
afterEach(() => service.end());

const put = (bytes: Uint8Array, type = 'image/png', slot = 'M03-1') =>
  candidate.ask('PUT', `/v1/candidate/images/${slot}`, { bytes, headers: { 'content-type': type } });

it('takes JPEG and PNG by content, whatever they are called', async () => {
  expect((await put(png(1), 'image/jpeg')).status).toBe(200);
  expect((await put(jpegBones(), 'image/png')).status).toBe(200);
  expect((await put(jpegBones(), 'application/octet-stream')).status).toBe(200);
});

it('refuses what is no picture', async () => {
  for (const bytes of [Buffer.from('%PDF-1.7'), Buffer.from('GIF89a'), Buffer.alloc(0), Buffer.from([0xff])]) {
    expect(await put(bytes)).toMatchObject({ status: 415, body: { code: 'image.format' } });
  }
  expect(await put(png(1), 'image/gif')).toMatchObject({ status: 415, body: { code: 'image.format' } });
});

it('refuses pictures that are cut off', async () => {
  const whole = png(1);
  for (const bytes of [
    whole.subarray(0, -5),
    whole.subarray(0, 20),
    jpegBones({ end: false }),
    jpegBones().subarray(0, 9),
  ]) {
    expect(await put(bytes)).toMatchObject({ status: 422, body: { code: 'image.corrupt' } });
  }
});

it('refuses pictures of absurd size', async () => {
  expect((await put(png(1, { padding: 204_900 }))).status).toBe(413);
  expect((await put(Buffer.alloc(5 * 1024 * 1024))).status).toBe(413);
  expect((await put(jpegBones({ width: 65_000, height: 65_000 }))).status).toBe(422);
});

it('refuses places that are not asked for', async () => {
  expect(await put(png(1), 'image/png', 'M03-2')).toMatchObject({ status: 409, body: { code: 'image.not_wanted' } });
  expect(await put(png(1), 'image/png', 'M98-1')).toMatchObject({ status: 400 });
});

it('leaves no half-written file behind a refusal', async () => {
  await put(png(77).subarray(0, -5));
  const rows = await service.data.db
    .selectFrom('submission_images')
    .select('sha256')
    .where('slot', '=', 'M03-1')
    .execute();
  expect(rows).toHaveLength(1);
});
