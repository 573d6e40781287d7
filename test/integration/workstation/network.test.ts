import { mkdir, writeFile } from 'node:fs/promises';
import { connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openService } from '../../../electron/sync/client.ts';
import { ServiceFailure } from '../../../electron/sync/failures.ts';
import type { Patience } from '../../../electron/sync/line.ts';
import type { Service } from '../../../electron/sync/service.ts';
import { DIRECT, type Route, readAuthorities, type Way } from '../../../electron/sync/way.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { type Authority, DAY, makeAuthority, makeSelfSigned } from '../../helpers/certificates.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { openDesk, openOffice, rows, status, synced } from '../../helpers/office.ts';
import {
  health,
  LOGIN,
  type Saying,
  startGateway,
  startProxy,
  startRaw,
  startStranger,
} from '../../helpers/strangers.ts';
import { until } from '../../helpers/until.ts';

const PATIENCE: Patience = { connect: 500, headers: 500, body: 500, whole: 3_000 };
/** A port where nothing listens (RFC 863, discard: closed on every machine of today). */
const CLOSED = 9;

type Asking = {
  readonly routes?: readonly Route[];
  readonly authorities?: readonly string[];
  readonly plainPort?: number;
  readonly hasNetwork?: boolean;
  readonly patience?: Patience;
  readonly now?: () => Date;
};

function open(origin: string, asking: Asking = {}): Service {
  const { routes = [null], authorities = [], plainPort = CLOSED, hasNetwork = true, patience = PATIENCE, now } = asking;
  const way: Way = { ...DIRECT, routes: async () => routes, authorities: () => authorities, plainPort };
  const service = openService({
    origin,
    language: () => 'en',
    way: { ...way, hasNetwork: () => hasNetwork },
    patience,
    ...(now ? { now } : {}),
  });
  onTestFinished(() => service.close());
  return service;
}

/** Why a sign-in fails. */
async function failure(service: Service): Promise<ServiceFailure> {
  const outcome = await service.signIn('reviewer1', 'Secret-2026').then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ServiceFailure)) throw new Error(`expected a failure, got ${String(outcome)}`);
  return outcome;
}

async function trusted(): Promise<{ authority: Authority; authorities: string[] }> {
  const authority = await makeAuthority('Example District');
  return { authority, authorities: [authority.pem] };
}

test('a port where nothing listens, and a host that is not there', async () => {
  expect(await failure(open(`http://127.0.0.1:${CLOSED}`))).toMatchObject({ code: 'network.refused', effect: 'no' });
  expect(await failure(open('https://review.invalid'))).toMatchObject({ code: 'network.address', effect: 'no' });
  expect((await failure(open('https://review.invalid', { hasNetwork: false }))).code).toBe('network.offline');
});

test('a certificate of an own authority is accepted once it is installed, and not before', async () => {
  const { authority } = await trusted();
  const server = await startStranger(health(), await authority.issue());
  const origin = `https://localhost:${server.port}`;
  const folder = join(await temporaryFolder(), 'certificates');
  const log: string[] = [];
  const authorities = () => readAuthorities(folder, undefined, (event) => log.push(event));
  const way = { ...DIRECT, routes: async () => [null], authorities, plainPort: CLOSED };
  const service = openService({ origin, language: () => 'en', way, patience: PATIENCE });
  onTestFinished(() => service.close());
  await expect(service.health()).rejects.toMatchObject({ code: 'network.certificate_unknown' });
  await mkdir(folder);
  await writeFile(join(folder, 'district.pem'), `a note\n${authority.pem}\n`);
  await writeFile(join(folder, 'broken.crt'), 'not a certificate');
  await writeFile(join(folder, 'readme.txt'), 'not looked at');
  expect(await service.health()).toMatchObject({ service: 'review-desk' });
  expect(log).toEqual(['certificate.unreadable']);
});

test('an unknown authority, a certificate of its own, one of another host: told apart, and nothing was sent', async () => {
  const { authority, authorities } = await trusted();
  const stranger = await makeAuthority('Somebody');
  const cases = [
    ['network.certificate_unknown', await stranger.issue()],
    ['network.certificate_self_signed', await makeSelfSigned()],
    ['network.certificate_host', await authority.issue({ host: 'other.example.cn' })],
  ] as const;
  for (const [code, pair] of cases) {
    const server = await startStranger(health(), pair);
    expect(await failure(open(`https://localhost:${server.port}`, { authorities }))).toMatchObject({
      code,
      effect: 'no',
      facts: { issuer: expect.any(String) },
    });
    expect(server.seen).toEqual([]);
  }
});

