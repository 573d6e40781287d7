import { z } from 'zod';
import { Sha256 } from '../../shared/ids.ts';
import { ProblemCode } from '../../shared/problem.ts';
import type { Access } from '../sync/line.ts';
import type { Picture } from './originals.ts';
import type { Wanted } from './pictures.ts';

/** A picture to keep. */
export type Kept = Picture & { readonly sha256: Sha256 };

/** What the thread of the pictures is asked and answers, in order. */
export type WriterTask =
  | { readonly kind: 'keep'; readonly pictures: readonly Kept[] }
  | { readonly kind: 'keepSmall'; readonly sha256: Sha256; readonly body: Uint8Array }
  | { readonly kind: 'remove'; readonly hashes: readonly Sha256[] }
  /** Gives up to so many free pages back to the disk. */
  | { readonly kind: 'free'; readonly pages: number }
  | { readonly kind: 'close' };

/** What it is told of fetching, without an answer of its own. `run` tells one synchronisation from the next. */
export type TransferOrder =
  | { readonly kind: 'begin'; readonly run: number; readonly access: Access }
  /** `first`: before all that was ordered so far. */
  | { readonly kind: 'order'; readonly run: number; readonly pictures: readonly Wanted[]; readonly first: boolean }
  | { readonly kind: 'end'; readonly run: number };

const Told = z.strictObject({
  code: ProblemCode,
  /** Of a failure of the network or the service; null for others. */
  effect: z.enum(['no', 'perhaps']).nullable(),
  detail: z.string().nullable(),
});
/** A failure as it goes from thread to thread. */
export type Told = z.infer<typeof Told>;

/** What it says of fetching. */
export const TransferEvent = z.discriminatedUnion('event', [
  /** Verified and committed. */
  z.strictObject({
    event: z.literal('kept'),
    run: z.number().int(),
    pictures: z.array(z.strictObject({ sha256: Sha256, bytes: z.number().int() })),
  }),
  /** This one could not be had. */
  z.strictObject({ event: z.literal('missed'), run: z.number().int(), sha256: Sha256, failure: Told }),
  /** Nothing of this run follows; `failure` says why it ended before it was told to. */
  z.strictObject({ event: z.literal('ended'), run: z.number().int(), failure: Told.nullable() }),
]);
export type TransferEvent = z.infer<typeof TransferEvent>;

/** First once that the file is open, then once a task. `more`: there are further free pages. */
export const WriterReply = z.union([
  z.strictObject({ ok: z.literal(true), more: z.boolean() }),
  z.strictObject({ ok: z.literal(false), code: ProblemCode.nullable(), detail: z.string() }),
]);
export type WriterReply = z.infer<typeof WriterReply>;
