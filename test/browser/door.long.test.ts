import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('The door in a browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.browser.closePages());

  /** The stream of who signs out is cut off. */
  const stranger = { storageState: { cookies: [], origins: [] }, allow: /INCOMPLETE_CHUNKED|status of 401/ };

  it('says where the link is; the link opens the page, and the address does not keep what it carries', async () => {
    const link = stage.easel.app.link ?? '';
    const page = await stage.browser.open(`${stage.url}/studio`, stranger);
    await page.getByText('npm run link').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await page.goto(link);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(page.url()).toBe(`${stage.url}/`);
    expect(await page.evaluate('document.cookie + document.referrer')).not.toContain('key');
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('npm run link').waitFor();
    await page.goto(stage.url);
    await page.getByText('npm run link').waitFor();

    // and whoever has the link only as text may paste it
    await page.getByLabel('Link or key').fill(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(page.url()).toBe(`${stage.url}/`);
  });

  it('opens when the link is followed from another page, and leads on to the page in one step', async () => {
    const link = stage.easel.app.link ?? '';
    const page = await stage.browser.open('about:blank', {
      ...stranger,
      prepare: async (one) => {
        const body = `<a href="${link}">Easel</a>`;
        await one.route('http://127.0.0.1:9/', (route) => route.fulfill({ contentType: 'text/html', body }));
      },
    });
    await page.goto('http://127.0.0.1:9/');
    await page.getByRole('link', { name: 'Easel' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(page.url()).toBe(`${stage.url}/`);
  });

  it('sends who is signed out elsewhere to the door, since the stream of its page ends', async () => {
    const page = await stage.browser.open(stage.url, { allow: /ERR_|status of 401/ });
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    const headers = { origin: stage.url, 'x-easel': '1' };
    expect((await stage.fetch('/api/sign-out', { method: 'POST', headers })).status).toBe(200);
    await page.waitForURL(/\/sign-in/);
  });
});
