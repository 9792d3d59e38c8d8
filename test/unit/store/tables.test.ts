import { execFile } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTable } from '../../../src/store/index.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { until } from '../../fakes/until.ts';
import { refused } from '../commands/stage.ts';
import { temporaryFolder } from '../temporary.ts';

const run = promisify(execFile);

async function table(busyMs?: number) {
  const path = `${await temporaryFolder()}/table.sqlite`;
  const log = createRecordingLog();
  const opened = await openTable(`sqlite://${path}`, 'things', log, busyMs);
  onTestFinished(() => opened.close());
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  const sql = (text: string, ...values: string[]) => void other.prepare(text).run(...values);
  return { table: opened, path, log, sql, other };
}

async function all(entries: AsyncIterable<[string, unknown]>): Promise<Record<string, unknown>> {
  return Object.fromEntries(await Array.fromAsync(entries));
}

const failed = { code: 'store-failed' };

describe('a table', () => {
  it('is empty at first, and gives back what was written, big numbers too', async () => {
    const { table: things, path } = await table();
    expect(await all(things.entries())).toEqual({});
    expect(await things.get('a')).toBeUndefined();
    await things.set('a', { seed: 18446744073709551615n });
    await things.set('b', null);
    expect(await things.get('a')).toEqual({ seed: 18446744073709551615n });
    const again = await openTable(`sqlite://${path}`, 'things', createRecordingLog());
    onTestFinished(() => again.close());
    expect(await all(again.entries())).toEqual({ a: { seed: 18446744073709551615n }, b: null });
    await again.delete('a');
    expect(await things.get('a')).toBeUndefined();
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
    expect(await refused(things.get('a'))).toEqual(failed);
    expect(await things.get('b')).toBe(2);
    expect(await things.get('c')).toBeUndefined();
    expect(await all(things.entries())).toEqual({ a: undefined, b: 2 });
    sql('ALTER TABLE things RENAME TO gone');
    expect(await refused(things.get('c'))).toEqual(failed);
    expect(await refused(all(things.entries()))).toEqual(failed);
    expect(log.lines.every(({ level }) => level === 'error')).toBe(true);
  });

  it('does not take the damage of one row for that of another that is read at the same time', async () => {
    const { table: things, sql } = await table();
    await things.set('a', 1);
    await things.set('b', 2);
    sql('UPDATE things SET value = ? WHERE key = ?', '{{{', 'a');
    const reads = await Promise.allSettled(['b', 'a', 'b', 'c'].map((key) => things.get(key)));
    expect(reads.map((read) => (read.status === 'fulfilled' ? read.value : 'failed'))).toEqual([
      2,
      'failed',
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
      expect(await all(things.entries())).toEqual({ a: 0, b: 1, c: 3, d: 5 });
    },
  );

  it('keeps the last of many writes of one row', async () => {
    const { table: things } = await table();
    await Promise.all(Array.from({ length: 50 }, (_, index) => things.set('a', index)));
    expect(await all(things.entries())).toEqual({ a: 49 });
  });

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
    expect(await all(things.entries())).toEqual({ a: 1, b: 2 });
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

  it('forgets a row after its time', async () => {
    const { table: things } = await table();
    await things.set('short', 1, 1);
    await things.set('long', 1, 60_000);
    const later = Date.now() + 2;
    await until(() => Date.now() > later);
    expect(await things.get('short')).toBeUndefined();
    expect(await all(things.entries())).toEqual({ long: 1 });
  });

  it('that cannot be written is not opened', async () => {
    const { path, sql } = await table();
    sql(`CREATE TRIGGER stop BEFORE INSERT ON things BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(await refused(openTable(`sqlite://${path}`, 'things', createRecordingLog()))).toEqual(failed);
  });
});
