import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/platforms/web/api.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../world/easel.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';

const isDone = ({ reply }: Message) => reply?.tone === 'done';

describe('Easel in a browser, killed', () => {
  it('goes on in the same message, which comes once', async () => {
    const [sandbox, folder] = await Promise.all([startSandbox({ stepMs: 20, nodeMs: 1 }), temporaryFolder()]);
    const states = new Map<string, Message[]>();
    const start = async (): Promise<[EaselProcess, WebPage]> => {
      const easel = spawnEasel({ COMFY_URL: sandbox.url, DATA_DIR: folder.path });
      return [easel, await openWebPage(await easel.link(), states)];
    };
    const [first, page] = await start();
    const running = await page.run('sketch', { prompt: 'running', steps: '60' });
    const waiting = await page.run('sketch', { prompt: 'waiting', steps: '2' });
    await page.until((all) => all.some(({ reply }) => reply?.status.includes('KSampler')));
    first.signal('SIGKILL');
    await first.ended;

    const [second, again] = await start();
    await again.until((all) => all.filter(isDone).length === 2);
    expect([...states.keys()].toSorted()).toEqual([running, waiting].toSorted());
    for (const id of [running, waiting]) {
      expect(states.get(id)?.filter(isDone)).toHaveLength(1);
      expect(states.get(id)?.at(-1)?.reply?.files).toHaveLength(1);
    }
    expect(Object.values(sandbox.stats.runs)).toEqual([1, 1]);
    await again.close();
    second.signal('SIGTERM');
    expect(await second.ended).toBe(0);
    await sandbox.stop();
    await folder.remove();
  });
});
