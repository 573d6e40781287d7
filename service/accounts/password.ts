import { hash, verify } from '@node-rs/argon2';

/** Hash of a password: argon2id with OWASP's parameters (19 MiB, 2 passes), the library's default. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'));
}

/** A hash that no password has, verified for unknown names, so that the time to answer tells nothing. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Whether a password fits a hash; takes as long when there is none (`null`). */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const fits = await verify(stored ?? NOBODY, password.normalize('NFC'));
  return stored !== null && fits;
}
