import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PAGE } from '../../src/platforms/web/reply.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('What the chat keeps', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
  });
  beforeEach(async () => {
    // a stream ends with its session
    page = await stage.browser.open(stage.url, { allow: /ERR_INCOMPLETE_CHUNKED_ENCODING/ });
    await page.locator('[role=log][aria-busy=false]').waitFor();
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  it('shows, stars and deletes pictures from behind two hundred lines', async () => {
    await say(page, '/imagine a red fox --count 2');
    await pictureOf(page, 'a red fox').first().waitFor();
    const headers = { 'content-type': 'application/json', 'x-easel': '1', origin: stage.url };
    const asked = { method: 'POST', body: JSON.stringify({ text: '/queue' }), headers };
    // a page that is told of them all would only take its time
    await page.goto(`${stage.url}/operator`);
    // the page's side takes so many connections and no more
    for (let sent = 0; sent < 210; sent += 15) {
      const answers = await Promise.all(Array.from({ length: 15 }, () => stage.fetch('/api/say', asked)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    await page.goto(stage.url);
    const log = page.getByRole('log');
    await log.getByRole('article').first().waitFor();
    expect(await log.getByRole('article').count()).toBe(PAGE);

    const earlier = page.getByRole('button', { name: 'Earlier messages' });
    const first = log.getByRole('article').first();
    await first.evaluate((one: { id: string }) => (one.id = 'was-first'));
    await first.scrollIntoViewIfNeeded();
    const before = await page.locator('#was-first').boundingBox();
    await earlier.press('Enter');
    await expect.poll(() => log.getByRole('article').count()).toBe(2 * PAGE);
    expect((await page.locator('#was-first').boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);

    await page.getByRole('button', { name: 'Pictures', exact: true }).click();
    const gallery = page.getByRole('dialog', { name: 'Pictures' });
    await expect.poll(() => pictureOf(gallery, '').count()).toBe(2);
    const url = await pictureOf(gallery, '').first().getAttribute('href');
    await gallery
      .getByRole('button', { name: /^Star for/ })
      .first()
      .click();
    await gallery.getByRole('button', { name: /^Star for/, pressed: true }).waitFor();
    await gallery.getByRole('button', { name: 'Starred' }).click();
    await expect.poll(() => pictureOf(gallery, '').count()).toBe(1);

    await pictureOf(gallery, '').click();
    const large = page.locator('dialog.lightbox');
    await large.getByRole('button', { name: /^Delete:/ }).click();
    // innermost first: the question, the picture, the gallery
    await large.getByRole('button', { name: /^Delete for good/ }).press('Escape');
    await large.getByRole('button', { name: /^Delete:/ }).press('Enter');
    await large.getByRole('button', { name: /^Delete for good/ }).press('Enter');
    await large.waitFor({ state: 'hidden' });
    await expect.poll(() => pictureOf(gallery, '').count()).toBe(0);
    // its browser has forgotten it too
    expect(await page.evaluate<number>(`fetch(${JSON.stringify(url)}).then(({ status }) => status)`)).toBe(
      404,
    );
    await gallery.getByRole('button', { name: 'All' }).click();
    await expect.poll(() => pictureOf(gallery, '').count()).toBe(1);
    await page.keyboard.press('Escape');
    await gallery.waitFor({ state: 'hidden' });
  });

  it('brings its own pictures into the fields of commands, by a button and by the mouse', async () => {
    await say(page, '/imagine a tall tree');
    const tree = pictureOf(page, 'a tall tree').first();
    await tree.click();
    await page.getByRole('button', { name: 'Use as input' }).click();
    const offer = page.getByRole('group', { name: /What do you want to do with/ });
    await isFocused(offer.getByRole('button', { name: '/remix' }));
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'Values of /remix' });
    await form.locator('.drop img').waitFor();
    await form.getByRole('button', { name: /^Remove .*\.(png|webp)$/ }).click();
    expect(await form.locator('.drop img').count()).toBe(0);

    await tree.dragTo(form.locator('.drop'));
    await form.locator('.drop img').waitFor();
    expect(await page.locator('.over').count()).toBe(0);
    await form.getByLabel('prompt').fill('a taller tree');
    await form.getByRole('button', { name: 'Run' }).click();
    await pictureOf(page, 'a taller tree').waitFor();

    // an address that is nobody's picture is not asked for
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.evaluate(`
      const data = new DataTransfer();
      data.setData('application/x-easel-file', JSON.stringify({ url: '/api/home', name: 'x.png', type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    `);
    expect(asked).not.toContain('/api/home');
  });

  it('closes with Escape what is open, wherever the keyboard is', async () => {
    await page.goto(`${stage.url}/?template=imagine`);
    const form = page.getByRole('form', { name: 'Values of /imagine' });
    await form.getByLabel('prompt').fill('half of a thought');
    await page.getByRole('log').focus();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
    await isFocused(lineOf(page));
    // and the up arrow brings it back
    await page.keyboard.press('ArrowUp');
    expect(await form.getByLabel('prompt').inputValue()).toBe('half of a thought');
    await page.keyboard.press('Escape');

    await say(page, '/settings');
    const screen = page.getByRole('article', { name: '/settings' }).last();
    await screen.getByRole('heading', { level: 2 }).waitFor();
    await page.keyboard.press('Escape');
    const again = screen.getByRole('button', { name: 'Open it again' });
    await isFocused(again);
    await again.press('Enter');
    await screen.getByRole('heading', { level: 2 }).waitFor();

    await lineOf(page).fill('/que');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    expect(await screen.getByRole('heading', { level: 2 }).isVisible()).toBe(true);
    expect(await lineOf(page).inputValue()).toBe('/que');
  });

  it('walks through what was typed, as a shell does', async () => {
    const line = lineOf(page);
    for (const text of ['/queue', '/help', '/nonsense']) {
      await say(page, text);
      await expect
        .poll(() => page.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled'))
        .toBe('false');
    }
    await line.fill('one\ntwo');
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return line.inputValue();
    };
    // the first press moves the caret within the text
    expect(await press('ArrowUp')).toBe('one\ntwo');
    expect(await press('ArrowUp')).toBe('/nonsense');
    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(await press('ArrowUp', 'ArrowUp')).toBe('/queue');
    expect(await press('ArrowDown')).toBe('/help');
    await line.pressSequentially(' me');
    expect(await press('ArrowUp', 'ArrowDown')).toBe('/help me');
    expect(await press('ArrowDown', 'ArrowDown')).toBe('one\ntwo');
    // while an input method composes, the arrows are for it
    await line.dispatchEvent('keydown', { key: 'ArrowUp', isComposing: true });
    expect(await line.inputValue()).toBe('one\ntwo');
    await line.fill('a prompt that is so long that it takes more than one row of the field '.repeat(4));
    expect(await press('ArrowUp')).toContain('so long');

    await page.reload();
    await line.waitFor();
    expect(await press('ArrowUp')).toBe('/nonsense');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('textbox').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });
});

const lineOf = (page: Page): Locator => page.getByRole('combobox', { name: 'Message' });
const pictureOf = (within: Page | Locator, title: string): Locator =>
  within.getByRole('button', { name: new RegExp(`^${title}.*picture \\d`) });

async function say(page: Page, text: string): Promise<void> {
  await lineOf(page).fill(text);
  await lineOf(page).press('Enter');
}

async function isFocused(locator: Locator): Promise<void> {
  await locator.and(locator.page().locator(':focus')).waitFor();
}
