import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskId } from '../../../../shared/checks/mask.ts';

describe('maskId', () => {
  it.each([
    ['11010519491231002X', '1101**********002X'],
    ['H12345678', '*******78'],
    ['123456789012', '1234****9012'],
    ['12345678901', '*********01'],
    ['X1234', '***34'],
    ['1234', '****'],
    ['', ''],
  ])('%s becomes %s', (number, masked) => {
    expect(maskId(number)).toBe(masked);
  });

  it('keeps the length and hides at least all but eight characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (number) => {
        const masked = [...maskId(number)];
        expect(masked.length).toBe([...number].length);
        const shown = masked.filter((character) => character !== '*').length;
        expect(shown).toBeLessThanOrEqual(masked.length >= 12 ? 8 : 2);
      }),
    );
  });
});
