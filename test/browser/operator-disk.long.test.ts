import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasBrowser, type PageOptions } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const MB = 1e6;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(!hasBrowser)('The data folder on the operator’s page', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ disk: { everyMs: 20, budget: 100 * MB, free: async () => 812e9 } });
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.browser.closePages());

  const leave = async (name: string, bytes: number) => {
    const path = join(stage.folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, Buffer.alloc(bytes));
  };
  const open = async (options: PageOptions = {}): Promise<Page> => {
    const page = await stage.browser.open(`${stage.url}/operator`, options);
    await page.getByRole('meter', { name: 'Data folder' }).waitFor();
    return page;
  };
  const text = async (page: Page) => (await page.locator('.disk').innerText()).replaceAll(/\s+/g, ' ');
  async function look(options: PageOptions): Promise<string> {
    const page = await open(options);
    const found = await text(page);
    const fits = await page.locator('html').evaluate((html) => html.scrollWidth <= html.clientWidth);
    await page.close();
    return fits ? found : 'it is too wide';
  }
  /** The server looks at its disk now and then. */
  async function looksLike(options: PageOptions, wanted: RegExp): Promise<void> {
    await expect.poll(() => look(options)).toMatch(wanted);
  }

  it('says what lies there, what goes next, and when it is nearly full or full', async () => {
    await leave('backups/1.sqlite', 9 * MB);
    await leave('backups/2.sqlite', 9 * MB);
    await looksLike(
      {},
      /of 100 MB used has room.*Backups 18 MB 812 GB free.*oldest are deleted first. Next: Backups\./,
    );
    await leave('strange', 85 * MB);
    await looksLike(PHONE, /nearly full .*can’t be removed.*DATA_BUDGET_GB.*Records and logs 8\d(\.\d)? MB/);
    await leave('stranger', 30 * MB);
    await looksLike({ colorScheme: 'dark', ...PHONE }, /used full .*no new jobs are started/);
  });

  it('says in the chat which picture went, and keeps its words', async () => {
    const own = await setStage({ disk: { everyMs: 20, budget: 20 * MB } });
    try {
      const headers = { 'x-easel': '1', 'content-type': 'application/json', origin: own.url };
      const body = JSON.stringify({ text: '/imagine a red fox' });
      await own.fetch('/api/say', { method: 'POST', headers, body });
      const page = await own.browser.open(`${own.url}/`);
      await page.locator('.picture img').waitFor();
      await writeFile(join(own.folder, 'large'), Buffer.alloc(30 * MB));
      await page.getByText('.png was removed to make room on the disk.').waitFor();
      expect(await page.locator('.picture img').count()).toBe(0);
      await page.reload();
      await page.getByText('.png was removed to make room on the disk.').waitFor();
      expect(await page.getByText('a red fox').count()).toBeGreaterThan(0);
      await own.browser.closePages();
    } finally {
      await own.stop();
    }
  });
});
