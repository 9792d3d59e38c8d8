/** Chats and backends are connected on the operator's page while Easel runs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import type { Connect, Tested } from '../../src/platforms/web/operator-api.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import { startFakeSlack, type FakeSlack } from '../fakes/slack/index.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';
import { until } from '../fakes/until.ts';
import { createApp, type App } from '../../src/app/index.ts';
import { readConfig } from '../../src/config.ts';
import { QUICK, temporaryFolder } from '../world/easel.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';

const PATH = '/api/operator/connect';

let discord: FakeDiscord;
let slack: FakeSlack;
let first: Sandbox;
let second: Sandbox;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: App | undefined;
let page: WebPage;

beforeEach(async () => {
  [discord, slack, first, second, folder] = await Promise.all([
    startFakeDiscord(),
    startFakeSlack(),
    startSandbox({ stepMs: 1, nodeMs: 1 }),
    startSandbox({ stepMs: 1, nodeMs: 1 }),
    temporaryFolder(),
  ]);
  slack.setManifest(slackManifest([]));
});
afterEach(async () => {
  await page.close();
  await app?.stop();
  await Promise.all([discord.stop(), slack.stop(), first.stop(), second.stop()]);
  await folder.remove();
});

/** With its own log, in its own file: what it holds is part of what is tested. */
async function start(environment: Record<string, string> = {}): Promise<void> {
  const config = readConfig({
    PORT: '0',
    TEMPLATES_DIR: 'test/fixtures/templates',
    DATA_DIR: folder.path,
    LOG_LEVEL: 'trace',
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    SLACK_API_URL: slack.apiUrl,
    COMFY_FILE_HOSTS: [first, second].map(({ url }) => new URL(url).host).join(),
    ...environment,
  });
  app = createApp(config, {
    timing: { ...QUICK, connect: { retryBaseMs: 20, retryCapMs: 100 } },
    output: new PassThrough(),
  });
  await app.start();
  page = await openWebPage(app.link);
}

async function restart(environment: Record<string, string> = {}): Promise<void> {
  await page.close();
  await app?.stop();
  await start(environment);
}

// oxlint-disable typescript/no-unsafe-type-assertion -- Easel's own words, as the page takes them
const shown = async (): Promise<Connect> => (await (await page.get(PATH)).json()) as Connect;
async function post(path: string, values: Record<string, string | null> = {}): Promise<Connect> {
  const { status, body } = await page.post(`${PATH}/${path}`, JSON.stringify({ values }));
  expect([status, body['error']]).toEqual([200, undefined]);
  return body as unknown as Connect;
}
async function tested(service: string, values: Record<string, string | null>): Promise<Tested['lines']> {
  const { lines } = (await post(`${service}/test`, values)) as unknown as Tested;
  return lines;
}
// oxlint-enable typescript/no-unsafe-type-assertion
const refusal = async (path: string, values: Record<string, string | null>) =>
  page.post(`${PATH}/${path}`, JSON.stringify({ values }));
const tone = async (service: keyof Connect['services']) => (await shown()).services[service].state.tone;
async function becomes(service: keyof Connect['services'], wanted: string): Promise<void> {
  await expect.poll(() => tone(service), { timeout: PATIENCE_MS }).toBe(wanted);
}
const everything = async () =>
  `${JSON.stringify(await shown())}${await readFile(join(folder.path, 'easel.log'), 'utf8')}`;

describe('Discord', () => {
  it('is tested, connected while Easel runs, takes commands, and is there again after a restart', async () => {
    await start();
    expect((await shown()).services.discord).toMatchObject({ settings: [], state: { tone: 'off' } });
    const lines = await tested('discord', { DISCORD_TOKEN: discord.token });
    expect(lines.map(({ text }) => text).join('\n')).toMatch(
      /token is good: bot .* application[\s\S]*privileged/,
    );
    expect(lines.find(({ link }) => link !== undefined)?.link).toMatch(
      /^https:\/\/discord\.com\/oauth2\/authorize/,
    );
    expect(discord.gateway.connected).toBe(0);
    expect((await shown()).services.discord.settings).toEqual([]);

    await post('discord', { DISCORD_TOKEN: discord.token });
    await discord.connected();
    await becomes('discord', 'good');
    const asked = await discord.slash({ name: 'sketch', options: { prompt: 'a fox' } });
    await asked.waitFor(({ attachments }) => attachments.length > 0);

    await restart();
    await becomes('discord', 'good');
    const again = await discord.slash({ name: 'sketch', options: { prompt: 'an owl' } });
    await again.waitFor(({ attachments }) => attachments.length > 0);
    expect((await shown()).services.discord.settings).toEqual([
      { name: 'DISCORD_TOKEN', tail: discord.token.slice(-4) },
    ]);
    expect(await everything()).not.toContain(discord.token);

    await post('discord/remove');
    await becomes('discord', 'off');
    await until(() => discord.gateway.connected === 0);
    await restart();
    expect(await tone('discord')).toBe('off');
  });

  it('with a wrong token says so, in the test and after it was saved, and takes the right one then', async () => {
    await start();
    const wrong = `${'A'.repeat(24)}.abcdef.${'b'.repeat(38)}`;
    expect(await tested('discord', { DISCORD_TOKEN: wrong })).toMatchObject([{ tone: 'bad' }]);
    expect((await tested('discord', { DISCORD_TOKEN: 'a-client-secret' }))[0]?.text).toContain(
      'not what belongs',
    );
    await post('discord', { DISCORD_TOKEN: wrong });
    await becomes('discord', 'bad');
    expect((await shown()).services.discord.state.text).toContain('refused');
    await post('discord', { DISCORD_TOKEN: discord.token });
    await becomes('discord', 'good');
    expect(await everything()).not.toContain(wrong);
  });

  it('is told what was made for it while it was disconnected, once it is connected again', async () => {
    await start();
    await post('discord', { DISCORD_TOKEN: discord.token });
    await discord.connected();
    await becomes('discord', 'good');
    const asked = await discord.slash({ name: 'sketch', options: { prompt: 'a fox', steps: 300 } });
    await asked.acknowledged;
    await post('discord/remove');
    await becomes('discord', 'off');
    await restart();
    expect(await tone('discord')).toBe('off');
    await post('discord', { DISCORD_TOKEN: discord.token });
    await asked.waitFor(({ attachments }) => attachments.length > 0);
  });
});

