/** Where others can reach Easel there is no page without ADMIN_TOKEN, and what they may reach stays open. */
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app/index.ts';
import { readConfig } from '../../src/config.ts';
import { loadAssets } from '../../src/platforms/web/assets.ts';
import { startupSentence } from '../../src/startup.ts';
import { discordBench } from '../world/bench.ts';
import { temporaryFolder } from '../world/easel.ts';
import { slackBench } from '../world/slack-bench.ts';
import { pageCookie } from '../world/web-page.ts';
import { askPort, TOKEN } from './web-house.ts';

const { addressOf } = loadAssets({});
const PAGES = ['/', '/studio', '/operator', '/sign-in'];
const PATHS = [...PAGES, '/api/home', '/api/events', addressOf('shared/frame.css')];

/** No page at all, and why. */
async function expectClosed(port = 0): Promise<void> {
  for (const path of PATHS) {
    const answer = await askPort(port, path);
    expect(answer.status, path).toBe(404);
    expect(answer.text).toContain('ADMIN_TOKEN');
  }
}

describe('With Discord', () => {
  const bench = discordBench();

  it('on every address, the page is off and Discord works', async () => {
    await bench.start({ HOST: '0.0.0.0' });
    const { app, logs } = bench.easel;
    await expectClosed(app.port);
    expect(logs.filter((line) => line.includes('ADMIN_TOKEN'))).toHaveLength(1);
    const ready = await askPort(app.port ?? 0, '/readyz');
    expect(JSON.parse(ready.text)).toMatchObject({ ok: true, platforms: { discord: true }, backend: true });
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox', steps: 1 } });
    await asked.waitFor(({ content }) => content.includes('Done in'));
  });

  it('on every address, the page asks for the token', async () => {
    await bench.start({ HOST: '0.0.0.0', ADMIN_TOKEN: TOKEN });
    const { port = 0 } = bench.easel.app;
    expect((await askPort(port, '/studio')).headers.location).toBe('/sign-in?to=%2Fstudio');
    expect((await askPort(port, '/api/home')).status).toBe(401);
    expect((await askPort(port, '/readyz')).status).toBe(200);
  });

  it('on this machine only, the page is open to whoever has its link', async () => {
    await bench.start();
    const { port = 0, link } = bench.easel.app;
    expect((await askPort(port, '/studio')).headers.location).toBe('/sign-in?to=%2Fstudio');
    const cookie = await pageCookie(link);
    expect((await askPort(port, '/studio', { headers: { cookie } })).status).toBe(200);
    // a log may be read by more people than the data folder
    expect(bench.easel.logs.join('')).not.toContain(new URL(link ?? '').searchParams.get('key'));
    expect(bench.easel.logs.join('')).toContain('npm run link');
    const ready = await askPort(port, '/readyz');
    expect(JSON.parse(ready.text)).toMatchObject({ ok: true, platforms: { discord: true }, backend: true });
  });
});

describe('With Slack in HTTP mode', () => {
  const bench = slackBench('http');
  const draw = async () => {
    const asked = bench.slack.command({ command: '/sketch', text: 'a fox --steps 1' });
    await asked.waitFor(({ visible }) => visible.includes('Done in'));
  };

  it('the page is off though the address is local: a proxy passes the world on to it', async () => {
    await bench.start();
    await expectClosed(bench.easel.app.port);
    await draw();
  });

  it('the page asks for the token, and Slack is not asked', async () => {
    await bench.start({ ADMIN_TOKEN: TOKEN });
    expect((await askPort(bench.easel.app.port ?? 0, '/api/home')).status).toBe(401);
    await draw();
  });
});

describe('Without any chat and any token', () => {
  const start = async (environment: Record<string, string>) => {
    const folder = await temporaryFolder();
    const config = readConfig({ PORT: '0', DATA_DIR: folder.path, ...environment });
    const app = createApp(config);
    try {
      return await app.start().then(
        () => 'started',
        (error: unknown) => startupSentence(error),
      );
    } finally {
      await app.stop();
      await rm(folder.path, { recursive: true });
    }
  };

  it.each(['0.0.0.0', '::', '192.0.2.1', 'easel.example'])('no start on %s', async (HOST) => {
    const sentence = await start({ HOST });
    expect(sentence).toContain(`HOST=${HOST}`);
    expect(sentence).toContain('ADMIN_TOKEN');
  });
});
