import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probe } from '../../../../src/app/probe.ts';
import { chatOf } from '../../../../src/app/summary/chat-facts.ts';
import { readConfig } from '../../../../src/config.ts';
import { SCOPES, slackManifest } from '../../../../src/platforms/slack/manifest.ts';
import { startFakeDiscord, type FakeDiscord } from '../../../fakes/discord/index.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { startFakeSlack, type FakeSlack } from '../../../fakes/slack/index.ts';
import { onSlack } from '../../../world/environment.ts';

const { signal } = new AbortController();

async function found(platform: 'discord' | 'slack', environment: Record<string, string>) {
  return chatOf(platform, await probe(platform, readConfig(environment), createRecordingLog(), signal));
}

describe('Discord, asked without connecting', () => {
  let discord: FakeDiscord;
  const ask = (more: Record<string, string> = {}) =>
    found('discord', { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, ...more });

  beforeEach(async () => {
    discord = await startFakeDiscord();
  });
  afterEach(() => discord.stop());

  it('tells who the bot is, in how many servers, and how it is invited; and nobody identifies', async () => {
    const { invite, ...about } = await ask();
    expect(about).toEqual({
      platform: 'discord',
      connected: true,
      notes: [],
      as: expect.any(String),
      guilds: 1,
    });
    expect(new URL(invite ?? '').searchParams.get('scope')).toBe('bot applications.commands');
    expect(discord.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /users/@me',
      'GET /applications/@me',
      'GET /users/@me/guilds',
    ]);
    expect(discord.violations).toEqual([]);
  });

  it('refuses a token, or is not there', async () => {
    expect(await ask({ DISCORD_TOKEN: 'no-token' })).toMatchObject({
      connected: false,
      problem: { code: 'token-refused', platform: 'discord' },
    });
    await expect(ask({ DISCORD_API_URL: 'http://127.0.0.1:9/api' })).rejects.toMatchObject({
      problem: { code: 'chat-unreachable', platform: 'discord' },
    });
  });
});

describe('Slack, asked without connecting', () => {
  let slack: FakeSlack;
  const ask = (more: Record<string, string> = {}) =>
    found('slack', {
      ...onSlack(slack),
      ...more,
    });

  beforeEach(async () => {
    slack = await startFakeSlack();
    slack.setManifest(slackManifest([]));
  });
  afterEach(() => slack.stop());

  it('tells who the bot is and in which workspace, and no socket is opened', async () => {
    expect(await ask()).toEqual({
      platform: 'slack',
      connected: true,
      notes: [],
      as: expect.any(String),
      home: 'Fake',
    });
    expect(slack.requests.map(({ method }) => method)).toEqual(['auth.test', 'apps.connections.open']);
    expect(slack.violations).toEqual([]);
  });

  it('names every scope that an app from an older manifest lacks', async () => {
    const manifest = slackManifest([]) as { oauth_config: { scopes: { bot: string[] } } };
    const lacks = ['files:write', 'im:history'];
    manifest.oauth_config.scopes.bot = SCOPES.filter((scope) => !lacks.includes(scope));
    slack.setManifest(manifest);
    const { connected, notes } = await ask();
    expect(connected).toBe(true);
    expect(notes).toEqual(
      expect.arrayContaining([
        { code: 'scope-missing', platform: 'slack', scope: 'files:write' },
        { code: 'direct-messages-unheard', platform: 'slack', scope: 'im:history' },
      ]),
    );
  });

  it.each(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'])('refuses %s, or is not there', async (which) => {
    expect(await ask({ [which]: 'xoxb-other' })).toMatchObject({
      connected: false,
      problem: { code: 'token-refused', platform: 'slack' },
    });
    await expect(ask({ SLACK_API_URL: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
      problem: { code: 'chat-unreachable', platform: 'slack' },
    });
  });

  it('would not connect with an app-level token that may open no sockets', () => {
    expect(chatOf('slack', [{ kind: 'scopes', missing: ['connections:write'] }])).toMatchObject({
      connected: false,
      problem: { code: 'scope-missing', scope: 'connections:write' },
    });
  });
});
