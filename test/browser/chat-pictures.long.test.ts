import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('Pictures in the chat', () => {
  let stage: Stage;
  let png: Buffer;

  beforeAll(async () => {
    stage = await setStage();
    png = await sharp({ create: { width: 48, height: 32, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  it('finds a command for a picture that is dropped anywhere, and plays with its result', async () => {
    const page = await stage.browser.open(stage.url);
    await page.getByRole('heading', { name: 'What should I draw?' }).waitFor();
    await bring(page, 'drop', 'teal.png', png);
    const offer = page.getByRole('group', { name: 'What do you want to do with teal.png?' });
    await offer.getByRole('button', { name: '/remix' }).waitFor();
    await offer.getByRole('button', { name: '/upscale' }).press('Enter');
    const form = page.getByRole('form', { name: 'Values of /upscale' });
    await form.getByRole('img', { name: 'teal.png' }).waitFor();
    const held = Promise.withResolvers<void>();
    await page.route('**/api/messages/*/files/*', (route) => held.promise.then(() => route.continue()));
    await form.getByRole('button', { name: 'Run' }).click();
    const picture = page.getByRole('button', { name: /picture 1 of 1/ });
    await picture.waitFor();
    // its room is there before it is
    const room = { width: 96, height: 64 };
    expect(await picture.boundingBox()).toMatchObject(room);
    held.resolve();
    await picture.getByRole('img').evaluate((image: { decode(): Promise<void> }) => image.decode());
    expect(await picture.boundingBox()).toMatchObject(room);

    // the form comes back with its picture
    await page.keyboard.press('ArrowUp');
    await form.getByRole('img', { name: 'teal.png' }).waitFor();
    await form.getByRole('button', { name: 'Remove teal.png' }).click();
    await form.getByRole('button', { name: 'Run' }).click();
    await form.getByText('"image" is required').waitFor();
    await bring(page, 'paste', 'pasted.png', png);
    await form.getByRole('img', { name: 'pasted.png' }).waitFor();
    expect(await form.getByText('"image" is required').count()).toBe(0);
  });

  it('sends what is no picture to the studio', async () => {
    const page = await stage.browser.open(stage.url);
    await page.locator('[role=log][aria-busy=false]').waitFor();
    await bring(page, 'drop', 'workflow.json', Buffer.from('{}'), 'application/json');
    await page.getByRole('alert').getByText('workflow.json isn’t a picture').waitFor();
  });
});

/** Drops or pastes a file on the page, as a person would from outside of the browser. */
async function bring(
  page: Page,
  how: 'drop' | 'paste',
  name: string,
  bytes: Buffer,
  type = 'image/png',
): Promise<void> {
  const carried = JSON.stringify({ name, type, text: bytes.toString('base64') });
  await page.evaluate(`
    const { name, type, text } = ${carried};
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.fromBase64(text)], name, { type }));
    const options = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(
      '${how}' === 'drop'
        ? new DragEvent('drop', { ...options, dataTransfer: data })
        : new ClipboardEvent('paste', { ...options, clipboardData: data }),
    );
  `);
}
