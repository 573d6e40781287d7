// `npm start`: the service with a sample district and the app's window, signed in to it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { hasDisplay } from '../setup/display.mjs';
import { electronEnvironment, isRootOnLinux } from '../setup/environment.mjs';
import { ended, run, start as startChild, stop } from '../setup/processes.mjs';
import { SetupError, say } from '../setup/report.mjs';
import { buildApp } from './build.mjs';
import { runTour } from './tour.mjs';

/** The service keeps its address from run to run, so that the app knows it again. */
const PORT = Number(process.env.REVIEW_DESK_PORT ?? 47_810);
const SAMPLE = 200;
const LISTENING = /listening on (https?:\/\/\S+)/i;

/** Where this user's data of the sample service live. */
function dataFolder() {
  const { XDG_DATA_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Review Desk Service');
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'Review Desk Service');
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'review-desk-service');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Prints what the service says; of its counting ("40 of 200") only every twentieth line. */
function sayAfter(line) {
  const [, done, all] = /(\d+) of (\d+)$/.exec(line) ?? [];
  if (done === undefined || done === all || Number(done) % 20 === 0) say(`service: ${line}`);
}

/** Asks the service to end, by message because Windows has no signal for it, and sees that it does. */
async function end(child) {
  if (child.connected) {
    child.send('stop', () => {});
    const patience = new Promise((resolve) => setTimeout(resolve, 10_000));
    await Promise.race([ended(child).catch(() => {}), patience]);
  }
  await stop(child);
}

/** Starts the service and waits until it says where it listens; what it prints goes on to our output. */
async function startService(root, env, data) {
  const port = (await isFree(PORT)) ? PORT : 0;
  const main = join(root, 'service', 'main.ts');
  const args = [main, '--port', String(port), '--data', data, '--sample', String(SAMPLE)];
  const stdio = ['ignore', 'pipe', 'inherit', 'ipc'];
  const child = startChild(process.execPath, args, { background: true, cwd: root, env, stdio });
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      sayAfter(line);
      const found = LISTENING.exec(line)?.[1];
      if (found) resolve(found);
    });
    const early = (code) =>
      reject(
        new SetupError(
          'the service ended before it listened',
          `its exit code is ${code}; its messages are above`,
          `if it is about the data in ${data}, delete that folder: it holds nothing but samples`,
        ),
      );
    child.once('exit', early);
    child.once('error', (error) => early(error.code));
  });
  return { address, stop: () => end(child) };
}

/** The sample's deadlines lie about nine days after the day it was made for. */
const FRESH_DAYS = 7;

/** Sets a sample aside whose deadlines have passed, so that a new one is made; only the last one is kept. */
function setAsideStale(data) {
  const file = join(data, 'truth.json');
  if (!existsSync(file)) return;
  const { today } = JSON.parse(readFileSync(file, 'utf8'));
  const days = Math.floor((Date.now() - Date.parse(today)) / 86_400_000);
  if (days <= FRESH_DAYS) return;
  say(`The sample district is ${days} days old and its deadlines are over: making a new one`);
  rmSync(`${data}.old`, { recursive: true, force: true });
  renameSync(data, `${data}.old`);
}

/** `account:password` of the sample's first reviewer, or null when the service has left no accounts to read. */
function sampleReviewer(data) {
  const file = join(data, 'accounts.json');
  if (!existsSync(file)) return null;
  const { reviewers } = JSON.parse(readFileSync(file, 'utf8'));
  const reviewer = reviewers.find(({ role }) => role === 'reviewer');
  return reviewer ? `${reviewer.account}:${reviewer.password}` : null;
}

/** The command; its exit code. */
export async function start(root, args) {
  const { env, electron } = await electronEnvironment(root);
  if (!hasDisplay()) {
    say('No display here: driving the main job instead; screenshots and report go to out/tour/');
    return runTour(root, env, ['main']);
  }
  const built = await buildApp(root, env);
  if (built !== 0) return built;
  const data = join(dataFolder(), 'sample-district');
  setAsideStale(data);
  mkdirSync(data, { recursive: true });
  const service = await startService(root, env, data);
  try {
    const signIn = sampleReviewer(data);
    const appEnv = {
      ...env,
      REVIEW_DESK_SERVICE: service.address,
      ...(signIn ? { REVIEW_DESK_SIGN_IN: signIn, REVIEW_DESK_SIGN_IN_AT_ONCE: '1' } : {}),
    };
    const flags = isRootOnLinux() ? ['--no-sandbox'] : [];
    return await run(electron.executable, [...flags, root, ...args], { cwd: root, env: appEnv });
  } finally {
    await service.stop();
  }
}
