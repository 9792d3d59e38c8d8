/** What only a process can show of an upgrade: that it may be killed, runs out of disk, and is small. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../src/store/index.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

/** Rows of a hundred characters and more. */
async function store(rows: number) {
  const folder = await temporaryFolder();
  const path = join(folder, 'easel.sqlite');
  const table = await openTable(`sqlite://${path}`, 'things', createRecordingLog());
  await table.close();
  const database = new DatabaseSync(path);
  database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO things(key, value) SELECT printf('key-%07d', i), json_object('value', json_object('n', i, 'text', printf('%.300c', 'x'))) FROM n`);
  database.close();
  return { folder, path };
}

/** Upgrades in a process of its own, which says how many rows it has changed and how much memory it had. */
function upgrade(folder: string, { factor = 1, fileKb }: { factor?: number; fileKb?: number } = {}) {
  const script = `
    import { upgradeStore } from './src/store/upgrade.ts';
    const quiet = () => {};
    const log = { debug: quiet, info: quiet, warn: quiet, error: console.error };
    let rows = 0;
    const change = (key, value) => {
      rows += 1;
      if (rows % 1000 === 0) process.stdout.write(rows + ' rows\\n');
      return { ...value, text: value.text.repeat(${factor}), done: true };
    };
    const before = process.resourceUsage().maxRSS;
    const tables = { things: { version: 2, migrations: [{ to: 2, name: 'test', change }] } };
    try {
      await upgradeStore('sqlite://${folder}/easel.sqlite', tables, { backups: '${folder}/backups', log });
      console.log('upgraded with ' + (process.resourceUsage().maxRSS - before) + ' KB more');
    } catch (error) {
      console.log('refused: ' + error.kind);
    }`;
  const node = [process.execPath, '--max-semi-space-size=4', '--input-type=module', '-e', script];
  const limited = ['bash', '-c', `trap '' XFSZ; ulimit -f ${fileKb}; exec "$0" "$@"`, ...node];
  const [program = '', ...rest] = fileKb === undefined ? node : limited;
  const child = spawn(program, rest);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close');
  return {
    output: () => output,
    ended,
    async killAt(words: string) {
      while (!output.includes(words)) await Promise.race([once(child.stdout, 'data'), ended]);
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function rowsIn(path: string): { rows: number; changed: number; version: unknown; sound: unknown } {
  const database = new DatabaseSync(path);
  try {
    const [counted] = database
      .prepare(
        `SELECT count(*) AS rows, sum(json_extract(value, '$.value.done') IS NOT NULL) AS changed FROM things`,
      )
      .all();
    const [known] = database.prepare('SELECT version FROM easel_schema WHERE name = ?').all('things');
    const [sound] = database.prepare('PRAGMA integrity_check').all();
    return {
      rows: Number(counted?.['rows']),
      changed: Number(counted?.['changed']),
      version: known?.['version'],
      sound: sound?.['integrity_check'],
    };
  } finally {
    database.close();
  }
}

describe('an upgrade in a process', () => {
  it('of 100,000 rows takes no more memory than a few pages of them', async () => {
    const { folder, path } = await store(100_000);
    const run = upgrade(folder);
    await run.ended;
    const [, more = 'none'] = /upgraded with (\d+) KB more/.exec(run.output()) ?? [];
    expect(run.output()).toContain('upgraded');
    expect(Number(more)).toBeLessThan(60_000);
    expect(rowsIn(path)).toEqual({ rows: 100_000, changed: 100_000, version: 2, sound: 'ok' });
  }, 60_000);

  it('that is killed leaves the old rows whole, and the next one makes all new ones', async () => {
    const { folder, path } = await store(30_000);
    for (const words of ['1000 rows', '15000 rows', '29000 rows']) {
      const run = upgrade(folder);
      await run.killAt(words);
      expect(run.output()).not.toContain('upgraded');
      expect(rowsIn(path)).toEqual({ rows: 30_000, changed: 0, version: 1, sound: 'ok' });
    }
    const last = upgrade(folder);
    await last.ended;
    expect(rowsIn(path)).toEqual({ rows: 30_000, changed: 30_000, version: 2, sound: 'ok' });
    const backups = await readdir(join(folder, 'backups'));
    expect(backups).toHaveLength(1);
    for (const name of backups)
      expect(rowsIn(join(folder, 'backups', name))).toMatchObject({ rows: 30_000, changed: 0 });
  }, 60_000);

  it.each([
    ['the backup', 2000, 1],
    ['the new rows', 8000, 8],
  ])(
    'that has no room for %s leaves the old rows whole',
    async (_what, fileKb, factor) => {
      const { folder, path } = await store(10_000);
      const run = upgrade(folder, { fileKb, factor });
      await run.ended;
      expect(run.output()).toMatch(/refused: (?:full|other)/);
      expect(rowsIn(path)).toEqual({ rows: 10_000, changed: 0, version: 1, sound: 'ok' });
      expect((await readdir(join(folder, 'backups'))).filter((name) => name.includes('partial'))).toEqual([]);
      const again = upgrade(folder, { factor });
      await again.ended;
      expect(rowsIn(path)).toMatchObject({ changed: 10_000, version: 2 });
    },
    60_000,
  );
});
