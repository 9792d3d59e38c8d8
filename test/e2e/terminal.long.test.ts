import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEasel, temporaryFolder } from '../world/easel.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';

describe('Easel in a terminal, with nothing configured', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: EaselProcess | undefined;
  const spawn = (args: string[] = [], environment: Record<string, string> = {}) => {
    easel = spawnEasel({ DATA_DIR: folder.path, ...environment }, args);
    return easel;
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    easel?.signal('SIGKILL');
    await easel?.ended;
    await folder.remove();
  });

  it('runs one command, prints path, size and seed of a real PNG, and exits 0', async () => {
    const run = spawn(['/imagine prompt:a red fox at dawn'], { TEMPLATES_DIR: 'templates' });
    expect(await run.ended).toBe(0);
    const output = run.output();
    expect(output).toMatch(/✔ a red fox at dawn\n {2}Done in .* s\n.* seed \d+\n/);
    const path = /^ {2}(\/\S+\.png) {2}1024×1024 {2}[\d.]+ MB$/m.exec(output)?.[1] ?? '';
    const png = await readFile(path);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1024, height: 1024 });
    expect(png.includes('a red fox at dawn'), 'the prompt chunk').toBe(true);
  });

  it.each([
    ['/sketch prompt:x steps:2000', '"steps" must be between 1 and 1000; you gave 2000.'],
    ['/sketch prompt:x stepz:3', 'There is no "stepz" here. You can set prompt, steps, cfg, and seed.'],
    ['/sketch', '"prompt" is required.'],
    ['/paint color:beige', '"color" can’t be "beige". Choose shade 1,'],
    ['/photo image:nowhere.png', 'I couldn’t get the picture "nowhere.png"'],
    ['/photo image:package.json', 'needs a picture'],
    ['/nonsense', 'There is no /nonsense here.'],
    ['/sketsh prompt:x', 'Did you mean /sketch?'],
    ['/absent prompt:x', 'The backend doesn’t have "not-installed.safetensors"'],
  ])('ends with 1 and a clear sentence for %s', async (line, sentence) => {
    const output = new PassThrough();
    const { app } = await startEasel({ DATA_DIR: folder.path }, { terminal: { line }, output });
    expect(await app.over).toBe(1);
    await app.stop();
    expect(String(output.read())).toContain(sentence);
  });

  it.each([
    ['/upscale image:FILE scale:1.5', 96],
    ['/remix a red crow image:FILE steps:2', 1024],
    ['/blank width:48', 48],
  ])('runs the template that it ships: %s', async (line, width) => {
    const file = `${folder.path}/small.png`;
    await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } }).toFile(file);
    const output = new PassThrough();
    const environment = { DATA_DIR: folder.path, TEMPLATES_DIR: 'templates' };
    const { app } = await startEasel(environment, { terminal: { line: line.replace('FILE', file) }, output });
    expect(await app.over).toBe(0);
    await app.stop();
    expect(String(output.read())).toMatch(new RegExp(`\\.png {2}${width}×`));
  });

  it('exits 1 when a command cannot be done', async () => {
    const run = spawn(['/sketch']);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('"prompt" is required.');
  });

  it('holds a conversation', async () => {
    const chat = spawn(['--terminal']);
    await chat.says(/Easel is ready/);
    chat.write('/help');
    await chat.says(/\/sketch prompt:…/);
    chat.write('/sketch a long one --steps 1000');
    await chat.says(/KSampler/);
    chat.write('/queue');
    await chat.says(/1 running, 0 waiting/);
    chat.write('/cancel');
    await chat.says(/– a long one\n {2}Cancelled\./);
    chat.write('/sketch a short one --steps 1 --seed 5');
    await chat.says(/✔ a short one\n.*\n.*seed 5/);
    chat.write('/exit');
    expect(await chat.ended).toBe(0);
  });

  it('names every bad setting at once, without its value', async () => {
    const run = spawn([], { PORT: 'high', COMFY_CONCURRENCY: '0', COMFY_URL: 'secret-nonsense' });
    expect(await run.ended).toBe(1);
    for (const name of ['PORT', 'COMFY_CONCURRENCY', 'COMFY_URL']) expect(run.output()).toContain(name);
    expect(run.output()).not.toContain('secret-nonsense');
  });

  it('says that the port is taken', async () => {
    const { createServer } = await import('node:net');
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const run = spawn([], { PORT: String(port) });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`port ${port} on 127.0.0.1 is taken`);
    await new Promise((resolve) => server.close(resolve));
  });
});
