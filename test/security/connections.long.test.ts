/** What only a process of its own can show: handles that run out, and connections that time ends. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../world/easel.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { pageCookie } from '../world/web-page.ts';
import { idleParty } from './idle-party.ts';

describe('Connections to a process', () => {
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

  it('leave room where a process has few handles', async () => {
    easel = spawnEasel({ DATA_DIR: folder.path }, [], 'src/main.ts', { handles: 80 });
    const link = await easel.link();
    const { origin, port } = new URL(link);
    for (let round = 0; round < 3; round += 1) {
      const guests = await idleParty(Number(port), 150, 'GET / HTTP/1.1\r\n');
      await expect.poll(() => guests.open()).toBeLessThanOrEqual(20);
      const headers = { cookie: await pageCookie(link) };
      expect((await fetch(`${origin}/api/home`, { headers })).status).toBe(200);
      guests.leave();
    }
    easel.signal('SIGTERM');
    expect(await easel.ended).toBe(0);
  });

  it('end by themselves when nothing whole comes over them', async () => {
    easel = spawnEasel({ DATA_DIR: folder.path });
    const { port } = new URL(await easel.link());
    const guests = await Promise.all(
      ['', 'GET / HTTP/1.1\r\nhost: x\r\n', 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'].map((words) =>
        idleParty(Number(port), 1, words),
      ),
    );
    await expect.poll(() => guests.map((one) => one.open()), { timeout: 19_000 }).toEqual([0, 0, 0]);
  });
});
