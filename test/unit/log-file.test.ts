import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLogFile, type LogFileOptions } from '../../src/log-file.ts';
import { temporaryFolder } from './temporary.ts';

let folder: string;
let path: string;
let troubles: unknown[];
let gaps: number[];

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder, 'easel.log');
  troubles = [];
  gaps = [];
});

const logFile = (more: Partial<LogFileOptions> = {}) =>
  createLogFile({
    path,
    bytes: 100,
    onTrouble: (error) => void troubles.push(error),
    onGap: (lines) => void gaps.push(lines),
    ...more,
  });

const there = async (): Promise<string[]> => (await readdir(folder)).toSorted();
const read = (name: string) => readFile(join(folder, name), 'utf8');
/** Of ten bytes. */
const line = (number: number) => `line ${String(number).padStart(4, '0')}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');

describe('the log file', () => {
  it('is what a file was before it is full, and two older ones after that', async () => {
    const file = logFile();
    for (let number = 0; number < 10; number += 1) file.write(line(number));
    expect(await there()).toEqual(['easel.log']);
    for (let number = 10; number < 20; number += 1) file.write(line(number));
    expect(await there()).toEqual(['easel.log', 'easel.log.1']);
    for (let number = 20; number < 45; number += 1) file.write(line(number));
    expect(await there()).toEqual(['easel.log', 'easel.log.1', 'easel.log.2']);
    expect(await read('easel.log.2')).toBe(lines(20, 30));
    expect(await read('easel.log.1')).toBe(lines(30, 40));
    expect(await read('easel.log')).toBe(lines(40, 45));
  });

  it('loses and tears nothing, whatever the lines are, and whenever another process goes on with it', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((one) => `${one.replaceAll('\n', ' ')}\n`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 40 }), async (all) => {
        for (const name of await there()) await rm(join(folder, name));
        let file = logFile({ older: 1000 });
        for (const [one, anew] of all) {
          if (anew) file = logFile({ older: 1000 });
          file.write(one);
        }
        const names = (await there()).toSorted((a, b) => age(b) - age(a));
        const kept = await Promise.all(names.map(read));
        expect(kept.join('')).toBe(all.map(([one]) => one).join(''));
        for (const one of kept) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(250);
        for (const one of kept) expect(one.endsWith('\n')).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(troubles).toEqual([]);
  });

  it('goes on in what is there, and on a line of its own where a machine went down in the middle of one', async () => {
    await writeFile(path, 'half a li');
    logFile().write(line(1));
    logFile().write(line(2));
    expect(await read('easel.log')).toBe(`half a li\n${lines(1, 3)}`);
  });

  it('takes a line that is longer than a file may be', async () => {
    const long = `${'x'.repeat(500)}\n`;
    const file = logFile();
    for (const one of [line(1), long, line(2)]) file.write(one);
    expect(await read('easel.log.2')).toBe(line(1));
    expect(await read('easel.log.1')).toBe(long);
    expect(await read('easel.log')).toBe(line(2));
  });

  it('goes on after a process that was killed while it rotated', async () => {
    await writeFile(path, lines(0, 10));
    await writeFile(join(folder, 'easel.log.new'), '');
    logFile().write(line(10));
    expect(await there()).toEqual(['easel.log', 'easel.log.1']);
    await writeFile(join(folder, 'easel.log.new'), '');
    await rm(path);
    logFile().write(line(11));
    expect(await read('easel.log')).toBe(line(11));
    expect(await read('easel.log.1')).toBe(lines(0, 10));
  });

  it('keeps the end of a log that had no bound', async () => {
    await writeFile(path, lines(0, 1000));
    const file = logFile();
    file.write(line(1000));
    expect(await there()).toEqual(['easel.log']);
    // the first of the last five is not whole for all that is known
    expect(await read('easel.log')).toBe(lines(996, 1001));
  });

  it('keeps what is new where nothing can be renamed, and its bound too', async () => {
    await mkdir(join(folder, 'easel.log.1', 'in the way'), { recursive: true });
    const file = logFile({ older: 1 });
    for (let number = 0; number < 200; number += 1) {
      file.write(line(number));
      expect((await read('easel.log')).length).toBeLessThanOrEqual(220);
      expect(await read('easel.log')).toMatch(new RegExp(`^(line \\d{4}\\n)*${line(number)}$`));
    }
    expect(troubles).toEqual([]);
    await rm(join(folder, 'easel.log.1'), { recursive: true });
    for (let number = 200; number < 250; number += 1) file.write(line(number));
    expect(await there()).toEqual(['easel.log', 'easel.log.1']);
    expect((await read('easel.log.1')) + (await read('easel.log'))).toContain(lines(232, 250));
  });

  it('goes on without a file that cannot be opened, and says how much was lost when it can be', async () => {
    await mkdir(path);
    const file = logFile();
    for (let number = 0; number < 3; number += 1) file.write(line(number));
    expect(troubles).toMatchObject([{ code: 'EISDIR' }]);
    expect(gaps).toEqual([]);
    await rm(path, { recursive: true });
    file.write(line(3));
    expect(gaps).toEqual([3]);
    file.write(line(4));
    expect(gaps).toEqual([3]);
    expect(await read('easel.log')).toBe(lines(3, 5));
  });

  it.runIf(process.platform === 'linux')('is not ended by a disk that is full', async () => {
    await symlink('/dev/full', path);
    const file = logFile();
    for (let number = 0; number < 50; number += 1) file.write(line(number));
    expect(troubles).toMatchObject([{ code: 'ENOSPC' }]);
    expect(await there()).toEqual(['easel.log']);
  });
});

function age(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}
