import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formsOf, formsOfBytes, search } from '../../helpers/canaries.ts';

const NAME = '赵样例';
const NUMBER = '2026990101000001';
const PICTURE = Buffer.from(Array.from({ length: 24 }, (_, index) => (index * 37 + 11) % 256));
const canaries = new Map([
  ['name', formsOf(NAME)],
  ['number', formsOf(NUMBER)],
  ['picture', formsOfBytes(PICTURE)],
]);
const noise = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * index * 31 + index) % 251));
const around = (bytes: Buffer): Buffer => Buffer.concat([noise.subarray(0, 1001), bytes, noise.subarray(1001)]);
const json = JSON.stringify({ form: { name: NAME, number: NUMBER } });

/** The search of the canary tests must find whatever is there, however it was written. */
describe('the search finds', () => {
  it.each([
    ['UTF-8', Buffer.from(NAME)],
    ['UTF-16', Buffer.from(NAME, 'utf16le')],
    ['escaped JSON', Buffer.from('\\u8d75\\u6837\\u4f8b')],
    ['an address', Buffer.from(encodeURIComponent(NAME))],
    ['base64', Buffer.from(Buffer.from(json).toString('base64'))],
    ['base64 at another place', Buffer.from(Buffer.from(` ${json}`).toString('base64'))],
    ['base64 at a third place', Buffer.from(Buffer.from(`  ${json}`).toString('base64url'))],
    ['gzip', gzipSync(json)],
    ['zlib', deflateSync(json)],
  ])('%s, amid other bytes', (_how, bytes) => {
    expect(search([{ path: 'x', bytes: around(bytes) }], canaries)).toContain('name in x');
  });

  it.each([
    ['deflate', deflateRawSync(json)],
    ['gzip that was cut off', gzipSync(`${json}${noise.toString('hex')}`).subarray(0, -200)],
    ['brotli', brotliCompressSync(json)],
  ])('%s, as a whole file', (_how, bytes) => {
    expect(search([{ path: 'x', bytes }], canaries)).toEqual(['name in x', 'number in x']);
  });

  it('names of files, and pictures', () => {
    expect(search([{ path: `a/${NUMBER}.tmp`, bytes: noise }], canaries)).toEqual([`number in a/${NUMBER}.tmp`]);
    for (const bytes of [PICTURE, Buffer.from(PICTURE.toString('hex')), Buffer.from(PICTURE.toString('base64'))]) {
      expect(search([{ path: 'x', bytes: around(bytes) }], canaries)).toEqual(['picture in x']);
    }
  });

  it('nothing where nothing is', () => {
    expect(search([{ path: 'x', bytes: around(Buffer.from('考生甲 2026990101000002')) }], canaries)).toEqual([]);
  });
});
