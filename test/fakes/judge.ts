/** Judges pictures as production does; its process is started when a picture comes, and goes when none does any more. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PictureJudge } from '../../src/core/pictures.ts';
import { createPictures } from '../../src/pictures/index.ts';
import { createRecordingLog } from './recording-log.ts';

const SCRATCH = join(tmpdir(), `easel-judge-${process.pid}`);

let judging: PictureJudge | undefined;
const theJudge = (): PictureJudge =>
  (judging ??= createPictures({ folder: SCRATCH, log: createRecordingLog() }));

/** One for all tests of this process: nothing is left when it ends. */
export const judge: PictureJudge = {
  async convert(picture, signal, within) {
    try {
      return await theJudge().convert(picture, signal, within);
    } finally {
      await rm(SCRATCH, { recursive: true, force: true });
    }
  },
  async inspect(picture, signal) {
    if (typeof picture === 'string') return theJudge().inspect(picture, signal);
    const folder = await mkdtemp(join(tmpdir(), 'easel-judge-'));
    try {
      const path = join(folder, 'picture');
      await writeFile(path, picture);
      return await theJudge().inspect(path, signal);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
