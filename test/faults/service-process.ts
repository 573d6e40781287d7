import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { endOf } from './desk.ts';

export type ServiceOptions = {
  /** The file that Node runs. */
  readonly program: string;
  readonly folder: string;
  /** Where its log goes. */
  readonly log: string;
  readonly port?: number;
  readonly restored?: boolean;
  readonly inside?: readonly string[];
};

/** The service in a process of its own, as it is started in earnest. */
export type ServiceProcess = {
  readonly url: string;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts the service on a data folder; resolves when it listens. */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const { program: entry, folder, log, port = 0, restored = false, inside = [] } = options;
  const [program = '', ...args] = [...inside, process.execPath, entry];
  const own = ['--port', String(port), '--data', folder, ...(restored ? ['--restored'] : [])];
  const file = openSync(log, 'a');
  // The channel ends the service when the harness dies.
  const child: ChildProcess = spawn(program, [...args, ...own], { stdio: ['ignore', 'pipe', file, 'ipc'] });
  closeSync(file);
  child.on('error', () => undefined);
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /listening on (http:\S+)$/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}; see ${log}`)));
  });
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await endOf(child);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await endOf(child);
    },
  };
}
