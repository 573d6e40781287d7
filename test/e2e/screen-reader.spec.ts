import type { Page } from 'playwright';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { type Spoken, spoken } from './spoken.ts';
import { cleanOnes } from './truth.ts';

/** What somebody acts on: all of it has to say what it is. */
const CONTROLS = new Set([
  'button',
  'checkbox',
  'combobox',
  'grid',
  'link',
  'listbox',
  'menuitem',
  'option',
  'radio',
  'radiogroup',
  'row',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
]);
/** What divides a page, and pictures: nameless they are no help. */
const PLACES = new Set(['dialog', 'alertdialog', 'complementary', 'navigation', 'region', 'image']);

const nameless = (tree: readonly Spoken[]) =>
  tree.filter(({ role, name, focusable }) => {
    if (name !== '') return false;
    return CONTROLS.has(role) || PLACES.has(role) || (focusable && role !== 'RootWebArea');
  });
/** A text with a key of a locale in it was forgotten. */
const untranslated = (tree: readonly Spoken[]) => tree.filter(({ name }) => /\b[a-z]+\.[a-z]+[A-Z]?\w*\b/.test(name));

/** Names in the order in which they are read; of those that aren't there, -1. */
function placesOf(tree: readonly Spoken[], names: readonly (string | RegExp)[]): number[] {
  let from = 0;
  return names.map((wanted) => {
    const index = tree.findIndex(
      ({ name }, at) => at >= from && (typeof wanted === 'string' ? name === wanted : wanted.test(name)),
    );
    if (index >= 0) from = index;
    return index;
  });
}

/** Every screen: all that can be acted on has a name, and what is named here is read in this order. */
async function hear(page: Page, screen: string, inOrder: readonly (string | RegExp)[]): Promise<Spoken[]> {
  const tree = await spoken(page);
  expect(nameless(tree), `${screen}: without a name`).toEqual([]);
  expect(untranslated(tree), `${screen}: not translated`).toEqual([]);
  const places = placesOf(tree, inOrder);
  expect(
    inOrder.filter((_, index) => (places[index] ?? -1) < 0),
    `${screen}: not heard, or not in this order`,
  ).toEqual([]);
  return tree;
}

test('a candidate is reviewed by ear: every control has a name, in the right order, and what happens is said', async ({
  launch,
  reviewer,
  service,
}) => {
  const { page } = await launch({ prefill: reviewer, holdMs: 60_000 });
  const [queue, review] = [new QueuePage(page), new ReviewPage(page)];
  await new SignInPage(page).shown();
  await hear(page, 'sign-in', ['审核工作台', '服务地址', '账号', '密码', '登录', '语言', '外观']);
  await new SignInPage(page).signIn(reviewer);
  await queue.shown();
  await page.getByTestId('queue-row').first().waitFor();
  await hear(page, 'queue', ['审核队列', /姓名、拼音/, '按状态筛选', /^全部/, /^待办/, /^状态 姓名/, '在线']);

  const [clean = ''] = await cleanOnes(service.folder);
  await queue.open(clean);
  await review.shown(clean);
  const name = (await page.getByTestId('candidate').textContent()) ?? '';
  const tree = await hear(page, 'review', [
    '队列',
    '上一位',
    '下一位',
    name,
    /^拒绝/,
    /^退回考生/,
    /^通过/,
    '报名信息',
    '图片',
    '身份证 人像面',
    /^身份证 人像面, 待审$/,
    '并排张数',
    /^锁定/,
    /^退回 R$/,
    '在线',
  ]);
  expect(tree.filter(({ role, name: one }) => role === 'heading' && one === name)).toHaveLength(1);

  const said = page.locator('#spoken');
  await expect(said).toContainText(`考生${name}，待审核。`);
  await expect(said).toContainText('第1张');
  await review.press('ArrowRight');
  await expect(said).toContainText('第2张');
  await review.press('ArrowLeft');
  await review.press('Space');
  await review.press('ArrowLeft');
  await expect(said).toContainText('已锁定');

  await review.press('ArrowRight');
  await review.press('KeyR');
  await page.getByTestId('reason-picker').waitFor();
  await hear(page, 'reasons', [/退回/, /图片不清晰/]);
  await review.press('Escape');
  await page.getByTestId('reason-picker').waitFor({ state: 'detached' });
  await review.press('Control+Backspace');
  await page.getByTestId('return-dialog').waitFor();
  await hear(page, 'return', [new RegExp(name)]);
  await review.press('Escape');
  await page.getByTestId('return-dialog').waitFor({ state: 'detached' });
  await review.press('Control+Delete');
  await page.getByTestId('refuse-dialog').waitFor();
  await hear(page, 'refuse', [/^拒绝报名/, /E01|1/]);
  await review.press('Escape');
  await page.getByTestId('refuse-dialog').waitFor({ state: 'detached' });
  await review.press('Control+KeyK');
  await page.getByTestId('palette').waitFor();
  await hear(page, 'palette', ['锁定']);
  await review.press('Escape');
  await page.getByTestId('palette').waitFor({ state: 'detached' });
  await review.press('F1');
  await page.getByTestId('shortcut-sheet').waitFor();
  await hear(page, 'shortcuts', [/锁定/]);
});
