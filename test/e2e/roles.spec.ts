import { openLine } from '../helpers/line.ts';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';

test('a district reviewer with nothing passed on yet is told so', async ({ launch, accounts, service }) => {
  const district = accounts.reviewers.find(({ role, level }) => role === 'reviewer' && level === 'district');
  if (!district) throw new Error('the sample has no reviewer of the district');
  const { page } = await launch();
  await new SignInPage(page).signIn({ service: service.url, account: district.account, password: district.password });
  await expect(page.getByTestId('queue-empty')).toHaveAttribute('data-why', 'none');
});

test('a supervisor reads everything and decides nothing', async ({ launch, accounts, service }) => {
  const supervisor = accounts.reviewers.find(({ role, site }) => role === 'supervisor' && site === '990101');
  if (!supervisor) throw new Error('the sample has no supervisor of the site');
  const { page } = await launch();
  await new SignInPage(page).signIn({
    service: service.url,
    account: supervisor.account,
    password: supervisor.password,
  });
  const queue = new QueuePage(page);
  await queue.shown();
  const [number = ''] = await queue.registrations();
  await queue.open(number);
  const review = new ReviewPage(page);
  await review.shown(number);
  const [first = ''] = await review.slots();
  await review.press('Space');
  await review.press('Control+Enter');
  await expect(page.getByTestId('lock')).toHaveCount(0);
  await expect(page.getByTestId('approve')).toHaveCount(0);
  expect(await review.state(first)).toBe('open');
  expect(await new StatusBar(page).count('waiting')).toBe(0);
});

test('the overview keeps its figures when the line breaks, and says that they are not new', async ({
  launch,
  accounts,
  service,
}) => {
  const supervisor = accounts.reviewers.find(({ role, site }) => role === 'supervisor' && site === '990101');
  if (!supervisor) throw new Error('the sample has no supervisor of the site');
  const line = await openLine(service.url);
  const { page } = await launch();
  await new SignInPage(page).signIn({ ...supervisor, service: line.url });
  await new QueuePage(page).shown();
  await page.keyboard.press('F6');
  const figures = page.getByTestId('level-card').first();
  await expect(figures).toBeVisible();
  await expect(page.getByTestId('overview-stale')).toHaveCount(0);
  await line.set('down');
  await page.getByTestId('overview-again').click();
  await expect(page.getByTestId('overview-stale')).toBeVisible();
  await expect(figures).toBeVisible();
  await line.set('clear');
  await page.getByTestId('overview-again').click();
  await expect(page.getByTestId('overview-stale')).toHaveCount(0);
  await line.close();
});
