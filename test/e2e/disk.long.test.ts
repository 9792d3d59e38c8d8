import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { createBudget } from '../../src/files/budget.ts';
import type { Message } from '../../src/platforms/web/api.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { startupSentence } from '../../src/startup.ts';
import { openTable } from '../../src/store/index.ts';
import { createRandom } from '../fakes/random.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { until } from '../fakes/until.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { startEasel } from '../world/easel.ts';
import { openWebPage } from '../world/web-page.ts';

const BUDGET = 1_000_000;

async function filesIn(directory: string): Promise<{ name: string; size: number }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map(async (name) => ({ name, size: (await stat(name)).size })));
}

describe('a data folder whose process is killed', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'by %s at any moment is counted right by the next one, which finds nothing by halves',
    async (signal) => {
      const directory = await temporaryFolder();
      const random = createRandom(7);
      for (let round = 1; round <= 12; round += 1) {
        const args = ['test/world/data-writer.ts', directory, String(round), String(BUDGET)];
        const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        onTestFinished(() => void writer.kill('SIGKILL'));
        const ended = once(writer, 'exit');
        let said = '';
        writer.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
        const lines = 2 + random.below(12);
        await until(() => said.split('\n').length > lines, 'its work');
        await systemClock.sleep(random.below(30));
        writer.kill(signal);
        await ended;

        const budget = createBudget({
          directory,
          marks: { get: async () => undefined, set: async () => undefined },
          clock: systemClock,
          log: createRecordingLog(),
          // one look, and then no other that would mend it
          scale: { budget: BUDGET, everyMs: 60_000, surveyMs: 60_000 },
        });
        const unfinished = new Set((await readdir(join(directory, 'outbox'))).slice(0, 1));
        await budget.files.keepOnly('outbox', (owner) => unfinished.has(owner));
        budget.start();
        await budget.measured;
        await budget.stop();
        const found = await filesIn(directory);
        expect(found.filter(({ name }) => /\.part$|\.gone\b/.test(name))).toEqual([]);
        const { total, fixed, used } = budget.state();
        expect(total).toBe(found.reduce((sum, { size }) => sum + size, 0));
        expect(used.pictures).toBeGreaterThan(0);
        expect(total).toBeLessThanOrEqual(Math.max(BUDGET, fixed));
      }
    },
    120_000,
  );
});

/** A disk of a few megabytes; undefined where this user may not make one. */
async function smallDisk(megabytes: number): Promise<string | undefined> {
  const directory = join(await temporaryFolder(), 'disk');
  await mkdir(directory);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', directory]);
  });
  return directory;
}

describe('a disk that is really full', () => {
  it('ends a start that has to hand pictures over with a sentence, and loses none of them', async (context) => {
    const disk = await smallDisk(12);
    if (disk === undefined) return context.skip('only root can mount a small disk');
    const log = createRecordingLog();
    const uri = `sqlite://${join(disk, 'easel.sqlite')}`;
    // as an Easel before shelves kept them
    const picture = {
      name: 'a.png',
      type: 'image/png',
      base64: Buffer.alloc(3_000_000, 7).toString('base64'),
    };
    const inputs = await openTable(uri, 'inputs', log);
    await inputs.set('a-job/image', picture);
    await inputs.close();
    const { bavail, bsize } = await statfs(disk);
    await writeFile(join(disk, 'others'), Buffer.alloc(bavail * bsize - 2_000_000));
    const start = () => startEasel({ DATA_DIR: disk }, { output: new PassThrough() });
    const failed = await start().then(() => undefined, startupSentence);
    expect(failed).toBe(
      `Easel could not start: the disk that holds ${disk} is full. Nothing was changed. Make room and try again.`,
    );
    await rm(join(disk, 'others'));
    const easel = await start();
    onTestFinished(() => easel.stop());
    expect(await readdir(join(disk, 'inputs'), { recursive: true })).toContainEqual(
      expect.stringMatching(/^a-job\//),
    );
  });

  it('refuses new jobs with a sentence, loses none, and goes on when there is room again', async (context) => {
    const disk = await smallDisk(24);
    if (disk === undefined) return context.skip('only root can mount a small disk');
    const sandbox = await startSandbox({ stepMs: 2, nodeMs: 1 });
    onTestFinished(() => sandbox.stop());
    const MB = 1_000_000;
    const easel = await startEasel(
      { COMFY_URL: sandbox.url, DATA_DIR: disk },
      { output: new PassThrough(), disk: { everyMs: 20, reserve: 4 * MB } },
    );
    onTestFinished(() => easel.stop());
    const page = await openWebPage(easel.app.link);
    onTestFinished(() => page.close());
    const accepted: string[] = [];
    const refusals: string[] = [];
    const ask = async (n: number): Promise<void> => {
      try {
        accepted.push(await page.run('sketch', { prompt: `fox ${n}`, steps: '2', seed: String(n) }));
      } catch (error) {
        if (!String(error).includes('already have')) refusals.push(String(error));
      }
    };
    // somebody else's, a piece at a time
    const filler = join(disk, 'others');
    await mkdir(filler);
    for (let n = 0; n < 60 && refusals.length < 5; n += 1) {
      await ask(n);
      await writeFile(join(filler, String(n)), Buffer.alloc(MB)).catch(() => undefined);
    }
    expect(refusals).toEqual(Array(5).fill(expect.stringContaining('Easel’s disk is full')));
    await writeFile(join(filler, 'last'), Buffer.alloc(4 * MB)).catch(() => undefined);
    await rm(filler, { recursive: true });
    const isOver = ({ id, reply }: Message) => accepted.includes(id) && reply?.tone === 'done';
    await page.until((all) => all.filter(isOver).length === accepted.length);
    await expect.poll(async () => ask(1000).then(() => accepted.length)).toBeGreaterThan(accepted.length - 1);
    await page.until((all) => all.filter(isOver).length === accepted.length);
  }, 120_000);
});
