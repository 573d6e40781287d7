import { expect, test } from 'vitest';
import { isSignedBy, newKeyPair, signText } from '../../../electron/signature.ts';

// RFC 8032 §7.1, test 1.
const VECTOR = {
  privateKey: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
};
const SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

test('signs as the standard says', () => {
  expect(signText(VECTOR, '')).toBe(SIGNATURE);
  expect(isSignedBy(VECTOR.publicKey, '', SIGNATURE)).toBe(true);
});

test('a signature is of one text and one key', () => {
  const keys = newKeyPair();
  const signature = signText(keys, '通过');
  expect(signText(keys, '通过')).toBe(signature);
  expect(isSignedBy(keys.publicKey, '通过', signature)).toBe(true);
  expect(isSignedBy(keys.publicKey, '通过 ', signature)).toBe(false);
  expect(isSignedBy(newKeyPair().publicKey, '通过', signature)).toBe(false);
  expect(isSignedBy(keys.publicKey, '通过', '')).toBe(false);
  expect(isSignedBy('', '通过', signature)).toBe(false);
});