test('a filter that looks into encrypted connections is known by the name that it signs with', async () => {
  const filter = await makeAuthority('Sangfor Technologies Inc.');
  const server = await startStranger(health(), await filter.issue());
  const named = await failure(open(`https://localhost:${server.port}`));
  expect(named).toMatchObject({ code: 'network.intercepted', facts: { issuer: 'Sangfor Technologies Inc. · Root' } });
});

test('out of its period without knowing the time: expired is expired, of the future means a slow clock', async () => {
  const { authority, authorities } = await trusted();
  const late = await startStranger(health(), await authority.issue({ from: -30 * DAY, to: -2 * DAY }));
  const expired = await failure(open(`https://localhost:${late.port}`, { authorities }));
  expect(expired.code).toBe('network.certificate_expired');
  expect(Math.abs(Date.parse(expired.facts?.validTo ?? '') - (Date.now() - 2 * DAY))).toBeLessThan(5_000);
  const early = await startStranger(health(), await authority.issue({ from: 10 * DAY, to: 30 * DAY }));
  const clock = await failure(open(`https://localhost:${early.port}`, { authorities }));
  expect(clock.code).toBe('network.clock');
  expect(Math.abs((clock.facts?.clockOff ?? 0) + 10 * DAY)).toBeLessThan(5_000);
});

test('the time that the service has told decides whether the clock or the certificate is wrong', async () => {
  const { authority, authorities } = await trusted();
  const at = async (time: number, period: { from: number; to: number }) => {
    // Tells its time with a good certificate first; then the certificate is another one.
    const good = await startStranger(health(new Date(Date.now() + time)), await authority.issue());
    const bad = await startStranger(health(), await authority.issue(period));
    let port = good.port;
    const relay = await startRaw((socket) => {
      const far = dial(port, '127.0.0.1');
      far.on('error', () => socket.destroy());
      far.on('close', () => socket.destroy());
      socket.on('error', () => far.destroy());
      socket.pipe(far).pipe(socket);
    });
    const service = open(`https://localhost:${relay}`, { authorities });
    await service.health();
    port = bad.port;
    const line = await service.line();
    expect(structuredClone(line)).toEqual(line);
    // The connection that stands belongs to the good one; it ends, as after a while without work.
    good.hangUp();
    let named: unknown;
    await until('the other certificate is met', async () => {
      named = await service.health().catch((error: unknown) => error);
      return named instanceof ServiceFailure && named.code !== 'network.broken';
    });
    if (!(named instanceof ServiceFailure)) throw new Error('not met');
    return named;
  };
  const off = await at(-400 * DAY, { from: -430 * DAY, to: -380 * DAY });
  expect(off.code).toBe('network.clock');
  expect(Math.abs((off.facts?.clockOff ?? 0) - 400 * DAY)).toBeLessThan(5_000);
  expect((await at(0, { from: -430 * DAY, to: -2 * DAY })).code).toBe('network.certificate_expired');
  expect((await at(0, { from: 2 * DAY, to: 30 * DAY })).code).toBe('network.certificate_expired');
  expect((await at(5 * DAY, { from: 2 * DAY, to: 30 * DAY })).code).toBe('network.clock');
});

test('a proxy is gone through, with name and password where it asks', async () => {
  const { authority, authorities } = await trusted();
  const server = await startStranger(health(), await authority.issue());
  const origin = `https://localhost:${server.port}`;
  for (const login of [undefined, 'office:let me in'.replaceAll(' ', '-')]) {
    const proxy = await startProxy(login);
    const service = open(origin, { authorities, routes: [proxy.url] });
    expect(await service.health()).toMatchObject({ service: 'review-desk' });
    expect(proxy.asked).toEqual([`localhost:${server.port}`]);
    expect(service.condition().proxy).toBe(new URL(proxy.url).host);
    expect(JSON.stringify(service.condition())).not.toContain('office');
  }
});

test.each([
  [403, 'network.proxy_refused'],
  [405, 'network.proxy_refused'],
  [502, 'network.gateway'],
  [503, 'network.gateway'],
])('a proxy that answers %i is named', async (status, code) => {
  const proxy = await startProxy();
  proxy.answer(status);
  expect(await failure(open('https://localhost:1', { routes: [proxy.url] }))).toMatchObject({ code, effect: 'no' });
});

