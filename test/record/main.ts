/**
 * `npm run record -- BACKEND FOLDER [--workflow FILE] [--key KEY] [--hide WORD] [--seconds N]`: what a ComfyUI-compatible
 * server says, as a fixture in FOLDER: `http.jsonl`, `frames.jsonl`, and the first binary frame of each event. Without a
 * workflow it waits at the address that it prints for any client, such as `COMFY_URL=ADDRESS npm start -- "/imagine a fox"`,
 * until Ctrl-C. KEY and WORDs are taken out wherever they stand; look the files through all the same.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clean } from './cleaned.ts';
import { startPassThrough } from './pass-through.ts';
import { runWorkflow } from './run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workflow: { type: 'string' },
    key: { type: 'string' },
    hide: { type: 'string', multiple: true, default: [] },
    seconds: { type: 'string', default: '120' },
  },
});
const [backend, folder] = positionals;
if (backend === undefined || !URL.canParse(backend) || folder === undefined) {
  process.stderr.write('npm run record -- BACKEND FOLDER [--workflow FILE]; see test/record/main.ts\n');
  process.exit(2);
}

const target = new URL(backend);
const through = await startPassThrough(target);
try {
  if (values.workflow === undefined) {
    process.stdout.write(`${through.url}\n`);
    await new Promise((resolve) => process.once('SIGINT', resolve));
  } else {
    const workflow = await readFile(values.workflow, 'utf8');
    await runWorkflow(through.url, workflow, Number(values.seconds) * 1000);
  }
} finally {
  await through.stop();
}
const own = new URL(through.url);
const { http, frames, binary } = clean(through, {
  hosts: [target.host, target.hostname, own.host],
  secrets: [values.key ?? '', target.password, ...values.hide],
});
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'http.jsonl'), `${http.join('\n')}\n`);
await writeFile(join(folder, 'frames.jsonl'), `${frames.join('\n')}\n`);
for (const [event, bytes] of binary) await writeFile(join(folder, `event-${event}.bin`), bytes);
process.stdout.write(`${http.length} answers, ${frames.length} frames, ${binary.size} binary\n`);
