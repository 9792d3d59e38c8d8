/** Connecting Easel on the operator's page, in a real browser. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { startFront } from '../fakes/comfy/front.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('Connect on the operator’s page', () => {
  let discord: FakeDiscord;
  let stage: Stage;
  beforeAll(async () => {
    discord = await startFakeDiscord();
    stage = await setStage({ environment: { COMFY_URL: '', DISCORD_API_URL: discord.apiUrl } });
  });
  afterAll(async () => {
    await stage.stop();
    await discord.stop();
  });
  afterEach(() => stage.browser.closePages());

  it('is where the chat leads to, while pictures come from the sandbox', async () => {
    const page = await stage.browser.open(stage.url);
    await page.getByRole('link', { name: 'Get real pictures' }).click();
    const part = page.locator('#connect');
    await part.getByText('Not connected.').first().waitFor();
    const top = async () => (await part.boundingBox())?.y ?? Infinity;
    await expect.poll(top).toBeLessThan(200);
    // the bar of the page has not been scrolled away
    expect((await page.getByRole('link', { name: 'Studio' }).boundingBox())?.y).toBeGreaterThanOrEqual(0);
  });

  it('tests a token, saves it, shows no more than its end, and disconnects', async () => {
    const page = await stage.browser.open(`${stage.url}/operator#connect`);
    const card = page.getByRole('article', { name: 'Discord' });
    const token = card.getByLabel('Bot token');
    await token.fill('not-a-token');
    await card.getByRole('button', { name: 'Test connection' }).click();
    await card.getByText('not what belongs in DISCORD_TOKEN').waitFor();
    await token.fill(discord.token);
    await card.getByRole('button', { name: 'Test connection' }).click();
    await card.getByText('It is in 1 server').waitFor();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.locator('.standing.good').waitFor();
    expect(await token.inputValue()).toBe('');
    expect(await token.getAttribute('placeholder')).toContain(discord.token.slice(-4));
    await page.reload();
    await card.locator('.standing.good').waitFor();
    expect(await page.content()).not.toContain(discord.token);
    page.once('dialog', (dialog) => void dialog.accept());
    await card.getByRole('button', { name: 'Disconnect' }).click();
    await card.getByText('Not connected.').waitFor();
  });

  it('says at its field what is wrong, and puts a backend in place that is right', async () => {
    const allow = /422/;
    const page = await stage.browser.open(`${stage.url}/operator#connect`, { allow });
    const card = page.getByRole('article', { name: 'Pictures' });
    const address = card.getByRole('textbox', { name: 'Address' });
    await address.fill('nonsense');
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('must be an address').waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    await address.fill(stage.sandbox.url);
    await card.getByRole('button', { name: 'Test connection' }).click();
    await card.getByText('checkpoint').waitFor();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Pictures are made by ComfyUI at').waitFor();
    // and the bar says so, without a reload
    await page.locator('.bar .backend', { hasText: 'ComfyUI' }).waitFor({ timeout: 10_000 });
    // a key of Comfy Cloud's is asked for, and nothing else
    await card.getByRole('radio', { name: 'Comfy Cloud' }).check();
    await card.getByLabel('API key').waitFor();
    expect(await address.count()).toBe(0);
  });

  it('takes a key of Comfy Cloud, and says how its account stands', async () => {
    const cloud = await startSandbox({ dialect: 'cloud', apiKey: 'the-right-key-0123' });
    try {
      const page = await stage.browser.open(`${stage.url}/operator#connect`);
      const asked: unknown[] = [];
      // what goes to the cloud goes to ours
      await page.route('**/api/operator/connect/comfy/test', async (route) => {
        const sent = route.request().postData() ?? '';
        asked.push(JSON.parse(sent));
        await route.continue({ postData: sent.replace('https://cloud.comfy.org', cloud.url) });
      });
      const card = page.getByRole('article', { name: 'Pictures' });
      await card.getByRole('radio', { name: 'Comfy Cloud' }).check();
      const test = async (key: string, says: string) => {
        await card.getByLabel('API key').fill(key);
        await card.getByRole('button', { name: 'Test connection' }).click();
        await card.getByText(says).waitFor();
      };
      await test('a-wrong-key-0123456', 'refused the API key');
      await test('the-right-key-0123', 'The key is good, and its account is active.');
      await card.getByText('node classes').waitFor();
      expect(asked.at(-1)).toEqual({
        values: {
          COMFY_URL: 'https://cloud.comfy.org',
          COMFY_API_KEY: 'the-right-key-0123',
          // of a ComfyUI of one's own
          COMFY_HEADERS: null,
          COMFY_PARTNER_KEY: null,
          COMFY_DIALECT: null,
        },
      });
    } finally {
      await cloud.stop();
    }
  });

  it('takes what a gateway asks for, shows no more than its end, and takes it away', async () => {
    const sandbox = await startSandbox();
    const front = await startFront(sandbox.url, ({ headers }, response) => {
      if (headers['x-gate'] === 'open-sesame-0123') return false;
      response.writeHead(403).end();
      return true;
    });
    try {
      const page = await stage.browser.open(`${stage.url}/operator#connect`);
      const card = page.getByRole('article', { name: 'Pictures' });
      await card.getByLabel('Address').fill(front.url);
      await card.getByText('A gateway in front of it').click();
      await card.getByLabel('Headers').fill('no header');
      await card.getByRole('button', { name: 'Save' }).click();
      await card.getByText('COMFY_HEADERS must be lines').waitFor();
      await card.getByLabel('Headers').fill('X-Gate: open-sesame-0123');
      await card.getByLabel('Kind of server').selectOption('comfyui');
      await card.getByRole('button', { name: 'Test connection' }).click();
      await card.getByText('node classes').waitFor();
      await card.getByRole('button', { name: 'Save' }).click();
      await card.getByText(`Pictures are made by ComfyUI at ${new URL(front.url).host}`).waitFor();
      await page.reload();
      const headers = card.getByLabel('Headers');
      await headers.waitFor();
      expect(await headers.getAttribute('placeholder')).toContain('0123');
      expect(await card.getByLabel('Kind of server').inputValue()).toBe('comfyui');
      await card.getByRole('button', { name: 'Remove' }).click();
      await expect.poll(() => headers.getAttribute('placeholder')).toContain('when you save');
      await card.getByRole('button', { name: 'Test connection' }).click();
      await card.locator('.found .bad').waitFor();
      page.once('dialog', (dialog) => void dialog.accept());
      await card.getByRole('button', { name: 'Disconnect' }).click();
      await card.getByText('drawn by the built-in sandbox').waitFor();
    } finally {
      await front.stop();
      await sandbox.stop();
    }
  });

  it('gives Slack a manifest to begin from, and takes its two modes', async () => {
    const page = await stage.browser.open(`${stage.url}/operator#connect`);
    const card = page.getByRole('article', { name: 'Slack' });
    const create = await card.getByRole('link', { name: 'Create it in Slack' }).getAttribute('href');
    const manifest: unknown = JSON.parse(new URL(create ?? '').searchParams.get('manifest_json') ?? '');
    expect(manifest).toMatchObject({ display_information: { name: 'Easel' } });
    await card.getByRole('radio', { name: 'HTTP mode' }).check();
    await card.getByLabel('Signing secret').waitFor();
    expect(await card.getByLabel('App-level token').count()).toBe(0);
  });
});
