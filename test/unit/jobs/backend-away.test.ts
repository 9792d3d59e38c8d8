import { describe, expect, it } from 'vitest';
import { EaselError, UncertainSubmit } from '../../../src/core/errors.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores } from '../../fakes/until.ts';
import { sampleCaller, sampleJob, sampleRequest } from './sample.ts';
import { createStage, ending, eventually, startStandingStage as startStage, type Stage } from './stage.ts';

const HOUR = 3600_000;
const problem = (
  code: 'no-credits' | 'backend-busy' | 'backend-forbids' | 'backend-broken',
  afterMs?: number,
) => new EaselError({ code, backend: 'b' }, { retryAfterMs: afterMs });

function template(name: string) {
  return sampleRequest({}, { template: { name, version: '1' } });
}

function kinds({ audience }: Pick<Stage, 'audience'>, job: string): string[] {
  return audience.shown(job).map(({ kind }) => kind);
}

describe('a backend that is away', () => {
  it('costs no job anything, however long it takes, and is said with since when', async () => {
    const stage = await startStage({ concurrency: 2 });
    const { manager, backend, audience, clock } = stage;
    backend.away = true;
    backend.auto = success();
    const jobs = [];
    for (let n = 0; n < 6; n += 1) jobs.push(await manager.submit(sampleRequest({ user: `user ${n}` })));
    await clock.pass(3 * HOUR);
    const hold = { kind: 'away', since: expect.any(Number), problem: { code: 'backend-unreachable' } };
    expect(manager.hold()).toMatchObject(hold);
    expect(audience.shown(jobs[0]!.id).at(-1)).toMatchObject({ kind: 'held', hold });
    expect(audience.shown(jobs[5]!.id).at(-1)).toMatchObject({
      kind: 'waiting',
      place: { position: expect.any(Number), reason: { kind: 'backend-held', hold } },
    });
    backend.away = false;
    for (const { id } of jobs) expect((await ending(stage, id)).state).toBe('succeeded');
    expect(backend.queued).toEqual(jobs.map(({ id }) => id));
    expect(manager.hold()).toBeUndefined();
  });

  it('is asked one cheap question at a time, at most every 15 seconds, and nothing else', async () => {
    const stage = await startStage();
    const { manager, backend, clock } = stage;
    backend.away = true;
    for (let n = 0; n < 4; n += 1) await manager.submit(sampleRequest({ user: `user ${n}` }));
    await eventually(stage, () => manager.hold());
    const before = { at: clock.now(), checks: backend.calls.check, submits: backend.calls.submit };
    await clock.pass(HOUR);
    const checks = backend.calls.check - before.checks;
    expect(checks).toBeGreaterThan(HOUR / 15_000 - 2);
    expect(checks).toBeLessThan(HOUR / 7500 + 20);
    expect(backend.calls.submit - before.submits).toBe(0);
  });

  it('gets one job first when it is back, then more', async () => {
    const stage = await startStage({ concurrency: 10 });
    const { manager, backend } = stage;
    backend.away = true;
    for (let n = 0; n < 8; n += 1) await manager.submit(sampleRequest({ user: `user ${n}` }));
    await eventually(stage, () => manager.hold());
    let inside = 0;
    const most: number[] = [];
    const submit = backend.submit.bind(backend);
    backend.submit = async (...given) => {
      inside += 1;
      most.push(inside);
      // others that may begin now have written down by then that they do
      await settleStores();
      inside -= 1;
      return submit(...given);
    };
    backend.away = false;
    await eventually(stage, () => most.length === 8);
    expect(most[0]).toBe(1);
    expect(most[1]).toBe(1);
    expect(Math.max(...most)).toBeGreaterThan(1);
    expect(Math.max(...most)).toBeLessThanOrEqual(4);
  });

  it('when Easel starts is waited for, too', async () => {
    const stage = await createStage();
    stage.clock.skipping = false;
    stage.backend.away = true;
    stage.backend.auto = success();
    const jobs = [sampleJob({ times: { queued: 1 } }), sampleJob({ times: { queued: 2 } })];
    for (const job of jobs) await stage.leave(job);
    const { manager } = stage.open({ concurrency: 1 });
    await manager.start();
    await eventually(stage, () => manager.hold());
    await stage.clock.pass(HOUR);
    expect(stage.backend.calls.check).toBeGreaterThan(50);
    stage.backend.away = false;
    for (const { id } of jobs) expect((await ending(stage, id)).state).toBe('succeeded');
  });

  it('is remembered over a restart, with the same since', async () => {
    const stage = await createStage();
    stage.clock.skipping = false;
    stage.backend.away = true;
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    const hold = await eventually(stage, () => first.manager.hold());
    await settleStores();
    first.life.die();
    stage.clock.advance(HOUR);
    const second = stage.open();
    await second.manager.start();
    expect(second.manager.hold()).toEqual(hold);
    stage.backend.auto = success();
    stage.backend.away = false;
    expect((await ending(stage, job.id)).state).toBe('succeeded');
    expect(second.manager.hold()).toBeUndefined();
    await settleStores();
    expect(await stage.store.loadHold()).toBeUndefined();
  });

  it('ends a job after twelve hours, with words and not by itself', async () => {
    const stage = await startStage({ concurrency: 1 });
    const { manager, backend, audience } = stage;
    backend.away = true;
    const file = { name: 'image.png', type: 'image/png', bytes: Buffer.from('png') };
    const images = [{ slot: 'image', into: [['3', 'image'] as const] }];
    const handed = await manager.submit(sampleRequest({}, { images, files: { image: file } }));
    const waiting = await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold());
    await stage.clock.pass(13 * HOUR);
    const end = { kind: 'failed', problem: { code: 'held-too-long', backend: backend.name, hours: 12 } };
    for (const { id } of [handed, waiting]) {
      const record = await ending(stage, id);
      expect(record.end).toEqual(end);
      expect(record.times.ended! - record.times.queued).toBeGreaterThanOrEqual(12 * HOUR);
      expect(record.times.ended! - record.times.queued).toBeLessThan(14 * HOUR);
    }
    expect(audience.reply(waiting.id)).toHaveLength(1);
    expect(Buffer.from((await manager.input(handed.id, 'image')) ?? []).toString()).toBe('png');
    // a job of this minute is held for its own twelve hours
    const late = await manager.submit(sampleRequest());
    await stage.clock.pass(13 * HOUR);
    const { times } = await ending(stage, late.id);
    expect(times.ended! - times.queued).toBeGreaterThanOrEqual(12 * HOUR);
  });

  it('is asked for a while by a machine that slept before anything is given up', async () => {
    const stage = await startStage();
    const { manager, backend, clock } = stage;
    backend.away = true;
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.calls.check > 10);
    const sleep = clock.sleep.bind(clock);
    let woke: number | undefined;
    clock.sleep = async (ms, signal) => {
      // the night passes, and the network comes a minute later than the machine
      if (woke === undefined) {
        clock.advance(14 * HOUR);
        woke = clock.now();
      }
      if (clock.now() - woke > 60_000) backend.away = false;
      return sleep(ms, signal);
    };
    expect((await ending(stage, job.id)).state).toBe('succeeded');
  });

  it('in mid-run shows since when instead of a bar that stands, and the bar again when it is back', async () => {
    const stage = await startStage();
    const { manager, backend, audience } = stage;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    backend.emit(job.id, { kind: 'step', node: '3', value: 2, max: 4 });
    backend.away = true;
    backend.poll();
    await eventually(stage, () => audience.shown(job.id).at(-1)?.kind === 'held');
    backend.away = false;
    backend.poll();
    await eventually(stage, () => audience.shown(job.id).at(-1)?.kind === 'running');
    expect(audience.shown(job.id).at(-1)).toMatchObject({ progress: { step: { value: 2 } } });
    backend.finish(job.id);
    expect((await ending(stage, job.id)).state).toBe('succeeded');
    expect(kinds(stage, job.id).filter((kind) => kind === 'held')).toHaveLength(1);
  });

  it('that lost a run which only stood in its line charges nobody for it', async () => {
    const stage = await startStage();
    const { manager, backend } = stage;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    for (let n = 0; n < 5; n += 1) {
      backend.emit(job.id, { kind: 'asked', state: 'pending' });
      backend.away = true;
      backend.poll();
      await eventually(stage, () => manager.hold());
      const queued = backend.queued.length;
      backend.lineUp = true;
      backend.away = false;
      backend.forget(job.id);
      await eventually(stage, () => backend.queued.length > queued && backend.followers(job.id) === 1);
    }
    backend.finish(job.id);
    expect(await ending(stage, job.id)).toMatchObject({ state: 'succeeded', attempts: 1 });
  });

  it('that ends whenever a run begins is not ended by it again and again', async () => {
    const stage = await startStage();
    const { manager, backend } = stage;
    const job = await manager.submit(sampleRequest());
    for (const attempt of [1, 2, 3]) {
      await eventually(stage, () => backend.queued.length === attempt && backend.followers(job.id) === 1);
      backend.away = true;
      backend.poll();
      await eventually(stage, () => manager.hold());
      backend.away = false;
      backend.forget(job.id);
    }
    expect((await ending(stage, job.id)).end).toMatchObject({ problem: { code: 'run-lost' } });
    expect(backend.queued).toHaveLength(3);
  });

  it('that loses its connection over a graph again and again fails that job only', async () => {
    const stage = await startStage({ concurrency: 1 });
    const { manager, backend } = stage;
    backend.auto = success();
    const submit = backend.submit.bind(backend);
    let deaths = 0;
    backend.submit = async (run, signal) => {
      if (run.promptId !== bad.id) return submit(run, signal);
      deaths += 1;
      backend.away = true;
      throw new UncertainSubmit({ code: 'backend-unreachable', backend: 'b' });
    };
    const check = backend.check.bind(backend);
    backend.check = async (signal) => {
      const away = backend.away;
      // somebody starts it again
      backend.away = false;
      if (away) throw new EaselError({ code: 'backend-unreachable', backend: 'b' });
      return check(signal);
    };
    const bad = await manager.submit(sampleRequest());
    const good = await manager.submit(sampleRequest());
    expect((await ending(stage, bad.id)).state).toBe('failed');
    expect((await ending(stage, good.id)).state).toBe('succeeded');
    expect(deaths).toBe(3);
  });

  it('keeps what is fetched waiting: files come when it is back', async () => {
    const stage = await startStage();
    const { manager, backend, audience, clock } = stage;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    backend.fetchErrors.push(new EaselError({ code: 'backend-unreachable', backend: 'b' }));
    backend.probeError = new EaselError({ code: 'backend-unreachable', backend: 'b' });
    backend.finish(job.id, success(picture('a.png')));
    await eventually(stage, () => manager.hold());
    await clock.pass(3 * HOUR);
    expect(audience.shown(job.id).at(-1)).toMatchObject({ kind: 'delivering', late: expect.any(Number) });
    expect(backend.calls.fetch).toBe(1);
    backend.probeError = undefined;
    expect((await ending(stage, job.id)).state).toBe('succeeded');
    expect(audience.reply(job.id)[0]?.files).toHaveLength(1);
  });

  it('that hands out no files although it is well is asked for an hour, then they are named', async () => {
    const stage = await startStage();
    const { manager, backend, audience, clock } = stage;
    const fetch = backend.fetch.bind(backend);
    const broken = { fetch: true };
    backend.fetch = async (...given) => {
      if (broken.fetch) throw problem('backend-broken');
      return fetch(...given);
    };
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    await clock.pass(60_000);
    broken.fetch = false;
    expect((await ending(stage, job.id)).state).toBe('succeeded');
    broken.fetch = true;
    const second = await manager.submit(sampleRequest());
    await eventually(stage, () => audience.shown(second.id).some((one) => 'late' in one && one.late));
    await clock.pass(HOUR + 60_000);
    const record = await ending(stage, second.id);
    expect(record.end).toMatchObject({ problem: { code: 'backend-broken' } });
    expect(record.times.ended! - record.times.queued).toBeGreaterThanOrEqual(HOUR);
    expect(audience.reply(second.id)).toHaveLength(1);
  });
});

