import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = path.resolve('service/main.ts');

/** The service as it is started in earnest, in a process of its own, on a free port. */
export function launchService(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const errors: string[] = [];
  child.stderr.on('data', (data) => errors.push(String(data)));
  const listening = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const url = /^Review Desk service listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${errors.join('')}`)));
  });
  /** Resolves when a line has been printed. */
  const said = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!lines.includes(wanted)) return;
        clearInterval(look);
        resolve();
      }, 20);
    });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  listening.catch(() => undefined);
  return { child, lines, errors, listening, said, ended };
}
