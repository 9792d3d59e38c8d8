import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { largeWorkflow } from '../unit/platforms/web/large-graph.ts';
import { hasBrowser, type PageOptions } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('A large graph in the studio', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  async function open(count: number, options: PageOptions = {}): Promise<Page> {
    const page = await stage.browser.open(`${stage.url}/studio`, options);
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    const buffer = Buffer.from(JSON.stringify(largeWorkflow(count)));
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'large.json', mimeType: 'application/json', buffer });
    await page.getByRole('heading', { name: '/large' }).waitFor();
    return page;
  }

  it.each([56, 200])('shows all of %i nodes at once, and leads to each', async (count) => {
    const page = await open(count);
    await expect.poll(() => outside(page)).toEqual([]);
    const whole = await zoomOf(page);

    const finder = page.getByRole('combobox', { name: 'Find a node' });
    await finder.fill('sampler 7');
    await finder.press('Enter');
    const node = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Sampler 7', exact: true }) });
    await isFocused(node);
    await expect.poll(() => isInside(page, node)).toBe(true);
    expect(await zoomOf(page)).toBeGreaterThanOrEqual(80);

    // its small map leads elsewhere
    const map = await page.locator('.minimap').boundingBox();
    await page.mouse.click((map?.x ?? 0) + 3, (map?.y ?? 0) + 3);
    await expect.poll(() => isInside(page, nodeOf(page, 'Load Checkpoint'))).toBe(true);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => outside(page)).toEqual([]);
    expect(await zoomOf(page)).toBe(whole);
    expect(await page.locator('.minimap').count()).toBe(0);
  });

  it('is moved by keys, the mouse, the wheel and two fingers', async () => {
    const page = await open(56);
    const graph = page.locator('.graph');
    const whole = await zoomOf(page);
    await graph.focus();
    await page.keyboard.press('+');
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(whole);
    await page.keyboard.press('1');
    await expect.poll(() => zoomOf(page)).toBe(100);
    const before = await placeOf(page);
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await placeOf(page)).x).toBe(before.x - 80);
    await page.keyboard.press('0');
    await expect.poll(() => zoomOf(page)).toBe(whole);

    const box = await graph.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 5, (box?.y ?? 0) + 5];
    const begun = await placeOf(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 40, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => placeOf(page)).toEqual({ x: begun.x + 50, y: begun.y + 40 });

    // without Ctrl the wheel is the page's, until one is at the graph
    await page.getByRole('heading', { name: '/large' }).focus();
    const main = page.locator('main');
    await page.mouse.wheel(0, 100);
    await expect
      .poll(() => main.evaluate((one: { scrollTop: number }) => one.scrollTop))
      .toBeGreaterThanOrEqual(100);
    expect(await zoomOf(page)).toBe(whole);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(whole);

    const wide = await zoomOf(page);
    await pinch(page, 2);
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.5 * wide);
  });

  it('is worked with by the keyboard alone, wherever one comes to in it', async () => {
    const page = await open(56);
    const last = nodeOf(page, 'Sampler 11').getByRole('button').first();
    await page.locator('.graph').focus();
    // the next stops are the buttons of nodes, which are too far away to be read
    await page.keyboard.press('Tab');
    await expect.poll(() => zoomOf(page)).toBeGreaterThanOrEqual(45);
    await expect.poll(() => isInside(page, page.locator(':focus'))).toBe(true);
    await last.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => isInside(page, last)).toBe(true);
    await page.keyboard.press('Enter');
    await page.locator('.slot.open').waitFor();
    await isFocused(page.locator('.slot.open').getByLabel('Name'));
    await page.keyboard.press('Escape');
    await page.locator('.slot.open').waitFor({ state: 'hidden' });
  });

  it('is a list of nodes with their slots on a phone, and where that is asked for', async () => {
    const page = await open(56, { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
    expect(await page.locator('.graph').count()).toBe(0);
    const list = page.getByRole('list', { name: 'Nodes' });
    const prompt = list
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Prompt 1', exact: true }) });
    await prompt.getByText('1 slot', { exact: true }).waitFor();
    await prompt.getByRole('button', { name: 'Slot prompt: change it' }).waitFor();
    // one without slots is one press away
    const decode = list
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Decode 1', exact: true }) });
    expect(await decode.getByText('from Sampler 1').isVisible()).toBe(false);
    await decode.getByText('VAEDecode').tap();
    await decode.getByText('from Sampler 1').waitFor();
    await page.getByRole('searchbox', { name: 'Find a node' }).fill('save 10');
    await page.getByText('1 of 57 nodes').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'As a graph' }).tap();
    await expect.poll(() => outside(page)).toEqual([]);
  });

  it('jumps instead of gliding for who wants no motion', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await open(56, { reducedMotion });
      await page.getByRole('button', { name: 'Zoom in' }).click();
      return page.locator('.graph-sheet').evaluate((one: object) => {
        const view = globalThis as unknown as {
          getComputedStyle(of: object): { transitionDuration: string };
        };
        return view.getComputedStyle(one).transitionDuration;
      });
    };
    expect(await moving('no-preference')).toBe('0.2s');
    expect(await moving('reduce')).toBe('0s');
  });
});

function nodeOf(page: Page, title: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

async function zoomOf(page: Page): Promise<number> {
  return Number.parseInt(await page.locator('.zoom output').innerText(), 10);
}

async function placeOf(page: Page): Promise<{ x: number; y: number }> {
  const text = await page
    .locator('.graph-sheet')
    .evaluate((one: { style: { transform: string } }) => one.style.transform);
  const [x = NaN, y = NaN] = (/translate\((.*?)px, (.*?)px\)/.exec(text) ?? []).slice(1).map(Number);
  return { x: Math.round(x), y: Math.round(y) };
}

/** Titles of nodes that are not within the window. */
async function outside(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const area = document.querySelector('.graph').getBoundingClientRect();
    return [...document.querySelectorAll('.node')]
      .filter((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return left < area.left || top < area.top || right > area.right || bottom > area.bottom;
      })
      .map((node) => node.querySelector('h3').innerText);
  })()`);
}

/** Its upper left corner is seen. */
async function isInside(page: Page, locator: Locator): Promise<boolean> {
  const [area, box] = [await page.locator('.graph').boundingBox(), await locator.boundingBox()];
  if (!area || !box) return false;
  const isAcross = box.x >= area.x - 1 && box.x + 10 <= area.x + area.width;
  return isAcross && box.y >= area.y - 1 && box.y + 10 <= area.y + area.height;
}

/** Two fingers that move apart on the graph. */
async function pinch(page: Page, factor: number): Promise<void> {
  await page.evaluate(`(() => {
    const graph = document.querySelector('.graph');
    const { left, top } = graph.getBoundingClientRect();
    graph.setPointerCapture = () => undefined;
    const send = (type, pointerId, x) =>
      graph.dispatchEvent(new PointerEvent(type, { pointerId, pointerType: 'touch', clientX: left + x, clientY: top + 200, bubbles: true }));
    send('pointerdown', 11, 200);
    send('pointerdown', 12, 300);
    send('pointermove', 12, 200 + 100 * ${factor});
    send('pointerup', 11, 200);
    send('pointerup', 12, 200 + 100 * ${factor});
  })()`);
}

async function isFocused(locator: Locator): Promise<void> {
  await locator.and(locator.page().locator(':focus')).waitFor();
}
