import { describe, expect, it } from 'vitest';
import { goesPlain, type Job } from '../../../src/core/job.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { sampleRequest } from './sample.ts';
import { createStage, ending, eventually, type Stage } from './stage.ts';

/** A process that dies whenever this job's reply is made; resolves to the record as it was then. */
async function dieDelivering(stage: Stage, poison: string): Promise<Job> {
  const { manager, life } = stage.open();
  const deliver = stage.audience.deliver.bind(stage.audience);
  let at: Job | undefined;
  stage.audience.deliver = async (job, delivery, signal) => {
    if (job.id !== poison) return deliver(job, delivery, signal);
    at = structuredClone(job);
    life.die();
  };
  await manager.start();
  await until(() => life.dead);
  stage.audience.deliver = deliver;
  await settleStores();
  return at!;
}

async function stageWith(others: number): Promise<Stage & { poison: string; well: string[] }> {
  const stage = await createStage();
  stage.backend.auto = success(picture('a.png'));
  const deliver = stage.audience.deliver.bind(stage.audience);
  let deliveries = 0;
  stage.audience.deliver = async () => {
    deliveries += 1;
    return new Promise(() => undefined);
  };
  const { manager, life } = stage.open();
  await manager.start();
  const ids: string[] = [];
  for (let n = 0; n <= others; n += 1) ids.push((await manager.submit(sampleRequest())).id);
  await until(() => deliveries === others + 1);
  life.die();
  stage.audience.deliver = deliver;
  const [poison = '', ...well] = ids;
  return { ...stage, poison, well };
}

describe('a job that ends Easel whenever its reply is made', () => {
  it('is tried again, then plainly, and ends with words; those beside it are not held up', async () => {
    const stage = await stageWith(4);
    const { poison, well, audience } = stage;
    const second = await dieDelivering(stage, poison);
    const third = await dieDelivering(stage, poison);
    expect([second, third].map(({ heavy }) => heavy)).toEqual([2, 3]);
    expect([second, third].map(goesPlain)).toEqual([false, true]);
    await stage.open().manager.start();
    expect((await stage.ended(poison)).end).toEqual({
      kind: 'failed',
      problem: { code: 'too-heavy', ref: poison },
    });
    expect(audience.reply(poison)).toMatchObject([{ files: [], end: { kind: 'failed' } }]);
    for (const id of well) expect((await stage.ended(id)).state).toBe('succeeded');
    expect((await stage.ended(poison)).heavy).toBeUndefined();
  });

  it('is left without words when even these end it', async () => {
    const stage = await stageWith(0);
    const { poison, audience, log } = stage;
    for (let n = 0; n < 3; n += 1) await dieDelivering(stage, poison);
    await stage.open().manager.start();
    expect((await stage.ended(poison)).end).toMatchObject({ problem: { code: 'too-heavy' } });
    expect(audience.reply(poison)).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toContain(
      'its words alone ended Easel: it is left without',
    );
  });
});

describe('a job that is innocent', () => {
  it('is not blamed for a stop, nor for deaths while its chat is away', async () => {
    const stage = await createStage();
    stage.backend.auto = success(picture('a.png'));
    stage.audience.away = true;
    let id = '';
    for (let n = 0; n < 5; n += 1) {
      const { manager, life } = stage.open();
      await manager.start();
      id ||= (await manager.submit(sampleRequest())).id;
      const before = stage.audience.checks;
      await until(() => stage.audience.checks > before + 2);
      if (n % 2 === 0) await manager.stop(0);
      await settleStores();
      life.die();
    }
    const [left] = await stage.store.unfinished();
    expect([left?.id, left?.heavy]).toEqual([id, undefined]);
    stage.audience.away = false;
    await stage.open().manager.start();
    expect((await stage.ended(id)).state).toBe('succeeded');
  });

  it('is not blamed where some of it has arrived', async () => {
    const stage = await createStage();
    stage.backend.auto = success(...[1, 2, 3, 4, 5, 6, 7].map((n) => picture(`${n}.png`)));
    let id = '';
    for (let n = 1; n <= 3; n += 1) {
      const { manager, life } = stage.open();
      await manager.start();
      id ||= (await manager.submit(sampleRequest())).id;
      await until(() => stage.audience.accepted.length >= n);
      life.die();
      await settleStores();
    }
    await stage.open().manager.start();
    expect((await stage.ended(id)).state).toBe('succeeded');
    expect(stage.audience.reply(id).flatMap(({ files }) => files)).toHaveLength(7);
  });

  it('steps back without keeping its chat from the others, who come one at a time after an outage', async () => {
    const stage = await stageWith(2);
    const { poison, audience, clock } = stage;
    clock.skipping = false;
    audience.away = true;
    const { manager } = stage.open({ timing: { suspectMs: 24 * 3600_000 } });
    await manager.start();
    const late = await manager.submit(sampleRequest());
    await eventually(stage, () => audience.checks > 3);
    audience.away = false;
    expect((await ending(stage, late.id)).state).toBe('succeeded');
    expect(audience.reply(poison)).toEqual([]);
  });
});
