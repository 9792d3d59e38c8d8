/** What becomes of pictures that people give, around starts and ends. */
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../src/core/errors.ts';
import type { Job } from '../../../src/core/job.ts';
import type { JobRequest } from '../../../src/jobs/intake/intake.ts';
import { JOB_TABLES } from '../../../src/jobs/store/tables.ts';
import { openTable } from '../../../src/store/index.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until, holds } from '../../fakes/until.ts';
import { sampleJob, sampleRequest } from './sample.ts';
import { createStage, type Stage } from './stage.ts';

const image = { name: 'a.png', type: 'image/png', bytes: Buffer.from('89504e47', 'hex') };
const withPicture = (): JobRequest =>
  sampleRequest({}, { files: { image }, images: [{ slot: 'image', into: [['3', 'image']] }] });

/** A job of a process that has died, with a picture and something that it had fetched. */
async function leaveBehind(stage: Stage, given: Partial<Job> = {}): Promise<Job> {
  const job = sampleJob(given);
  await stage.leave(job);
  await stage.files.put({ shelf: 'inputs', owner: job.id, name: 'image' }, image, [image.bytes]);
  await stage.files.put({ shelf: 'outbox', owner: job.id, name: '0' }, image, [image.bytes]);
  return job;
}

describe('a picture that somebody gives', () => {
  it('while the store is read at the start stays, and its job goes well', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    const real = { ...stage.store };
    const jobs: Job[] = [];
    stage.store.unfinished = async () => {
      const found = await real.unfinished();
      jobs.push(await manager.submit(withPicture()));
      return found;
    };
    stage.backend.auto = success();
    await manager.start();
    expect((await stage.ended(jobs[0]?.id ?? '')).state).toBe('succeeded');
  });

  it('stays whose record is still being written when the start looks', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    const real = { ...stage.store };
    const started = Promise.withResolvers<void>();
    stage.store.save = async (job) => {
      if (job.unclaimed) await started.promise;
      return real.save(job);
    };
    const noting = manager.note(withPicture());
    await holds(async () => expect(await stage.files.owners('inputs')).toHaveLength(1));
    stage.backend.auto = success();
    await manager.start();
    started.resolve();
    const job = await (await noting).accept('message 7');
    expect((await stage.ended(job.id)).state).toBe('succeeded');
  });

  it('stays with what was made of it when its record says too little for anybody to go on', async () => {
    const stage = await createStage();
    const damaged = await leaveBehind(stage);
    const table = await openTable(stage.uri, 'active', createRecordingLog(), JOB_TABLES.active);
    await table.set(damaged.id, { nothing: 'of use' });
    await table.close();
    await stage.files.put({ shelf: 'inputs', owner: 'of-nobody', name: 'image' }, image, [image.bytes]);
    await stage.open().manager.start();
    expect(await stage.store.knows(damaged.id)).toBe('aside');
    const { clock, files } = stage;
    for (const [shelf, name] of [
      ['inputs', 'image'],
      ['outbox', '0'],
    ] as const) {
      expect(await files.owners(shelf)).toEqual([damaged.id]);
      expect(await files.get({ shelf, owner: damaged.id, name })).toBeDefined();
    }
    // where there is no room they may go, and in the end they do by themselves
    clock.advance(31 * 24 * 3600_000);
    expect(await files.get({ shelf: 'inputs', owner: damaged.id, name: 'image' })).toBeUndefined();
  });

  it('stays while the record is there that this version passes over', async () => {
    const stage = await createStage();
    const job = await leaveBehind(stage);
    stage.store.unfinished = async () => [];
    await stage.open().manager.start();
    expect(await stage.files.owners('inputs')).toEqual([job.id]);
    expect(await stage.files.owners('outbox')).toEqual([job.id]);
  });

  it('goes with a job of which nobody can be told any more, unless that could not be written down', async () => {
    for (const isWritten of [true, false]) {
      const stage = await createStage();
      const first = stage.open();
      await first.manager.start();
      await first.manager.note(withPicture());
      first.life.die();
      stage.audience.claim = async () => Promise.reject(new Refused('no'));
      const real = { ...stage.store };
      stage.store.save = async (job) => {
        if (!isWritten) throw new Error('the disk is gone');
        return real.save(job);
      };
      const ended: Job[] = [];
      const { manager } = stage.open({ onEnd: (job) => void ended.push(job) });
      await manager.start();
      await until(() => ended.length > 0, 'its end');
      await manager.stop(0);
      expect(await stage.files.owners('inputs')).toHaveLength(isWritten ? 0 : 1);
    }
  });
});
