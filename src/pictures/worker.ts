/**
 * The process for pictures. It ends with whoever started it, at once and with all that it has started itself: a decoder
 * does not hear of anything until it is done.
 */
import { writeFile } from 'node:fs/promises';
import { convert } from './convert.ts';
import { inspect } from './inspect.ts';
import { drawCanvas, drawTile, finishSheet } from './sheet.ts';
import { refusalOf } from './decoder.ts';
import { shrink } from './shrink.ts';
import type { Kind, Refusal, Task, Value } from './tasks.ts';
import { fitVideo } from './video.ts';

function endAll(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL'); // no group of its own
  }
}

function perform(task: Task): Promise<Value<Kind> | Refusal> {
  switch (task.kind) {
    case 'inspect':
      return inspect(task.path);
    case 'convert':
      return convert(task);
    case 'shrink':
      return shrink(task);
    case 'canvas':
      return drawCanvas(task);
    case 'tile':
      return drawTile(task);
    case 'finish':
      return finishSheet(task);
    case 'video':
      return fitVideo(task);
  }
}

process.on('disconnect', endAll);
// a service manager tells all of a service's processes to stop; ours ends when its parent has no more use for it
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('message', (task: Task) => {
  perform(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.(refusalOf(error)),
  );
});
// where memory ends nevertheless, the kernel shall take this process and not Easel; other systems have no such file
writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