describe('a backend whose account is in trouble', () => {
  it('holds the queue without being asked anything, and gets one job a minute to see', async () => {
    const stage = await startStage({
      concurrency: 3,
      timing: { holdMs: Infinity },
    });
    const { manager, backend, clock } = stage;
    backend.auto = success();
    const submit = backend.submit.bind(backend);
    let tries = 0;
    backend.submit = async () => {
      tries += 1;
      throw problem('no-credits');
    };
    const jobs = [];
    for (let n = 0; n < 6; n += 1) jobs.push(await manager.submit(sampleRequest({ user: `user ${n}` })));
    await eventually(stage, () => manager.hold()?.kind === 'account');
    const before = { at: clock.now(), tries };
    for (let second = 0; second < 3600; second += 1) {
      await clock.pass(1000);
      // each try reads its graph
      if (second % 10 === 0) await settleStores();
    }
    const minutes = (clock.now() - before.at) / 60_000;
    expect(tries - before.tries).toBeGreaterThanOrEqual(minutes - 3);
    expect(tries - before.tries).toBeLessThanOrEqual(minutes + 1);
    expect(backend.calls.check).toBe(0);
    backend.submit = submit;
    for (const { id } of jobs) expect((await ending(stage, id)).state).toBe('succeeded');
    expect(manager.hold()).toBeUndefined();
  });

  it('that takes a run and then refuses it for the account runs it again once that is good', async () => {
    const stage = await startStage();
    const { manager, backend } = stage;
    const inactive = { code: 'subscription-inactive', backend: 'b' } as const;
    backend.auto = { kind: 'failure', problem: inactive, outputs: [] };
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold()?.kind === 'account');
    backend.forget(job.id);
    backend.auto = success();
    const record = await ending(stage, job.id);
    expect(record).toMatchObject({ state: 'succeeded', attempts: 1 });
    expect(backend.queued).toHaveLength(2);
  });

  it('that forbids one template ends that job; a second template holds everybody', async () => {
    const stage = await startStage();
    const { manager, backend } = stage;
    backend.submits.push(problem('backend-forbids'), problem('backend-forbids'));
    for (const name of ['dear', 'dear']) {
      const job = await manager.submit(template(name));
      expect((await ending(stage, job.id)).end).toMatchObject({ problem: { code: 'backend-forbids' } });
    }
    expect(manager.hold()).toBeUndefined();
    backend.submits.push(problem('backend-forbids'));
    backend.auto = success();
    const other = await manager.submit(template('cheap'));
    await eventually(stage, () => manager.hold()?.kind === 'account');
    expect((await ending(stage, other.id)).state).toBe('succeeded');
  });
});

