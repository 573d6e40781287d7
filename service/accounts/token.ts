import { createHash, randomBytes } from 'node:crypto';

/** A fresh bearer token: 32 random bytes. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token, or of a name whose failures are counted. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The token of an `Authorization: Bearer` header (RFC 6750), or null. */
export function bearerOf(header: string | undefined): string | null {
  return /^Bearer ([A-Za-z0-9_-]{20,100})$/i.exec(header ?? '')?.[1] ?? null;
}
