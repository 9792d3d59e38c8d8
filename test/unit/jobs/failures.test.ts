import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/errors.ts';
import type { Job } from '../../../src/core/job.ts';
import { openFailures } from '../../../src/jobs/failures.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { Refused } from '../../../src/core/errors.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';
import { sampleJob, sampleRequest } from './sample.ts';
import { createStage } from './stage.ts';

const problem: Problem = { code: 'out-of-memory', node: 'KSampler' };

function failed(ended: number, given: Partial<Job> = {}): Job {
  return sampleJob({
    state: 'failed',
    end: { kind: 'failed', problem },
    times: { queued: 1, ended },
    ...given,
  });
}

async function folder() {
  const path = join(await temporaryFolder(), 'easel.sqlite');
  const log = createRecordingLog();
  return { path, log, open: () => openFailures(`sqlite://${path}`, log) };
}

describe('recent failures', () => {
  it('are kept with all that an operator needs, the newest first, also after a restart', async () => {
    const { open } = await folder();
    const failures = await open();
    const jobs = [failed(1), failed(2, { promptId: 'p-2', user: 'bob' })];
    for (const job of jobs) failures.note(job);
    const [first, second] = jobs.map(({ id }) => id);
    const same = { platform: 'test', guild: 'guild-a', template: 'imagine', problem };
    const expected = [
      { ...same, job: second, at: 2, user: 'bob', prompt: 'p-2' },
      { ...same, job: first, at: 1, user: 'ann' },
    ];
    expect(failures.newest()).toEqual(expected);
    await failures.close();
    const again = await open();
    expect(again.newest()).toEqual(expected);
    await again.close();
  });

  it('are the last hundred, in memory and on disk', async () => {
    const { open, path } = await folder();
    let failures = await open();
    for (let at = 1; at <= 70; at += 1) failures.note(failed(at));
    await failures.close();
    failures = await open();
    for (let at = 71; at <= 150; at += 1) failures.note(failed(at));
    const ends = failures.newest().map(({ at }) => at);
    expect([ends.length, ends[0], ends.at(-1)]).toEqual([100, 150, 51]);
    await failures.close();
    failures = await open();
    expect(failures.newest().map(({ at }) => at)).toEqual(ends);
    await failures.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT count(*) AS rows FROM failures').get()).toEqual({ rows: 100 });
    database.close();
  });

  it('are noted once each, and nothing else is', async () => {
    const { open } = await folder();
    const failures = await open();
    const job = failed(1);
    failures.note(job);
    failures.note(job);
    failures.note(
      sampleJob({ state: 'cancelled', end: { kind: 'cancelled' }, times: { queued: 1, ended: 2 } }),
    );
    expect(failures.newest()).toHaveLength(1);
    await failures.close();
  });

  it('are read without a damaged one, which is logged', async () => {
    const { open, path, log } = await folder();
    const failures = await open();
    failures.note(failed(1));
    failures.note(failed(2));
    await failures.close();
    const database = new DatabaseSync(path);
    database.prepare(`UPDATE failures SET value = replace(value, '"at":2', '"at":"soon"')`).run();
    database.close();
    const again = await open();
    expect(again.newest().map(({ at }) => at)).toEqual([1]);
    expect(log.lines.map(({ message }) => message)).toEqual(['corrupt record of a failure passed over']);
    await again.close();
  });

  it('that cannot be written are logged, and seen all the same', async () => {
    const { open, path, log } = await folder();
    const failures = await open();
    const database = new DatabaseSync(path);
    database.exec('DROP TABLE failures');
    database.close();
    failures.note(failed(1));
    expect(failures.newest()).toHaveLength(1);
    await failures.close();
    expect(log.lines.map(({ message }) => message)).toContain('a failure was not written down');
  });
});

describe('a job that has ended', () => {
  it('is told of once its record is written, also when only its reply failed', async () => {
    const stage = await createStage();
    const told: Job[] = [];
    const { manager } = stage.open({
      onEnd: (job) => void told.push(structuredClone(job)),
      timing: { deliverTries: 1 },
    });
    await manager.start();
    stage.backend.auto = success();
    stage.audience.errors.push(new Refused('closed'));
    const job = await manager.submit(sampleRequest());
    await until(() => told.length > 0);
    expect(told[0]).toMatchObject({
      id: job.id,
      end: { kind: 'failed', problem: { code: 'delivery-failed' } },
    });
    expect(await stage.store.load(job.id)).toMatchObject({ state: 'failed' });
  });
});
