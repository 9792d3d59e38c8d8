import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from './easel.ts';
import { spawnEasel, type EaselProcess } from './process.ts';

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
    const [address = ''] = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said) ?? [];
    expect(said).toMatch(/^Easel is ready\. Open http\S+ in a browser\.\n/);
    expect(said).toContain('No COMFY_URL is set');
    const logPath = join(folder.path, 'easel.log');
    expect(said).toContain(`Logs go to ${logPath}.`);
    expect(said).not.toContain('ADMIN_TOKEN');

    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const ready = await fetch(`${address}/readyz`);
    expect(await ready.json()).toEqual({ ok: true, platforms: {}, backend: true });

    easel.signal('SIGINT');
    expect(await easel.ended).toBe(0);
    expect(easel.output()).toBe(said);
    expect(await readFile(logPath, 'utf8')).toContain('"msg":"stopped"');
  });

  it('says that its page asks for the token where there is one', async () => {
    const token = 'a-token-of-24-characters';
    easel = spawnEasel({ DATA_DIR: folder.path, HOST: '0.0.0.0', ADMIN_TOKEN: token });
    await easel.says(/Ctrl-C stops it\.\n/);
    expect(easel.output()).toMatch(
      /Open http:\/\/127\.0\.0\.1:\d+ in a browser\.\nIt asks for ADMIN_TOKEN\.\n/,
    );
    expect(easel.output()).not.toContain(token);
  });
});
