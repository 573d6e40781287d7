import { CANDIDATE_PASSWORD } from '../../service/sample-accounts.ts';
import { Session } from '../../shared/wire.ts';
import { png } from '../factories/pictures.ts';
import { type Caller, callerOf, decisionOn, pull, send } from '../factories/running-service.ts';
import { returning } from '../factories/submission.ts';
import { findings } from './axe.ts';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';

/** Somebody at the service, without the workstation. */
async function at(url: string, address: string, body: object): Promise<Caller> {
  const reply = await callerOf(url, '').ask('POST', address, { body });
  return callerOf(url, Session.parse(reply.body).token);
}

test('a supervisor finds a decision, and sees the pictures as they were beside what replaced them', async ({
  launch,
  accounts,
  reviewer,
  service,
}) => {
  const { account, password } = reviewer;
  const deciding = await at(service.url, '/v1/sessions', { account, password });
  const of = (await pull(deciding)).find(({ status, images }) => status === 'pending' && images.length > 3);
  const [first, second] = of?.images ?? [];
  if (!of || !first || !second) throw new Error('nothing to decide on');
  const { slot, sha256 } = first;
  const viewed = [{ slot, sha256, ms: 1_400, percent: 80, rotated: false }];
  await send(deciding, decisionOn(of, { kind: 'image.lock', slot, sha256 }, { viewed }));
  const begun = (await pull(deciding)).find(({ id }) => id === of.id) ?? of;
  await send(deciding, decisionOn(begun, returning(begun, [second.slot], { comment: '公章不清' })));
  const { registrationNumber } = of;
  const candidate = await at(service.url, '/v1/candidate/sessions', {
    registrationNumber,
    password: CANDIDATE_PASSWORD,
  });
  await candidate.ask('PUT', `/v1/candidate/images/${second.slot}`, { bytes: png(7, { width: 640, height: 480 }) });
  await candidate.ask('POST', '/v1/candidate/submit');

  const supervisor = accounts.reviewers.find(({ role, site }) => role === 'supervisor' && site === of.site);
  if (!supervisor) throw new Error('the sample has no supervisor of the site');
  const { page } = await launch();
  await new SignInPage(page).signIn({ ...supervisor, service: service.url });
  await new QueuePage(page).shown();
  await page.keyboard.press('F7');
  await expect(page.getByTestId('audit-row')).toHaveCount(2);
  await expect(page.getByTestId('audit')).toContainText('从不单独用来评价人的快慢');
  await page.getByTestId('audit-kind-image.lock').click();
  await expect(page.getByTestId('audit-row')).toHaveCount(1);
  await page.keyboard.press('Shift+Backspace');
  await page.getByTestId('audit-search').fill('章不');
  await expect(page.getByTestId('audit-row')).toHaveCount(1);
  await expect(page.getByTestId('audit-total')).toHaveAttribute('data-count', '1');
  expect(await findings(page, 'audit')).toEqual([]);
  await page.getByTestId('audit-search').press('Enter');
  await page.keyboard.press('Enter');
  const events = page.getByTestId('timeline-event');
  await expect(events).toHaveCount(4);
  await expect(page.locator('[aria-current="step"]')).toHaveAttribute('data-what', 'submission.return');
  await expect(page.getByTestId('history-pane-300')).toHaveAttribute('data-sha256', second.sha256);
  await expect(page.getByTestId('history-pane-301')).not.toHaveAttribute('data-sha256', second.sha256);
  expect(await findings(page, 'history')).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[aria-current="step"]')).toHaveAttribute('data-what', 'replaced');
  await expect(page.getByTestId('history-pane-301')).toHaveAttribute('data-sha256', second.sha256);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await new QueuePage(page).shown();
});
