import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
// For the type of window.desk.
import type {} from '../../renderer/api.ts';
import { CHANNELS } from '../../shared/ipc.ts';
import { expect, test } from './desk.ts';
import { SANDBOXED } from './launch.ts';

/** The list of issue 2 and of Electron's own checklist, each item on the running app. */

function inspectable(app: ElectronApplication | null): ElectronApplication {
  if (!app) throw new Error('this app cannot be inspected');
  return app;
}

/** Runs code in the page and gives what the content policy refused meanwhile, as directives. */
async function refusedBy(page: Page, code: () => unknown): Promise<string[]> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    document.addEventListener('securitypolicyviolation', (event) => heard.push(event.effectiveDirective));
  });
  await page.evaluate(code);
  const heard = () => page.evaluate(() => Reflect.get(window, 'heard') as string[]);
  await expect.poll(heard).not.toEqual([]);
  return heard();
}

test('the page is isolated: sandboxed, without Node, with its own world', async ({ launch }) => {
  const { page, app } = await launch();
  const preferences = await inspectable(app).evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Electron gives them to whoever looks from inside; they are not part of its types.
    const { webContents } = window as unknown as { webContents: { getLastWebPreferences: () => unknown } };
    return webContents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  const globals = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(globals).toEqual([]);
});

test('Chromium’s sandbox holds the page’s process', async ({ launch }) => {
  test.skip(!SANDBOXED, 'runs as root, where Chromium has no sandbox');
  test.skip(process.platform !== 'linux', 'reads /proc');
  const { page, app } = await launch();
  await page.waitForLoadState('load');
  const pid = await inspectable(app).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s+2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  const withoutSandbox = await inspectable(app).evaluate(({ app: own }) => own.commandLine.hasSwitch('no-sandbox'));
  expect(withoutSandbox).toBe(false);
});

test('the content policy comes in the response header and is strict', async ({ launch }) => {
  const { page, app } = await launch();
  const read = () =>
    inspectable(app).evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const answer = await window?.webContents.session.fetch('app://desk/index.html');
      return { policy: answer?.headers.get('content-security-policy') ?? '', body: (await answer?.text()) ?? '' };
    });
  const first = await read();
  const directives = first.policy.split('; ');
  expect(directives).toContain("default-src 'none'");
  expect(directives).toContain("script-src 'self'");
  expect(directives).toContain("connect-src 'none'");
  for (const name of ['object-src', 'frame-src', 'worker-src', 'form-action', 'base-uri', 'frame-ancestors']) {
    expect(directives).toContain(`${name} 'none'`);
  }
  expect(first.policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
  const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? '';
  expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
  expect(first.body).toContain(nonce);
  expect((await read()).policy).not.toBe(first.policy);
  expect(await page.evaluate(() => location.href)).toMatch(/^app:\/\/desk\//);
});

test('inline scripts, eval, the network, frames and foreign pictures are refused', async ({ launch }) => {
  const { page } = await launch();
  const inline = await refusedBy(page, () => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
  });
  expect(inline).toContain('script-src-elem');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  // Through a timer: the devtools protocol itself may evaluate text, the page may not.
  const evaluated = await refusedBy(page, () => setTimeout('window.ran = true', 0));
  expect(evaluated).toContain('script-src');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  const fetched = await refusedBy(page, () => fetch('https://example.com/').catch(() => undefined));
  expect(fetched).toContain('connect-src');
  const framed = await refusedBy(page, () => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
  });
  expect(framed).toContain('frame-src');
  const pictured = await refusedBy(page, () => {
    const image = new Image();
    image.src = 'https://example.com/a.png';
    document.body.append(image);
  });
  expect(pictured).toContain('img-src');
  const styled = await refusedBy(page, () => {
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
  });
  expect(styled).toContain('style-src-elem');
});

test('also without the policy no request leaves for the network', async ({ launch }) => {
  const { page, app } = await launch();
  await page.waitForLoadState('load');
  const answer = await inspectable(app).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]
      ?.webContents.session.fetch('http://127.0.0.1:9/')
      .then(() => 'answered')
      .catch((error: Error) => error.message),
  );
  expect(answer).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('every permission is denied', async ({ launch }) => {
  const { page } = await launch();
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ];
    const all = await Promise.all(
      names.map((name) =>
        navigator.permissions
          .query({ name: name as PermissionName })
          .then(({ state }) => state)
          .catch(() => 'unsupported'),
      ),
    );
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).catch((error: Error) => error.name);
    const notification = await Notification.requestPermission();
    return { all, camera, notification };
  });
  expect(states.all.every((state) => state === 'denied' || state === 'unsupported')).toBe(true);
  expect(states.all).toContain('denied');
  expect(states.camera).toMatch(/NotAllowedError|NotFoundError/);
  expect(states.notification).toBe('denied');
});

