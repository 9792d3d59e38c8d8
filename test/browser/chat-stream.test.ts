import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const EVENTS = '/api/events';

describe.skipIf(!hasBrowser)('The live line of the chat', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ environment: { TEMPLATES_DIR: 'test/fixtures/templates' } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  it('is given back by a tab that nobody sees for long, and taken again', async () => {
    const page = await stage.browser.open(stage.url, { prepare: (one) => one.clock.install() });
    await page.getByRole('heading', { name: 'What shall we draw?' }).waitFor();
    let given = 0;
    page.on('requestfailed', (request) => (given += Number(request.url().endsWith(EVENTS))));
    await hide(page, true);
    await page.clock.fastForward('00:05');
    await hide(page, false);
    await page.clock.fastForward('00:30');
    await page.getByRole('combobox', { name: 'Message' }).fill('/help');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: '/help' }).waitFor();
    expect(given).toBe(0);

    await hide(page, true);
    await page.clock.fastForward('00:30');
    await expect.poll(() => given).toBe(1);
    const taken = page.waitForRequest((request) => request.url().endsWith(EVENTS));
    await hide(page, false);
    await taken;
  });

  it('says when it is lost, and comes back by itself', async () => {
    const page = await stage.browser.open(stage.url, {
      allow: /status of 503/,
      async prepare(one) {
        await one.clock.install();
        await one.route(`**${EVENTS}`, (route) => route.fulfill({ status: 503 }));
      },
    });
    const bar = page.getByRole('status').getByText('The connection is lost. Trying again…');
    await bar.waitFor();
    await page.unrouteAll();
    await page.clock.fastForward('00:05');
    await bar.waitFor({ state: 'hidden' });
    await page
      .getByRole('heading', { name: 'What shall we draw?' })
      .or(page.getByRole('article'))
      .first()
      .waitFor();
  });
});

/** As the browser does for a tab in the background. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}
