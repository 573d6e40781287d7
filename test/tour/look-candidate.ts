import { join } from 'node:path';
import { CandidatePage } from '../e2e/pages/candidate-page.ts';
import { openPhone } from '../e2e/phone.ts';
import type { Borrowed } from './district.ts';
import type { Scene } from './scene.ts';

/** A phone, the same with text twice as large (WCAG 1.4.10: as wide as half of it), and a computer. */
const WINDOWS = [
  { name: '390-zh-CN-light', width: 390, height: 844 },
  { name: '390-zh-CN-light-200', width: 195, height: 844 },
  { name: '1366-zh-CN-light', width: 1366, height: 768 },
] as const;

/** The candidate's pages, which are in Chinese and light: sign-in, refused; returned with marks, pending, passed, refused. */
export async function candidatePages(district: Borrowed, scene: Scene, folder: string, work: string): Promise<void> {
  const { service, accounts } = district;
  const phone = await openPhone(join(work, 'phone'));
  const candidate = new CandidatePage(phone.page);
  const passwordOf = (number: string) =>
    accounts.candidates.find(({ registrationNumber }) => registrationNumber === number)?.password ?? '';
  try {
    for (const { name, width, height } of WINDOWS) {
      await phone.page.setViewportSize({ width, height });
      const shot = (what: string) =>
        phone.page.screenshot({ path: join(folder, `candidate-${name}-${what}.png`), fullPage: true });
      await phone.page.context().clearCookies();
      await phone.page.goto(`${service.url}/candidate`);
      await shot('1-sign-in');
      await phone.page.getByTestId('registration-number').fill(scene.returned);
      await phone.page.getByTestId('password').fill('wrong');
      await phone.page.getByTestId('sign-in').click();
      await phone.page.getByTestId('alert').waitFor();
      await shot('2-refused');
      const of = [
        ['3-returned', scene.returned],
        ['4-pending', scene.held],
        ['5-approved', scene.approved],
        ['6-not-passed', scene.refused],
      ] as const;
      for (const [what, number] of of) {
        await candidate.signIn(service.url, number, passwordOf(number));
        await phone.page.evaluate(async () => {
          for (const image of document.images) image.loading = 'eager';
          await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
        });
        await shot(what);
      }
    }
  } finally {
    await phone.close();
  }
}
