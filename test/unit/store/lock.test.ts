import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFile } from '../../../src/store/lock.ts';
import { temporaryFolder } from '../temporary.ts';

describe('the lock of a data folder', () => {
  it('is held by one at a time, and free again once released', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'easel.lock');
    const first = lockFile(path);
    expect(first).toBeDefined();
    expect(lockFile(path)).toBeUndefined();
    expect(await readdir(folder)).toEqual(['easel.lock']);
    first?.release();
    const second = lockFile(path);
    expect(second).toBeDefined();
    second?.release();
  });

  it('is held against other processes, and goes when its holder is killed', async () => {
    const path = join(await temporaryFolder(), 'easel.lock');
    const holder = `
      const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(${JSON.stringify(path)});
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      process.stdout.write('held');
      process.stdin.resume();`;
    const child = spawn(process.execPath, ['-e', holder], { stdio: ['pipe', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    expect(lockFile(path)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const mine = lockFile(path);
    expect(mine).toBeDefined();
    mine?.release();
  });

  it('throws for a file that is no lock, and for a folder that is not there', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'text'),
      'certainly no database, and long enough to be seen as such'.repeat(50),
    );
    expect(() => lockFile(join(folder, 'text'))).toThrow(/not a database/);
    expect(() => lockFile(join(folder, 'missing', 'easel.lock'))).toThrow(/unable to open/);
  });
});
