import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MATERIAL_CODES } from '../../../shared/catalogue/materials.ts';
import {
  CalendarDate,
  DecisionId,
  Instant,
  indexOf,
  materialOf,
  Sha256,
  Slot,
  SubmissionId,
  slotOf,
} from '../../../shared/ids.ts';

const slots = fc.tuple(fc.constantFrom(...MATERIAL_CODES), fc.integer({ min: 1, max: 99 }));

describe('slots', () => {
  it('go to material and number and back', () => {
    fc.assert(
      fc.property(slots, ([material, index]) => {
        const slot = slotOf(material, index);
        expect([materialOf(slot), indexOf(slot)]).toEqual([material, index]);
      }),
    );
  });

  it.each(['M01', 'M01-0', 'M01-01', 'M01-100', 'M27-1', 'm01-1', 'M01-1 ', ' M01-1', 'M01-1\n', ''])(
    'refuse %j',
    (text) => {
      expect(Slot.safeParse(text).success).toBe(false);
    },
  );

  it('have no number 0 or 100', () => {
    expect(() => slotOf('M01', 0)).toThrow();
    expect(() => slotOf('M01', 100)).toThrow();
  });
});

describe('other identifiers', () => {
  it('are of one form only', () => {
    expect(Sha256.safeParse('0'.repeat(64)).success).toBe(true);
    for (const wrong of ['0'.repeat(63), '0'.repeat(65), 'A'.repeat(64), `${'0'.repeat(64)}\n`]) {
      expect(Sha256.safeParse(wrong).success).toBe(false);
    }
    expect(SubmissionId.safeParse('a'.repeat(64)).success).toBe(true);
    for (const wrong of ['', 'a b', '../x', 'a'.repeat(65), 'a/b']) {
      expect(SubmissionId.safeParse(wrong).success).toBe(false);
    }
    expect(DecisionId.safeParse('0195b8a4-6c00-7000-8000-000000000001').success).toBe(true);
    expect(DecisionId.safeParse('decision-1').success).toBe(false);
  });

  it('have instants in UTC with milliseconds, and dates of the calendar', () => {
    expect(Instant.safeParse('2026-03-02T01:00:00.000Z').success).toBe(true);
    for (const wrong of [
      '2026-03-02T01:00:00Z',
      '2026-03-02T01:00:00.000+08:00',
      '2026-03-02',
      '2026-02-30T01:00:00.000Z',
    ]) {
      expect(Instant.safeParse(wrong).success).toBe(false);
    }
    expect(CalendarDate.safeParse('2024-02-29').success).toBe(true);
    for (const wrong of ['2025-02-29', '2025-2-1', '20250201'])
      expect(CalendarDate.safeParse(wrong).success).toBe(false);
  });
});
