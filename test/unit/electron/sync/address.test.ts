import { expect, test } from 'vitest';
import { originOf } from '../../../../electron/sync/address.ts';

test.each([
  ['https://review.example.cn', 'https://review.example.cn'],
  ['  https://review.example.cn:8443/desk/  ', 'https://review.example.cn:8443'],
  ['review.example.cn', 'https://review.example.cn'],
  ['review.example.cn:8443', 'https://review.example.cn:8443'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['localhost:8787', 'http://localhost:8787'],
  ['127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['HTTPS://Review.Example.CN', 'https://review.example.cn'],
])('%s means %s', (typed, origin) => {
  expect(originOf(typed)).toBe(origin);
});

test.each([
  ['http://review.example.cn', 'network.insecure'],
  ['http://127.0.0.1.example.cn', 'network.insecure'],
  ['ftp://review.example.cn', 'network.address'],
  ['javascript:alert(1)', 'network.address'],
  ['file:///etc/passwd', 'network.address'],
  ['https://', 'network.address'],
  ['https://user:secret@review.example.cn', 'network.address'],
  ['not an address', 'network.address'],
  ['', 'network.address'],
])('%s is refused: %s', (typed, code) => {
  expect(() => originOf(typed)).toThrow(expect.objectContaining({ code }));
});
