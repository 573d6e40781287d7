import { expect, it } from 'vitest';
import { isStrong } from '../../../shared/password.ts';

it.each(['Sample-2026-desk', 'abcdef-1234', 'ABCDEFGH12a', '审核员Ab12345'])('%j is strong enough', (password) => {
  expect(isStrong(password)).toBe(true);
});

it.each(['', 'Short-1', 'abcdefghijkl', 'ABCdefGHIjkl', '1234567890', 'password-only', '😀😀😀aA1'])(
  '%j is not',
  (password) => {
    expect(isStrong(password)).toBe(false);
  },
);
