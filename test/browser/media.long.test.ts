import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { createReplies } from '../../src/platforms/web/reply.ts';
import { openTable } from '../../src/store/index.ts';
import { temporaryFolder } from '../world/easel.ts';
import { keptFolder, storedIn } from '../fakes/disk.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { done, media, sent, webJob } from '../unit/platforms/web/stage.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

/** Half a second of a tone, as 8-bit samples. */
function tone(): Buffer {
  const rate = 8000;
  const samples = Buffer.from(
    Array.from({ length: rate / 2 }, (_, at) => 128 + 60 * Math.sin((at * 440 * 2 * Math.PI) / rate)),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** A message as a workflow with video and sound leaves it. */
async function leaveMessage(folder: string): Promise<void> {
  const table = await openTable(`sqlite://${join(folder, 'easel.sqlite')}`, 'web', createRecordingLog());
  const options = {
    table,
    directory: join(folder, 'web'),
    clock: systemClock,
    log: createRecordingLog(),
    kept: keptFolder({ directory: join(folder, 'web'), log: createRecordingLog() }),
  };
  const made = [
    media('clip.webm', await readFile('test/fixtures/clip.webm'), 'video/webm'),
    media('tone.wav', tone(), 'audio/wav'),
    media('page.html', '<script>alert(1)</script>', 'text/html'),
  ];
  const files = await Promise.all(made.map((one) => storedIn(folder, one)));
  await (await createReplies(options)).deliver(webJob({ id: crypto.randomUUID() }), done, files, sent);
  await table.close();
}

describe.skipIf(!hasBrowser)('Video and sound', () => {
  let stage: Stage;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await leaveMessage(folder.path);
    stage = await setStage({ environment: { DATA_DIR: folder.path } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(async () => {
    await stage.stop();
    await folder.remove();
  });

  it('are played in the message, and what could run is only handed over', async () => {
    const page = await stage.browser.open(stage.url);
    for (const name of ['clip.webm', 'tone.wav']) {
      const player = page.getByLabel(name, { exact: true });
      await player.waitFor();
      const played = await player.evaluate(async (element) => {
        const clip = element as unknown as EventTarget & {
          muted: boolean;
          currentTime: number;
          play(): Promise<void>;
        };
        clip.muted = true;
        const moved = new Promise<void>((resolve) => {
          clip.addEventListener('timeupdate', () => clip.currentTime > 0 && resolve());
        });
        await clip.play();
        await moved;
        return clip.currentTime;
      });
      expect(played, name).toBeGreaterThan(0);
    }
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /page\.html/ }).click();
    expect((await download).suggestedFilename()).toBe('page.html');
  });
});
