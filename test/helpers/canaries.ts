import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, constants, inflateRawSync, inflateSync } from 'node:zlib';

/** What must not be found, by what it is. */
export type Canaries = ReadonlyMap<string, readonly Buffer[]>;
/** A file, or something else that was written, and where. */
export type Written = { readonly path: string; readonly bytes: Buffer };

/** Everything below a folder, with its bytes. What goes while it is read is left out. */
export function filesBelow(folder: string): Written[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const path = join(parentPath, name);
      try {
        return [{ path: relative(folder, path), bytes: readFileSync(path) }];
      } catch {
        return [];
      }
    });
}

/** The three ways in which bytes can lie in base64, without the signs that depend on what is beside them. */
function base64Of(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const sure = text.slice(shift === 0 ? 0 : 4, -2);
    return sure.length < 8 ? [] : [Buffer.from(sure), Buffer.from(sure.replaceAll('+', '-').replaceAll('/', '_'))];
  });
}

/** Bytes as they may stand in a file: as they are, in hex, in base64. */
export function formsOfBytes(bytes: Buffer): Buffer[] {
  return [bytes, Buffer.from(bytes.toString('hex')), ...base64Of(bytes)];
}

/** Shorter ones turn up by chance in megabytes of encrypted data: two characters in UTF-16, for instance. */
const LEAST = 6;

/** A text as it may stand in a file: in the encodings that Chromium, SQLite and JSON use, and these in base64. */
export function formsOf(text: string): Buffer[] {
  const escaped = [...text].map((sign) =>
    sign > '~' ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}` : sign,
  );
  const encoded = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  return [
    ...encoded,
    Buffer.from(escaped.join('')),
    Buffer.from(encodeURIComponent(text)),
    ...encoded.flatMap(base64Of),
  ].filter(({ length }) => length >= LEAST);
}

/** A compressed stream may be cut off; what comes before the cut is still found. */
const UNTIL_CUT = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 };
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
/** Zlib's usual heads. */
const ZLIB = [0x01, 0x5e, 0x9c, 0xda].map((flags) => Buffer.from([0x78, flags]));

/** What follows a gzip head (RFC 1952): ten bytes, then by its flags further fields, a name, a comment, a checksum. */
function afterHead(bytes: Buffer): Buffer {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + bytes.readUInt16LE(at);
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1;
  return bytes.subarray(flags & 2 ? at + 2 : at);
}

function unpacked(unpack: () => Buffer): Buffer[] {
  try {
    const bytes = unpack();
    return bytes.length === 0 ? [] : [bytes];
  } catch {
    return [];
  }
}

function placesOf(bytes: Buffer, mark: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(mark); at !== -1 && places.length < 2_000; at = bytes.indexOf(mark, at + 1))
    places.push(at);
  return places;
}

/** What is in the bytes compressed: gzip and zlib anywhere, deflate and brotli as the whole. */
export function decoded(bytes: Buffer): Buffer[] {
  return [
    ...placesOf(bytes, GZIP).flatMap((at) => unpacked(() => inflateRawSync(afterHead(bytes.subarray(at)), UNTIL_CUT))),
    ...ZLIB.flatMap((mark) => placesOf(bytes, mark)).flatMap((at) =>
      unpacked(() => inflateSync(bytes.subarray(at), UNTIL_CUT)),
    ),
    ...unpacked(() => inflateRawSync(bytes)),
    ...unpacked(() => brotliDecompressSync(bytes, { maxOutputLength: 64 * 1024 * 1024 })),
  ];
}

type Pattern = { readonly what: string; readonly form: Buffer };

/** Thousands of patterns in megabytes: looked up by their first three bytes, so that each byte is looked at once. */
function finder(canaries: Canaries): (content: Buffer) => Set<string> {
  const begins = new Uint8Array(1 << 24);
  const patterns = new Map<number, Pattern[]>();
  for (const [what, forms] of canaries) {
    for (const form of forms) {
      if (form.length < LEAST) throw new Error(`the canary ${what} is too short to tell it from chance`);
      const begin = form.readUIntBE(0, 3);
      begins[begin] = 1;
      patterns.set(begin, [...(patterns.get(begin) ?? []), { what, form }]);
    }
  }
  return (content) => {
    const found = new Set<string>();
    let begin = 0;
    for (let at = 0; at < content.length; at += 1) {
      begin = ((begin << 8) | (content[at] ?? 0)) & 0xffffff;
      if (at < 2 || begins[begin] === 0) continue;
      for (const { what, form } of patterns.get(begin) ?? []) {
        if (content.subarray(at - 2, at - 2 + form.length).equals(form)) found.add(what);
      }
    }
    return found;
  };
}

/** Where canaries are found, as `what in where`: in names, in bytes as they are, and decompressed. */
export function search(written: readonly Written[], canaries: Canaries): string[] {
  const find = finder(canaries);
  return written.flatMap(({ path, bytes }) => {
    const found = [Buffer.from(path), bytes, ...decoded(bytes)].flatMap((content) => [...find(content)]);
    return [...canaries.keys()].filter((what) => found.includes(what)).map((what) => `${what} in ${path}`);
  });
}
