import type { z } from 'zod';
import { isPage, ServiceFailure } from './failures.ts';

/**
 * Reads an answer by its schema.
 * @throws ServiceFailure `network.portal`, `network.not_service`: what doesn't fit isn't the service's
 */
export function parse<T extends z.ZodType>(schema: T, bytes: Buffer): z.infer<T> {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const code = isPage({ body: text }) ? 'network.portal' : 'network.not_service';
    throw new ServiceFailure(code, 'perhaps', 'not JSON', { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new ServiceFailure('network.not_service', 'perhaps', `unexpected answer at ${where}`);
}