test('no window opens, no address is left, no webview lives', async ({ launch }) => {
  const { page, app } = await launch();
  await page.waitForLoadState('load');
  const before = page.url();
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  expect(await page.evaluate(() => window.open('app://desk/index.html'))).toBeNull();
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'file:///etc/hostname';
    document.body.append(link);
    link.click();
  });
  const webview = await page.evaluate(() => {
    const element = document.createElement('webview');
    element.setAttribute('src', 'https://example.com/');
    document.body.append(element);
    return element.constructor.name;
  });
  expect(webview).toBe('HTMLElement');
  // A round trip through main: what was asked before it has been answered.
  await page.evaluate(() => window.desk.info(undefined));
  expect(page.url()).toBe(before);
  const windows = await inspectable(app).evaluate(({ BrowserWindow, webContents }) => [
    BrowserWindow.getAllWindows().length,
    webContents.getAllWebContents().length,
  ]);
  expect(windows).toEqual([1, 1]);
});

test('the preload hands over exactly the named functions', async ({ launch }) => {
  const { page } = await launch();
  const names = await page.evaluate(() => Object.keys(window.desk).sort());
  expect(names).toEqual([...Object.keys(CHANNELS), 'onChanged', 'onCommand', 'onStatus'].sort());
  const types = await page.evaluate(() => [...new Set(Object.values(window.desk).map((value) => typeof value))]);
  expect(types).toEqual(['function']);
  // The event of Electron must not reach the page: it would hand over the sender.
  const heard = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        window.desk.onStatus((...all: unknown[]) => resolve(all.length));
        void window.desk.signIn({ service: 'nonsense address', account: 'a', password: 'a' });
        void window.desk.signOut(undefined);
      }),
  );
  expect(heard).toBe(1);
});

test('malformed input is refused on every channel that takes any', async ({ launch }) => {
  const { page } = await launch();
  const codes = await page.evaluate(async () => {
    const answers: Record<string, string> = {};
    for (const [name, call] of Object.entries(window.desk)) {
      if (name.startsWith('on')) continue;
      const ask = call as (input: unknown) => Promise<{ ok: boolean; problem?: { code: string } }>;
      const outcome = await ask({ id: 7, constructor: 'x' });
      answers[name] = outcome.problem?.code ?? 'answered';
    }
    return answers;
  });
  for (const channel of Object.keys(CHANNELS)) expect([channel, codes[channel]]).toEqual([channel, 'request.invalid']);
});

test('a call from anything but our page is refused', async ({ launch }) => {
  const { page, app } = await launch();
  await page.waitForLoadState('load');
  const preload = await inspectable(app).evaluate(({ app: own }) => `${own.getAppPath()}/out/preload/preload.cjs`);
  const outcome = await inspectable(app).evaluate(async ({ BrowserWindow }, path) => {
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } });
    await foreign.loadURL('data:text/html,<title>foreign</title>');
    const answer: unknown = await foreign.webContents.executeJavaScript('window.desk.settings()');
    foreign.destroy();
    return answer;
  }, preload);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'account.not_allowed' } });
});

test('a frame inside our page has no bridge', async ({ launch }) => {
  const { page } = await launch();
  const inside = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return frame.contentWindow && 'desk' in frame.contentWindow;
  });
  expect(inside).toBe(false);
});

test('app:// serves the built page and nothing around it', async ({ launch }) => {
  const { app } = await launch();
  const statuses = await inspectable(app).evaluate(async ({ BrowserWindow }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    const addresses = [
      'app://desk/index.html',
      'app://desk/../main/main.js',
      'app://desk/%2e%2e/main/main.js',
      'app://desk/%2e%2e%2fmain%2fmain.js',
      'app://desk/..%5cmain%5cmain.js',
      'app://desk//etc/hostname',
      'app://desk/%00',
      'app://desk/package.json',
      'app://other/index.html',
    ];
    return Promise.all(
      addresses.map(async (address) => {
        const answer = await session?.fetch(address).catch(() => null);
        return [address, answer?.status ?? 0, answer?.headers.get('x-content-type-options') ?? null] as const;
      }),
    );
  });
  const [page, ...others] = statuses;
  expect(page).toEqual(['app://desk/index.html', 200, 'nosniff']);
  for (const [address, status] of others) expect([address, [404, 0].includes(status)]).toEqual([address, true]);
});

