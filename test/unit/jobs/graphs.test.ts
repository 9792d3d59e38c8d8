import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Workflow } from '../../../src/core/workflow.ts';
import { graphKey } from '../../../src/jobs/store/graphs.ts';
import { openJobStore } from '../../../src/jobs/store/store.ts';
import { JOB_TABLES } from '../../../src/jobs/store/tables.ts';
import { FIRST } from '../../../src/store/schema.ts';
import { openTables } from '../../../src/store/index.ts';
import { upgradeStore } from '../../../src/store/upgrade.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';
import { sampleJob, WORKFLOW } from './sample.ts';

const LARGEST = 18446744073709551615n;
const NOTHING = { changes: [], images: [] };

async function stage() {
  const folder = await temporaryFolder();
  const path = join(folder, 'easel.sqlite');
  const log = createRecordingLog();
  const open = async () => {
    const store = await openJobStore(`sqlite://${path}`, log);
    onTestFinished(() => store.close());
    return store;
  };
  const keys = (table: string) => {
    const database = new DatabaseSync(path, { timeout: 5000 });
    const rows = database.prepare(`SELECT key FROM ${table} ORDER BY key`).all();
    database.close();
    return rows.map(({ key }) => String(key));
  };
  const spoil = (sql: string) => {
    const database = new DatabaseSync(path, { timeout: 5000 });
    database.exec(sql);
    database.close();
  };
  return { folder, path, log, open, keys, spoil };
}

function graphOf(n: number): Workflow {
  return { '1': { class_type: 'KSampler', inputs: { seed: BigInt(n) + LARGEST, text: '' } } };
}

describe('the graph of a job', () => {
  it('is its template’s with what the job writes into it, digit for digit, for the next process too', async () => {
    const { open } = await stage();
    const first = await open();
    const graph = Object.freeze(graphOf(0));
    const job = sampleJob({ graph: graphKey(graph) });
    const changes: [string, string, string | bigint][] = [
      ['1', 'text', 'first'],
      ['1', 'text', 'a "fox" {"1": 2}'],
      ['1', 'cfg', LARGEST],
    ];
    const images = [{ slot: 'image', into: [['1', 'image'] as [string, string]] }];
    await first.saveGraph(job, graph, { changes, images });
    await first.save(job);
    const whole = {
      '1': { class_type: 'KSampler', inputs: { seed: LARGEST, text: 'a "fox" {"1": 2}', cfg: LARGEST } },
    };
    expect(await first.graphOf(job)).toEqual({ workflow: whole, images });
    await first.close();

    const second = await open();
    const [found] = await second.unfinished();
    expect(await second.graphOf(found!)).toEqual({ workflow: whole, images });
    // the template's own is as it was
    expect(graph['1']?.inputs['text']).toBe('');
  });

  it('is stored and held once for all jobs that have the same', async () => {
    const { open, keys } = await stage();
    const store = await open();
    const [one, two] = [graphOf(0), graphOf(0)];
    expect(graphKey(one)).toBe(graphKey(two));
    const jobs = [one, two].map((graph) => [sampleJob({ graph: graphKey(graph) }), graph] as const);
    for (const [job, graph] of jobs) await store.saveGraph(job, graph, NOTHING);
    expect(keys('graphs')).toHaveLength(1);
    const nodes = await Promise.all(jobs.map(async ([job]) => (await store.graphOf(job)).workflow['1']));
    expect(nodes[0]).toBe(nodes[1]);
  });

  it('is there as long as a job needs it; of others the latest hundred are kept, until the next start', async () => {
    const { open, keys } = await stage();
    const store = await open();
    const waiting = sampleJob({ graph: graphKey(graphOf(0)) });
    await store.saveGraph(waiting, graphOf(0), NOTHING);
    await store.save(waiting);
    for (let n = 1; n <= 120; n += 1) {
      const job = sampleJob({ graph: graphKey(graphOf(n)), state: 'failed' });
      await store.saveGraph(job, graphOf(n), NOTHING);
      await store.save(job);
    }
    expect(keys('graphs')).toHaveLength(101);
    expect(keys('fillings')).toEqual([waiting.id]);
    // one that is needed again is written again
    const again = sampleJob({ graph: graphKey(graphOf(1)) });
    await store.saveGraph(again, graphOf(1), NOTHING);
    expect((await store.graphOf(again)).workflow).toEqual(graphOf(1));
    await store.close();

    const next = await open();
    expect(await next.unfinished()).toEqual([waiting]);
    expect(keys('graphs')).toEqual([waiting.graph]);
    expect(keys('fillings')).toEqual([waiting.id]);
    expect((await next.graphOf(waiting)).workflow).toEqual(graphOf(0));
  });

  it('is not swept away under a job that comes while the store is read', async () => {
    const { open } = await stage();
    const store = await open();
    const early = sampleJob({ graph: graphKey(graphOf(5)) });
    await Promise.all([store.unfinished(), store.saveGraph(early, graphOf(5), NOTHING)]);
    expect((await store.graphOf(early)).workflow).toEqual(graphOf(5));
    await store.close();
  });

  it('that cannot be read says so', async () => {
    const { open, spoil } = await stage();
    const job = sampleJob();
    const store = await open();
    await store.saveGraph(job, WORKFLOW, NOTHING);
    await store.save(job);
    await store.close();
    const unreadable = { code: 'record-unreadable' };
    for (const sql of [
      `UPDATE fillings SET value = '{{{'`,
      `UPDATE fillings SET value = '{"value":{"changes":[["77","text",1]],"images":[]}}'`,
      `DELETE FROM fillings`,
      `UPDATE graphs SET value = '{"value":{"3":{"class_type":7}}}'`,
      `DELETE FROM graphs`,
    ]) {
      spoil(sql);
      const next = await open();
      await expect(next.graphOf(job), sql).rejects.toMatchObject(unreadable);
      await next.close();
    }
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const { open, spoil, keys } = await stage();
    const store = await open();
    spoil(`CREATE TRIGGER full BEFORE INSERT ON fillings BEGIN SELECT RAISE(ABORT, 'full'); END`);
    const job = sampleJob();
    await expect(store.saveGraph(job, WORKFLOW, NOTHING)).rejects.toMatchObject({ code: 'store-failed' });
    spoil('DROP TRIGGER full');
    await store.saveGraph(job, WORKFLOW, NOTHING);
    expect(keys('fillings')).toEqual([job.id]);
    expect((await store.graphOf(job)).workflow).toEqual(WORKFLOW);
  });
});

