import fc from 'fast-check';
import { expect, it } from 'vitest';
import { USABLE_BYTES } from '../../../../electron/store/pages.ts';
import { rowsOf } from '../../../../electron/store/records.ts';

/** A table leaf with one row: rowid 7, columns null, 'text', 300, 1. */
function leaf(): Buffer {
  const body = Buffer.alloc(USABLE_BYTES);
  const record = Buffer.from([5, 0, 21, 2, 9, ...Buffer.from('text'), 1, 44]);
  const at = USABLE_BYTES - record.length - 2;
  body.writeUInt8(0x0d, 0);
  body.writeUInt16BE(1, 3);
  body.writeUInt16BE(at, 8);
  body.set([record.length, 7, ...record], at);
  return body;
}

it('reads the rows of a leaf', () => {
  expect([...rowsOf(leaf(), () => null)]).toEqual([{ rowid: 7, values: [null, 'text', 300, 1] }]);
});

it('finds nothing in pages of other kinds', () => {
  const body = leaf();
  body.writeUInt8(0x05, 0);
  expect([...rowsOf(body, () => null)]).toEqual([]);
});

it('makes the best of any bytes: never throws, never runs on', () => {
  const page = fc.uint8Array({ minLength: USABLE_BYTES, maxLength: USABLE_BYTES });
  fc.assert(
    fc.property(page, fc.constantFrom(0x0d, 0x0a), (bytes, kind) => {
      const body = Buffer.from(bytes);
      body.writeUInt8(kind, 0);
      expect([...rowsOf(body, () => body)].length).toBeLessThanOrEqual(USABLE_BYTES);
    }),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(fc.nat(USABLE_BYTES - 1), fc.nat(255), (at, byte) => {
      const body = leaf();
      body.writeUInt8(byte, at);
      expect([...rowsOf(body, () => null)].length).toBeLessThanOrEqual(USABLE_BYTES);
    }),
    { numRuns: 500 },
  );
});
