/** `npm run screenshots`: the pictures of the README, taken of a running Easel. Needs a Chromium. */
import { mkdir, readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { setStage } from './stage.ts';

const FOLDER = 'docs';
const CHAT = { width: 1100, height: 1090 };
const STUDIO = { width: 1480, height: 1010 };
const DONE_MS = 30_000;

await mkdir(FOLDER, { recursive: true });
// the backend that everybody has
const stage = await setStage({ environment: { COMFY_URL: '' } });
try {
  const page = await stage.browser.open(stage.url, { viewport: CHAT });
  await chat(page);
  await studio(page);
  await stage.browser.closePages();
} finally {
  await stage.stop();
}

/** A finished picture, and the form of the next one. */
async function chat(page: Page): Promise<void> {
  await run(page, 'a red fox in the snow, morning light');
  await page.getByText('Done in').first().waitFor({ timeout: DONE_MS });
  await command(page, 'imagine');
  await page.getByLabel('prompt').fill('a lighthouse on a cliff at night');
  await page.getByRole('button', { name: 'size', exact: false }).first().click();
  await page.screenshot({ path: `${FOLDER}/chat.png` });
}

async function studio(page: Page): Promise<void> {
  await page.setViewportSize(STUDIO);
  await page.goto(`${stage.url}/studio`);
  const buffer = await readFile('templates/imagine/workflow.json');
  const file = { name: 'fox.json', mimeType: 'application/json', buffer };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('button', { name: 'Publish' }).waitFor();
  await page.screenshot({ path: `${FOLDER}/studio.png` });
}

async function command(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox').first().fill(`/${name}`);
  await page.keyboard.press('Enter');
}

async function run(page: Page, prompt: string): Promise<void> {
  await command(page, 'imagine');
  await page.getByLabel('prompt').fill(prompt);
  await page.keyboard.press('Enter');
}
