/**
 * Large files on their way through Easel, as a process of its own: how much memory they take over idle, and how long a
 * delivery takes beside the least program that gets and sends the same. `npm run bench:files [-- --no-time]`.
 */
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../world/easel.ts';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import { startFront } from '../fakes/comfy/front.ts';

const MB = 1024 * 1024;
/** Of one file, in bytes; what the backend answers. */
let size = MB;
const piece = Buffer.alloc(MB, 'x');

/** When the first file was asked for, and the last one had come, in ms. */
let asked = 0;
let arrived = 0;
let left = 0;
let all = Promise.withResolvers<void>();

function expect(uploads: number): void {
  [asked, arrived, left] = [0, 0, uploads];
  all = Promise.withResolvers();
}

function serveFile(request: IncomingMessage, response: ServerResponse): boolean {
  if (!request.url?.includes('/view?')) return false;
  asked ||= performance.now();
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size });
  void (async () => {
    for (let rest = size; rest > 0; rest -= piece.length)
      if (!response.write(piece.subarray(0, Math.min(rest, piece.length)))) await once(response, 'drain');

    response.end();
  })().catch(() => response.destroy());
  return true;
}

function takeUpload(request: IncomingMessage, response: ServerResponse): boolean {
  const isForm = request.headers['content-type']?.startsWith('multipart/') === true;
  if (!isForm || Number(request.headers['content-length'] ?? Infinity) < MB) return false;
  request.resume();
  request.on('end', () => {
    arrived = performance.now();
    left -= 1;
    response.setHeader('content-type', 'application/json').end('{"id":"1234567890123456789"}');
    if (left === 0) all.resolve();
  });
  return true;
}

const folder = await temporaryFolder();
const discord = await startFakeDiscord();
discord.attachmentSizeLimit = 1000 * MB;
const sandbox = await startSandbox({ stepMs: 1, nodeMs: 1 });
const backend = await startFront(sandbox.url, serveFile);
const chat = await startFront(discord.apiUrl, takeUpload);

const templates = join(folder.path, 'templates');
await cp('test/chaos/templates/many', join(templates, 'many'), { recursive: true });
const workflow = (await readFile(join(templates, 'many/workflow.json'), 'utf8')).replace(
  '"steps": 5',
  '"steps": 1',
);
const template = JSON.parse(await readFile(join(templates, 'many/template.json'), 'utf8')) as {
  slots: Record<string, unknown>;
};
const count = { type: 'integer', into: [['5', 'batch_size']], default: 1, min: 1, max: 64 };
template.slots = { ...template.slots, count };
await writeFile(join(templates, 'many/workflow.json'), workflow);
await writeFile(join(templates, 'many/template.json'), JSON.stringify(template));
await mkdir(join(folder.path, 'data'));

const easel = spawn(process.execPath, [`--max-semi-space-size=${process.env['SEMI'] ?? 4}`, 'src/main.ts'], {
  env: {
    ...process.env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: chat.url,
    DISCORD_CDN_URL: discord.cdnUrl,
    COMFY_URL: backend.url,
    COMFY_CONCURRENCY: '1',
    USER_CONCURRENCY: '8',
    GUILD_CONCURRENCY: '8',
    DATA_DIR: join(folder.path, 'data'),
    TEMPLATES_DIR: templates,
    PORT: '0',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
for await (const line of createInterface({ input: easel.stdout }))
  if (line.includes('"msg":"started"')) break;
easel.stdout.resume();
const ended = once(easel, 'exit');

/** In MB. `VmHWM` is the most since it was set back. */
async function memory(field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${easel.pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

/** `jobs` at once, each with so many files of so many MB. Resolves once all of them have arrived. */
async function deliver(jobs: number, files: number, mb: number): Promise<number> {
  size = mb * MB;
  expect(jobs * Math.ceil(files / 10));
  for (let job = 0; job < jobs; job += 1)
    await discord.slash({
      name: 'many',
      options: { prompt: `a fox ${Math.random()}`, count: files, steps: 1 },
    });
  await Promise.race([all.promise, ended]);
  if (easel.exitCode !== null) throw new Error(`it has ended: ${easel.exitCode}`);
  return arrived - asked;
}

async function measure(name: string, jobs: number, files: number, mb: number): Promise<void> {
  // what V8 and the allocator keep goes back over some seconds
  let idle = Infinity;
  for (let second = 0; second < 5; second += 1) {
    await pause(1000);
    idle = Math.min(idle, await memory('VmRSS'));
  }
  await writeFile(`/proc/${easel.pid}/clear_refs`, '5');
  const ms = await deliver(jobs, files, mb);
  const peak = await memory('VmHWM');
  const figures = {
    idle: Math.round(idle),
    peak: Math.round(peak),
    over: Math.round(peak - idle),
    ms: Math.round(ms),
  };
  process.stdout.write(`${name.padEnd(24)} ${JSON.stringify(figures)}\n`);
}

async function compare(mb: number, rounds: number): Promise<void> {
  const to = `${chat.url}/v10/webhooks/1/bare/messages/@original`;
  const bare = spawn(process.execPath, ['test/bench/bare.ts', `${backend.url}/view?filename=a.mp4`, to], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(bare.stdout, 'data');
  const times: Record<'bare' | 'easel', number[]> = { bare: [], easel: [] };
  for (let round = 0; round <= rounds; round += 1) {
    times.easel.push(await deliver(1, 1, mb));
    size = mb * MB;
    expect(1);
    bare.stdin.write('go\n');
    await once(bare.stdout, 'data');
    times.bare.push(arrived - asked);
  }
  bare.stdin.end();
  // the first is to warm up
  const median = (each: number[]) => each.slice(1).toSorted((a, b) => a - b)[rounds >> 1] ?? 0;
  const [ours, theirs] = [median(times.easel), median(times.bare)];
  const ratio = Math.round((ours / theirs) * 100) / 100;
  process.stdout.write(
    `${String(mb).padStart(5)} MB: ${ours.toFixed(1)} ms, bare ${theirs.toFixed(1)} ms: ${ratio} x\n`,
  );
}

try {
  // what is compiled and kept once is none of a file's
  for (let round = 0; round < 5; round += 1) await deliver(4, 12, 2);
  if (!process.argv.includes('--no-memory')) {
    await measure('1 x 50 MB', 1, 1, 50);
    await measure('4 jobs x 50 MB', 4, 1, 50);
    await measure('16 x 80 MB', 1, 16, 80);
    await measure('4 jobs x 16 x 20 MB', 4, 16, 20);
    await measure('1 x 250 MB', 1, 1, 250);
  }
  if (!process.argv.includes('--no-time'))
    for (const [mb, rounds] of [
      [1.5, 15],
      [8, 9],
      [50, 5],
    ] as const)
      await compare(mb, rounds);
} finally {
  easel.kill();
  await ended;
  for (const server of [backend, chat, sandbox, discord]) await server.stop();
  await folder.remove();
}
