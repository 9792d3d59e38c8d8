/** What is connected on the page, and processes that are killed in the middle of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';
import { until } from '../fakes/until.ts';
import { temporaryFolder } from '../world/easel.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';

describe('Easel as a process that is connected on its page', () => {
  let first: Sandbox;
  let second: Sandbox;
  let discord: FakeDiscord;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: EaselProcess | undefined;
  let page: WebPage | undefined;

  beforeEach(async () => {
    [first, second, discord, folder] = await Promise.all([
      startSandbox({ stepMs: 5, nodeMs: 1 }),
      startSandbox({ stepMs: 1, nodeMs: 1 }),
      startFakeDiscord(),
      temporaryFolder(),
    ]);
  });
  afterEach(async () => {
    await page?.close();
    easel?.signal('SIGKILL');
    await easel?.ended;
    await Promise.all([first.stop(), second.stop(), discord.stop()]);
    await folder.remove();
  });

  const start = async (environment: Record<string, string> = {}): Promise<WebPage> => {
    easel = spawnEasel({ DATA_DIR: folder.path, DISCORD_API_URL: discord.apiUrl, ...environment });
    page = await openWebPage(await easel.link());
    return page;
  };
  const kill = async (): Promise<void> => {
    await page?.close();
    easel?.signal('SIGKILL');
    await easel?.ended;
  };
  const set = async (service: string, values: Record<string, string>) => {
    const { status } = await page!.post(`/api/operator/connect/${service}`, JSON.stringify({ values }));
    expect(status).toBe(200);
  };
  const tone = async (service: string) => {
    const { services } = Object(await (await page!.get('/api/operator/connect')).json());
    return services[service].state.tone;
  };
  const becomes = async (service: string, wanted: string): Promise<void> => {
    await expect.poll(() => tone(service), { timeout: PATIENCE_MS }).toBe(wanted);
  };
  const done = (id: string) =>
    page!.until((all) => all.find((one) => one.id === id && (one.reply?.files.length ?? 0) > 0));
  const runs = () => [first, second].map(({ stats }) => Object.values(stats.runs));

  it('killed between the saving of a backend and the change, goes on: nothing is lost, and nothing runs twice', async () => {
    await start();
    await set('comfy', { COMFY_URL: first.url });
    await becomes('comfy', 'good');
    const running = await page!.run('sketch', { prompt: 'a fox', steps: '600' });
    await until(() => runs()[0]?.length === 1);
    const waiting = await page!.run('sketch', { prompt: 'an owl', steps: '1' });
    await set('comfy', { COMFY_URL: second.url });
    await kill();
    await start();
    await Promise.all([done(running), done(waiting)]);
    await becomes('comfy', 'good');
    expect(runs()).toEqual([[1], [1]]);
  });

  it('killed after a token was saved, is connected with it by the next start', async () => {
    await start();
    await set('discord', { DISCORD_TOKEN: discord.token });
    await kill();
    await start();
    await discord.connected();
    await becomes('discord', 'good');
  });

  it('ends with a sentence where the only chat refuses its token and there is no page', async () => {
    easel = spawnEasel({
      DATA_DIR: folder.path,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_TOKEN: 'wrong',
      HOST: '0.0.0.0',
    });
    expect(await easel.ended).toBe(1);
    expect(easel.output()).toContain('Discord refused DISCORD_TOKEN');
  });
});
