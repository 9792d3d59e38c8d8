/** Links are open while the page is closed, and open nothing of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { createFiles } from '../../src/files/index.ts';
import { createAddresses } from '../../src/links/addresses.ts';
import { createLinks } from '../../src/links/index.ts';
import { discordBench } from '../world/bench.ts';
import type { TestEasel } from '../world/easel.ts';
import { slackBench } from '../world/slack-bench.ts';
import { pageCookie } from '../world/web-page.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { until } from '../fakes/until.ts';
import { FACTS, linkOf } from '../unit/links/stage.ts';
import { askPort, TOKEN } from './web-house.ts';

const PUBLIC_URL = 'https://easel.example/bot/';

/** As Easel offers one, in its folder and with its secret, once it has looked at what lies there; resolves to the path. */
async function offered(directory: string, { logs }: TestEasel): Promise<string> {
  await until(() => logs.some((line) => line.includes('the data folder was measured')));
  const log = createRecordingLog();
  const files = createFiles({ directory, clock: systemClock, log });
  const addresses = createAddresses(await readFile(join(directory, 'secret')), '/bot');
  const publicUrl = 'https://easel.example/bot';
  const links = createLinks({ publicUrl, days: 7, addresses, files, clock: systemClock, log });
  const bytes = Readable.from([Buffer.from('a large film')]);
  const key = { shelf: 'outbox', owner: 'a-job', name: '0' } as const;
  const made = await files.put(key, { name: 'film.mp4', type: 'video/mp4' }, bytes);
  const { url } = linkOf(await links.offer(made, FACTS));
  await files.drop('outbox', 'a-job');
  return new URL(url).pathname;
}

const PAGES = [
  '/',
  '/studio',
  '/operator',
  '/api/home',
  '/api/events',
  '/bot/',
  '/bot/studio',
  '/files',
  '/bot/files',
];

describe('With Discord', () => {
  const bench = discordBench();
  const ask = (path: string, headers = {}) => askPort(bench.easel.app.port ?? 0, path, { headers });

  it('on every address without ADMIN_TOKEN, links work and the page is off', async () => {
    await bench.start({ HOST: '0.0.0.0', PUBLIC_URL });
    const path = await offered(bench.folder, bench.easel);
    for (const given of [path, path.replace('/bot', '')]) {
      const answer = await ask(given, { host: 'easel.example' });
      expect(answer).toMatchObject({ status: 200, text: 'a large film' });
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    for (const page of PAGES) expect((await ask(page)).text, page).toContain('ADMIN_TOKEN');
    // nothing is logged of what could be fetched with it
    expect(bench.easel.logs.join('')).not.toContain(path.split('/')[3]?.split('.')[2]);
  });

  it('without a chat on the page, links work all the same', async () => {
    await bench.start({ PLAYGROUND: 'off', PUBLIC_URL });
    expect((await ask(await offered(bench.folder, bench.easel))).status).toBe(200);
  });

  it('on this machine, the page takes no other name for the public one, and links take every name', async () => {
    await bench.start({ PUBLIC_URL });
    const path = await offered(bench.folder, bench.easel);
    const cookie = await pageCookie(bench.easel.app.link);
    expect((await ask('/studio', { cookie })).status).toBe(200);
    const proxied = { cookie, 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
    for (const headers of [{ cookie, host: 'easel.example' }, proxied]) {
      expect((await ask('/studio', headers)).status).toBe(403);
      expect((await ask('/bot/studio', headers)).status).toBe(403);
      expect((await ask(path, headers)).status).toBe(200);
    }
    const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask(path, elsewhere)).status).toBe(200);
  });

  it('with ADMIN_TOKEN a link is no way in', async () => {
    await bench.start({ HOST: '0.0.0.0', ADMIN_TOKEN: TOKEN, PUBLIC_URL });
    const path = await offered(bench.folder, bench.easel);
    expect((await ask(path)).status).toBe(200);
    for (const given of ['/api/home', `${path}/../../../api/home`, '/bot/files/../api/home'])
      expect((await ask(given)).status, given).not.toBe(200);
  });

  it('without PUBLIC_URL there are no links, and those of before are the page’s to refuse', async () => {
    await bench.start({ PUBLIC_URL });
    const path = await offered(bench.folder, bench.easel);
    await bench.easel.stop();
    await bench.start({ HOST: '0.0.0.0' });
    for (const given of [path, path.replace('/bot', '')]) expect((await ask(given)).status).toBe(404);
    await bench.easel.stop();
    await bench.start({ HOST: '0.0.0.0', PUBLIC_URL });
    expect((await ask(path)).status).toBe(200);
  });
});

describe('With Slack in HTTP mode', () => {
  const bench = slackBench('http');

  it('links stand beside what Slack posts to', async () => {
    await bench.start({ PUBLIC_URL });
    const answer = await askPort(
      bench.easel.app.port ?? 0,
      await offered(bench.environment['DATA_DIR'] ?? '', bench.easel),
    );
    expect(answer).toMatchObject({ status: 200, text: 'a large film' });
    const asked = bench.slack.command({ command: '/sketch', text: 'a fox --steps 1' });
    await asked.waitFor(({ visible }) => visible.includes('Done in'));
  });
});
