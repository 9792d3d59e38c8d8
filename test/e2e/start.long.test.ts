import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../world/easel.ts';
import { pageCookie } from '../world/web-page.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';

describe('npm start without any chat', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: EaselProcess | undefined;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    easel?.signal('SIGKILL');
    await easel?.ended;
    await folder.remove();
  });

  it('says where its page is, serves it, and ends with Ctrl-C', async () => {
    easel = spawnEasel({ DATA_DIR: folder.path });
    await easel.says(/Ctrl-C stops it\.\n/);
    const said = easel.output();
    const link = await easel.link();
    const address = new URL(link).origin;
    expect(said).toMatch(/^Easel \d+\.\d+\.\d+\nEasel is ready\. Open http\S+ in a browser\.\n/);
    expect(said).toContain('demo painter');
    const logPath = join(folder.path, 'easel.log');
    expect(said).toMatch(new RegExp(`^    Log +${logPath}$`, 'm'));
    expect(said).not.toContain('ADMIN_TOKEN');

    expect(await (await fetch(address)).text()).toContain('npm run link');
    const headers = { cookie: await pageCookie(link) };
    const page = await fetch(address, { headers });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<script');
    const ready = await fetch(`${address}/readyz`);
    expect(await ready.json()).toEqual({ ok: true, platforms: {}, backend: true });

    easel.signal('SIGINT');
    expect(await easel.ended).toBe(0);
    expect(easel.output()).toBe(said);
    const log = await readFile(logPath, 'utf8');
    expect(log).toContain('"msg":"stopped"');
    expect(log).toContain('"msg":"signed in"');
    expect(log).not.toContain(new URL(link).searchParams.get('key'));
  });

  it('keeps its link and who has opened it over a restart, and `npm run link` prints it', async () => {
    easel = spawnEasel({ DATA_DIR: folder.path });
    const { search, port: first } = new URL(await easel.link());
    const cookie = (await pageCookie(await easel.link())).replace(`_${first}=`, '=');
    easel.signal('SIGINT');
    await easel.ended;

    easel = spawnEasel({ DATA_DIR: folder.path });
    const again = new URL(await easel.link());
    expect(again.search).toBe(search);
    // a browser gives it to the same port only
    const headers = { cookie: cookie.replace('=', `_${again.port}=`) };
    expect(await (await fetch(again.origin, { headers })).text()).toContain('<script');
    const asked = spawnEasel({ DATA_DIR: folder.path, PORT: '4321' }, [], 'src/link.ts');
    expect(await asked.ended).toBe(0);
    expect(asked.output()).toBe(`http://127.0.0.1:4321/enter${search}\n`);
  });

  it.each<[Record<string, string>, number, RegExp]>([
    [{ HOST: '0.0.0.0' }, 1, /Set ADMIN_TOKEN/],
    [{ SLACK_BOT_TOKEN: 'b', SLACK_SIGNING_SECRET: 's' }, 1, /Set ADMIN_TOKEN/],
    [
      { ADMIN_TOKEN: 'a-token-of-24-characters' },
      0,
      /^http:\/\/127\.0\.0\.1:4321\nIt asks for ADMIN_TOKEN\.\n$/,
    ],
    [{ PORT: '0' }, 0, /enter\?key=\S+\nPORT is 0/],
  ])('npm run link with %j ends with %i', async (environment, code, words) => {
    easel = spawnEasel({ DATA_DIR: folder.path, PORT: '4321', ...environment }, [], 'src/link.ts');
    expect(await easel.ended).toBe(code);
    expect(easel.output()).toMatch(words);
  });

  it('says that its page asks for the token where there is one', async () => {
    const token = 'a-token-of-24-characters';
    easel = spawnEasel({ DATA_DIR: folder.path, HOST: '0.0.0.0', ADMIN_TOKEN: token });
    await easel.says(/Ctrl-C stops it\.\n/);
    expect(easel.output()).toMatch(
      /Open http:\/\/127\.0\.0\.1:\d+ in a browser\.\n[^]*✓ Page +http\S+\n +it asks for ADMIN_TOKEN\n/,
    );
    expect(easel.output()).not.toContain(token);
  });
});
