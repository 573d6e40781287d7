import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Adjust,
  adjusted,
  BRIGHTNESS,
  CHANNELS,
  CONTRAST,
  filterOf,
  NEUTRAL,
  nextChannel,
  nextPreset,
  PRESETS,
  presetOf,
} from '../../../../renderer/viewer/adjust.ts';

const change = fc.record(
  {
    brightness: fc.integer({ min: -50, max: 500 }),
    contrast: fc.integer({ min: -50, max: 900 }),
    inverted: fc.boolean(),
    channel: fc.constantFrom(...CHANNELS),
  },
  { requiredKeys: [] },
);

describe('adjusted', () => {
  it('stays within the limits', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const end = changes.reduce<Adjust | null>(adjusted, null) ?? NEUTRAL;
        expect(end.brightness).toBeGreaterThanOrEqual(BRIGHTNESS.min);
        expect(end.brightness).toBeLessThanOrEqual(BRIGHTNESS.max);
        expect(end.contrast).toBeGreaterThanOrEqual(CONTRAST.min);
        expect(end.contrast).toBeLessThanOrEqual(CONTRAST.max);
      }),
    );
  });

  it('is nothing once everything is as uploaded, and then there is no filter', () => {
    const changed = adjusted(null, { brightness: 120, inverted: true });
    expect(filterOf(changed)).toBe('brightness(120%) invert(1)');
    const back = adjusted(changed, { brightness: 100, inverted: false });
    expect(back).toBeNull();
    expect(filterOf(back)).toBeUndefined();
  });
});

describe('filterOf', () => {
  it('takes the channel first and the contrast after the brightness', () => {
    expect(filterOf({ brightness: 60, contrast: 300, inverted: true, channel: 'green' })).toBe(
      'url(#channel-green) brightness(60%) contrast(300%) invert(1)',
    );
  });

  it('tells every setting that differs from another', () => {
    fc.assert(
      fc.property(change, change, (a, b) => {
        const [one, other] = [adjusted(null, a), adjusted(null, b)];
        expect(filterOf(one) === filterOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});

describe('one key', () => {
  it('goes through the presets and back to the picture as uploaded', () => {
    const way: (Adjust | null)[] = [null];
    for (let press = 0; press <= PRESETS.length; press += 1) way.push(nextPreset(way.at(-1) ?? null));
    expect(way).toEqual([null, ...PRESETS.map(presetOf), null]);
  });

  it('goes through the channels and around', () => {
    expect(CHANNELS.map(nextChannel)).toEqual(['red', 'green', 'blue', 'all']);
  });
});
