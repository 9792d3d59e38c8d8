import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MediaFile, Output } from '../../../src/core/run.ts';
import { openTable } from '../../../src/store/index.ts';
import { openJobStore, type JobStore } from '../../../src/jobs/store/store.ts';
import { picture } from '../../fakes/comfy/scripted-backend.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';
import { sampleJob } from './sample.ts';

interface Opened {
  store: JobStore;
  path: string;
  log: RecordingLog;
  /** Another look at the same file. */
  raw: () => DatabaseSync;
}

async function open(path?: string): Promise<Opened> {
  const log = createRecordingLog();
  const file = path ?? join(await temporaryFolder(), 'easel.sqlite');
  const store = await openJobStore(`sqlite://${file}`, log);
  onTestFinished(() => store.close());
  const raw = (): DatabaseSync => {
    const database = new DatabaseSync(file, { timeout: 5000 });
    onTestFinished(() => database.close());
    return database;
  };
  return { store, path: file, log, raw };
}

describe('a stored job', () => {
  it('comes back as it was, 64-bit seeds digit for digit', async () => {
    const { store, raw } = await open();
    const sent: Output = { ...picture('b.png'), kept: 'sent-0-0' };
    const job = sampleJob({
      values: { prompt: 'a "fox"\n\u0000🦊', seed: 18446744073709551615n, steps: 20, cfg: 7.5, hires: true },
      images: [{ slot: 'image' }, { slot: 'clip', type: 'video' }],
      outputNodes: ['9'],
      reply: { token: 'x', deep: [1, null, { a: 9007199254740993n }] },
      promptId: 'p',
      unmade: [
        { node: '12', title: 'Large' },
        { node: '13', title: 'Small', problem: { code: 'workflow-refused', detail: 'no' } },
      ],
      received: [{ node: '9', files: [sent], bytes: 70, next: 1, expected: 2, lack: 'disk' }],
      missed: [{ node: '9', title: 'To the app', got: 1, of: 2, why: 'lost' }],
      draft: 'd',
      rerun: {
        id: '0b3a6c1e-1111-4222-8333-444455556666',
        crashed: true,
        unsent: { outputs: [sent] },
        gone: {
          outputs: [{ node: '9', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' }],
          at: [0],
          nodes: ['9'],
          remade: true,
        },
      },
      end: {
        kind: 'failed',
        problem: { code: 'out-of-bounds', slot: 's', value: '1', min: '2' },
        outputs: [{ node: '9', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' }, sent],
      },
      cost: { credits: 12.5 },
      times: { queued: 1, started: 2 },
    });
    await store.save(job);
    expect(await store.load(job.id)).toEqual(job);
    // as plain JSON, which other tools can read
    const row = raw().prepare('SELECT value FROM active').get();
    expect(row!['value']).toContain('"seed":18446744073709551615');
  });

  it('is read when a later version knew more types of files', async () => {
    const { store, raw } = await open();
    const job = sampleJob({ images: [{ slot: 'clip', type: 'video' }] });
    await store.save(job);
    raw().exec(`UPDATE active SET value = replace(value, '"video"', '"hologram"')`);
    expect((await store.load(job.id))?.images).toEqual([{ slot: 'clip', type: 'image' }]);
  });

  it('keeps what an older version said in English of a broken template, as its words', async () => {
    const { store, raw } = await open();
    const broken = {
      code: 'template-broken',
      file: 'a.json',
      path: 'slots',
      reason: { code: 'missing' },
    } as const;
    const problem = { code: 'template-unfit', name: 'fox', findings: [broken] } as const;
    const job = sampleJob({
      state: 'failed',
      end: { kind: 'failed', problem: { ...problem, findings: [broken] } },
    });
    await store.save(job);
    const read = async () => (await store.load(job.id))?.end;
    expect(await read()).toMatchObject({ problem });
    for (const table of ['active', 'ended'])
      raw().exec(
        `UPDATE ${table} SET value = replace(value, '"reason":{"code":"missing"}', '"detail":"no node 9"')`,
      );
    const reason = { code: 'words', words: 'no node 9' };
    expect(await read()).toMatchObject({ problem: { findings: [{ ...broken, reason }] } });
  });

  it('keeps a reply that is null, as the terminal has it', async () => {
    const { store } = await open();
    const job = sampleJob({ reply: null });
    await store.save(job);
    expect((await store.unfinished())[0]?.reply).toBeNull();
  });

  it('is as it was last saved, and still there when the store is opened again', async () => {
    const { store, path } = await open();
    const job = sampleJob();
    await store.save(job);
    job.state = 'submitting';
    await store.save(job);
    await store.close();
    const again = await open(path);
    expect(await again.store.unfinished()).toEqual([job]);
  });

  it('is unknown under another id', async () => {
    const { store } = await open();
    expect(await store.load(crypto.randomUUID())).toBeUndefined();
  });

  it.each(['succeeded', 'failed', 'cancelled'] as const)(
    'leaves the unfinished ones once it has %s, and can still be loaded',
    async (state) => {
      const { store, raw } = await open();
      const job = sampleJob();
      await store.save(job);
      job.state = state;
      await store.save(job);
      expect(await store.unfinished()).toEqual([]);
      expect((await store.load(job.id))?.state).toBe(state);
      expect(raw().prepare('SELECT count(*) AS n FROM active').get()).toMatchObject({ n: 0 });
      // kept for a while, not for ever
      expect(raw().prepare('SELECT expires FROM ended').get()!['expires']).toBeGreaterThan(Date.now());
    },
  );
});

describe('unfinished jobs', () => {
  it('are all given, oldest first, also when there are thousands', async () => {
    const { store, raw } = await open();
    const database = raw();
    const insert = database.prepare('INSERT INTO active (key, value) VALUES (?, ?)');
    const { id: _id, values: _values, graph, ...rest } = sampleJob();
    database.exec('BEGIN');
    for (let n = 0; n < 3000; n += 1) {
      const id = crypto.randomUUID();
      const value = { ...rest, id, values: {}, graph, times: { queued: (n * 7919) % 3001 } };
      insert.run(id, JSON.stringify({ value }));
    }
    database.exec('COMMIT');
    const queued = (await store.unfinished()).map(({ times }) => times.queued);
    expect(queued).toHaveLength(3000);
    expect(queued).toEqual(queued.toSorted((a, b) => a - b));
  });

  it.each([
    ['is no JSON', '{broken'],
    ['is cut off', '{"value":{"id":"x","guild":"g"'],
    ['lacks most fields', '{"value":{"id":1}}'],
    ['is nothing', '{"value":null}'],
  ])(
    'do not suffer from a record that %s: it is set aside, as it is, and met no more',
    async (_name, text) => {
      const { store, raw, log } = await open();
      const job = sampleJob();
      await store.save(job);
      const database = raw();
      database.prepare('INSERT INTO active (key, value) VALUES (?, ?)').run('damaged', text);
      expect(await store.unfinished()).toEqual([job]);
      const told = log.lines.filter(({ level, facts }) => level === 'error' && facts['job'] === 'damaged');
      expect(told.map(({ message }) => message)).toEqual([
        'unreadable job record',
        'unreadable job record set aside: nobody can be told of it',
      ]);
      expect(database.prepare("SELECT value FROM active WHERE key = 'damaged'").get()).toBeUndefined();
      const kept = database.prepare("SELECT value, expires FROM unreadable WHERE key = 'damaged'").get();
      expect(JSON.parse(String(kept?.['value']))).toMatchObject({ value: { text } });
      expect(kept?.['expires']).toBeGreaterThan(Date.now());
      const before = log.lines.length;
      expect(await store.unfinished()).toEqual([job]);
      expect(log.lines).toHaveLength(before);
    },
  );

  it('are set aside up to a thousand; more are left', async () => {
    const { store, raw } = await open();
    const database = raw();
    const insert = database.prepare('INSERT INTO active (key, value) VALUES (?, ?)');
    database.exec('BEGIN');
    for (let n = 0; n < 1005; n += 1) insert.run(`damaged ${n}`, '{"value":{"guild":"g"}}');
    database.exec('COMMIT');
    expect(await store.unfinished()).toEqual([]);
    const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
    expect([count('active'), count('unreadable')]).toEqual([5, 1000]);
    // they belong to their guild all the same
    const found = await Array.fromAsync(store.of('g'));
    expect(found).toHaveLength(1005);
    for (const { id } of found) await store.forget(id);
    expect([count('active'), count('unreadable')]).toEqual([0, 0]);
  });

  it('are set aside later where there was no counting them at first', async () => {
    const { store, raw } = await open();
    const database = raw();
    database.exec(`INSERT INTO active (key, value) VALUES ('damaged', '{"value":{"guild":"g"}}')`);
    const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
    database.exec('ALTER TABLE unreadable RENAME TO away');
    expect(await store.unfinished()).toEqual([]);
    expect(count('active')).toBe(1);
    database.exec('ALTER TABLE away RENAME TO unreadable');
    expect(await store.unfinished()).toEqual([]);
    expect([count('active'), count('unreadable')]).toEqual([0, 1]);
  });

  it('have no trace of the probe that was written at start', async () => {
    const { store, log } = await open();
    expect(await store.unfinished()).toEqual([]);
    expect(log.lines).toEqual([]);
  });
});

describe('pictures that an older version kept here', () => {
  it('are handed over once, byte for byte; a damaged one is told and passed over', async () => {
    const { store, log, path } = await open();
    const uri = `sqlite://${path}`;
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const old = await openTable(uri, 'inputs', log);
    const base64 = Buffer.from(bytes).toString('base64');
    await old.set('job/image', { name: 'image.png', type: 'image/png', base64 });
    await old.set('job/mask', { name: 'mask.png' });
    await old.close();
    const killed = async () => Promise.reject(new Error('killed'));
    await expect(store.handOverInputs(killed)).rejects.toThrow('killed');
    const taken: unknown[] = [];
    const take = async (job: string, slot: string, file: MediaFile) =>
      void taken.push({ job, slot, ...file, bytes: Uint8Array.from(file.bytes) });
    await store.handOverInputs(take);
    expect(taken).toEqual([{ job: 'job', slot: 'image', name: 'image.png', type: 'image/png', bytes }]);
    expect(log.lines.map(({ message }) => message)).toEqual(['corrupt picture passed over']);
    await store.handOverInputs(take);
    expect(taken).toHaveLength(1);
  });
});

describe('a database that cannot be used', () => {
  it('refuses to open when its folder does not exist', async () => {
    const file = join(await temporaryFolder(), 'missing', 'easel.sqlite');
    await expect(openJobStore(`sqlite://${file}`, createRecordingLog())).rejects.toMatchObject({
      code: 'store-failed',
    });
  });

  it('refuses to open when it may only be read', async () => {
    const { store, path, raw } = await open();
    await store.close();
    raw().exec('PRAGMA journal_mode = DELETE');
    await chmod(path, 0o444);
    // who may do everything may also write: then a file that is no database stands in for it
    const file = process.getuid?.() === 0 ? join(path, 'below-a-file.sqlite') : path;
    await expect(openJobStore(`sqlite://${file}`, createRecordingLog())).rejects.toMatchObject({
      code: 'store-failed',
    });
  });

  it('fails a save that was not acknowledged, and logs why', async () => {
    const { store, raw, log } = await open();
    raw().exec('DROP TABLE active');
    await expect(store.save(sampleJob())).rejects.toMatchObject({ code: 'store-failed' });
    expect(log.lines.map(({ message }) => message)).toContain('store error');
  });

  it('fails a save after it was closed', async () => {
    const { store } = await open();
    await store.close();
    await expect(store.save(sampleJob())).rejects.toMatchObject({ code: 'store-failed' });
  });
});
