import { describe, expect, it } from 'vitest';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { startFakeSlack } from '../fakes/slack/index.ts';
import { discordBench } from '../world/bench.ts';
import { spawnEasel } from '../world/process.ts';
import { pageCookie } from '../world/web-page.ts';
import { onSlack } from '../world/environment.ts';

describe('Discord and Slack in one process', () => {
  const bench = discordBench({ stepMs: 10 });

  it('share the backend and the queue, and each gets its own replies', async () => {
    const slack = await startFakeSlack();
    const { templates } = await loadTemplates('test/fixtures/templates');
    slack.setManifest(slackManifest(templates));
    await bench.start({
      ...onSlack(slack),
    });
    await slack.connected();
    const ready = await fetch(`http://127.0.0.1:${bench.easel.app.port}/readyz`);
    expect(await ready.json()).toMatchObject({
      ok: true,
      platforms: { discord: true, slack: true },
      backend: true,
    });
    const cookie = await pageCookie(bench.easel.app.link);
    const places = async (): Promise<unknown> => {
      const address = `http://127.0.0.1:${bench.easel.app.port}/api/places`;
      return (await fetch(address, { headers: { 'x-easel': '1', cookie } })).json();
    };
    const { guild } = bench.discord;
    // Discord is asked in the background
    await expect
      .poll(places)
      .toEqual([
        expect.objectContaining({ platform: 'web' }),
        { platform: 'discord', guild: guild.id, name: guild.name },
        { platform: 'slack', guild: slack.teamId, name: expect.any(String) },
      ]);

    const here = await bench.discord.slash({ name: 'sketch', options: { prompt: 'on Discord' } });
    const there = slack.command({ command: '/sketch', text: 'on Slack' });
    const reply = await here.waitFor(({ content }) => content.includes('Done in'));
    expect(reply.attachments).toHaveLength(1);
    await there.waitFor(({ visible }) => visible.includes('Done in'));
    expect(bench.sandbox.stats.submitted).toBe(2);
    await bench.easel.stop();
    await slack.stop();
    expect(slack.violations).toEqual([]);
  });
});

describe('Slack settings', () => {
  const bench = discordBench();

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-secret' }, 'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-secret' }, 'need SLACK_BOT_TOKEN beside them'],
  ])('that lack their other half are named at start: %o', async (environment, words) => {
    await bench.start();
    const easel = spawnEasel({ ...environment, DATA_DIR: `${bench.folder}/other` });
    expect(await easel.ended).toBe(1);
    expect(easel.output()).toContain(words);
    expect(easel.output()).not.toContain('secret');
  });

  it('that are wrong are told in one sentence', async () => {
    await bench.start();
    const slack = await startFakeSlack();
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-wrong',
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    };
    // with a page or without: what the environment says stands
    for (const more of [{ HOST: '0.0.0.0' }, {}]) {
      const easel = spawnEasel({ ...environment, ...more, DATA_DIR: `${bench.folder}/other` });
      expect(await easel.ended).toBe(1);
      expect(easel.output()).toContain('Slack refused the tokens');
    }
    await slack.stop();
  });
});
