import { USABLE_BYTES } from './pages.ts';

/** A value of a record; blobs are of no interest here. */
export type Value = string | number | null;
/** A row as it stands in a leaf of a tree; `rowid` is null in tables without one. */
export type Row = { readonly rowid: number | null; readonly values: readonly Value[] };

const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const HEADER_BYTES = 8;
/** A row of ours is far below it; more is a length that was damaged. */
const LARGEST_PAYLOAD = 1_000_000;

/** SQLite's variable-length integer: value and the place after it. */
function varint(bytes: Buffer, start: number): readonly [value: number, next: number] {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes.readUInt8(start + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, start + index + 1];
  }
  return [value * 256 + bytes.readUInt8(start + 8), start + 9];
}

/** How much of a payload stands in the leaf itself (SQLite file format §1.6). */
function localBytes(payload: number, largest: number): number {
  if (payload <= largest) return payload;
  const least = Math.floor(((USABLE_BYTES - 12) * 32) / 255) - 23;
  const size = least + ((payload - least) % (USABLE_BYTES - 4));
  return size <= largest ? size : least;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function valuesOf(record: Buffer): Value[] {
  const [headerEnd, first] = varint(record, 0);
  const values: Value[] = [];
  let at = headerEnd;
  for (let place = first; place < headerEnd; ) {
    const [type, next] = varint(record, place);
    place = next;
    if (type >= 12) {
      const length = Math.floor((type - 12) / 2);
      const bytes = record.subarray(at, at + length);
      if (bytes.length < length) throw new RangeError('the record ends early');
      values.push(type % 2 === 1 ? bytes.toString('utf8') : null);
      at += length;
      continue;
    }
    const length = INTEGER_BYTES[type];
    if (type === 0) values.push(null);
    else if (type === 8 || type === 9) values.push(type - 8);
    else if (length === undefined) throw new RangeError('not a column of ours');
    else values.push(length === 8 ? Number(record.readBigInt64BE(at)) : record.readIntBE(at, length));
    at += length ?? 0;
  }
  return values;
}

/**
 * The rows in a leaf page, as far as they can be made out: what doesn't fit together is passed over. Anything else than
 * a leaf has none.
 * @param follow the content of an overflow page, null when it cannot be had; called for a row just before it is given
 */
export function* rowsOf(body: Buffer, follow: (number: number) => Buffer | null): Generator<Row> {
  const kind = body.readUInt8(0);
  if (kind !== TABLE_LEAF && kind !== INDEX_LEAF) return;
  const largest = kind === TABLE_LEAF ? USABLE_BYTES - 35 : Math.floor(((USABLE_BYTES - 12) * 64) / 255) - 23;
  const cells = Math.min(body.readUInt16BE(3), Math.floor((USABLE_BYTES - HEADER_BYTES) / 2));
  for (let cell = 0; cell < cells; cell += 1) {
    try {
      const [payload, afterSize] = varint(body, body.readUInt16BE(HEADER_BYTES + 2 * cell));
      const [rowid, start] = kind === TABLE_LEAF ? varint(body, afterSize) : [null, afterSize];
      if (payload > LARGEST_PAYLOAD) continue;
      const local = localBytes(payload, largest);
      const parts = [body.subarray(start, start + local)];
      let left = payload - local;
      const seen = new Set<number>();
      for (let next = left > 0 ? body.readUInt32BE(start + local) : 0; left > 0; ) {
        const page = seen.has(next) ? null : follow(next);
        if (!page) throw new RangeError('an overflow page is missing, or leads back');
        seen.add(next);
        parts.push(page.subarray(4, 4 + Math.min(left, USABLE_BYTES - 4)));
        left -= USABLE_BYTES - 4;
        next = page.readUInt32BE(0);
      }
      yield { rowid, values: valuesOf(Buffer.concat(parts)) };
    } catch (error) {
      // Beyond the page or the record: this row is damaged, the others may not be.
      if (!(error instanceof RangeError)) throw error;
    }
  }
}
