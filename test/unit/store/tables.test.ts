import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTable } from '../../../src/store/index.ts';
import { FIRST } from '../../../src/store/schema.ts';
import { allOf } from '../../contract/table.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { refused } from '../commands/stage.ts';
import { temporaryFolder } from '../temporary.ts';

const run = promisify(execFile);

async function table(busyMs?: number) {
  const path = `${await temporaryFolder()}/table.sqlite`;
  const log = createRecordingLog();
  const opened = await openTable(`sqlite://${path}`, 'things', log, FIRST, busyMs);
  onTestFinished(() => opened.close());
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  const sql = (text: string, ...values: string[]) => void other.prepare(text).run(...values);
  return { table: opened, path, log, sql, other };
}

const failed = { code: 'store-failed' };

describe('a table', () => {
  it('is there again when it is opened again', async () => {
    const { table: things, path } = await table();
    await things.set('a', { seed: 18446744073709551615n });
    await things.set('b', null);
    const again = await openTable(`sqlite://${path}`, 'things', createRecordingLog());
    onTestFinished(() => again.close());
    expect(await allOf(again)).toEqual({ a: { seed: 18446744073709551615n }, b: null });
  });

  it('shares a file with others and no rows', async () => {
    const { table: things, path } = await table();
    const others = await openTable(`sqlite://${path}`, 'others', createRecordingLog());
    onTestFinished(() => others.close());
    await things.set('a', 1);
    await others.set('a', 2);
    expect([await things.get('a'), await others.get('a')]).toEqual([1, 2]);
  });

  it('tells what cannot be read from what is not there', async () => {
    const { table: things, sql, log } = await table();
    await things.set('a', 1);
    await things.set('b', 2);
    sql('UPDATE things SET value = ? WHERE key = ?', '{{{', 'a');
    expect(typeof (await things.get('a'))).toBe('symbol');
    expect(await things.text('a')).toBe('{{{');
    expect(await things.get('b')).toBe(2);
    expect(await things.get('c')).toBeUndefined();
    expect(await allOf(things)).toEqual({ a: undefined, b: 2 });
    sql('ALTER TABLE things RENAME TO gone');
    expect(await refused(things.get('c'))).toEqual(failed);
    expect(await refused(allOf(things))).toEqual(failed);
    expect(log.lines.every(({ level }) => level === 'error')).toBe(true);
  });

  it('does not take the damage of one row for that of another that is read at the same time', async () => {
    const { table: things, sql } = await table();
    await things.set('a', 1);
    await things.set('b', 2);
    sql('UPDATE things SET value = ? WHERE key = ?', '{{{', 'a');
    const reads = await Promise.allSettled(['b', 'a', 'b', 'c'].map((key) => things.get(key)));
    expect(reads.map((read) => read.status === 'fulfilled' && read.value)).toEqual([
      2,
      expect.any(Symbol),
      2,
      undefined,
    ]);
  });

  it('refuses a write that is not acknowledged', async () => {
    const { table: things, sql } = await table();
    sql(`CREATE TRIGGER stop BEFORE INSERT ON things BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(await refused(things.set('a', 1))).toEqual(failed);
    sql('DROP TRIGGER stop');
    expect(await things.get('a')).toBeUndefined();
    await things.set('a', 1);
  });

  it.each(['ABORT', 'ROLLBACK'])(
    'keeps the others of many writes at once when one ends in %s',
    async (how) => {
      const { table: things, sql } = await table();
      const refusal = `SELECT RAISE(${how}, 'no')`;
      sql(`CREATE TRIGGER stop BEFORE INSERT ON things WHEN NEW.key = 'bad' BEGIN ${refusal}; END`);
      const keys = ['a', 'b', 'bad', 'c', 'bad', 'd'];
      const writes = await Promise.allSettled(keys.map((key, index) => things.set(key, index)));
      expect(writes.map(({ status }) => status === 'fulfilled')).toEqual(keys.map((key) => key !== 'bad'));
      expect(await allOf(things)).toEqual({ a: 0, b: 1, c: 3, d: 5 });
    },
  );

  it('is read while somebody else writes for too long, and refuses writes meanwhile', async () => {
    const { table: things, other } = await table(50);
    await things.set('a', 1);
    other.exec('BEGIN IMMEDIATE');
    const [first, written, again, second] = await Promise.allSettled([
      things.get('a'),
      things.set('b', 2),
      things.set('c', 3),
      things.get('a'),
    ]);
    other.exec('ROLLBACK');
    expect([first, second]).toMatchObject([{ value: 1 }, { value: 1 }]);
    expect([written?.status, again?.status]).toEqual(['rejected', 'rejected']);
    await things.set('b', 2);
    expect(await allOf(things)).toEqual({ a: 1, b: 2 });
  });

  it('goes on in another thread when its own has died', async () => {
    const path = `${await temporaryFolder()}/table.sqlite`;
    const script = `
      import { subscribe } from 'node:diagnostics_channel';
      let worker;
      subscribe('worker_threads', (message) => (worker = message.worker));
      const { openTable } = await import('./src/store/index.ts');
      const log = { error() {} };
      const [one, two] = [await openTable('sqlite://${path}', 'one', log), await openTable('sqlite://${path}', 'two', log)];
      await one.set('a', 1);
      const lost = Promise.allSettled([one.set('b', 2), two.get('b')]);
      await worker.terminate();
      const found = (await lost).map(({ status }) => status);
      await Promise.all([one.set('c', 3), two.set('c', 4), one.set('d', 5)]);
      console.log(JSON.stringify([...found, await one.get('a'), await one.get('c'), await two.get('c')]));
      await one.close();
      await two.close();`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(JSON.parse(stdout)).toEqual(['rejected', 'rejected', 1, 3, 4]);
  });

  it('goes on once that one can open its file, which it could not at first', async () => {
    const path = `${await temporaryFolder()}/table.sqlite`;
    const script = `
      import { subscribe } from 'node:diagnostics_channel';
      import { mkdir, rename, rmdir } from 'node:fs/promises';
      let worker;
      subscribe('worker_threads', (message) => (worker = message.worker));
      const { openTable } = await import('./src/store/index.ts');
      const table = await openTable('sqlite://${path}', 'one', { error() {} });
      await table.set('a', 1);
      await worker.terminate();
      await rename('${path}', '${path}.away');
      await mkdir('${path}');
      const [early] = await Promise.allSettled([table.get('a')]);
      await rmdir('${path}');
      await rename('${path}.away', '${path}');
      console.log(JSON.stringify([early.status, await table.get('a'), await table.get('a')]));
      await table.close();`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(JSON.parse(stdout)).toEqual(['rejected', 1, 1]);
  });

  it('may be closed twice, and leaves others of its file open', async () => {
    const { table: things, path } = await table();
    const again = await openTable(`sqlite://${path}`, 'others', createRecordingLog());
    await again.close();
    await again.close();
    await things.set('a', 1);
    expect(await things.get('a')).toBe(1);
  });

  it('only logs what cannot be deleted', async () => {
    const { table: things, sql, log } = await table();
    await things.set('a', 1);
    sql(`CREATE TRIGGER stop BEFORE DELETE ON things BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await things.delete('a');
    expect(log.lines).toContainEqual(expect.objectContaining({ message: 'store error' }));
    expect(await things.get('a')).toBe(1);
  });

  it('deletes rows whose time is over, a few at a time', async () => {
    const { path, sql, other } = await table();
    sql(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
      INSERT INTO things(key, value, expires) SELECT 'k' || i, '{"value":1}', i FROM n`);
    sql(`INSERT INTO things(key, value) VALUES('kept', '{"value":1}')`);
    const again = await openTable(`sqlite://${path}`, 'things', createRecordingLog());
    await again.close();
    expect(other.prepare('SELECT key FROM things').all()).toEqual([{ key: 'kept' }]);
  });

  it('writes nothing over what somebody else has changed', async () => {
    const { table: things, sql } = await table();
    await things.set('a', 1);
    const seen: unknown[] = [];
    const after = await things.update('a', (before) => {
      seen.push(before);
      if (seen.length < 4)
        sql('UPDATE things SET value = ? WHERE key = ?', `{"value":${seen.length * 10}}`, 'a');
      return [before];
    });
    expect([seen, after, await things.get('a')]).toEqual([[1, 10, 20, 30], [30], [30]]);
    sql('UPDATE things SET value = ? WHERE key = ?', '{{{', 'a');
    expect(await refused(things.update('a', () => 1))).toEqual(failed);
    expect(await refused(things.update('a', () => undefined))).toEqual(failed);
    expect(await things.text('a')).toBe('{{{');
  });

  it('gives up a change that is overtaken each time', async () => {
    const { table: things, sql } = await table();
    let round = 0;
    const overtaken = things.update('a', () => {
      round += 1;
      sql('INSERT OR REPLACE INTO things(key, value) VALUES(?, ?)', 'a', `{"value":${round}}`);
      return 'mine';
    });
    expect(await refused(overtaken)).toEqual(failed);
    expect([round, await things.get('a')]).toEqual([20, 20]);
  });

  it('says in the log that the database is damaged, where it finds that later', async () => {
    const { table: things, path, log } = await table();
    await things.set('a', 'x'.repeat(100_000));
    const other = new DatabaseSync(path);
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(7, 4096));
    expect(await refused(things.get('b'))).toEqual(failed);
    expect(log.lines.at(-1)?.message).toContain('npm run restore');
  });

  it('reads large rows a few at a time, and all of them', async () => {
    const { table: things } = await table();
    const big = 'x'.repeat(700_000);
    for (const key of ['a', 'b', 'c', 'd', 'e']) await things.set(key, big);
    expect(Object.keys(await allOf(things))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('that cannot be written is not opened', async () => {
    const { path, sql } = await table();
    sql(`CREATE TRIGGER stop BEFORE INSERT ON things BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(await refused(openTable(`sqlite://${path}`, 'things', createRecordingLog()))).toEqual(failed);
  });
});
