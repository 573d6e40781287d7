import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { Entries } from '../../shared/log.ts';
import { Submission } from '../../shared/submission.ts';
import { Session } from '../../shared/wire.ts';
import { findings } from '../e2e/axe.ts';
import { type Accounts, type LaunchedDesk, launchDesk, ROOT } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StatusBar } from '../e2e/pages/status-bar.ts';
import { cleanOnes } from '../e2e/truth.ts';
import { type Caller, callerOf, pull } from '../factories/running-service.ts';
import { type Borrowed, borrowDistrict } from './district.ts';
import { recorder } from './recorder.ts';

const SEED = '20260302';
/** The second reviewer finds fault with the centre's approval, and a third agrees with them. */
const FAULT = '公章不清晰，看不出单位名称';
const WHY = '抽查发现试用期证明公章不清';

/** A file is written within this, however busy the computer is. */
const WRITTEN = { timeout: 60_000 };

type Account = Accounts['reviewers'][number];

function accountOf({ accounts }: Borrowed, name: string): Account {
  const found = accounts.reviewers.find(({ account }) => account === name);
  if (!found) throw new Error(`the sample has no ${name}`);
  return found;
}

async function callerAs({ service }: Borrowed, { account, password }: Account): Promise<Caller> {
  const reply = await callerOf(service.url, '').ask('POST', '/v1/sessions', { body: { account, password } });
  return callerOf(service.url, Session.parse(reply.body).token);
}

/** The answer of the system's dialog: where to save. */
async function saveTo(desk: LaunchedDesk, filePath: string): Promise<void> {
  await desk.app?.evaluate(({ dialog }, path) => {
    Object.assign(dialog, { showSaveDialog: async () => ({ canceled: false, filePath: path }) });
  }, filePath);
}

/** Judges an item of the spot check that is on screen. */
async function judge(page: Page, n: number, verdict: 'approve' | 'return', words: string): Promise<void> {
  await page.locator(`[data-testid="spot-item"][data-n="${n}"]`).getByTestId('spot-judge').click();
  await page.getByTestId('spot-review').waitFor();
  await page.getByTestId(`spot-${verdict}`).click();
  await page.getByTestId('spot-verdict').waitFor();
  if (words !== '') await page.getByTestId('spot-words').fill(words);
  await page.getByTestId('spot-confirm').click();
  await page.getByTestId('spot-detail').waitFor();
}

