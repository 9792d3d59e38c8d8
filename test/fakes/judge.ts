/** Judges pictures as production does; its process is started when a picture comes, and goes when none does any more. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PictureJudge } from '../../src/core/pictures.ts';
import { createPictures } from '../../src/pictures/index.ts';
import { createRecordingLog } from './recording-log.ts';

let judging: PictureJudge | undefined;

/** One for all tests of this process. */
export const judge: PictureJudge = {
  inspect(picture, signal) {
    const folder = join(tmpdir(), `easel-judge-${process.pid}`);
    judging ??= createPictures({ folder, log: createRecordingLog() });
    return judging.inspect(picture, signal);
  },
};
