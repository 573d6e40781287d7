import { z } from 'zod';
import { workInBackground } from './background.ts';
import { derive } from './derive.ts';

/** A picture to look at; one at a time, so that a crash has a culprit. */
const Task = z.strictObject({ id: z.number().int(), bytes: z.instanceof(Uint8Array) });

workInBackground();
process.parentPort.on('message', ({ data }) => {
  const { id, bytes } = Task.parse(data);
  void derive(bytes).then(
    (derived) => process.parentPort.postMessage({ id, derived }),
    // Answered as unreadable by the host: the picture is at fault, not the process.
    () => process.parentPort.postMessage({ id, derived: null }),
  );
});