test('a proxy that asks for a login, one that is not there, one that says nothing, one of another kind', async () => {
  const closed = await startProxy('office:secret');
  const uninvited = closed.url.replace('office:secret@', '');
  const asked = await failure(open('https://localhost:1', { routes: [uninvited] }));
  expect(asked).toMatchObject({ code: 'network.proxy_auth', effect: 'no' });
  const gone = await failure(open('https://localhost:1', { routes: [`http://127.0.0.1:${CLOSED}`] }));
  expect(gone).toMatchObject({ code: 'network.proxy_unreachable', facts: { proxy: `127.0.0.1:${CLOSED}` } });
  const mute = await startRaw(() => undefined);
  const stalled = await failure(open('https://localhost:1', { routes: [`http://127.0.0.1:${mute}`] }));
  expect(stalled.code).toBe('network.stalled');
  expect((await failure(open('https://localhost:1', { routes: ['unsupported'] }))).code).toBe('network.proxy_kind');
});

test('the next route that the system names is tried, and a change of the system is followed', async () => {
  const { authority, authorities } = await trusted();
  const server = await startStranger(health(), await authority.issue());
  const routes: Route[] = [`http://127.0.0.1:${CLOSED}`, null];
  const service = open(`https://localhost:${server.port}`, { authorities, routes });
  await expect(service.health()).rejects.toMatchObject({ code: 'network.proxy_unreachable' });
  expect(await service.health()).toMatchObject({ service: 'review-desk' });
  expect(service.condition().proxy).toBeNull();
  const proxy = await startProxy();
  routes.splice(0, 2, proxy.url);
  await service.health();
  expect(proxy.asked).toHaveLength(1);
});

const elsewhere = (port: number): Saying => ({ status: 302, headers: { location: `http://127.0.0.1:${port}/login` } });

test('a login page is recognised before anything of ours is sent, and a redirect is never followed', async () => {
  const other = await startStranger(LOGIN);
  for (const saying of [LOGIN, elsewhere(other.port), { ...LOGIN, status: 511 }]) {
    const portal = await startStranger(saying);
    expect(await failure(open(`http://127.0.0.1:${portal.port}`))).toMatchObject({
      code: 'network.portal',
      effect: 'no',
    });
    expect(portal.seen.map(({ method, url, body }) => [method, url, body])).toEqual([['GET', '/v1/health', '']]);
    expect(portal.seen[0]?.headers.authorization).toBeUndefined();
  }
  expect(other.seen).toEqual([]);
});

test('when a login page comes in between, neither session nor decisions reach another origin', async () => {
  const other = await startStranger(LOGIN);
  const server = await startStranger(health());
  const service = open(`http://127.0.0.1:${server.port}`);
  await service.health();
  server.say(elsewhere(other.port));
  // The service was known a moment ago: what is sent goes to its own address and no further.
  await expect(service.decide([])).rejects.toMatchObject({ code: 'network.portal' });
  await expect(service.decide([])).rejects.toMatchObject({ code: 'network.portal', effect: 'no' });
  await expect(service.keys()).rejects.toMatchObject({ code: 'network.portal', effect: 'no' });
  expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET']);
  expect(other.seen).toEqual([]);
  server.say(health());
  expect(await service.health()).toMatchObject({ service: 'review-desk' });
});

test('an encrypted address behind a login page: the plain side of the host tells', async () => {
  const gate = await makeSelfSigned();
  const secure = await startStranger(LOGIN, gate);
  const other = await startStranger(LOGIN);
  for (const saying of [LOGIN, { ...LOGIN, status: 511 }, elsewhere(other.port)]) {
    const plain = await startStranger(
      saying.headers?.location ? { status: 302, headers: { location: 'http://login.example.invalid/' } } : saying,
    );
    const named = await failure(open(`https://localhost:${secure.port}`, { plainPort: plain.port }));
    expect(named).toMatchObject({ code: 'network.portal', effect: 'no' });
    expect(plain.seen.every(({ headers, body }) => headers.authorization === undefined && body === '')).toBe(true);
  }
  // The usual way of a server to send everybody to its encrypted side is no login page.
  const usual = await startStranger({ status: 301, headers: { location: `https://localhost:${secure.port}/` } });
  expect((await failure(open(`https://localhost:${secure.port}`, { plainPort: usual.port }))).code).toBe(
    'network.certificate_self_signed',
  );
  expect(secure.seen).toEqual([]);
  // Where 443 is only silent, a redirect to another host tells too.
  const away = await startStranger({ status: 302, headers: { location: 'http://login.example.invalid/' } });
  const silent = await startRaw((socket) => socket.destroy());
  expect((await failure(open(`https://localhost:${silent}`, { plainPort: away.port }))).code).toBe('network.portal');
});

