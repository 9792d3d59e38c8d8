/** Chats that are away or refuse their token when Easel starts, beside others that go on. */
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startFakeDiscord, type FakeDiscord } from '../fakes/discord/index.ts';
import { startFakeSlack, type FakeSlack } from '../fakes/slack/index.ts';
import { until } from '../fakes/until.ts';
import { QUICK, startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { onDiscord, onSlack } from '../world/environment.ts';

const TIMING = { ...QUICK, connect: { retryBaseMs: 20, retryCapMs: 100 } };

describe('a chat that cannot connect', () => {
  let discord: FakeDiscord;
  let slack: FakeSlack;
  let sandbox: Sandbox;
  let easel: TestEasel | undefined;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    [discord, slack, sandbox, folder] = await Promise.all([
      startFakeDiscord(),
      startFakeSlack(),
      startSandbox({ stepMs: 1, nodeMs: 1 }),
      temporaryFolder(),
    ]);
  });
  afterEach(async () => {
    await easel?.stop();
    easel = undefined;
    await Promise.all([discord.stop(), slack.stop(), sandbox.stop()]);
    await folder.remove();
  });

  const start = async (environment: Record<string, string>) => {
    const given = {
      ...onDiscord(discord),
      COMFY_URL: sandbox.url,
      DATA_DIR: folder.path,
      ...environment,
    };
    easel = await startEasel(given, { timing: TIMING, output: new PassThrough() });
    return easel;
  };
  const ready = async () => {
    const answer = await fetch(`http://127.0.0.1:${easel?.app.port}/readyz`);
    return Object(await answer.json()) as {
      platforms: Record<string, boolean>;
      chats: Record<string, object>;
    };
  };
  it('is tried again while the page and the other chat serve, and then takes commands', async () => {
    const over = discord.faults.outage({ answer: 502 });
    await start(onSlack(slack));
    await slack.connected();
    expect((await ready()).platforms).toEqual({ discord: false, slack: true });
    expect((await ready()).chats).toMatchObject({
      discord: { state: 'connecting', problem: 'chat-unreachable', next: expect.any(Number) },
      slack: { state: 'connected', since: expect.any(Number) },
    });
    expect(easel?.logs.some((line) => line.includes('chat not connected, trying again'))).toBe(true);
    over();
    const begun = '"msg":"chat connected"';
    await until(() => easel?.logs.filter((line) => line.includes(begun)).length === 2);
    const asked = await discord.slash({ name: 'sketch', options: { prompt: 'a fox' } });
    await asked.waitFor(({ attachments }) => attachments.length > 0);
    expect((await ready()).platforms).toEqual({ discord: true, slack: true });
  });

  it('is told what was made for it while it was away, once it is back', async () => {
    const first = await start({});
    await discord.connected();
    const asked = await discord.slash({ name: 'sketch', options: { prompt: 'a fox', steps: 500 } });
    await asked.acknowledged;
    await first.stop();
    const over = discord.faults.outage({ answer: 502 });
    const again = await start({});
    await until(() => again.logs.some((line) => line.includes('reply failed, trying again')));
    over();
    await asked.waitFor(({ attachments }) => attachments.length > 0);
  });

  it('with a wrong token is told, and the page and the other chat serve', async () => {
    await start({ ...onSlack(slack), DISCORD_TOKEN: 'wrong' });
    await slack.connected();
    expect((await ready()).platforms).toEqual({ discord: false, slack: true });
    expect((await ready()).chats['discord']).toMatchObject({ state: 'refused', problem: 'token-refused' });
    expect(easel?.logs.some((line) => line.includes('refuses its token'))).toBe(true);
    // every one of them is a session less for today
    expect(discord.gateway.connected).toBe(0);
  });

  it.each([
    ['no page', { HOST: '0.0.0.0' }],
    ['a page that cannot change what the environment says', {}],
  ])('with a wrong token, and nothing beside it but %s, is what ends Easel', async (_beside, more) => {
    await expect(start({ ...more, DISCORD_TOKEN: 'wrong' })).rejects.toMatchObject({
      problem: { code: 'token-refused', platform: 'discord' },
    });
  });
});