describe('a record of version 0.1.0', () => {
  it('is upgraded: its graph beside it, digit for digit, and an ended one in short', async () => {
    const { folder, path, open, keys, log } = await stage();
    const old = await openTables(`sqlite://${path}`, { active: FIRST, ended: FIRST }, log);
    const { graph: _graph, ...record } = sampleJob({ images: [{ slot: 'image' }] });
    const images = [{ slot: 'image', into: [['3', 'image']] }];
    const outputs = [{ node: '9', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' }];
    const over = {
      ...record,
      id: crypto.randomUUID(),
      images,
      workflow: WORKFLOW,
      state: 'succeeded',
      reply: null,
    };
    await old.active.set(record.id, { ...record, images, workflow: WORKFLOW });
    await old.active.set('odd', { ...record, images, workflow: { '3': 'odd' } });
    await old.ended.set(over.id, { ...over, end: { kind: 'succeeded', outputs } }, 60_000);
    await Promise.all([old.active.close(), old.ended.close()]);
    const pretend = new DatabaseSync(path);
    pretend.exec('DROP TABLE easel_schema');
    pretend.close();

    await upgradeStore(`sqlite://${path}`, JOB_TABLES, { backups: join(folder, 'backups'), log });
    const store = await open();
    const found = await store.unfinished();
    expect(found).toEqual([{ ...record, graph: graphKey(WORKFLOW) }]);
    expect(await store.graphOf(found[0]!)).toEqual({ workflow: WORKFLOW, images });
    expect(keys('unreadable')).toEqual(['odd']);
    const { id, guild, user, platform, template, values, times } = over;
    const short = { id, guild, user, platform, template, values, times, images: [{ slot: 'image' }] };
    expect(await store.load(id)).toEqual({ ...short, state: 'succeeded', end: { kind: 'succeeded' } });
  });
});
