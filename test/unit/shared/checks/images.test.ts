import { describe, expect, it } from 'vitest';
import { type Check, derive, type ImageFacts } from '../../../../shared/checks/check.ts';
import { MONOCHROME_BELOW, type SharedImage } from '../../../../shared/checks/images.ts';
import type { Image } from '../../../../shared/submission.ts';
import { form, image, imageFacts, policy, sha, slot, TODAY } from '../../../factories/submission.ts';

function checksOf(images: Image[], facts: ImageFacts[], shared: SharedImage[] = []): Check[] {
  const checks = derive({ form: form(), images, facts, shared, policy: policy(), today: TODAY });
  return checks.filter((check) => check.slot !== undefined);
}

/** The checks of a single picture with these facts, as id → check. */
function found(overrides: Partial<ImageFacts>, at = 'M03-1', own: Partial<Image> = {}): Map<string, Check> {
  const one = image(at, own);
  return new Map(checksOf([one], [imageFacts(one, overrides)]).map((check) => [check.id, check]));
}

describe('checks of an image', () => {
  it('all pass for a faultless picture', () => {
    const checks = [...found({}).values()];
    expect(checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'image.format passed',
      'image.size passed',
      'image.decodes passed',
      'image.orientation passed',
      'image.colour passed',
      'image.repeated passed',
      'image.shared passed',
    ]);
    for (const check of checks) expect(check).toMatchObject({ slot: 'M03-1', material: 'M03' });
  });

  it('are not made while the picture is not here', () => {
    expect(checksOf([image('M03-1')], [])).toEqual([]);
  });

  it('name another format, and judge it no further', () => {
    const checks = found({ format: 'other', decodes: 'none', width: 0, height: 0, colour: 0 });
    expect(checks.get('image.format')).toMatchObject({ status: 'failed', reason: 'Q06' });
    expect([...checks.keys()]).toEqual(['image.format', 'image.size']);
  });

  it.each(['none', 'truncated'] as const)('name a file that decodes %s', (decodes) => {
    const checks = found({ decodes });
    expect(checks.get('image.decodes')).toMatchObject({
      status: 'failed',
      reason: 'Q05',
      facts: { context: decodes },
    });
    expect(checks.has('image.orientation')).toBe(decodes === 'truncated');
    expect(checks.has('image.colour')).toBe(false);
  });

  it.each([
    [204_800, 'passed', 200],
    [204_801, 'failed', 201],
    [1, 'passed', 1],
  ])('judge %d bytes: %s', (bytes, status, kilobytes) => {
    const check = found({ bytes }).get('image.size');
    expect(check).toMatchObject({ status, facts: { kilobytes, limit: 200 } });
    expect(check?.reason).toBe(status === 'failed' ? 'Q07' : undefined);
  });

  it.each([
    [2, 0, 'R02'],
    [3, 180, 'R01'],
    [4, 180, 'R02'],
    [5, 90, 'R02'],
    [6, 90, 'R01'],
    [7, 270, 'R02'],
    [8, 270, 'R01'],
  ])('warn of EXIF orientation %d', (orientation, degrees, reason) => {
    expect(found({ orientation }).get('image.orientation')).toMatchObject({
      status: 'warning',
      reason,
      facts: { orientation, degrees },
    });
  });

  it('warn of a picture without colour, except where the original may be so', () => {
    expect(found({ colour: 0 }).get('image.colour')).toMatchObject({ status: 'warning', reason: 'Q04' });
    expect(found({ colour: MONOCHROME_BELOW }).get('image.colour')?.status).toBe('passed');
    for (const at of ['M10-1', 'M12-1', 'M25-1', 'M26-1']) {
      expect(found({ colour: 0 }, at).get('image.colour')?.status).toBe('passed');
    }
  });

  it('fail every slot that holds the same picture, and name the others', () => {
    const same = { sha256: sha(7) };
    const images = [image('M03-1', same), image('M04-1', same), image('M05-1'), image('M20-1', same)];
    const checks = checksOf(
      images,
      images.map((one) => imageFacts(one)),
    ).filter(({ id }) => id === 'image.repeated');
    expect(checks.map(({ slot: at, status, facts }) => [at, status, facts.slots])).toEqual([
      ['M03-1', 'failed', 'M04-1, M20-1'],
      ['M04-1', 'failed', 'M03-1, M20-1'],
      ['M05-1', 'passed', undefined],
      ['M20-1', 'failed', 'M03-1, M04-1'],
    ]);
    expect(checks[0]?.reason).toBe('N16');
  });

  it('warn of a picture that other submissions use, with a few of their numbers', () => {
    const one = image('M03-1');
    const shared = (registrationNumbers: string[]) =>
      checksOf([one], [imageFacts(one)], [{ sha256: one.sha256, registrationNumbers }]).find(
        ({ id }) => id === 'image.shared',
      );
    expect(shared(['101'])).toMatchObject({
      status: 'warning',
      reason: 'O02',
      facts: { submissions: 1, numbers: '101' },
    });
    expect(shared(['1', '2', '3', '4', '5'])?.facts).toEqual({ submissions: 5, numbers: '1, 2, 3, …' });
    expect(shared([])?.status).toBe('passed');
  });

  it('notice the very picture that was returned, not one that was merely replaced', () => {
    const before = {
      sha256: sha(7),
      bytes: 1,
      uploadedAt: '2026-03-01T01:00:00.000Z',
      replacedAt: '2026-03-02T01:00:00.000Z',
      state: 'returned' as const,
      reasons: ['Q01' as const],
      comment: '',
    };
    const check = (own: Partial<Image>) => found({}, 'M03-1', own).get('image.unchanged');
    expect(check({ sha256: sha(7), earlier: [before] })).toMatchObject({ status: 'warning', reason: 'Q01' });
    expect(check({ sha256: sha(8), earlier: [before] })?.status).toBe('passed');
    expect(check({ sha256: sha(7), earlier: [{ ...before, state: 'open' }] })?.status).toBe('passed');
    expect(check({})).toBeUndefined();
  });
});

describe('place of the checks', () => {
  it('follows the slots, tens after ones', () => {
    const images = ['M05-10', 'M05-2', 'M05-1'].map((at) => image(at));
    const checks = checksOf(
      images,
      images.map((one) => imageFacts(one)),
    );
    const places = [...new Set(checks.map((check) => check.slot))];
    expect(places).toEqual([slot('M05-1'), slot('M05-2'), slot('M05-10')]);
  });
});
