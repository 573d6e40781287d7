import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, chromium, type ElectronApplication, type Page } from 'playwright';
import { z } from 'zod';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Everybody of the generated district who can sign in. */
const Accounts = z.object({
  reviewers: z.array(
    z.object({
      account: z.string(),
      password: z.string(),
      role: z.enum(['reviewer', 'supervisor']),
      level: z.string(),
      site: z.string().nullable(),
    }),
  ),
  candidates: z.array(z.object({ registrationNumber: z.string(), password: z.string() })),
});
export type Accounts = z.infer<typeof Accounts>;

/** Reads who was generated into a data folder of the service. */
export async function readAccounts(folder: string): Promise<Accounts> {
  return Accounts.parse(JSON.parse(await readFile(join(folder, 'accounts.json'), 'utf8')));
}

/** A running service in a process of its own. */
export type ServiceProcess = {
  readonly url: string;
  readonly folder: string;
  /** Ends it cleanly. */
  readonly stop: () => Promise<void>;
  /** Starts it again at the same address, on the same data. */
  readonly start: () => Promise<void>;
  /** What it has printed, for a failed test. */
  readonly output: () => string;
};

const LISTENING = /listening on (https?:\/\/\S+)/i;

/** Starts the service as `npm run service` does; with `sample` it is filled first. */
export async function startService(folder: string, sample?: { count: number; seed: number }): Promise<ServiceProcess> {
  let child: ChildProcess | null = null;
  let output = '';
  let url = '';
  const start = async () => {
    const port = url === '' ? '0' : new URL(url).port;
    const filling = sample ? ['--sample', String(sample.count), '--seed', String(sample.seed)] : [];
    const args = [
      join(ROOT, 'service', 'main.ts'),
      '--port',
      port,
      '--data',
      folder,
      '--log-level',
      'warn',
      ...filling,
    ];
    const started = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    started.stderr.on('data', (bytes) => {
      output += String(bytes);
    });
    url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: started.stdout }).on('line', (line) => {
        output += `${line}\n`;
        const found = LISTENING.exec(line)?.[1];
        if (found) resolve(found);
      });
      started.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${output}`)));
      started.once('error', reject);
    });
  };
  await start();
  return {
    get url() {
      return url;
    },
    folder,
    start,
    stop: async () => {
      const ending = child;
      child = null;
      if (!ending || ending.exitCode !== null) return;
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      ending.kill('SIGTERM');
      await ended;
    },
    output: () => output,
  };
}

/** How the workstation is started. */
export type LaunchOptions = {
  readonly userData: string;
  /** How long decisions are held back, ms. */
  readonly holdMs?: number;
  /** Sign-in filled in, as `npm start` does. */
  readonly prefill?: { readonly service: string; readonly account: string; readonly password: string };
  /** Executable of a packed app; otherwise the built app of the checkout runs in the Electron at hand. */
  readonly packed?: string | undefined;
  /** Folder for temporary files, of this desk alone. */
  readonly temporary?: string;
  /** Whether a graphics process is tried; on a computer without a card it dies at each start, and now and then the page with it. */
  readonly graphics?: boolean;
  /** Window size; the screen must be as large. */
  readonly size?: { readonly width: number; readonly height: number };
};

/** The running workstation. */
export type LaunchedDesk = {
  readonly page: Page;
  /** To ask the main process; a packed app doesn't let anybody. */
  readonly app: ElectronApplication | null;
  readonly pid: number;
  readonly output: () => string;
  /** Ends it as a closing window does. */
  readonly close: () => Promise<void>;
  /** Ends it as a power cut would, without a chance to tidy up. */
  readonly kill: () => Promise<void>;
};

/** As root Chromium can't have its sandbox; whoever says so by REVIEW_DESK_NO_SANDBOX knows. */
export const SANDBOXED = process.env.REVIEW_DESK_NO_SANDBOX !== '1';
const FLAGS = SANDBOXED ? [] : ['--no-sandbox'];

const flagsOf = ({ graphics = true }: LaunchOptions) => [...FLAGS, ...(graphics ? [] : ['--disable-gpu'])];

function environment({ userData, holdMs, prefill, temporary }: LaunchOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    REVIEW_DESK_USER_DATA: userData,
    ...(temporary === undefined ? {} : { TMPDIR: temporary, TEMP: temporary, TMP: temporary }),
    ...(holdMs === undefined ? {} : { REVIEW_DESK_HOLD_MS: String(holdMs) }),
    ...(prefill
      ? { REVIEW_DESK_SERVICE: prefill.service, REVIEW_DESK_SIGN_IN: `${prefill.account}:${prefill.password}` }
      : {}),
  };
}

/**
 * The main process is asked again when V8's inspector has lost the answer: it holds the promise of an answer so weakly
 * that a collection takes it, whatever the code was (microsoft/playwright#33737). Any other error is thrown at once.
 */
function askedAgain(app: ElectronApplication): ElectronApplication {
  const once = app.evaluate.bind(app) as (code: unknown, argument?: unknown) => Promise<unknown>;
  const evaluate = async (code: unknown, argument?: unknown): Promise<unknown> => {
    for (let lost = 1; ; lost += 1) {
      try {
        return await once(code, argument);
      } catch (error) {
        if (lost === 5 || !String(error).includes('promise was garbage collected')) throw error;
      }
    }
  };
  return Object.assign(app, { evaluate });
}

async function launchBuilt(options: LaunchOptions): Promise<LaunchedDesk> {
  const launched = await _electron.launch({
    args: [...flagsOf(options), ROOT],
    chromiumSandbox: SANDBOXED,
    cwd: ROOT,
    env: environment(options),
  });
  const app = askedAgain(launched);
  const child = app.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes) => {
      output += String(bytes);
    });
  }
  const page = await app.firstWindow();
  if (options.size) {
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, options.size);
  }
  return {
    page,
    app,
    pid: child.pid ?? 0,
    output: () => output,
    close: () => app.close(),
    kill: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A packed app refuses `--inspect`, so it is driven by Chromium's own debugging port. */
async function launchPacked(options: LaunchOptions, executable: string): Promise<LaunchedDesk> {
  const portFile = join(options.userData, 'DevToolsActivePort');
  const child = spawn(executable, [...flagsOf(options), '--remote-debugging-port=0'], { env: environment(options) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      output += String(bytes);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//;
  const end = performance.now() + 30_000;
  while (!found.test(output) && !existsSync(portFile)) {
    if (performance.now() > end || child.exitCode !== null) throw new Error(`the packed app did not start:\n${output}`);
    await pause(50);
  }
  const port = found.exec(output)?.[1] ?? (await readFile(portFile, 'utf8')).split('\n', 1)[0];
  const debugging = `http://127.0.0.1:${port}`;
  // Attached to between its first document and ours, a page would wait for a navigation that has been.
  while (!(await hasPage(debugging))) {
    if (performance.now() > end) throw new Error('the packed app shows no window');
    await pause(50);
  }
  const browser: Browser = await chromium.connectOverCDP(debugging);
  const page = await firstPage(browser);
  return {
    page,
    app: null,
    pid: child.pid ?? 0,
    output: () => output,
    close: async () => {
      await page.close();
      await browser.close().catch(() => undefined);
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Whether our page is there as far as its title. */
async function hasPage(debugging: string): Promise<boolean> {
  const answer = await fetch(`${debugging}/json/list`);
  const pages = (await answer.json()) as readonly { readonly url: string; readonly title: string }[];
  return pages.some(({ url, title }) => url.startsWith('app://') && title !== '' && !title.startsWith('app:'));
}

async function firstPage(browser: Browser): Promise<Page> {
  const end = performance.now() + 30_000;
  for (;;) {
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((open) => open.url().startsWith('app://'));
    if (page) return page;
    if (performance.now() > end) throw new Error('the packed app shows no window');
    await pause(50);
  }
}

/** Starts the workstation on a profile folder. */
export async function launchDesk(options: LaunchOptions): Promise<LaunchedDesk> {
  return options.packed ? launchPacked(options, options.packed) : launchBuilt(options);
}
