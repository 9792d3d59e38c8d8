import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/platforms/web/api.ts';
import type { Overview } from '../../src/platforms/web/overview-api.ts';
import type { BudgetScale } from '../../src/files/budget.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';

const isDone = ({ reply }: Message) => reply?.tone === 'done';
const KB = 1000;

describe('Easel on a small disk', () => {
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: TestEasel | undefined;
  const pages: WebPage[] = [];

  beforeEach(async () => {
    [sandbox, folder] = await Promise.all([startSandbox({ stepMs: 5, nodeMs: 1 }), temporaryFolder()]);
  });
  afterEach(async () => {
    await stop();
    await sandbox.stop();
    await folder.remove();
  });

  async function start(
    disk: Partial<BudgetScale>,
    environment: Record<string, string> = {},
  ): Promise<WebPage> {
    easel = await startEasel(
      { COMFY_URL: sandbox.url, DATA_DIR: folder.path, ...environment },
      { output: new PassThrough(), disk: { everyMs: 10, ...disk } },
    );
    const page = await openWebPage(easel.app.link);
    pages.push(page);
    return page;
  }
  async function stop(): Promise<void> {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    await easel?.stop();
    easel = undefined;
  }
  const found = (page: WebPage, id: string, look: (message: Message) => boolean = isDone) =>
    page.until((all) => all.find((message) => message.id === id && look(message)));
  const diskOf = async (page: WebPage) => {
    const { disk } = (await (await page.get('/api/operator')).json()) as Overview;
    if (!disk) throw new Error('nothing is said of the disk');
    return disk;
  };
  const draw = (page: WebPage, n: number) =>
    page.run('sketch', { prompt: `fox ${n}`, steps: '2', seed: String(n) });

  it('says what lies in the data folder', async () => {
    const page = await start({});
    await found(page, await draw(page, 1));
    await expect.poll(async () => (await diskOf(page)).used['pictures']).toBeGreaterThan(KB);
    const disk = await diskOf(page);
    expect(disk).toMatchObject({ budget: 10e9, unset: false, next: 'pictures' });
    expect(disk.full).toBeUndefined();
    expect(disk.used['records']).toBeGreaterThan(10 * KB);
    await expect.poll(async () => (await diskOf(page)).used['flight']).toBe(0);
  });

  it('holds the budget that is set', async () => {
    const page = await start({}, { DATA_BUDGET_GB: '2.5' });
    await expect.poll(async () => (await diskOf(page)).budget).toBe(2.5e9);
  });

  it('lets the oldest pictures go, keeps their words and says so, also after a restart', async () => {
    const first = await start({});
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      ids.push(await draw(first, n));
      await found(first, ids.at(-1)!);
    }
    await stop();
    // beside these the records, which vary, are nothing
    for (const id of ids) await appendFile(join(folder.path, 'web', id, 'more'), Buffer.alloc(5000 * KB));
    const budget = 13_000 * KB;
    const page = await start({ budget });
    const gone = (message: Message) => message.reply?.files[0]?.gone === true;
    const { reply } = await found(page, ids[0]!, gone);
    expect(reply).toMatchObject({ tone: 'done', title: 'fox 0' });
    const answer = await page.get(reply?.files[0]?.url ?? '');
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'That file is no longer there.' }]);
    const last = await found(page, ids[3]!);
    expect(last.reply?.files[0]?.gone).toBeUndefined();
    expect((await page.get(last.reply?.files[0]?.url ?? '')).status).toBe(200);
    await stop();

    const again = await start({ budget });
    expect((await found(again, ids[0]!)).reply?.files[0]?.gone).toBe(true);
    expect((await found(again, ids[3]!)).reply?.files[0]?.gone).toBeUndefined();
    const folders = await readdir(join(folder.path, 'web'));
    expect(folders).toContain(ids[3]);
    expect(folders).not.toContain(ids[0]);
  });

  it('takes no new jobs when the disk is full, loses none, and goes on by itself', async () => {
    let free = 1e12;
    const page = await start({ free: async () => free });
    const running = await page.run('sketch', { prompt: 'slow', steps: '300', seed: '1' });
    await found(page, running, ({ reply }) => reply?.tone === 'working');
    const waiting = await page.run('sketch', { prompt: 'next', steps: '2', seed: '2' });
    await found(page, waiting, ({ reply }) => reply?.tone === 'waiting');
    free = 1 * KB;
    await found(page, waiting, ({ reply }) => reply?.status.includes('Easel’s disk is full') === true);
    await expect(draw(page, 3)).rejects.toThrow('Easel’s disk is full, so I’m not taking new jobs');
    expect(await diskOf(page)).toMatchObject({ full: 'disk', free: 1 * KB });
    await found(page, running);
    expect((await found(page, waiting, () => true)).reply?.tone).toBe('waiting');
    free = 1e12;
    await found(page, waiting);
    await found(page, await draw(page, 3));
  });

  it('takes no new jobs when what must stay has reached the budget', async () => {
    const page = await start({ budget: 1 * KB });
    await expect.poll(async () => (await diskOf(page)).full).toBe('budget');
    await expect(draw(page, 1)).rejects.toThrow('I’m not taking new jobs');
  });

  it('keeps all of a folder that was larger before, and says so', async () => {
    const standard = 1 * KB;
    const first = await start({ standard });
    await expect.poll(async () => (await diskOf(first)).unset).toBe(true);
    const id = await draw(first, 1);
    await found(first, id);
    await stop();
    const second = await start({ standard });
    await expect.poll(async () => (await diskOf(second)).unset).toBe(true);
    expect((await found(second, id)).reply?.files[0]?.gone).toBeUndefined();
    expect((await diskOf(second)).full).toBeUndefined();
    await found(second, await draw(second, 2));
  });
});
