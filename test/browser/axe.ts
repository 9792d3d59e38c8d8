/** What axe finds wrong for people who do not see a page, or see it badly. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Found {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** A sentence for each that is serious, or critical. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // through the debugger, since the page's own policy lets no other script in
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Found>(`axe.run(document, { resultTypes: ['violations'] })`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}