describe('Slack', () => {
  it('is tested, connected while Easel runs, and removed', async () => {
    await start();
    const swapped = { SLACK_BOT_TOKEN: slack.appToken, SLACK_APP_TOKEN: slack.botToken };
    const texts = (lines: Tested['lines']) => lines.map(({ tone: how, text }) => `${how} ${text}`).join('\n');
    expect(texts(await tested('slack', swapped))).toMatch(
      /^bad .*SLACK_APP_TOKEN, not .*\nbad .*SLACK_BOT_TOKEN/,
    );
    const right = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken };
    expect(texts(await tested('slack', right))).toMatch(/^good .*\ngood .*every scope.*\ngood .*Socket Mode/);
    const { body } = await refusal('slack', { SLACK_BOT_TOKEN: slack.botToken });
    expect(body).toMatchObject({ field: 'SLACK_APP_TOKEN' });
    await post('slack', right);
    await slack.connected();
    await becomes('slack', 'good');
    expect(await everything()).not.toContain(slack.appToken);
    await post('slack/remove');
    await becomes('slack', 'off');
  });

  it('in HTTP mode needs a page that asks for a token', async () => {
    await start();
    const http = { SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret };
    const { status, body } = await refusal('slack', http);
    expect([status, String(body['error'])]).toEqual([
      expect.any(Number),
      expect.stringContaining('ADMIN_TOKEN'),
    ]);
    expect((await shown()).services.slack.settings).toEqual([]);
  });
});

