import { describe, expect, it } from 'vitest';
import { Refused } from '../../../src/core/errors.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores } from '../../fakes/until.ts';
import { sampleRequest } from './sample.ts';
import { createStage, ending, eventually, startStandingStage as startStage } from './stage.ts';

const HOUR = 3600_000;

describe('a chat that is away', () => {
  it('gets every result when it is back, the oldest first, and nothing is fetched twice', async () => {
    const stage = await startStage();
    const { manager, backend, audience, clock } = stage;
    backend.auto = success();
    audience.away = true;
    const jobs = [];
    for (let n = 0; n < 8; n += 1) {
      jobs.push(await manager.submit(sampleRequest({ user: `user ${n}` })));
      await eventually(stage, () => backend.calls.fetch === n + 1);
      clock.advance(10);
    }
    await clock.pass(23 * HOUR);
    expect(audience.accepted).toEqual([]);
    audience.away = false;
    for (const { id } of jobs) expect((await ending(stage, id)).state).toBe('succeeded');
    const told = audience.accepted.map(({ job }) => job);
    expect(told).toHaveLength(8);
    // several are on their way at once, more and more
    for (const [place, { id }] of jobs.entries())
      expect(Math.abs(told.indexOf(id) - place)).toBeLessThanOrEqual(3);
    expect(told[0]).toBe(jobs[0]?.id);
    expect(backend.calls.fetch).toBe(8);
    expect(audience.reply(jobs[0]!.id)[0]?.files.map(({ name }) => name)).toEqual(['a.png']);
  });

  it('is asked one cheap question at a time, and gets one reply first, then more', async () => {
    const stage = await startStage();
    const { manager, backend, audience, clock } = stage;
    backend.auto = success();
    audience.away = true;
    for (let n = 0; n < 8; n += 1) await manager.submit(sampleRequest({ user: `user ${n}` }));
    await eventually(stage, () => audience.checks > 3);
    const before = { at: clock.now(), checks: audience.checks, deliveries: audience.deliveries };
    await clock.pass(HOUR);
    expect(audience.checks - before.checks).toBeLessThan(HOUR / 7500 + 20);
    expect(audience.deliveries).toBe(before.deliveries);
    let inside = 0;
    const most: number[] = [];
    const deliver = audience.deliver.bind(audience);
    audience.deliver = async (...given) => {
      inside += 1;
      most.push(inside);
      await clock.sleep(10);
      inside -= 1;
      return deliver(...given);
    };
    audience.away = false;
    await eventually(stage, () => most.length === 8);
    expect(most.slice(0, 2)).toEqual([1, 1]);
    expect(Math.max(...most)).toBeLessThanOrEqual(4);
  });

  it('is outlived through a restart: the next process neither runs nor fetches anything again', async () => {
    const stage = await createStage();
    stage.clock.skipping = false;
    stage.backend.auto = success(picture('a.png'), picture('b.png'));
    stage.audience.away = true;
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    await eventually(stage, () => stage.backend.calls.fetch === 2);
    await eventually(stage, () => stage.audience.checks > 5);
    first.life.die();
    const second = stage.open();
    await second.manager.start();
    const checks = stage.audience.checks;
    await eventually(stage, () => stage.audience.checks > checks + 5);
    stage.audience.away = false;
    expect((await ending(stage, job.id)).state).toBe('succeeded');
    expect(stage.audience.reply(job.id)[0]?.files.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'a.png',
      'b.png',
    ]);
    expect(stage.backend.calls).toMatchObject({ fetch: 2, submit: 1 });
  });

  it('for more than a day loses the reply, and who runs Easel sees it', async () => {
    const ends: string[] = [];
    const stage = await startStage({
      onEnd: ({ end }) => void ends.push(end?.kind === 'failed' ? end.problem.code : ''),
    });
    const { manager, backend, audience, clock } = stage;
    backend.auto = success();
    audience.away = true;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => audience.checks > 3);
    await clock.pass(23 * HOUR);
    expect(ends).toEqual([]);
    await clock.pass(2 * HOUR);
    const { end } = await ending(stage, job.id);
    expect(end).toEqual({ kind: 'failed', problem: { code: 'delivery-failed' } });
    expect(ends).toEqual(['delivery-failed']);
  });

  it('leaves other platforms alone', async () => {
    const stage = await createStage();
    stage.clock.skipping = false;
    stage.audience.platforms.add('other');
    const check = stage.audience.check.bind(stage.audience);
    stage.audience.check = async (platform, signal) =>
      platform === 'other' ? undefined : check(platform, signal);
    const deliver = stage.audience.deliver.bind(stage.audience);
    stage.audience.deliver = async (job, ...rest) => {
      if (job.platform === 'test') throw new Error('503');
      return deliver(job, ...rest);
    };
    stage.audience.away = true;
    stage.backend.auto = success();
    const { manager } = stage.open();
    await manager.start();
    await manager.submit(sampleRequest());
    await eventually(stage, () => stage.audience.checks > 3);
    stage.audience.away = false;
    const job = await manager.submit(sampleRequest({ platform: 'other' }));
    expect((await ending(stage, job.id)).state).toBe('succeeded');
  });

  it('does not keep a stop waiting', async () => {
    const stage = await startStage();
    const { manager, backend, audience, store } = stage;
    backend.auto = success();
    audience.away = true;
    await manager.submit(sampleRequest());
    await eventually(stage, () => audience.checks > 3);
    await manager.stop(60_000);
    expect((await store.unfinished()).map(({ state }) => state)).toEqual(['delivering']);
  });
});

