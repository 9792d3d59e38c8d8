/** The manager with a queue that is elsewhere: it answers late, or not at all for a while. */
import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import type { Queue } from '../../../src/core/queue.ts';
import { createQueue } from '../../../src/jobs/queue/index.ts';
import { limitsOf } from '../../contract/queue-stage.ts';
import { createScriptedBackend, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { sampleCaller, sampleJob, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

const BACKEND = createScriptedBackend().name;
const METHODS = ['submit', 'claim', 'release', 'reconsider'] as const;
type Method = (typeof METHODS)[number];

/** `before`, and `after` it has done what it was asked, may wait or throw. */
function elsewhere(
  given: Partial<Record<'before' | 'after', (method: Method) => Promise<void>>>,
  slots = 1,
): Queue {
  const queue = createQueue(limitsOf({ backends: { [BACKEND]: slots } }));
  async function ask<T>(method: Method, work: () => Promise<T>): Promise<T> {
    await given.before?.(method);
    const answer = await work();
    await given.after?.(method);
    return answer;
  }
  return {
    ...queue,
    submit: (ticket, begunOn) => ask('submit', () => queue.submit(ticket, begunOn)),
    claim: (free) => ask('claim', () => queue.claim(free)),
    release: (what) => ask('release', () => queue.release(what)),
    reconsider: (guild) => ask('reconsider', () => queue.reconsider(guild)),
  };
}

/** Closed: whoever asks that waits until it is opened. */
function createGate() {
  let gate: PromiseWithResolvers<void> | undefined;
  let waiting = 0;
  return {
    get waiting() {
      return waiting;
    },
    close: () => void (gate = Promise.withResolvers<void>()),
    open() {
      gate?.resolve();
      gate = undefined;
    },
    async pass() {
      waiting += 1;
      await gate?.promise;
      waiting -= 1;
    },
  };
}

describe('a queue that does not answer', () => {
  it.each(METHODS)('to %s is asked again until it does, and no job is lost', async (failing) => {
    let failures = 0;
    const fail = async (method: Method): Promise<void> => {
      if (method !== failing || failures === 3) return;
      failures += 1;
      throw new EaselError({ code: 'store-failed' });
    };
    const queue = elsewhere({ before: fail });
    const { manager, backend, ended, log } = await startStage({ queue });
    backend.auto = success();
    const jobs = [await manager.submit(sampleRequest()), await manager.submit(sampleRequest())];
    manager.limitsChanged();
    for (const { id } of jobs) expect((await ended(id)).state).toBe('succeeded');
    await until(() => failures === 3);
    await until(() => manager.roster.count().guilds === 0);
    const lines = log.lines.filter(({ message }) => message.includes('queue does not answer'));
    expect(lines).toHaveLength(3);
    await settleStores();
    expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
  });

  it('leaves nothing running at a stop', async () => {
    const queue = elsewhere({
      before: async () => {
        throw new EaselError({ code: 'store-failed' });
      },
    });
    const stage = await createStage();
    const { manager } = stage.open({ queue });
    await stage.leave(sampleJob());
    stage.clock.skipping = false;
    const starting = manager.start();
    await until(() => stage.clock.sleeping > 0);
    await manager.stop(0);
    await starting;
    expect(stage.clock.sleeping).toBe(0);
    expect(stage.backend.queued).toEqual([]);
  });
});

describe('a queue that answers late', () => {
  it('has its slot back when a job was cancelled while it was claimed', async () => {
    const gate = createGate();
    const queue = elsewhere({ after: async (method) => (method === 'claim' ? gate.pass() : undefined) });
    const { manager, backend, audience, ended } = await startStage({ queue });
    audience.held = true;
    gate.close();
    const job = await manager.submit(sampleRequest());
    await until(() => gate.waiting === 1);
    expect((await queue.count()).running).toBe(1);
    await manager.cancel(job.id, sampleCaller());
    await until(() => audience.deliveries === 1);
    gate.open();
    await settleStores();
    expect(audience.deliveries).toBe(1); // it is closed once
    audience.release();
    expect((await ended(job.id)).state).toBe('cancelled');
    backend.auto = success();
    const next = await manager.submit(sampleRequest());
    expect((await ended(next.id)).state).toBe('succeeded');
    expect(backend.queued).toEqual([next.id]);
    await until(() => manager.roster.count().running === 0);
    await settleStores();
    expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
  });

  it('never begins a job that was cancelled while it went back in line', async () => {
    const gate = createGate();
    const queue = elsewhere({ before: async (method) => (method === 'release' ? gate.pass() : undefined) });
    const { manager, backend, audience, ended } = await startStage({ queue });
    audience.held = true;
    backend.submits.push(new EaselError({ code: 'backend-busy', backend: BACKEND }));
    gate.close();
    const job = await manager.submit(sampleRequest());
    await until(() => gate.waiting === 1);
    await manager.cancel(job.id, sampleCaller());
    await until(() => audience.deliveries === 1);
    gate.open();
    await settleStores();
    expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
    expect(audience.deliveries).toBe(1); // it is closed once
    audience.release();
    expect((await ended(job.id)).state).toBe('cancelled');
    await settleStores();
    expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
    expect(backend.queued).toEqual([]);
  });
});