describe('a backend that asks for a pause', () => {
  it('gets it', async () => {
    const stage = await startStage({ concurrency: 3 });
    const { manager, backend, clock } = stage;
    backend.auto = success();
    backend.submits.push(problem('backend-busy', 90_000));
    const first = await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold()?.kind === 'busy');
    const at = clock.now();
    const second = await manager.submit(sampleRequest());
    for (const { id } of [first, second]) expect((await ending(stage, id)).state).toBe('succeeded');
    expect(clock.now() - at).toBeGreaterThan(80_000);
    expect(backend.calls.submit).toBe(3);
  });
});

describe('a job that fails by itself', () => {
  it('does so three times while the backend answers others, who are not held', async () => {
    const stage = await startStage({ concurrency: 2 });
    const { manager, backend, audience } = stage;
    backend.submits.push(...[1, 2, 3].map(() => problem('backend-broken')));
    const job = await manager.submit(sampleRequest());
    expect((await ending(stage, job.id)).end).toMatchObject({ problem: { code: 'backend-broken' } });
    expect(audience.shown(job.id)).toContainEqual({ kind: 'submitting', retrying: true });
    expect(manager.hold()).toBeUndefined();
    expect(backend.calls).toMatchObject({ submit: 3 });
  });

  it('by a run whose state cannot be read is given up after a while, and its slot is free', async () => {
    const stage = await startStage({ concurrency: 1 });
    const { manager, backend, clock } = stage;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    const unread = () => backend.emit(job.id, { kind: 'silent', error: problem('backend-broken') });
    for (let n = 0; n < 7; n += 1) {
      unread();
      await settleStores();
      clock.advance(60_000);
    }
    expect((await ending(stage, job.id)).end).toMatchObject({ problem: { code: 'backend-broken' } });
    backend.auto = success();
    expect((await ending(stage, (await manager.submit(sampleRequest())).id)).state).toBe('succeeded');
  });
});

