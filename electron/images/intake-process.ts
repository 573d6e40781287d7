import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { IntakeProcess } from './intake-host.ts';

/** Starts the utility process that looks at pictures. */
export function startIntakeProcess(folder: string): IntakeProcess {
  const child = utilityProcess.fork(join(folder, 'intake.js'), [], {
    serviceName: 'Review Desk Intake',
    stdio: 'ignore',
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
