import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askSlack } from '../../../../src/platforms/slack/about.ts';
import { SCOPES, slackManifest } from '../../../../src/platforms/slack/manifest.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { startFakeSlack, type FakeSlack } from '../../../fakes/slack/index.ts';

describe('asking Slack without connecting', () => {
  let slack: FakeSlack;
  const ask = (more: { botToken?: string; appToken?: string; apiUrl?: string } = {}) =>
    askSlack({
      botToken: slack.botToken,
      appToken: slack.appToken,
      apiUrl: slack.apiUrl,
      ...more,
      timeoutMs: 5000,
      log: createRecordingLog(),
    });

  beforeEach(async () => {
    slack = await startFakeSlack();
    slack.setManifest(slackManifest([]));
  });
  afterEach(() => slack.stop());

  it('tells who the bot is and in which workspace, and opens no socket', async () => {
    expect(await ask()).toEqual({ about: { as: expect.any(String), home: 'Fake' }, notes: [] });
    expect(slack.requests.map(({ method }) => method)).toEqual(['auth.test', 'apps.connections.open']);
    expect(slack.violations).toEqual([]);
  });

  it('names every scope that an app from an older manifest lacks', async () => {
    const manifest = slackManifest([]) as { oauth_config: { scopes: { bot: string[] } } };
    const granted = SCOPES.filter((scope) => !['files:write', 'im:write'].includes(scope));
    manifest.oauth_config.scopes.bot = granted;
    slack.setManifest(manifest);
    expect((await ask()).notes).toEqual([
      { code: 'scope-missing', platform: 'slack', scope: 'files:write' },
      { code: 'scope-missing', platform: 'slack', scope: 'im:write' },
    ]);
  });

  it.each(['botToken', 'appToken'] as const)(
    'tells a refused %s from a Slack that is not there',
    async (which) => {
      await expect(ask({ [which]: 'xoxb-other' })).rejects.toMatchObject({
        problem: { code: 'token-refused', platform: 'slack' },
      });
      await expect(ask({ apiUrl: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
        problem: { code: 'chat-unreachable', platform: 'slack' },
      });
    },
  );
});