describe('cancelling while the backend is away', () => {
  const ann = sampleCaller();

  it('is confirmed at once, and carried out when it is back', async () => {
    const stage = await startStage({ concurrency: 1 });
    const { manager, backend, audience } = stage;
    const job = await manager.submit(sampleRequest());
    const next = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    backend.away = true;
    backend.poll();
    await eventually(stage, () => manager.hold());
    await manager.cancel(job.id, ann);
    await eventually(stage, () => audience.reply(job.id).length === 1);
    expect(audience.reply(job.id)[0]?.end).toEqual({ kind: 'cancelled', away: true });
    expect((await manager.list('guild-a')).map((one) => one.job.id)).toEqual([next.id]);
    expect(backend.runs.get(job.id)?.end).toBeUndefined();
    backend.auto = success();
    backend.away = false;
    backend.poll();
    expect((await ending(stage, job.id)).state).toBe('cancelled');
    expect(backend.runs.get(job.id)?.end).toEqual({ kind: 'cancelled' });
    expect((await ending(stage, next.id)).state).toBe('succeeded');
    expect(audience.accepted.filter((one) => one.job === job.id)).toHaveLength(1);
  });

  it('is carried out by the next process, too, and not told twice', async () => {
    const stage = await createStage();
    stage.clock.skipping = false;
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    await eventually(stage, () => stage.backend.followers(job.id) === 1);
    stage.backend.away = true;
    stage.backend.poll();
    await eventually(stage, () => first.manager.hold());
    await first.manager.cancel(job.id, ann);
    await eventually(stage, () => stage.audience.reply(job.id).length === 1);
    await settleStores();
    first.life.die();
    stage.backend.away = false;
    await stage.open().manager.start();
    expect((await ending(stage, job.id)).state).toBe('cancelled');
    expect(stage.backend.runs.get(job.id)?.end).toEqual({ kind: 'cancelled' });
    expect(stage.audience.accepted.filter((one) => one.job === job.id)).toHaveLength(1);
  });

  it('ends a job at once that was never sent', async () => {
    const stage = await startStage();
    const { manager, backend } = stage;
    backend.away = true;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => manager.hold());
    await manager.cancel(job.id, ann);
    expect((await ending(stage, job.id)).end).toMatchObject({ kind: 'cancelled' });
    expect(backend.queued).toEqual([]);
  });
});

