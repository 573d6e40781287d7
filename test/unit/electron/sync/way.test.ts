import { expect, test, vi } from 'vitest';
import { environmentRoute, routesOf, shownProxy, systemWay } from '../../../../electron/sync/way.ts';

test.each([
  ['DIRECT', [null]],
  ['', [null]],
  ['PROXY proxy.example.cn:3128', ['http://proxy.example.cn:3128']],
  ['HTTPS proxy.example.cn:443; DIRECT', ['https://proxy.example.cn:443', null]],
  ['PROXY 10.0.0.1:80; PROXY 10.0.0.2:8080; DIRECT', ['http://10.0.0.1:80', 'http://10.0.0.2:8080', null]],
  ['SOCKS5 10.0.0.1:1080; PROXY 10.0.0.2:8080', ['http://10.0.0.2:8080']],
  ['SOCKS 10.0.0.1:1080', ['unsupported']],
  ['PROXY', ['unsupported']],
])('the rule %s', (rule, routes) => {
  expect(routesOf(rule)).toEqual(routes);
});

test('the environment names a proxy, and who goes past it', () => {
  vi.stubEnv('HTTPS_PROXY', 'http://office:secret@proxy.example.cn:3128');
  vi.stubEnv('NO_PROXY', '.inside.example.cn');
  expect(environmentRoute('https://review.example.cn')).toBe('http://office:secret@proxy.example.cn:3128');
  expect(environmentRoute('https://review.inside.example.cn')).toBeNull();
  expect(environmentRoute('https://localhost:8080')).toBeNull();
  expect(environmentRoute('http://127.0.0.1:8080')).toBeNull();
  vi.stubEnv('HTTPS_PROXY', 'socks5://proxy.example.cn');
  expect(environmentRoute('https://review.example.cn')).toBe('unsupported');
  expect(shownProxy('http://office:secret@proxy.example.cn:3128')).toBe('proxy.example.cn:3128');
});

test('the system comes before the environment', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://environment.example.cn:1');
  const way = (rule: string) =>
    systemWay(
      '/nowhere',
      () => undefined,
      async () => rule,
    );
  expect(await way('PROXY system.example.cn:2').routes('https://review.example.cn')).toEqual([
    'http://system.example.cn:2',
  ]);
  expect(await way('DIRECT').routes('https://review.example.cn')).toEqual(['http://environment.example.cn:1']);
  expect(way('DIRECT').authorities()).toEqual([]);
  const unreadable = systemWay(
    '/nowhere',
    () => undefined,
    () => Promise.reject(new Error('no settings')),
  );
  expect(await unreadable.routes('https://review.example.cn')).toEqual(['http://environment.example.cn:1']);
});
