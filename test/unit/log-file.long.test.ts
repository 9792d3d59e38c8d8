import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { spawnEasel } from '../world/process.ts';
import { temporaryFolder } from './temporary.ts';

/** Runs `script` and resolves to how it ended and what it said on standard error. */
async function run(
  script: string,
  { fileKb, stdout }: { fileKb?: number; stdout?: number } = {},
): Promise<{ code: unknown; said: string }> {
  const node = [process.execPath, '--input-type=module', '-e', script];
  const limited = ['bash', '-c', `trap '' XFSZ; ulimit -f ${fileKb}; exec "$0" "$@"`, ...node];
  const [program = '', ...rest] = fileKb === undefined ? node : limited;
  const child = spawn(program, rest, { stdio: ['ignore', stdout ?? 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = await once(child, 'close');
  return { code: code ?? signal, said };
}

const line = (number: number) => `line ${String(number).padStart(4, '0')} ${'x'.repeat(89)}\n`;
const LINE = "const line = (number) => `line ${String(number).padStart(4, '0')} ${'x'.repeat(89)}\\n`;";

describe.runIf(process.platform === 'linux')('the log of a process', () => {
  it('holds whole lines where the disk was full in the middle of one', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'easel.log');
    // 2048 bytes: twenty lines and a half; a full file leaves room for the next
    const { code, said } = await run(
      `import { truncateSync } from 'node:fs';
       import { createLogFile } from './src/log-file.ts';
       ${LINE}
       const file = createLogFile({
         path: '${path}',
         onTrouble: ({ code }) => console.error('trouble', code),
         onGap: (lines) => console.error('gap', lines),
       });
       for (let number = 0; number < 30; number += 1) file.write(line(number));
       truncateSync('${path}', 0);
       for (let number = 30; number < 35; number += 1) file.write(line(number));`,
      { fileKb: 2 },
    );
    expect({ code, said }).toEqual({ code: 0, said: 'trouble EFBIG\ngap 10\n' });
    expect(await readFile(path, 'utf8')).toBe([30, 31, 32, 33, 34].map(line).join(''));
  });

  it.each([
    ['a crash', "throw new Error('crash')", 1],
    ['a kill', "process.kill(process.pid, 'SIGKILL')", 'SIGKILL'],
    ['an exit', 'process.exit(3)', 3],
  ])('holds all that was said before %s', async (_name, end, code) => {
    const folder = await temporaryFolder();
    const ended = await run(
      `import { createLogFile } from './src/log-file.ts';
       ${LINE}
       const file = createLogFile({ path: '${join(folder, 'easel.log')}', bytes: 1000 });
       for (let number = 0; number < 25; number += 1) file.write(line(number));
       ${end}`,
    );
    expect(ended.code).toBe(code);
    const kept = await Promise.all(
      (await readdir(folder))
        .toSorted()
        .toReversed()
        .map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect(kept.join('')).toBe(Array.from({ length: 25 }, (_, number) => line(number)).join(''));
  });

  it('on standard output ends nothing when that is full', async () => {
    const full = await open('/dev/full', 'w');
    try {
      const { code, said } = await run(
        `import { createLog, standardStream } from './src/log.ts';
         const log = createLog({ level: 'info', secrets: [], destination: standardStream(1, false) });
         for (let number = 0; number < 30_000; number += 1) log.info({ number }, 'said to a full disk');
         console.error(process.memoryUsage().rss < 300e6 ? 'alive' : 'large');`,
        { stdout: full.fd },
      );
      expect({ code, said }).toEqual({ code: 0, said: 'alive\n' });
    } finally {
      await full.close();
    }
  });

  it('ends no Easel when it cannot be written, and its operator hears of it', async () => {
    const folder = await temporaryFolder();
    await symlink('/dev/full', join(folder, 'easel.log'));
    const easel = spawnEasel({ DATA_DIR: folder });
    onTestFinished(() => easel.ended.then(() => undefined));
    onTestFinished(() => easel.signal('SIGKILL'));
    const { origin } = new URL(await easel.link());
    expect(easel.output()).toContain(`The log ${join(folder, 'easel.log')} cannot be written (ENOSPC).`);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    easel.signal('SIGINT');
    expect(await easel.ended).toBe(0);
  });
});