test.each([502, 503, 504])(
  'a gateway that answers %i with a page: the service is down, no login page',
  async (status) => {
    const gateway = await startStranger({ ...LOGIN, status, body: '<html><h1>nginx</h1></html>' });
    expect((await failure(open(`http://127.0.0.1:${gateway.port}`))).code).toBe('network.gateway');
  },
);

test('another server at the address', async () => {
  const cases: Saying[] = [
    { status: 200, body: '{"status":"ok"}', headers: { 'content-type': 'application/json' } },
    { status: 200, body: 'hello', headers: { 'content-type': 'text/plain' } },
    { status: 404, body: '<html></html>', headers: { 'content-type': 'text/html' } },
    { status: 302, headers: { location: '/app' } },
  ];
  for (const saying of cases) {
    const server = await startStranger(saying);
    expect((await failure(open(`http://127.0.0.1:${server.port}`))).code).toBe('network.not_service');
    expect(server.seen).toHaveLength(1);
  }
  const bare = await startRaw((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
  expect((await failure(open(`http://127.0.0.1:${bare}`))).code).toBe('network.not_service');
  const plain = await startStranger(health());
  expect((await failure(open(`https://localhost:${plain.port}`))).code).toBe('network.not_service');
});

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const afterRequest = (act: (socket: Socket) => void) => (socket: Socket) => {
  socket.once('data', () => act(socket));
};

test.each([
  ['before the first byte', 'answer', afterRequest(() => undefined)],
  ['in the head', 'answer', afterRequest((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-'))],
  ['in the content', 'content', afterRequest((socket) => socket.write(`${HEAD}content-length: 500\r\n\r\n{"serv`))],
])('a connection that stalls %s', async (_where, stage, carry) => {
  const port = await startRaw(carry);
  const named = await failure(open(`http://127.0.0.1:${port}`));
  expect(named).toMatchObject({ code: 'network.stalled', effect: 'no', facts: { stage, waited: 500 } });
});

test('a connection that stalls before it is encrypted', async () => {
  const port = await startRaw(() => undefined);
  const named = await failure(open(`https://localhost:${port}`));
  expect(named).toMatchObject({ code: 'network.timeout', effect: 'no', facts: { stage: 'connect', waited: 500 } });
});

test('a connection that breaks off, and one so slow that it never ends', async () => {
  const port = await startRaw(afterRequest((socket) => socket.resetAndDestroy()));
  expect((await failure(open(`http://127.0.0.1:${port}`))).code).toBe('network.broken');
  const dripping = await startRaw(
    afterRequest((socket) => {
      socket.write(`${HEAD}content-length: 50000\r\n\r\n`);
      const timer = setInterval(() => socket.write('{'), 50);
      socket.on('close', () => clearInterval(timer));
    }),
  );
  const slow = { ...PATIENCE, whole: 700 };
  expect((await failure(open(`http://127.0.0.1:${dripping}`, { patience: slow }))).code).toBe('network.slow');
});

test('a workstation behind a proxy, with the certificate of an own authority, does all of its work', async () => {
  const office = await openOffice(1);
  const authority = await makeAuthority('Example District');
  const gateway = await startGateway(await authority.issue(), office.line.url);
  const proxy = await startProxy('office:let-me-in');
  const way = { ...DIRECT, routes: async () => [proxy.url], authorities: () => [authority.pem], plainPort: CLOSED };
  const bench = await openDesk({ way });
  const service = `https://localhost:${gateway}`;
  await bench.desk.signIn({ service, account: 'reviewer1', password: STAFF_PASSWORD });
  await synced(bench);
  expect(bench.desk.status().line.proxy).toBe(new URL(proxy.url).host);
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission } = await bench.handlers.subject({ id: row.id });
  const [image] = submission.images;
  if (!image) throw new Error('no picture');
  const { id, revision } = submission;
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  proxy.answer(407);
  proxy.hangUp();
  await bench.handlers.decide({ submissionId: id, revision, act });
  await status(bench, 'the proxy is named', ({ problem }) => problem?.code === 'network.proxy_auth');
  expect(bench.desk.status()).toMatchObject({ online: false, waiting: 1 });
  proxy.answer(200);
  bench.desk.startSync();
  await status(bench, 'it is sent', ({ sent }) => sent === 1);
  expect(proxy.asked.every((host) => host === `localhost:${gateway}`)).toBe(true);
});
