import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askDiscord, inviteLink, nameOfBot } from '../../../../src/platforms/discord/about.ts';
import { startFakeDiscord, type FakeDiscord } from '../../../fakes/discord/index.ts';

describe('asking Discord without connecting', () => {
  let discord: FakeDiscord;
  const ask = (token: string, apiUrl = discord.apiUrl) =>
    askDiscord({ token, apiUrl, timeoutMs: 5000 }, new AbortController().signal);

  beforeEach(async () => {
    discord = await startFakeDiscord();
  });
  afterEach(() => discord.stop());

  it('tells who the bot is, in how many servers, and how it is invited; and identifies nowhere', async () => {
    const about = await ask(discord.token);
    expect(about).toEqual({ as: expect.any(String), guilds: 1, invite: expect.any(String) });
    const invite = new URL(about.invite ?? '');
    expect(invite.origin + invite.pathname).toBe('https://discord.com/oauth2/authorize');
    expect(invite.searchParams.get('scope')).toBe('bot applications.commands');
    expect(discord.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /users/@me',
      'GET /gateway/bot',
      'GET /applications/@me',
    ]);
    expect(discord.violations).toEqual([]);
  });

  it('tells a refused token from a Discord that is not there', async () => {
    await expect(ask('no-token')).rejects.toMatchObject({
      problem: { code: 'token-refused', platform: 'discord' },
    });
    await expect(ask(discord.token, 'http://127.0.0.1:9/api')).rejects.toMatchObject({
      problem: { code: 'chat-unreachable', platform: 'discord' },
    });
  });
});

it('asks for no more than the README says: to see channels, to send messages, to attach files', () => {
  expect(new URL(inviteLink('1')).searchParams.get('permissions')).toBe(String(1024 + 2048 + 32_768));
});

it('names a bot as Discord does', () => {
  expect(nameOfBot({ username: 'Easel', discriminator: '0042' })).toBe('Easel#0042');
  expect(nameOfBot({ username: 'easel', discriminator: '0' })).toBe('easel');
});
