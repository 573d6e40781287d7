import { z } from 'zod';
import { align } from './align/align.ts';
import { allowTwoDecoders } from './decoders.ts';

/** Two pictures to lay on each other. */
const Task = z.strictObject({ before: z.instanceof(Uint8Array), now: z.instanceof(Uint8Array) });

allowTwoDecoders();
process.parentPort.on('message', ({ data }) => {
  const { before, now } = Task.parse(data);
  void align(before, now).then(
    (alignment) => process.parentPort.postMessage(alignment),
    // A picture that can't be decoded lies on nothing.
    () => process.parentPort.postMessage(null),
  );
});
