// The intake as a process of its own, as the app has it, for measurements without Electron.
import { workInBackground } from '../../electron/images/background.ts';
import { derive } from '../../electron/images/derive.ts';

workInBackground();
process.on('message', ({ id, bytes }: { id: number; bytes: Uint8Array }) => {
  void derive(bytes).then(
    (derived) => process.send?.({ id, derived }),
    () => process.send?.({ id, derived: null }),
  );
});