test('image:// gives pictures to the signed-in reviewer only, and only those that are here', async ({
  launch,
  reviewer,
}) => {
  const { page } = await launch();
  const load = (address: string) =>
    page.evaluate(
      (source) =>
        new Promise<boolean>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = source;
        }),
      address,
    );
  const unknown = '0'.repeat(64);
  expect(await load(`image://full/${unknown}`)).toBe(false);
  const signedIn = await page.evaluate((entry) => window.desk.signIn(entry), reviewer);
  expect(signedIn.ok).toBe(true);
  const complete = () =>
    page.evaluate(async () => {
      const outcome = await window.desk.queuePage({
        filter: 'all',
        sort: 'deadline',
        descending: false,
        search: '',
        after: null,
        limit: 1,
      });
      return outcome.ok && outcome.value.rows[0]?.complete ? outcome.value.rows[0].id : null;
    });
  await expect.poll(complete, { timeout: 60_000 }).not.toBeNull();
  const id = await complete();
  if (!id) throw new Error('the queue is empty');
  const readable = () =>
    page.evaluate(async (one) => {
      const outcome = await window.desk.subject({ id: one });
      if (!outcome.ok) return null;
      const whole = new Set(outcome.value.facts.filter(({ decodes }) => decodes === 'whole').map((f) => f.sha256));
      return outcome.value.submission.images.find((image) => whole.has(image.sha256))?.sha256 ?? null;
    }, id);
  await expect.poll(readable).not.toBeNull();
  const sha256 = await readable();
  for (const rendition of ['full', 'small']) {
    expect(await load(`image://${rendition}/${unknown}`)).toBe(false);
    expect(await load(`image://${rendition}/${sha256}`)).toBe(true);
  }
  expect(await load(`image://other/${sha256}`)).toBe(false);
  expect(await load(`image://full/${sha256}/../${unknown}`)).toBe(false);
  await page.evaluate(() => window.desk.signOut(undefined));
  expect(await load(`image://full/${sha256}?again`)).toBe(false);
});

test('nothing that Chromium writes holds a picture or a name', async ({ launch, reviewer }) => {
  const { page, userData, close } = await launch();
  await page.evaluate((entry) => window.desk.signIn(entry), reviewer);
  const through = () =>
    page.evaluate(async () => {
      const outcome = await window.desk.status(undefined);
      return outcome.ok && outcome.value.sync.phase === 'done';
    });
  await expect.poll(through, { timeout: 90_000 }).toBe(true);
  const canaries = await page.evaluate(async () => {
    const outcome = await window.desk.queuePage({
      filter: 'all',
      sort: 'deadline',
      descending: false,
      search: '',
      after: null,
      limit: 50,
    });
    if (!outcome.ok) return [];
    for (const row of outcome.value.rows.slice(0, 5)) {
      const subject = await window.desk.subject({ id: row.id });
      if (!subject.ok) continue;
      for (const image of subject.value.submission.images) {
        const element = new Image();
        element.src = `image://full/${image.sha256}`;
        await element.decode().catch(() => undefined);
      }
    }
    return outcome.value.rows.flatMap(({ name, registrationNumber }) => [name, registrationNumber]);
  });
  expect(canaries.length).toBeGreaterThan(10);
  await close();
  const hits: string[] = [];
  const files = await readdir(userData, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    // Long enough that chance won't write it into an encrypted file.
    const jpeg = bytes.includes(Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'));
    if (jpeg || canaries.some((canary) => bytes.includes(canary))) hits.push(file.name);
  }
  expect(hits).toEqual([]);
});

test('a page whose process dies is loaded again', async ({ launch }) => {
  const { page, app, userData } = await launch();
  await page.waitForLoadState('load');
  await inspectable(app).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  // It may be the first thing that is logged at all.
  const log = () => readFile(join(userData, 'logs', 'desk.log'), 'utf8').catch(() => '');
  await expect.poll(log).toContain('page.gone');
  const loaded = () =>
    inspectable(app).evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents !== undefined && !contents.isCrashed() && !contents.isLoading();
    });
  await expect.poll(loaded).toBe(true);
  const bridge = await inspectable(app).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('typeof window.desk.info'),
  );
  expect(bridge).toBe('function');
});

test('a second start brings the first window to the front and ends', async ({ launch }) => {
  const { page, userData } = await launch();
  await page.waitForLoadState('load');
  await expect(launch({ userData })).rejects.toThrow();
  expect(await page.evaluate(() => window.desk.info(undefined))).toMatchObject({ ok: true });
});