describe('one reply that fails while its chat is well', () => {
  it('is tried again, rarer and rarer, and holds nobody else back', async () => {
    const stage = await startStage();
    const { manager, backend, audience, clock } = stage;
    backend.auto = success();
    const poison = await manager.submit(sampleRequest());
    const deliver = audience.deliver.bind(audience);
    let tries = 0;
    audience.deliver = async (job, ...rest) => {
      if (job.id !== poison.id) return deliver(job, ...rest);
      tries += 1;
      throw new Error('500');
    };
    await eventually(stage, () => tries === 1);
    for (let n = 0; n < 5; n += 1)
      expect((await ending(stage, (await manager.submit(sampleRequest())).id)).state).toBe('succeeded');
    const before = { at: clock.now(), tries };
    await clock.pass(5 * HOUR);
    expect(tries - before.tries).toBeLessThan(5 * 12 + 12);
    audience.deliver = deliver;
    expect((await ending(stage, poison.id)).state).toBe('succeeded');
  });

  it('is given up when the platform refuses it, and its words are tried alone', async () => {
    const stage = await startStage({ timing: { deliverTries: 2 } });
    const { manager, backend, audience } = stage;
    backend.auto = success();
    audience.errors.push(new Refused('no'), new Refused('no'));
    const job = await manager.submit(sampleRequest());
    expect((await ending(stage, job.id)).end).toMatchObject({ problem: { code: 'delivery-failed' } });
    await settleStores();
    expect(audience.reply(job.id)[0]?.files).toEqual([]);
  });
});

describe('a job that was noted and whose person was perhaps not told', () => {
  it('is claimed as soon as the chat says what it told', async () => {
    const stage = await startStage();
    const { manager, backend, audience } = stage;
    backend.auto = success();
    audience.away = true;
    const noted = await manager.note(sampleRequest({}, { reply: 'unknown' }));
    noted.claim();
    await eventually(stage, () => audience.checks > 5);
    expect(backend.calls.submit).toBe(0);
    audience.claims.push('message 7');
    audience.away = false;
    const [said] = await eventually(stage, () => audience.accepted.length > 0 && audience.accepted);
    expect(await ending(stage, said?.job ?? '')).toMatchObject({ state: 'succeeded', reply: 'message 7' });
  });

  it('is forgotten when they were not', async () => {
    const stage = await startStage({ caps: () => ({ guild: 1, user: 1 }) });
    const { manager, audience, store, backend } = stage;
    audience.claims.push(undefined);
    const noted = await manager.note(sampleRequest());
    noted.claim();
    await eventually(stage, () => audience.claims.length === 0);
    await settleStores();
    expect(await store.unfinished()).toEqual([]);
    expect(backend.calls.submit).toBe(0);
    // and its place is free
    await manager.note(sampleRequest());
  });

  it('ends after a day without an answer', async () => {
    const ends: string[] = [];
    const stage = await startStage({
      onEnd: ({ end }) => void ends.push(end?.kind === 'failed' ? end.problem.code : ''),
    });
    const { manager, audience, store, clock } = stage;
    audience.away = true;
    (await manager.note(sampleRequest())).claim();
    await eventually(stage, () => audience.checks > 3);
    await clock.pass(23 * HOUR);
    expect(ends).toEqual([]);
    await clock.pass(2 * HOUR);
    await eventually(stage, () => ends.length === 1);
    expect(ends).toEqual(['delivery-failed']);
    await settleStores();
    expect(await store.unfinished()).toEqual([]);
  });
});
