import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** Rules whose findings are never serious, and which look at every element of the page. */
const NEVER_SERIOUS = [
  'heading-order',
  'landmark-banner-is-top-level',
  'landmark-complementary-is-top-level',
  'landmark-contentinfo-is-top-level',
  'landmark-main-is-top-level',
  'landmark-no-duplicate-banner',
  'landmark-no-duplicate-contentinfo',
  'landmark-no-duplicate-main',
  'landmark-one-main',
  'landmark-unique',
  'page-has-heading-one',
  'region',
];

/** What axe finds that is serious or worse, one line each with the first place. */
export async function findings(page: Page, screen: string): Promise<string[]> {
  // Legacy mode: Electron cannot open the second page that axe would finish its run on.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    // Passed elements are not listed: it is only asked what is wrong.
    .options({ resultTypes: ['violations'] })
    .disableRules(NEVER_SERIOUS)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${screen}: ${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.any[0]?.message ?? ''}`,
    );
}
