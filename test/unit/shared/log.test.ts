import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/canonical.ts';
import { Sha256 } from '../../../shared/ids.ts';
import { entryForm } from '../../../shared/log.ts';

it('the form of an entry is its canonical JSON', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 });
  const maybe = fc.option(text);
  const entries = fc.record({
    n: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    at: text,
    accountId: maybe,
    kind: text,
    subject: maybe,
    facts: text.map((value) => JSON.stringify({ value, quoted: '"\\\u0007\u2028' })),
    previous: fc.constant(Sha256.parse('0'.repeat(64))),
  });
  fc.assert(
    fc.property(entries, (entry) => {
      expect(entryForm(entry)).toBe(canonicalJson(entry));
    }),
  );
});
