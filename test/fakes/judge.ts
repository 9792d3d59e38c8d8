/** Judges pictures as production does; its process is started when a picture comes, and goes when none does any more. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PictureJudge } from '../../src/core/pictures.ts';
import { createPictures } from '../../src/pictures/index.ts';
import { createRecordingLog } from './recording-log.ts';

let judging: PictureJudge | undefined;

/** One for all tests of this process. */
export const judge: PictureJudge = {
  inspect(picture, signal) {
    judging ??= open();
    return judging.inspect(picture, signal);
  },
};

function open(): PictureJudge {
  const folder = join(tmpdir(), `easel-judge-${process.pid}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return createPictures({ folder, log: createRecordingLog() });
}
