import { STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { type LaunchedDesk, launchDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { until } from '../helpers/until.ts';

/** Size of the windows that are compared, px. */
export const SIZE = { width: 1366, height: 768 } as const;
/** Longest that a first synchronisation with all its looking at pictures may take, ms. */
const PATIENCE = 110_000;

/** The reviewer of the measurements at a service. */
export function reviewerAt(service: string) {
  return { service, account: 'reviewer1', password: STAFF_PASSWORD };
}

/** The submissions of the queue in its order, with the hashes of their pictures and how many were looked at. */
export async function subjects({ page }: LaunchedDesk) {
  return page.evaluate(async () => {
    const query = { filter: 'open', sort: 'deadline', descending: false, search: '', after: null, limit: 500 } as const;
    const rows = await window.desk.queuePage(query);
    if (!rows.ok) throw new Error(rows.problem.code);
    const found: { id: SubmissionId; hashes: string[]; looked: number }[] = [];
    for (const { id } of rows.value.rows) {
      const subject = await window.desk.subject({ id });
      if (!subject.ok) throw new Error(subject.problem.code);
      const { submission, facts } = subject.value;
      found.push({ id, hashes: submission.images.map(({ sha256 }) => sha256), looked: facts.length });
    }
    return found;
  });
}

/** Starts the built workstation and signs in. */
export async function openSignedIn(userData: string, service: string): Promise<LaunchedDesk> {
  const desk = await launchDesk({ userData, prefill: reviewerAt(service), size: SIZE });
  await desk.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setPosition(0, 0));
  await desk.page.getByTestId('sign-in').click();
  await new QueuePage(desk.page).shown();
  return desk;
}

/** The same on an empty profile, until all pictures are here and looked at. */
export async function openFilledDesk(userData: string, service: string): Promise<LaunchedDesk> {
  const desk = await openSignedIn(userData, service);
  const all = async () => {
    const found = await subjects(desk);
    return found.length > 0 && found.every(({ hashes, looked }) => looked === hashes.length);
  };
  await until('all pictures are here and looked at', all, PATIENCE);
  return desk;
}

/** Opens the first submission of the queue with all its pictures side by side. */
export async function openFirst({ page }: LaunchedDesk): Promise<void> {
  await page.getByTestId('queue-row').first().waitFor();
  await page.locator('#queue-table').press('Enter');
  await page.getByTestId('review').waitFor();
  await page.keyboard.press('KeyA');
  await page.locator('[data-testid="panes"][data-layout="all"]').waitFor();
}