describe('the backend', () => {
  const draws = (steps: number) => page.run('sketch', { prompt: 'a fox', steps: String(steps) });
  const done = (id: string) =>
    page.until((all) => all.find((one) => one.id === id && (one.reply?.files.length ?? 0) > 0));
  const runs = () => [first, second].map(({ stats }) => Object.values(stats.runs));

  it('is tested, and takes the place of the sandbox while Easel runs', async () => {
    await start();
    expect((await shown()).services.comfy.state.tone).toBe('odd');
    const lines = await tested('comfy', { COMFY_URL: first.url });
    const texts = lines.map(({ text }) => text).join('\n');
    expect(texts).toMatch(/answers, version[\s\S]*painter[\s\S]*node classes[\s\S]*checkpoint/);
    expect((await tested('comfy', { COMFY_URL: 'http://127.0.0.1:9' }))[0]).toMatchObject({ tone: 'bad' });
    expect((await tested('comfy', { COMFY_URL: discord.apiUrl }))[0]).toMatchObject({ tone: 'bad' });
    const { body } = await refusal('comfy', { COMFY_URL: 'file:///etc/passwd' });
    expect(body).toMatchObject({ field: 'COMFY_URL' });
    await post('comfy', { COMFY_URL: first.url });
    await becomes('comfy', 'good');
    await done(await draws(1));
    expect(runs()).toEqual([[1], []]);
    await restart();
    await done(await draws(1));
    expect(runs()).toEqual([[1, 1], []]);
  });

  it('of Comfy Cloud is tested with its key, says how the account stands, and draws', async () => {
    const KEY = 'comfyui-0123456789abcdef-0123456789';
    const cloud = await startSandbox({ dialect: 'cloud', apiKey: KEY, stepMs: 1, nodeMs: 1 });
    const values = { COMFY_URL: cloud.url, COMFY_API_KEY: KEY };
    let isUp = true;
    try {
      await start({ COMFY_FILE_HOSTS: new URL(cloud.filesUrl ?? '').host });
      const wrong = await tested('comfy', { ...values, COMFY_API_KEY: `${KEY}x` });
      expect(wrong).toMatchObject([{ tone: 'bad', text: expect.stringContaining('refused the API key') }]);
      const right = await tested('comfy', values);
      expect(right.map(({ text }) => text).join('\n')).toMatch(
        /^Comfy Cloud at \S+ answers\.\nThe key is good, and its account is active\.\n[\s\S]*node classes[\s\S]*checkpoint/,
      );
      cloud.faults.account = { status: 'waitlisted' };
      expect((await tested('comfy', values))[1]).toMatchObject({
        tone: 'odd',
        text: expect.stringContaining('on the waiting list'),
      });
      cloud.faults.account = { status: 'active' };
      cloud.faults.billing = { status: { subscription_tier: 'CREATOR' } };
      expect((await tested('comfy', values)).slice(1, 3)).toEqual([
        { tone: 'good', text: 'The key is good, and its account is active. Plan CREATOR.' },
        { tone: 'good', text: expect.stringContaining('could run 3 at once; COMFY_CONCURRENCY is 1') },
      ]);
      expect((await shown()).services.comfy.state.tone).toBe('odd');

      await post('comfy', values);
      await becomes('comfy', 'good');
      await done(await draws(1));
      expect(Object.values(cloud.stats.runs)).toEqual([1]);
      const { settings } = (await shown()).services.comfy;
      expect(settings).toContainEqual({ name: 'COMFY_API_KEY', tail: KEY.slice(-4) });
      // the key that is kept goes to no other address
      const elsewhere = await refusal('comfy/test', { COMFY_URL: first.url });
      expect(elsewhere.body).toMatchObject({ field: 'COMFY_API_KEY' });

      await cloud.stop();
      isUp = false;
      expect(await tested('comfy', values)).toMatchObject([
        // what it is has to be asked
        {
          tone: 'bad',
          text: expect.stringMatching(/^ComfyUI at \S+ does not answer: nothing listens there/),
        },
      ]);
      expect(await everything()).not.toContain(KEY);
    } finally {
      if (isUp) await cloud.stop();
    }
  });

  it('is changed in the middle of a run: that ends where it is, what waits begins on the new one', async () => {
    await start();
    await post('comfy', { COMFY_URL: first.url });
    await becomes('comfy', 'good');
    const running = await draws(400);
    await until(() => runs()[0]?.length === 1);
    const after = await post('comfy', { COMFY_URL: second.url });
    expect(after.services.comfy).toMatchObject({ waits: true, state: { tone: 'odd' } });
    const waiting = await draws(1);
    await Promise.all([done(running), done(waiting)]);
    expect(runs()).toEqual([[1], [1]]);
    await becomes('comfy', 'good');
  });

  it('is changed at once when nobody wants to wait: what ran is stopped there and made on the new one', async () => {
    await start();
    await post('comfy', { COMFY_URL: first.url });
    await becomes('comfy', 'good');
    const running = await draws(900);
    await until(() => runs()[0]?.length === 1);
    await post('comfy', { COMFY_URL: second.url });
    await post('comfy/now');
    await done(running);
    expect(runs()).toEqual([[1], [1]]);
    expect(first.stats.interrupts).toBe(1);
  });

  it('that was to be changed when Easel stopped is waited for by the next one', async () => {
    await start();
    await post('comfy', { COMFY_URL: first.url });
    await becomes('comfy', 'good');
    const running = await draws(900);
    await until(() => runs()[0]?.length === 1);
    await post('comfy', { COMFY_URL: second.url });
    await restart();
    await done(running);
    await becomes('comfy', 'good');
    await done(await draws(1));
    expect(runs()).toEqual([[1], [1]]);
    await restart();
    await done(await draws(1));
    expect(runs()).toEqual([[1], [1, 1]]);
  });
});

it('what the environment says always wins, and cannot be changed here', async () => {
  await start();
  await post('comfy', { COMFY_URL: first.url });
  await post('discord', { DISCORD_TOKEN: discord.token });
  await becomes('discord', 'good');
  const wrong = { COMFY_URL: second.url, DISCORD_TOKEN: 'from-the-environment', LOG_LEVEL: 'silent' };
  // alone it would end Easel
  const beside = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken };
  await restart({ ...wrong, ...beside, SLACK_API_URL: slack.apiUrl });
  const { services } = await shown();
  expect(services.comfy).toMatchObject({
    fixed: ['COMFY_URL'],
    state: { text: expect.stringContaining(new URL(second.url).host) },
  });
  expect(services.discord).toMatchObject({ fixed: ['DISCORD_TOKEN'], state: { tone: 'bad' } });
  for (const path of ['discord', 'discord/test']) {
    const { body } = await refusal(path, { DISCORD_TOKEN: discord.token });
    expect(body).toMatchObject({ error: expect.stringContaining('environment, which always wins') });
  }
  await restart();
  await becomes('discord', 'good');
});
