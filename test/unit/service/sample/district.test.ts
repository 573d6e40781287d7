import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  generateDistrict,
  generateReplacement,
  type SampleCandidate,
  truthOf,
} from '../../../../service/sample/district.ts';
import { Instant, slotOf } from '../../../../shared/ids.ts';

const TODAY = '2026-03-02';
const BROKEN = ['truncated_file', 'not_an_image'];

async function make(count: number, seed: number, threads = 2): Promise<SampleCandidate[]> {
  const made: SampleCandidate[] = [];
  for await (const candidate of generateDistrict({ count, seed, today: TODAY, threads })) made.push(candidate);
  return made;
}

const digest = (candidate: SampleCandidate) => ({
  ...candidate,
  images: candidate.images.map(({ slot, bytes }) => ({
    slot,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })),
});

describe('a generated district', () => {
  let three: SampleCandidate[] = [];
  beforeAll(async () => {
    three = await make(3, 1);
  });

  it('is the same for the same seed, and a smaller one is its beginning', async () => {
    const two = await make(2, 1, 1);
    expect(two.map(digest)).toEqual(three.slice(0, 2).map(digest));
  });

  it('is another one for another seed', async () => {
    const [other] = await make(1, 2);
    const [own] = three;
    expect(other && own && digest(other).images).not.toEqual(own && digest(own).images);
  });

  it('has right sized pictures, each its own', async () => {
    const seen = new Set<string>();
    for (const { images, defects, submittedAt } of three) {
      expect(Instant.safeParse(submittedAt).success && submittedAt < TODAY).toBe(true);
      for (const { slot, bytes } of images) {
        seen.add(createHash('sha256').update(bytes).digest('hex'));
        if (defects.some((defect) => defect.slot === slot && BROKEN.includes(defect.kind))) continue;
        const { width, height } = await sharp(bytes).metadata();
        expect(Math.max(width, height)).toBeGreaterThanOrEqual(1000);
        expect(Math.max(width, height)).toBeLessThanOrEqual(2000);
        expect(bytes.length).toBeGreaterThanOrEqual(60_000);
        expect(bytes.length).toBeLessThanOrEqual(200_000);
        await expect(sharp(bytes, { failOn: 'truncated' }).raw().toBuffer()).resolves.toBeDefined();
      }
    }
    expect(seen.size).toBe(three.reduce((sum, { images }) => sum + images.length, 0));
  });

  it('tells the truth about every candidate', () => {
    const { candidates } = truthOf(three);
    expect(candidates.map(({ registrationNumber }) => registrationNumber)).toEqual(
      three.map(({ registrationNumber }) => registrationNumber),
    );
    expect(candidates.some(({ defects }) => defects.length > 0)).toBe(true);
  });

  it('stops its workers when the reader leaves', async () => {
    for await (const candidate of generateDistrict({ count: 50, seed: 1, today: TODAY, threads: 1 })) {
      expect(candidate.registrationNumber).toBe(three[0]?.registrationNumber);
      break;
    }
  });

  it('makes a right picture to replace any slot', async () => {
    const [first] = three;
    const slot = slotOf('M05', 1);
    const request = { seed: 1, slot, today: TODAY };
    const replacement = await generateReplacement({ ...request, candidate: 0 });
    const named = await generateReplacement({ ...request, candidate: first?.registrationNumber ?? '' });
    expect(replacement.equals(named)).toBe(true);
    expect(first?.images.some(({ bytes }) => bytes.equals(replacement))).toBe(false);
    expect((await sharp(replacement).metadata()).format).toBe('jpeg');
  });
});
