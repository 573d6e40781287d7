import type { Writable } from 'node:stream';
import type { FastifyLoggerOptions } from 'fastify';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the log may hold of an error: its kind and where it arose. Messages may quote data, so they stay out. */
function describe(error: Error): { type: string; message: string; stack: string } {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: 'code' in error && typeof error.code === 'string' ? error.code : '',
    stack: frames.map((line) => line.trim()).join(' | '),
  };
}

/** The logger's settings: route patterns, ids and states only; nothing of a request's content, address or person. */
export function logSettings(level: LogLevel, stream: Writable): FastifyLoggerOptions {
  return {
    level,
    stream,
    serializers: { req: ({ method }) => ({ method }), res: ({ statusCode }) => ({ statusCode }), err: describe },
  };
}
