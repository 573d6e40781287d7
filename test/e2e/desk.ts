import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import {
  type Accounts,
  type LaunchedDesk,
  type LaunchOptions,
  launchDesk,
  readAccounts,
  type ServiceProcess,
  startService,
} from './launch.ts';
import { sampleFolder } from './sample.ts';

/** What a launch of the workstation in a test may choose. */
export type DeskChoice = Omit<LaunchOptions, 'userData' | 'packed'> & { readonly userData?: string };

export type DeskFixtures = {
  /** A folder of the test's own. */
  readonly folder: string;
  /** The real service on a fresh copy of the sample district. */
  readonly service: ServiceProcess;
  readonly accounts: Accounts;
  /** The first reviewer of the sample, with the address of the service: what the sign-in page asks for. */
  readonly reviewer: { readonly service: string; readonly account: string; readonly password: string };
  /** Starts the workstation; all that were started end with the test. */
  readonly launch: (choice?: DeskChoice) => Promise<LaunchedDesk & { readonly userData: string }>;
  /** The workstation on an empty profile, sign-in filled in, decisions held for 300 ms. */
  readonly desk: LaunchedDesk & { readonly userData: string };
};

export type DeskOptions = {
  /** Executable of a packed app; set by the project that tests it. */
  readonly packed: string | undefined;
};

/** Playwright's test with the service and the workstation of this project. */
export const test = base.extend<DeskFixtures & DeskOptions, { readonly sample: string }>({
  packed: [undefined, { option: true }],

  sample: [
    async ({ browserName: _ }, use) => {
      await use(await sampleFolder());
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  folder: async ({ browserName: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'review-desk-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  service: async ({ folder, sample }, use, info) => {
    const data = join(folder, 'service');
    await cp(sample, data, { recursive: true });
    const service = await startService(data);
    await use(service);
    await service.stop();
    if (info.status !== info.expectedStatus) await info.attach('service.log', { body: service.output() });
  },

  accounts: async ({ service }, use) => {
    await use(await readAccounts(service.folder));
  },

  reviewer: async ({ service, accounts }, use) => {
    const first = accounts.reviewers.find(({ role }) => role === 'reviewer');
    if (!first) throw new Error('the sample has no reviewer');
    await use({ service: service.url, account: first.account, password: first.password });
  },

  launch: async ({ folder, packed }, use, info) => {
    const launched: LaunchedDesk[] = [];
    await use(async (choice = {}) => {
      const userData = choice.userData ?? join(folder, `desk-${launched.length + 1}`);
      const desk = await launchDesk({ graphics: false, ...choice, userData, packed });
      launched.push(desk);
      return { ...desk, userData };
    });
    for (const [index, desk] of launched.entries()) {
      if (info.status !== info.expectedStatus) {
        const body = await desk.page.screenshot({ timeout: 5_000 }).catch(() => null);
        if (body) await info.attach(`desk-${index + 1}.png`, { body, contentType: 'image/png' });
        await info.attach(`desk-${index + 1}.log`, { body: desk.output() });
      }
      await desk.close().catch(() => undefined);
    }
  },

  desk: async ({ launch, reviewer }, use) => {
    await use(await launch({ prefill: reviewer, holdMs: 300 }));
  },
});

export { expect } from 'playwright/test';