describe("the backend's own line", () => {
  it('is shown until the run begins, and its time is not counted', async () => {
    const stage = await startStage({ timing: { runLimitMs: 60_000 } });
    const { manager, backend, audience, clock } = stage;
    backend.lineUp = true;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    backend.emit(job.id, { kind: 'queued', ahead: 3 });
    expect(audience.shown(job.id).at(-1)).toEqual({ kind: 'lined-up', ahead: 3 });
    for (let n = 0; n < 10; n += 1) {
      clock.advance(60_000);
      backend.poll();
    }
    expect(kinds({ audience }, job.id)).not.toContain('running');
    expect(backend.calls.cancel).toBe(0);
    backend.lineUp = false;
    backend.poll();
    expect(audience.shown(job.id).at(-1)?.kind).toBe('running');
    backend.finish(job.id);
    expect((await ending(stage, job.id)).state).toBe('succeeded');
  });

  it('does not stop a run whose end the stop met: what it made is delivered', async () => {
    const stage = await startStage({ timing: { runLimitMs: 60_000 } });
    const { manager, backend, clock } = stage;
    const job = await manager.submit(sampleRequest());
    await eventually(stage, () => backend.followers(job.id) === 1);
    backend.cancel = async () => {
      backend.finish(job.id, success());
      return 'gone';
    };
    for (let n = 0; n < 3; n += 1) {
      clock.advance(50_000);
      backend.poll();
    }
    expect((await ending(stage, job.id)).state).toBe('succeeded');
  });

  it('takes the limit of the template before the general one', async () => {
    const stage = await startStage();
    const { manager, backend, clock } = stage;
    const job = await manager.submit(sampleRequest({}, { runLimitMinutes: 1 }));
    await eventually(stage, () => backend.followers(job.id) === 1);
    for (let n = 0; n < 3; n += 1) {
      clock.advance(40_000);
      backend.poll();
    }
    expect((await ending(stage, job.id)).end).toMatchObject({
      problem: { code: 'run-too-long', minutes: 1 },
    });
  });
});
