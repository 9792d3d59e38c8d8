/** A process that has pictures and a video worked on, says so, and waits to be killed: `node parent.ts FOLDER`. */
import { join } from 'node:path';
import { createPictures } from '../../../src/pictures/index.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { stored } from './stage.ts';

const folder = process.argv[2] ?? '';
const pictures = createPictures({
  folder: join(folder, 'scratch'),
  searchPath: join(folder, 'bin'),
  log: createRecordingLog(),
});
const asked = { folder, limit: 1_000_000 };
const work = [
  pictures.shrink(await stored(join(folder, 'a.png')), { ...asked, limit: 500 }),
  pictures.fitVideo(await stored(join(folder, 'a.mp4')), asked),
];
while (pictures.pids.length < work.length) await new Promise((go) => setImmediate(go));
process.stdout.write(`${pictures.pids.join(' ')}\n`);
await Promise.all(work);
