import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { largeWorkflow } from '../unit/platforms/web/large-graph.ts';
import { seriousFindings } from './axe.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const SCHEMES = ['light', 'dark'] as const;
const PHONE = { viewport: { width: 390, height: 780 } };

describe.skipIf(!hasBrowser)('Nobody is kept out', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  const clean = async (page: Page, state: string) => expect(await seriousFindings(page), state).toEqual([]);

  it.each(SCHEMES)('from signing in, %s', async (colorScheme) => {
    const page = await stage.browser.open(`${stage.url}/sign-in`, {
      colorScheme,
      storageState: { cookies: [], origins: [] },
      allow: /401/,
    });
    await page.getByRole('textbox').waitFor();
    await clean(page, 'asked');
    await page.getByRole('textbox').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await clean(page, 'refused');
  });

  it.each(SCHEMES)('from the chat, %s', async (colorScheme) => {
    const page = await stage.browser.open(stage.url, { colorScheme });
    const line = page.getByRole('combobox', { name: 'Message' });
    await line.waitFor();
    await clean(page, 'begun');
    await line.fill('/');
    await page.getByRole('listbox').waitFor();
    await clean(page, 'with a list');
    await line.fill('/imagine a red fox --steps 900000');
    await line.press('Enter');
    await page.getByRole('alert').waitFor();
    await clean(page, 'refused');
    await line.fill(`/imagine ${colorScheme} dunes`);
    await line.press('Enter');
    const picture = page
      .getByRole('article', { name: `${colorScheme} dunes` })
      .getByRole('button', { name: /picture 1/ });
    await picture.waitFor();
    await picture.focus();
    await clean(page, 'with a picture');
    await picture.press('Enter');
    await page.getByRole('button', { name: /^Delete:/ }).click();
    await clean(page, 'with a large picture');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Pictures', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /picture 1/ })
      .first()
      .waitFor();
    await clean(page, 'with the gallery');
    await page.keyboard.press('Escape');
    await page.getByRole('article').last().getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('form', { name: 'Values of /imagine' });
    for (let left = await form.locator('.chips button').count(); left > 0; left -= 1)
      await form.locator('.chips button').first().click();
    await clean(page, 'with a form');
    await page.keyboard.press('Escape');
    for (const text of ['/settings', '/template', '/queue', '/help']) {
      await line.fill(text);
      await line.press('Enter');
      await page.getByRole('article', { name: text }).last().waitFor();
    }
    await page.getByRole('article', { name: '/settings' }).last().getByRole('heading').waitFor();
    await clean(page, 'with screens');
    await page.setViewportSize(PHONE.viewport);
    await clean(page, 'on a phone');
  });

  it.each(SCHEMES)('from the studio, %s', async (colorScheme) => {
    const page = await stage.browser.open(`${stage.url}/studio`, { colorScheme });
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    await clean(page, 'its shelf');
    await page.getByLabel('More for /blank').click();
    await clean(page, 'with a menu');
    await bring(page, 'fox.json', await readFile('templates/imagine/workflow.json'));
    await page.getByRole('button', { name: 'Slot steps: change it' }).click();
    await page.locator('.slot.open').waitFor();
    await clean(page, 'with a draft');
    await page.getByLabel('Minimum').fill('9000');
    await page.getByLabel('Maximum').focus();
    await page.locator('.slot.open [aria-invalid=true]').waitFor();
    await clean(page, 'with a refusal');
    await page.getByRole('button', { name: 'As a list' }).click();
    await clean(page, 'with a list of nodes');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').waitFor();
    await clean(page, 'with a question');

    await page.goto(`${stage.url}/studio`);
    await bring(page, 'large.json', Buffer.from(JSON.stringify(largeWorkflow(56))));
    await page.getByRole('heading', { name: '/large' }).waitFor();
    await clean(page, 'with a large graph, far away');
    await page.getByRole('combobox', { name: 'Find a node' }).fill('sampler');
    await page.getByRole('listbox').waitFor();
    await clean(page, 'with a search');
    await page.setViewportSize(PHONE.viewport);
    await page.reload();
    await page.getByRole('heading', { name: '/large' }).waitFor();
    await clean(page, 'on a phone');
  });

  it.each(SCHEMES)('from the operator’s page, %s', async (colorScheme) => {
    const page = await stage.browser.open(`${stage.url}/operator`, { colorScheme });
    await page.getByRole('heading').nth(1).waitFor();
    await clean(page, 'begun');
    for (const summary of await page.locator('main details:not([open]) > summary').all())
      await summary.click();
    await clean(page, 'with all of it open');
    await page.setViewportSize(PHONE.viewport);
    await clean(page, 'on a phone');
  });
});

async function bring(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'application/json', buffer });
}
