/**
 * `npm run bench:pictures`: what pictures cost in memory and time, in Easel's own process and in that for pictures: the
 * largest that are taken in several formats, a bomb, a sheet of 300, an archive. With `-- --before` also what each cost as it was done in Easel's own process.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { StoredFile } from '../../src/core/files.ts';
import type { Log } from '../../src/core/log.ts';
import { createPictures } from '../../src/pictures/index.ts';

const run = promisify(execFile);
const MB = 1024 ** 2;
const LIMIT = 10_000_000;
const EVERY_MS = 20;
/** Some took minutes. */
const BEFORE_MS = 60_000;

/** Made by another process, whose memory is not counted. */
const MAKE = `
const sharp = require('sharp');
const [, folder] = process.argv;
const edge = 8000;
const noise = (channels, length = edge * edge * channels) => {
  const bytes = Buffer.alloc(length);
  let seed = 1;
  for (let at = 0; at < length; at += 1) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    bytes[at] = seed >> 16;
  }
  return bytes;
};
const to = (name) => folder + '/' + name;
(async () => {
  const grain = (sigma) => sharp(noise(3), { raw: { width: edge, height: edge, channels: 3 } }).blur(sigma);
  await grain(3).png({ compressionLevel: 1 }).toFile(to('photo.png'));
  await grain(0.5).jpeg({ quality: 95 }).toFile(to('grain.jpg'));
  await grain(0.5).jpeg({ quality: 95, progressive: true }).toFile(to('progressive.jpg'));
  await sharp(noise(4), { raw: { width: edge, height: edge, channels: 4 } })
    .png({ compressionLevel: 1, progressive: true }).toFile(to('noise-interlaced-alpha.png'));
  const pages = 150;
  await sharp(noise(3, 640 * 640 * 3 * pages), { raw: { width: 640, height: 640 * pages, channels: 3, pageHeight: 640 } })
    .gif({ effort: 1 }).toFile(to('plays.gif'));
  await sharp(noise(3, 15000 * 5000 * 3), { raw: { width: 15000, height: 5000, channels: 3 }, limitInputPixels: false })
    .blur(20).resize({ width: 15000, height: 15000, fit: 'fill' }).png().toFile(to('bomb.png'));
  await sharp(noise(3, 900 * 900 * 3), { raw: { width: 900, height: 900, channels: 3 } }).png().toFile(to('tile.png'));
})();`;

/** As every picture was fitted before, in this process. */
const BEFORE = `
const sharp = require('sharp');
const [, path, limit] = process.argv;
(async () => {
  const { width, pages = 1 } = await sharp(path).metadata();
  const start = performance.now();
  for (const scale of [1, 0.75, 0.5, 0.35, 0.25])
    for (const quality of [90, 80, 65]) {
      const picture = sharp(path, { animated: pages > 1 });
      const sized = scale === 1 ? picture : picture.resize({ width: Math.round(width * scale) });
      const size = await sized.webp({ quality }).toBuffer().then((bytes) => bytes.length, () => Infinity);
      if (size <= limit) return done(size, start);
    }
  done(undefined, start);
})();
function done(size, start) {
  const peak = /VmHWM:\\s+(\\d+)/.exec(require('fs').readFileSync('/proc/self/status', 'latin1'))[1];
  console.log(JSON.stringify({ ms: Math.round(performance.now() - start), peak: peak * 1024, size }));
}`;

const folder = await mkdtemp(join(tmpdir(), 'easel-bench-'));
const before = process.argv.includes('--before');
let peak = 0;
const log: Log = { debug, info: ignore, warn: ignore, error: ignore };
const pictures = createPictures({ folder: join(folder, 'scratch'), log });

function ignore(): void {}
function debug({ peak: seen }: Record<string, unknown>): void {
  if (typeof seen === 'number') peak = Math.max(peak, seen);
}

async function file(name: string): Promise<StoredFile> {
  const path = join(folder, name);
  return { name: basename(name), type: 'image/png', size: (await stat(path)).size, path };
}

const inMB = (bytes: number) => `${Math.round(bytes / MB)}`.padStart(5);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  peak = 0;
  const idle = process.memoryUsage.rss();
  let own = idle;
  const watch = setInterval(() => (own = Math.max(own, process.memoryUsage.rss())), EVERY_MS);
  const start = performance.now();
  const result = await work();
  const ms = Math.round(performance.now() - start);
  clearInterval(watch);
  const told = typeof result === 'object' && result && 'trouble' in result ? String(result.trouble) : 'made';
  say(
    `${name.padEnd(34)}${`${ms}`.padStart(7)} ms   own ${inMB(idle)} →${inMB(own)} MB   child${inMB(peak)} MB   ${told}`,
  );
}

try {
  await mkdir(join(folder, 'out'));
  await run(process.execPath, ['-e', MAKE, folder]);
  const out = join(folder, 'out');
  const names = [
    'photo.png',
    'grain.jpg',
    'progressive.jpg',
    'noise-interlaced-alpha.png',
    'plays.gif',
    'bomb.png',
  ];
  await pictures.inspect((await file('tile.png')).path, new AbortController().signal);
  for (const name of names) {
    const one = await file(name);
    const { signal } = new AbortController();
    await measure(`inspect ${name}`, () => pictures.inspect(one.path, signal));
    await measure(`shrink ${name}`, () =>
      pictures.shrink(one, { limit: LIMIT, folder: out, deadlineMs: 60_000 }),
    );
    if (!before) continue;
    const told = await run(process.execPath, ['-e', BEFORE, one.path, String(LIMIT)], {
      timeout: BEFORE_MS,
    }).then(
      ({ stdout }) => stdout.trim(),
      () => `not within ${BEFORE_MS / 1000} s`,
    );
    say(`  before: ${told}`);
  }
  const tile = await file('tile.png');
  const many = Array.from({ length: 300 }, () => tile);
  await measure('sheet of 300', () => pictures.sheet(many, { folder: out }));
  await measure(`archive of 300 × ${inMB(tile.size).trim()} MB`, () =>
    pictures.archive(many, { folder: out, name: 'all.zip' }),
  );
  say(
    `whole process: ${/VmHWM:\s+(\d+ kB)/.exec(await readFile('/proc/self/status', 'latin1').catch(() => ''))?.[1]}`,
  );
} finally {
  await pictures.close();
  await rm(folder, { recursive: true, force: true });
}
