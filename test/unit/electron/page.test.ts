import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileFor, policyFor, servePage } from '../../../electron/page.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

test('no address leaves the folder', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '%2e%2e', '%2E%2e', '..%2f', '%2f', '%5c', '\\', '//', '%00', 'etc', 'index.html'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const file = fileFor('/desk/renderer', `app://desk/${parts.join('/')}`);
      expect(file === null || file.startsWith('/desk/renderer/')).toBe(true);
      expect(file ?? '').not.toContain('/../');
    }),
  );
});

test('other hosts and nonsense name nothing', () => {
  for (const address of ['app://other/index.html', 'app://desk.example/index.html', 'nonsense', 'app://desk/%']) {
    expect(fileFor('/desk/renderer', address)).toBeNull();
  }
  expect(fileFor('/desk/renderer', 'app://desk/')).toBe('/desk/renderer/index.html');
});

test('each load has its own nonce, in the header and in the page', async () => {
  const folder = join(await temporaryFolder(), 'renderer');
  await mkdir(folder);
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  let count = 0;
  const serve = servePage(folder, () => {
    count += 1;
    return `nonce${count}`;
  });
  for (const nonce of ['nonce1', 'nonce2']) {
    const answer = await serve(new Request('app://desk/index.html'));
    expect(answer.headers.get('content-security-policy')).toBe(policyFor(nonce));
    expect(await answer.text()).toBe(`<meta name="csp-nonce" content="${nonce}">`);
  }
});

test('files come with their type, others and other methods are refused', async () => {
  const folder = join(await temporaryFolder(), 'renderer');
  await mkdir(folder);
  await writeFile(join(folder, 'main.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'no');
  const serve = servePage(folder, () => 'n');
  const script = await serve(new Request('app://desk/main.js'));
  expect(script.status).toBe(200);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await serve(new Request('app://desk/secret.txt'))).status).toBe(404);
  expect((await serve(new Request('app://desk/gone.js'))).status).toBe(404);
  expect((await serve(new Request('app://desk/main.js', { method: 'POST' }))).status).toBe(405);
});
