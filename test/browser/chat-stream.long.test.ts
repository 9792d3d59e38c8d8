import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { History } from '../../src/platforms/web/api.ts';
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
    await page.getByRole('heading', { name: 'What should I draw?' }).waitFor();
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
        await one.route('**/api/home?*', (route) => route.fulfill({ status: 503 }), { times: 1 });
        await one.route(`**${EVENTS}`, (route) => route.fulfill({ status: 503 }));
      },
    });
    await page.getByRole('status').getByText('Easel isn’t answering. Trying again…').waitFor();
    await page.clock.fastForward('00:02');
    const bar = page.getByRole('status').getByText('Connection lost. Trying again…');
    await bar.waitFor();

    // hidden while it asks, it does not come back
    await page.route('**/api/home', () => undefined);
    const asking = page.waitForRequest('**/api/home');
    await page.clock.fastForward('00:05');
    await asking;
    const given = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/home'));
    await hide(page, true);
    await page.clock.fastForward('00:30');
    await given;

    await page.unrouteAll();
    await hide(page, false);
    await bar.waitFor({ state: 'hidden' });
    await page
      .getByRole('heading', { name: 'What should I draw?' })
      .or(page.getByRole('article'))
      .first()
      .waitFor();
  });

  it('offers slots whatever they are called', async () => {
    const sent: string[] = [];
    const page = await stage.browser.open(`${stage.url}/?template=odd`, {
      async prepare(one) {
        await one.route(`**${EVENTS}`, (route) =>
          route.fulfill({
            contentType: 'text/event-stream',
            body: `event: history\ndata: ${JSON.stringify(ODD)}\n\n`,
          }),
        );
        await one.route('**/api/run', (route) => {
          sent.push(
            ...(route.request().postData() ?? '').matchAll(/name="([^"]+)"/g).map(([, name = '']) => name),
          );
          return route.fulfill({ status: 422, json: { error: 'No.', field: 'elements' } });
        });
      },
    });
    for (const name of ['constructor', '__proto__', 'elements']) {
      await page.getByRole('button', { name: `+ ${name}` }).click();
      await page.getByLabel(name, { exact: true }).fill('odd');
    }
    await page.getByRole('button', { name: 'Run' }).click();
    await page
      .getByRole('textbox', { name: 'elements', description: 'No.' })
      .and(page.locator(':focus'))
      .waitFor();
    expect(sent).toEqual(['template', 'value.constructor', 'value.__proto__', 'value.elements']);
  });
});

/** What the server says of a command whose slots are called as what every object has. */
const ODD: History = {
  messages: [],
  commands: [
    {
      name: 'odd',
      description: 'odd names',
      kind: 'template',
      fields: ['prompt', 'constructor', '__proto__', 'elements'].map((name) => ({
        name,
        type: 'text',
        kind: 'text',
        description: '',
        required: false,
        main: name === 'prompt',
      })),
    },
  ],
};

/** As the browser does for a tab in the background. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}
