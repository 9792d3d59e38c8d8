import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';
import { fakeFfmpeg, MP4 } from './fake-ffmpeg.ts';
import { isAlive, noisy } from './stage.ts';

describe('when Easel is killed', () => {
  it('nothing that worked on pictures and videos outlives it', async () => {
    const folder = await temporaryFolder();
    const ffmpeg = await fakeFfmpeg(join(folder, 'bin'), { encodes: 'sleep 600' });
    await writeFile(join(folder, 'a.mp4'), MP4);
    await writeFile(join(folder, 'a.png'), await noisy(2500, 2500).png({ compressionLevel: 1 }).toBuffer());
    const parent = spawn(process.execPath, [join(import.meta.dirname, 'parent.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said]: unknown[] = await once(parent.stdout, 'data');
    const pids = String(said).trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    let encoder: number | undefined;
    while (encoder === undefined) encoder = await ffmpeg.pid();
    const all = [...pids, encoder];
    expect(all.filter(isAlive)).toEqual(all);
    const exit = once(parent, 'exit');
    parent.kill('SIGKILL');
    await exit;
    await until(() => !all.some(isAlive));
  });
});
