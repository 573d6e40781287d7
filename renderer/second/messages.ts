import { z } from 'zod';
import { ImageFacts } from '../../shared/checks/check.ts';
import { Sha256 } from '../../shared/ids.ts';
import { Settings } from '../../shared/ipc.ts';
import { Marks } from '../../shared/mark.ts';
import { Comment, IMAGE_STATES, Reasons } from '../../shared/submission.ts';
import { CHANNELS } from '../viewer/adjust.ts';

/** What the two windows tell each other; both parse what they hear. */

const Relative = z.strictObject({
  zoom: z.number().positive(),
  centre: z.strictObject({ x: z.number(), y: z.number() }),
});
const Hold = z.strictObject({
  turn: z.literal([0, 90, 180, 270]),
  mirrored: z.boolean(),
  tilt: z.number(),
  adjust: z
    .strictObject({
      brightness: z.number(),
      contrast: z.number(),
      inverted: z.boolean(),
      channel: z.enum(CHANNELS),
    })
    .nullable(),
});

/** The target of the first window. */
export const Target = z.strictObject({
  sha256: Sha256,
  facts: ImageFacts.nullable(),
  name: z.string(),
  state: z.enum(IMAGE_STATES),
  /** What was said of it and where, or what is being said now. */
  marks: Marks,
  reasons: Reasons,
  comment: Comment,
  hold: Hold,
});
export type Target = z.infer<typeof Target>;

export const Message = z.discriminatedUnion('kind', [
  /** The second window is there, or gone. */
  z.strictObject({ kind: z.literal('hello') }),
  z.strictObject({ kind: z.literal('bye') }),
  /** What the first shows; null for no picture. */
  z.strictObject({
    kind: z.literal('target'),
    target: Target.nullable(),
    language: Settings.shape.language,
    dark: z.boolean(),
  }),
  /** Either was moved by hand. */
  z.strictObject({ kind: z.literal('moved'), relative: Relative }),
  /** A key in the second, for the first. */
  z.strictObject({
    kind: z.literal('key'),
    type: z.enum(['keydown', 'keyup']),
    code: z.string().max(40),
    key: z.string().max(40),
    ctrlKey: z.boolean(),
    altKey: z.boolean(),
    shiftKey: z.boolean(),
    metaKey: z.boolean(),
    repeat: z.boolean(),
  }),
]);
export type Message = z.infer<typeof Message>;

/** A line between the windows of this desk; nobody else hears it. */
export function openLine(heard: (message: Message) => void): { tell(message: Message): void; close(): void } {
  const channel = new BroadcastChannel('second-screen');
  channel.onmessage = ({ data }) => {
    const message = Message.safeParse(data);
    if (message.success) heard(message.data);
  };
  return { tell: (message) => channel.postMessage(message), close: () => channel.close() };
}