/** Two levels, a spot check with a disagreement, a reopening, exports, and the log verified. */
export async function audit(folder: string): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-audit-'));
  const { steps, step } = recorder(folder);
  const district = await borrowDistrict(work);
  const { service } = district;
  const open: LaunchedDesk[] = [];
  /** Somebody at their desk, signed in, with the queue on screen. */
  const atDesk = async (name: string): Promise<LaunchedDesk> => {
    const account = accountOf(district, name);
    const prefill = { service: service.url, account: account.account, password: account.password };
    const desk = await launchDesk({
      userData: join(work, name),
      prefill,
      holdMs: 0,
      size: { width: 1366, height: 768 },
    });
    open.push(desk);
    await new SignInPage(desk.page).signIn(prefill);
    await new QueuePage(desk.page).shown();
    return desk;
  };
  const leave = async (desk: LaunchedDesk) => {
    open.splice(open.indexOf(desk), 1);
    await desk.close();
  };
  let failure: unknown = null;
  try {
    const [registrationNumber] = await cleanOnes(service.folder);
    if (registrationNumber === undefined) throw new Error('the sample has no candidate without defects');
    const supervisor = await callerAs(district, accountOf(district, 'supervisor1'));
    const standing = async () => {
      const found = (await pull(supervisor)).find((of) => of.registrationNumber === registrationNumber);
      if (!found) throw new Error('the candidate is not in the feed');
      return Submission.parse(found);
    };

    const site = await atDesk('reviewer1');
    await step('the centre approves', site.page, async () => {
      await new QueuePage(site.page).open(registrationNumber);
      const review = new ReviewPage(site.page);
      await review.shown(registrationNumber);
      for (const slot of await review.slots()) await review.lock(slot);
      await review.approve();
      await expect.poll(async () => (await standing()).status, { timeout: 60_000 }).toBe('site_approved');
    });

    const upper = await atDesk('district1');
    await step('the district sees what the centre locked, and approves', upper.page, async () => {
      // Nothing else has come to the district yet.
      await upper.page.getByTestId('queue-row').first().waitFor();
      await upper.page.locator('#queue-table').press('Enter');
      await new ReviewPage(upper.page).shown(registrationNumber);
      await new ReviewPage(upper.page).approve();
      await expect.poll(async () => (await standing()).status, { timeout: 60_000 }).toBe('approved');
    });
    await leave(upper);

    const watch = await atDesk('supervisor1');
    await step('a supervisor draws a sample by a seed', watch.page, async () => {
      await watch.page.keyboard.press('Shift+F7');
      await watch.page.getByTestId('spot-draw').click();
      await watch.page.getByTestId('spot-seed').fill(SEED);
      await watch.page.screenshot({ path: join(folder, 'draw.png') });
      await watch.page.getByTestId('spot-draw-confirm').click();
      await expect(watch.page.getByTestId('spot-item')).toHaveCount(2);
      await expect(watch.page.getByTestId('spot-seed-shown')).toHaveText(SEED);
      expect(await findings(watch.page, 'spot checks')).toEqual([]);
    });
    await leave(watch);

    const second = await atDesk('reviewer2');
    await step('a second reviewer looks again, blind', second.page, async () => {
      await second.page.keyboard.press('Shift+F7');
      await second.page.getByTestId('spot-judge').first().click();
      await second.page.getByTestId('spot-review').waitFor();
      await second.page.locator('.picture[data-state="shown"]').first().waitFor();
      await expect(second.page.getByTestId('lock')).toHaveCount(0);
      expect(await findings(second.page, 'blind')).toEqual([]);
    });
    await step('agrees with one, differs on the other', second.page, async () => {
      await second.page.keyboard.press('Escape');
      await judge(second.page, 1, 'approve', '');
      await judge(second.page, 2, 'return', FAULT);
      await expect(second.page.locator('[data-testid="spot-item"][data-state="disputed"]')).toHaveCount(1);
      // What the first one decided stays unknown until a third has judged.
      await expect(second.page.getByTestId('spot-first')).toHaveCount(1);
    });
    await leave(second);

    const third = await atDesk('supervisor1');
    await step('a third settles it; agreement and κ are told', third.page, async () => {
      await third.page.keyboard.press('Shift+F7');
      await third.page.getByTestId('spot-detail').waitFor();
      await judge(third.page, 2, 'return', FAULT);
      const agreement = third.page.getByTestId('spot-agreement');
      await expect(agreement).toHaveAttribute('data-n', '2');
      await expect(agreement).toHaveAttribute('data-agreed', '1');
      await expect(third.page.getByTestId('spot-third')).toHaveAttribute('data-verdict', 'return');
    });
    expect((await standing()).status).toBe('approved');
    await leave(third);

    const again = await atDesk('district1');
    await step('the district reopens it from there, with a reason', again.page, async () => {
      await again.page.keyboard.press('Shift+F7');
      await again.page.locator('[data-testid="spot-item"][data-n="2"]').getByTestId('spot-open').click();
      await new ReviewPage(again.page).shown(registrationNumber);
      await again.page.keyboard.press('Control+KeyU');
      await again.page.getByTestId('reopen-reason').fill(WHY);
      await again.page.getByTestId('reopen-confirm').click();
      await expect.poll(async () => (await standing()).status, { timeout: 60_000 }).toBe('site_approved');
    });
    await leave(again);

    const office = await atDesk('supervisor1');
    await step('the overview', office.page, async () => {
      await office.page.keyboard.press('F6');
      await office.page.getByTestId('overview-body').waitFor();
      await office.page.locator('.recharts-bar-rectangle').first().waitFor();
      expect(await findings(office.page, 'overview')).toEqual([]);
    });
    for (const format of ['xlsx', 'csv', 'pdf'] as const) {
      await step(`its export as ${format}, recorded first`, office.page, async () => {
        const file = join(folder, `overview.${format}`);
        await saveTo(office, file);
        await office.page.getByTestId(`export-${format}`).click();
        await expect
          .poll(async () => (await stat(file).catch(() => null))?.size ?? 0, { timeout: 60_000 })
          .toBeGreaterThan(500);
        const head = (await readFile(file)).subarray(0, 4).toString('latin1');
        expect(head.startsWith({ xlsx: 'PK', csv: 'ï»¿', pdf: '%PDF' }[format])).toBe(true);
      });
    }
    await step('the audit: all decisions as a workbook', office.page, async () => {
      const file = join(folder, 'decisions.xlsx');
      await saveTo(office, file);
      await office.page.keyboard.press('F7');
      await office.page.getByTestId('decisions-xlsx').click();
      await expect.poll(async () => (await stat(file).catch(() => null))?.size ?? 0, WRITTEN).toBeGreaterThan(500);
      const files = unzipSync(new Uint8Array(await readFile(file)));
      const text = Object.values(files)
        .map((bytes) => strFromU8(bytes))
        .join('');
      expect(text).toContain(WHY);
      expect(text).toContain(registrationNumber);
    });
    await step('the review record of one candidate', office.page, async () => {
      await office.page.keyboard.press('Escape');
      await new QueuePage(office.page).open(registrationNumber);
      await new ReviewPage(office.page).shown(registrationNumber);
      await office.page.keyboard.press('Control+KeyP');
      await expect(office.page.locator('[data-testid="record-entry"][data-kind="submission.reopen"]')).toHaveCount(1);
      expect(await findings(office.page, 'record')).toEqual([]);
      const file = join(folder, 'record.pdf');
      await saveTo(office, file);
      await office.page.getByTestId('export-pdf').click();
      await expect.poll(async () => (await stat(file).catch(() => null))?.size ?? 0, WRITTEN).toBeGreaterThan(500);
    });
    const log = await supervisor.get('/v1/log/entries?limit=1000', Entries);
    const kinds = log.entries.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'export.made')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'spot.drawn')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'spot.judged')).toHaveLength(3);
    await leave(office);

    await step('the reviewer proves their records in one click', site.page, async () => {
      await new StatusBar(site.page).syncNow();
      await site.page.keyboard.press('F8');
      await site.page.getByTestId('start-proofs').press('Enter');
      await expect(site.page.getByTestId('proof-outcome')).toHaveAttribute('data-outcome', 'proven', {
        timeout: 60_000,
      });
    });
    const exported = join(folder, 'log.jsonl');
    const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    await step('the exported log verifies by itself', site.page, async () => {
      expect(node('service/main.ts', '--data', service.folder, '--export-log', exported).status).toBe(0);
      const verified = node('scripts/verify-log.ts', exported);
      console.log(verified.stdout.trim());
      expect(verified.status).toBe(0);
    });
    await step('and is refused when one entry was edited', site.page, async () => {
      const text = await readFile(exported, 'utf8');
      expect(text).toContain('export.made');
      await writeFile(`${exported}.edited`, text.replace('export.made', 'export.held'));
      expect(node('scripts/verify-log.ts', `${exported}.edited`).status).not.toBe(0);
    });
  } catch (error) {
    failure = error;
    console.error(error);
  }
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
  for (const desk of open) await desk.close().catch(() => undefined);
  await service.stop();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  return failure === null && steps.every(({ seen }) => seen);
}
