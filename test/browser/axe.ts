/** What axe finds wrong for people who do not see a page, or see it badly. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SCRIPT = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let text: Promise<string> | undefined;

interface Found {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** A sentence for each that is serious, or critical. */
export async function seriousFindings(page: Page): Promise<string[]> {
  text ??= readFile(SCRIPT, 'utf8');
  // through the debugger, since the page's own policy lets no other script in
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(await text);
  const { violations } = await page.evaluate<Found>(`axe.run(document, { resultTypes: ['violations'] })`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}
