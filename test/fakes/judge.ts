/** Judges pictures as production does; its process is started when a picture comes, and goes when none does any more. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PictureJudge } from '../../src/core/pictures.ts';
import { createPictures } from '../../src/pictures/index.ts';
import { createRecordingLog } from './recording-log.ts';

let judging: PictureJudge | undefined;

/** One for all tests of this process, which has no folder of its own: nothing is left when it ends. */
export const judge: PictureJudge = {
  async inspect(picture, signal) {
    judging ??= createPictures({ folder: join(tmpdir(), 'easel-unused'), log: createRecordingLog() });
    if (typeof picture === 'string') return judging.inspect(picture, signal);
    const folder = await mkdtemp(join(tmpdir(), 'easel-judge-'));
    try {
      const path = join(folder, 'picture');
      await writeFile(path, picture);
      return await judging.inspect(path, signal);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
