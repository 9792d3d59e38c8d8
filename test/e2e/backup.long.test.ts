/** `npm run backup` and `npm run restore`, and what a start says of records that it cannot use. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishRestore } from '../../src/backups/restore.ts';
import { openTable } from '../../src/store/index.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { until } from '../fakes/until.ts';
import { temporaryFolder } from '../world/easel.ts';
import { spawnEasel, type EaselProcess, type ProcessLimits } from '../world/process.ts';

// each of them is a handful of processes
describe('Backups', { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let data: string;
  let database: string;
  const processes: EaselProcess[] = [];

  beforeEach(async () => {
    folder = await temporaryFolder();
    data = join(folder.path, 'data');
    database = join(data, 'easel.sqlite');
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) {
      one.signal('SIGKILL');
      await one.ended;
    }
    await folder.remove();
  });

  const run = (entry: string, args: string[] = [], limits: ProcessLimits = {}) => {
    const started = spawnEasel({ DATA_DIR: data }, args, entry, limits);
    processes.push(started);
    return started;
  };
  const said = async (entry: string, args: string[] = [], limits: ProcessLimits = {}) => {
    const started = run(entry, args, limits);
    return { code: await started.ended, words: started.output() };
  };
  const backup = (...args: string[]) => said('src/backup.ts', args);
  const restore = (...args: string[]) => said('src/restore.ts', args);
  const easel = async () => {
    const started = run('src/main.ts');
    await started.says(/Ctrl-C stops it\.\n/);
    return started;
  };
  const stop = async (started: EaselProcess) => {
    started.signal('SIGTERM');
    expect(await started.ended).toBe(0);
  };
  const rows = async (name: string, value?: unknown) => {
    const table = await openTable(`sqlite://${database}`, name, createRecordingLog());
    if (value !== undefined) await table.set('a', value);
    const found = await table.get('a');
    await table.close();
    return found;
  };
  /** Its size in KB, and a marker in the records. */
  const fill = async (marker: string, kb = 0) => {
    await mkdir(join(data, 'outbox'), { recursive: true });
    for (let part = 0; part * 1000 < kb; part += 1)
      await writeFile(join(data, 'outbox', `${part}.bin`), Buffer.alloc(1000_000, marker));
    await mkdir(join(data, 'kept'), { recursive: true });
    await writeFile(join(data, 'kept', 'marker'), marker);
    await writeFile(join(data, 'secret'), Buffer.alloc(32, marker));
    await rows('marks', marker);
  };
  const markers = async () => [
    await rows('marks'),
    await readFile(join(data, 'kept', 'marker'), 'utf8'),
    String(await readFile(join(data, 'secret'))).slice(0, 1),
  ];

  it('are made while Easel runs, and restored when it does not', async () => {
    await fill('a');
    const first = await easel();
    const link = new URL(await first.link()).search;
    const made = await backup();
    expect(made).toMatchObject({ code: 0, words: expect.stringContaining('It holds Easel’s secrets') });
    const [, path = ''] = /, to (\S+)\n/.exec(made.words) ?? [];
    expect(await restore(path)).toMatchObject({ code: 1, words: expect.stringContaining('another Easel') });
    await stop(first);

    await fill('b');
    await rm(join(data, 'local-token'));
    const restored = await restore(path);
    expect(restored).toMatchObject({
      code: 0,
      words: expect.stringContaining('What was there before is in'),
    });
    expect(await markers()).toEqual(['a', 'a', 'a']);
    const second = await easel();
    expect(new URL(await second.link()).search).toBe(link);
    await stop(second);
    const [, aside = ''] = /before is in (\S+):/.exec(restored.words) ?? [];
    expect(await readFile(join(aside, 'kept', 'marker'), 'utf8')).toBe('b');
  });

  it('go to another machine', async () => {
    await fill('a');
    const into = join(folder.path, 'elsewhere');
    await backup(into);
    const [name = ''] = await readdir(into);
    data = join(folder.path, 'other');
    database = join(data, 'easel.sqlite');
    expect(await restore(join(into, name))).toMatchObject({
      code: 0,
      words: expect.stringContaining('There was nothing there before'),
    });
    expect(await markers()).toEqual(['a', 'a', 'a']);
    await stop(await easel());
  });

  it('say what is wrong with them, and with where they are to be', async () => {
    expect((await backup()).words).toMatch(/^No backup was made: there are no records of Easel in /);
    await fill('a');
    expect((await backup(join(data, 'web'))).words).toContain('is in the data folder itself');
    expect((await restore()).words).toMatch(/^Not restored: say which one: npm run restore -- FILE/);
    expect((await restore(join(folder.path, 'none'))).words).toContain('is not an Easel backup');
    await backup(folder.path);
    const [name = ''] = (await readdir(folder.path)).filter((one) => one.startsWith('easel-'));
    const path = join(folder.path, name);
    await writeFile(join(path, 'secret'), 'x');
    expect(await restore(path)).toMatchObject({
      code: 1,
      words: expect.stringContaining('is damaged, or not all'),
    });
    await writeFile(join(path, 'manifest.json'), '{"format": 7}');
    expect((await restore(path)).words).toContain('was made by a newer Easel');
    expect(await markers()).toEqual(['a', 'a', 'a']);
  });

  it('leave nothing where the disk is full, or they are stopped', async () => {
    await fill('a', 20_000);
    const into = join(folder.path, 'into');
    const full = await said('src/backup.ts', [into], { fileKb: 500 });
    expect(full).toMatchObject({
      code: 1,
      words: expect.stringMatching(/No backup was made: the disk that holds .*into is full/),
    });
    const made = async () => (await readdir(into)).filter((name) => name !== 'making.lock');
    expect(await made()).toEqual([]);

    const stopped = run('src/backup.ts', [into]);
    const isBegun = async () => (await readdir(into)).some((name) => name.endsWith('.partial'));
    while (!(await isBegun())) if (stopped.output() !== '') break;
    stopped.signal('SIGTERM');
    await stopped.ended;
    // it may have been faster than the signal
    const isStopped = stopped.output().includes('it was stopped. Everything is as it was.');
    const isMade = stopped.output().includes('Backed up');
    const { length } = await made();
    expect([isStopped, length]).toEqual([!isMade, isMade ? 1 : 0]);
    await rm(into, { recursive: true });

    await backup(into);
    const [name = ''] = await readdir(into);
    await fill('b');
    const refused = await said('src/restore.ts', [join(into, name)], { fileKb: 500 });
    expect(refused).toMatchObject({
      code: 1,
      words: expect.stringMatching(/Not restored: the disk that holds .* is full/),
    });
    expect(await markers()).toEqual(['b', 'b', 'b']);
  });

  it('are restored whole or not at all, whenever that is killed', async () => {
    await fill('a', 30_000);
    const into = join(folder.path, 'into');
    await backup(into);
    const [name = ''] = await readdir(into);
    await rm(join(data, 'outbox'), { recursive: true });
    const seen = new Set<string>();
    for (let part = 0; part < 12; part += 1) {
      await fill('b');
      const restoring = run('src/restore.ts', [join(into, name)]);
      // some are killed while they copy, some while they move, some come too late
      const isThere = (path: string) => stat(join(data, path)).then(Boolean, () => false);
      const early = part % 3;
      if (early < 2)
        while (!(await isThere(early === 0 ? 'restoring/outbox' : 'restore.json')))
          if (restoring.output()) break;
      if (early === 2) await until(() => restoring.output() !== '');
      restoring.signal('SIGKILL');
      await restoring.ended;
      const wasDecided = await isThere('restore.json');
      await finishRestore(data, database);
      const found = await markers();
      const files = await readdir(join(data, 'outbox'));
      const [marker] = found;
      expect(found).toEqual([marker, marker, marker]);
      expect([files.length, wasDecided && marker === 'b']).toEqual([marker === 'a' ? 30 : 0, false]);
      seen.add(String(marker));
      for (const entry of await readdir(data))
        if (entry.startsWith('before-restore-') || entry === 'outbox')
          await rm(join(data, entry), { recursive: true });
    }
    expect([...seen].toSorted()).toEqual(['a', 'b']);
  }, 120_000);

  it('are named by a start that finds its records damaged, or newer than itself', async () => {
    await stop(await easel());
    const sql = new DatabaseSync(database);
    sql.exec(`UPDATE easel_schema SET version = 99 WHERE name = 'shelves'`);
    sql.close();
    const before = await readFile(database);
    const newer = await said('src/main.ts');
    expect(newer.code).toBe(1);
    expect(newer.words).toMatch(
      /^Easel could not start: the records in .* come from a newer version of Easel\. Nothing/,
    );
    expect((await readFile(database)).equals(before)).toBe(true);

    await writeFile(database, before.fill(7, 8192, 20_000));
    const damaged = await said('src/main.ts');
    expect(damaged.code).toBe(1);
    expect(damaged.words).toMatch(
      /are damaged\. Nothing was changed\. Restore a backup: npm run restore -- FILE/,
    );
    expect(damaged.words).toContain(join(data, 'backups'));
  });
});
