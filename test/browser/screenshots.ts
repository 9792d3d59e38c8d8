/** `npm run screenshots`: the pictures of the README, taken of a running Easel. Needs a Chromium. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import { discordPage } from './discord-look.ts';
import { setStage } from './stage.ts';
import { onDiscord } from '../world/environment.ts';

const FOLDER = 'docs';
const CHAT = { width: 1100, height: 1090 };
const STUDIO = { width: 1480, height: 1010 };
const DISCORD = { width: 1060, height: 600 };
const DONE_MS = 30_000;
/** A README is read over slow lines too. */
const MOST_BYTES = 250_000;

await mkdir(FOLDER, { recursive: true });
// the backend that everybody has
const fake = await startFakeDiscord();
const stage = await setStage({
  environment: {
    COMFY_URL: '',
    ...onDiscord(fake),
  },
});
try {
  await discord(await stage.browser.open('about:blank', { viewport: DISCORD, deviceScaleFactor: 1.5 }));
  const page = await stage.browser.open(stage.url, { viewport: CHAT });
  await chat(page);
  await studio(page);
  await stage.browser.closePages();
} finally {
  await stage.stop();
  await fake.stop();
}

/** A reply while it is made, and when it is done: Easel's own message, as it came to the fake Discord. */
async function discord(page: Page): Promise<void> {
  await fake.connected();
  const options = { prompt: 'two red foxes in the snow, morning light', size: 'wide' };
  const asked = await fake.slash({ name: 'imagine', options });
  const message = await asked.waitFor(({ content }) => content.includes('Done in'), DONE_MS);
  const running = message.edits.findLast(({ attachments, content }) => {
    const [, percent = '100'] = /(\d+) %/.exec(content) ?? [];
    return attachments.length > 0 && Number(percent) < 70;
  });
  const states = [...(running ? [running] : []), message.now].map((version) => ({
    message,
    version,
    command: 'imagine',
  }));
  await page.setContent(discordPage('pictures', states));
  const picture = await page.locator('main').screenshot();
  const small = await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toBuffer();
  if (small.length > MOST_BYTES) throw new Error(`the picture of Discord has ${small.length} bytes`);
  await writeFile(`${FOLDER}/discord.png`, small);
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
