import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('The chat in a browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ environment: { TEMPLATES_DIR: 'test/fixtures/templates' } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  const open: Stage['browser']['open'] = async (path, options) => {
    const page = await stage.browser.open(`${stage.url}${path}`, options);
    await page.locator('[role=log][aria-busy=false]').waitFor();
    return page;
  };

  it('draws a picture by keyboard alone, and shows it large', async () => {
    const page = await open('/');
    await page.getByRole('heading', { name: 'What should I draw?' }).waitFor();
    await page.keyboard.type('/');
    const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await expect
      .poll(() => options.allInnerTexts())
      .toEqual(expect.arrayContaining([expect.stringContaining('/sketch')]));
    await page.keyboard.type('sk');
    await eventually(() => options.count()).toBe(1);
    await page.keyboard.press('Enter');
    await isFocused(page.getByRole('form', { name: 'Values of /sketch' }).getByLabel('prompt'));

    await page.keyboard.type('a red kite');
    await page.getByRole('button', { name: '+ steps' }).press('Enter');
    await isFocused(page.getByLabel('steps', { exact: true }));
    await page.keyboard.type('30');
    await page.keyboard.press('Enter');
    const reply = messageOf(page, 'a red kite');
    const bar = reply.getByRole('progressbar', { name: 'Progress of a red kite' });
    await eventually(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
    const picture = reply.getByRole('button', { name: 'a red kite, picture 1 of 1' });
    await picture.waitFor();
    expect(await reply.getByText('/sketch a red kite').isVisible()).toBe(true);
    expect(await page.locator('[role=status]', { hasText: 'a red kite: Done in' }).count()).toBe(1);

    // from the line back over Edit, Again and its star to the picture
    await isFocused(lineOf(page));
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+Tab');
    await isFocused(picture);
    await page.keyboard.press('Enter');
    const large = page.getByRole('dialog', { name: 'a red kite' });
    await large.getByRole('link', { name: 'Download' }).waitFor();
    const natural = await large
      .getByRole('img')
      .evaluate((image: { naturalWidth: number }) => image.naturalWidth);
    expect(natural).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'hidden' });
    await isFocused(picture);

    await page.keyboard.press('/');
    await isFocused(lineOf(page));
  });

  it('leads with arrows from one large picture to the next, in a ring', async () => {
    const page = await open('/');
    await say(page, '/batch --count 3');
    const reply = page.getByRole('article', { name: '/batch' });
    await reply.getByRole('button', { name: 'picture 3 of 3' }).click();
    const large = page.getByRole('dialog');
    const shown = (number: number) => large.getByRole('img', { name: `picture ${number} of 3` }).waitFor();
    await shown(3);
    await page.keyboard.press('ArrowRight');
    await shown(1);
    await large.getByRole('button', { name: 'Next picture' }).click();
    await shown(2);
    await page.keyboard.press('ArrowLeft');
    await shown(1);
    await large.getByRole('button', { name: 'Close' }).click();
    await large.waitFor({ state: 'hidden' });
  });

  it('stops a job, and runs one again', async () => {
    const page = await open('/');
    await say(page, '/sketch a slow snail --steps 1000');
    const snail = messageOf(page, 'a slow snail');
    await snail.getByRole('progressbar').waitFor();
    await snail.getByRole('button', { name: 'Cancel' }).click();
    await snail.getByText('Cancelled').waitFor();
    // the button that had the focus is gone
    await isFocused(snail);

    await say(page, '/sketch two owls --steps 2');
    const owls = messageOf(page, 'two owls');
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().endsWith('/again'))));
    await owls.getByRole('button', { name: 'Again' }).dblclick();
    await eventually(() => owls.getByRole('button', { name: 'picture 1 of 1' }).count()).toBe(2);
    expect(asked).toBe(1);
    await owls.first().getByRole('button', { name: 'Edit' }).click();
    expect(await page.getByLabel('prompt').inputValue()).toBe('two owls');
    expect(await page.getByLabel('steps', { exact: true }).inputValue()).toBe('2');
    await page.keyboard.press('Escape');
    await isFocused(lineOf(page));
  });

  it('says the same in every tab and after a reload', async () => {
    const page = await open('/');
    const other = await open('/');
    await say(page, '/sketch a paper boat --steps 2');
    for (const tab of [page, other])
      await messageOf(tab, 'a paper boat').getByRole('button', { name: 'picture 1 of 1' }).waitFor();
    const before = await page.getByRole('log').innerText();
    await eventually(() => other.getByRole('log').innerText()).toBe(before);
    await page.reload();
    await messageOf(page, 'a paper boat').waitFor();
    expect(await page.getByRole('log').innerText()).toBe(before);
  });

  it('keeps its place while somebody reads, and says that there is more', async () => {
    const page = await open('/', { viewport: { width: 800, height: 420 } });
    const other = await open('/');
    await say(page, '/help');
    await messageOf(page, '/help').last().hover();
    await page.mouse.wheel(0, -5000);
    await page.getByRole('button', { name: 'Newest' }).waitFor();
    await say(other, '/queue');
    await page.getByRole('button', { name: 'New messages' }).click();
    await messageOf(page, '/queue').hover();
    await page.getByRole('button', { name: 'New messages' }).waitFor({ state: 'hidden' });

    // the end moves while a scroll is still to be told: that was nobody reading
    await page.evaluate(`
      const log = document.querySelector('[role=log]');
      const more = document.createElement('hr');
      more.style.height = '300px';
      log.firstElementChild.append(more);
      log.dispatchEvent(new Event('scroll'));
    `);
    await eventually(() => page.getByRole('separator').boundingBox()).toMatchObject({ height: 300 });
    await eventually(async () => ((await page.getByRole('separator').boundingBox())?.y ?? 0) < 120).toBe(
      true,
    );
    expect(await page.getByRole('button', { name: /Newest|New messages/ }).count()).toBe(0);
  });

  it('shows what was refused beside its field', async () => {
    const page = await open('/?template=sketch');
    await page.getByLabel('prompt').fill('a dune');
    await page.getByRole('button', { name: '+ steps' }).click();
    await page.getByLabel('steps', { exact: true }).fill('2000');
    await page.getByLabel('prompt').press('Enter');
    const refused = page.getByRole('spinbutton', {
      name: 'steps',
      description: /"steps" must be between 1 and 1000/,
    });
    await isFocused(refused);
    expect(await refused.getAttribute('aria-invalid')).toBe('true');
    const steps = page.getByRole('spinbutton', { name: 'steps' });
    await steps.fill('2');
    await eventually(() => steps.getAttribute('aria-invalid')).toBe(null);
    await page.keyboard.press('Enter');
    await messageOf(page, 'a dune').getByRole('button', { name: 'picture 1 of 1' }).waitFor();

    await isFocused(lineOf(page));
    await page.keyboard.press('ArrowUp');
    expect(await page.getByLabel('prompt').inputValue()).toBe('a dune');
  });

  it('takes lines as they are typed, and helps those that it refuses into the form', async () => {
    const page = await open('/');
    await say(page, 'hello there');
    // it is drawn by the first template that needs nothing but words, whose model is not there
    await messageOf(page, 'hello there')
      .getByText(/not-installed/)
      .waitFor();
    await say(page, '/sketch a tall tree --steps 2000 --cfg 3');
    await page.getByRole('alert').getByText('"steps" must be between 1 and 1000').waitFor();
    await page.getByRole('button', { name: 'Fill in /sketch as a form' }).click();
    expect(await page.getByLabel('prompt').inputValue()).toBe('a tall tree');
    expect(await page.getByLabel('steps', { exact: true }).inputValue()).toBe('2000');
    expect(await page.getByLabel('cfg', { exact: true }).inputValue()).toBe('3');
    await page.keyboard.press('Escape');

    await lineOf(page).pressSequentially('/sketch x --st');
    await page.getByRole('option', { name: '--steps' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await lineOf(page).inputValue()).toBe('/sketch x --steps ');
  });

  it('keeps what is typed while a line is on its way', async () => {
    const page = await open('/');
    const way = Promise.withResolvers<void>();
    await page.route('**/api/say', async (route) => {
      await way.promise;
      await route.continue();
    });
    await say(page, '/help');
    await lineOf(page).fill('/queue');
    way.resolve();
    await messageOf(page, '/help').last().waitFor();
    await eventually(() => page.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe(
      'false',
    );
    expect(await lineOf(page).inputValue()).toBe('/queue');
  });

  it('looks up choices that are too many for a list', async () => {
    const page = await open('/?template=paint');
    await page.getByRole('button', { name: '+ color' }).click();
    const color = page.getByRole('combobox', { name: 'color' });
    await color.fill('39');
    const option = page.getByRole('option', { name: 'shade 39' });
    await option.waitFor();
    await color.press('ArrowDown');
    await color.press('Enter');
    expect(await color.inputValue()).toBe('shade 39');
    expect(await color.getAttribute('aria-expanded')).toBe('false');
    await color.press('Enter');
    await page.getByRole('article').last().getByText('shade 39').last().waitFor();
  });

  it('fits a phone, dark as well as light', async () => {
    const phone = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
    const page = await open('/', { ...phone, colorScheme: 'dark' });
    const log = page.getByRole('log');
    await say(page, '/sketch a phone box --steps 1');
    await messageOf(page, 'a phone box').getByRole('button', { name: 'picture 1 of 1' }).waitFor();
    const fits = async () => {
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBe(390);
    };
    await fits();
    await lineOf(page).fill('/');
    await page.getByRole('option', { name: '/sketch' }).tap();
    const run = page.getByRole('button', { name: 'Run' });
    for (const name of ['+ steps', '+ cfg', '+ seed']) await page.getByRole('button', { name }).tap();
    await fits();
    const box = await run.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(40);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(700);
    expect(await paper(page)).toBeLessThan(0.2);

    const light = await open('/', { colorScheme: 'light' });
    expect(await paper(light)).toBeGreaterThan(0.8);
    expect(await log.count()).toBe(1);
  });
});

function eventually<T>(look: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look);
}

function lineOf(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Message' });
}

/** Those with these words as their title. */
function messageOf(page: Page, title: string): Locator {
  return page.getByRole('article', { name: title });
}

async function say(page: Page, text: string): Promise<void> {
  await lineOf(page).fill(text);
  await lineOf(page).press('Enter');
}

async function isFocused(locator: Locator): Promise<void> {
  await locator.and(locator.page().locator(':focus')).waitFor();
}

/** How bright the page is, 0 to 1. */
async function paper(page: Page): Promise<number> {
  const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const parts = colour.match(/\d+/g)?.map(Number) ?? [];
  return parts.reduce((sum, part) => sum + part, 0) / 3 / 255;
}
