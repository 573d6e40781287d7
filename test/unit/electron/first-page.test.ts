import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type First, fillPage } from '../../../electron/first-page.ts';

const PAGE = '<!doctype html><html lang="zh-CN"><body><div id="root"></div></body></html>';
const FORM = '<form><input value="__service__"><input data-begin="true" value="__account__">v__version__</form>';
const LOOK = { language: 'en', dark: true } as const;

function first(service: string, account: string, prefill: First['info']['prefill'] = null): First {
  return {
    settings: { language: 'en', theme: 'dark', service, account, picturesGigabytes: 8, zoom: 100 },
    info: { version: '1.2.3', electron: '33', chromium: '130', node: '20', platform: 'linux', prefill },
  };
}

/** The data block as the page's script reads it. */
function dataOf(page: string): unknown {
  const [, text = ''] = /<script type="application\/json" id="first">(.*?)<\/script>/.exec(page) ?? [];
  return JSON.parse(text);
}

test('the page comes in its language and theme, with the form that fits what is still to be typed', () => {
  const forms = { 'en dark password': FORM, 'en dark account': 'no account', 'en dark service': 'no service' };
  const page = fillPage(PAGE, LOOK, forms, first('https://a.example', 'reviewer1'));
  expect(page).toContain('<html lang="en" data-theme="dark">');
  expect(page).toContain(
    '<div id="root"><form><input value="https://a.example"><input autofocus data-begin="true" value="reviewer1">v1.2.3</form></div>',
  );
  expect(fillPage(PAGE, LOOK, forms, first('https://a.example', ''))).toContain('<div id="root">no account</div>');
  expect(fillPage(PAGE, LOOK, forms, first('', 'reviewer1'))).toContain('<div id="root">no service</div>');
});

test('a sign-in that is filled in comes before what was typed last', () => {
  const prefill = { service: 'http://127.0.0.1:1', account: 'reviewer2', password: 'p"<&', atOnce: false };
  const forms = { 'en dark nothing': '<input value="__service__"><input value="__password__">' };
  const page = fillPage(PAGE, LOOK, forms, first('https://a.example', 'reviewer1', prefill));
  expect(page).toContain('<input value="http://127.0.0.1:1"><input value="p&quot;&lt;&amp;">');
});

test('without a form, or for somebody who is signed in, the scripts draw the page', () => {
  expect(fillPage(PAGE, LOOK, {}, first('', ''))).toContain('<div id="root"></div><script type="application/json"');
  expect(fillPage(PAGE, LOOK, { 'en dark service': FORM }, null)).toBe(
    PAGE.replace('<html lang="zh-CN">', '<html lang="en" data-theme="dark">'),
  );
});

test('whatever was typed last is text in the page, never markup', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (service, account) => {
      const known = first(`${service}</script><script>`, `${account}"><script>$&`);
      const page = fillPage(PAGE, LOOK, { 'en dark password': FORM }, known);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page.match(/<input/g)).toHaveLength(2);
      expect(dataOf(page)).toEqual(known);
    }),
  );
});
