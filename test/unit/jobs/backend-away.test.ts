import { describe, expect, it } from 'vitest';
import { EaselError, UncertainSubmit, type Problem } from '../../../src/core/errors.ts';
import { success, picture } from '../../fakes/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { sampleCaller, sampleJob, sampleRequest } from './sample.ts';
import { createStage, startStage, type Stage } from './stage.ts';

const HOUR = 3600_000;
const problem = (
  code: 'no-credits' | 'backend-busy' | 'backend-forbids' | 'backend-broken',
  afterMs?: number,
) => new EaselError({ code, backend: 'b' } as Problem, { retryAfterMs: afterMs });

/** Its submits are taken only once the test says so. */
function template(name: string) {
  return sampleRequest({}, { template: { name, version: '1' } });
}

function kinds({ audience }: Pick<Stage, 'audience'>, job: string): string[] {
  return audience.shown(job).map(({ kind }) => kind);
}

describe('a backend that is away', () => {
  it('costs no job anything, however long it takes, and is said with since when', async () => {
    // the clock of the stage runs away while the disk is waited for
    const stage = await startStage({ concurrency: 2, timing: { holdMs: Infinity } });
    const { manager, backend, audience, ended, clock } = stage;
    backend.away = true;
    backend.auto = success();
    const jobs = [];
    for (let n = 0; n < 6; n += 1) jobs.push(await manager.submit(sampleRequest({ user: `user ${n}` })));
    const before = clock.now();
    await until(() => clock.now() - before > 3 * HOUR);
    const hold = { kind: 'away', since: expect.any(Number), problem: { code: 'backend-unreachable' } };
    expect(manager.hold()).toMatchObject(hold);
    expect(audience.shown(jobs[0]!.id).at(-1)).toMatchObject({ kind: 'held', hold });
    expect(audience.shown(jobs[5]!.id).at(-1)).toMatchObject({
      kind: 'waiting',
      place: { position: 4, reason: { kind: 'backend-held', hold } },
    });
    backend.away = false;
    for (const { id } of jobs) expect((await ended(id)).state).toBe('succeeded');
    expect(backend.queued).toEqual(jobs.map(({ id }) => id));
    expect(manager.hold()).toBeUndefined();
  });

  it('is asked one cheap question at a time, at most every 15 seconds, and nothing else', async () => {
    const { manager, backend, clock } = await startStage();
    backend.away = true;
    for (let n = 0; n < 4; n += 1) await manager.submit(sampleRequest({ user: `user ${n}` }));
    await until(() => manager.hold());
    const before = { at: clock.now(), checks: backend.calls.check, submits: backend.calls.submit };
    await until(() => clock.now() - before.at > HOUR);
    const checks = backend.calls.check - before.checks;
    expect(checks).toBeGreaterThan(HOUR / 15_000 - 2);
    expect(checks).toBeLessThan(HOUR / 7500 + 20);
    expect(backend.calls.submit - before.submits).toBe(0);
  });

  it('gets one job first when it is back, then more', async () => {
    const { manager, backend, clock } = await startStage({ concurrency: 10, timing: { holdMs: Infinity } });
    backend.away = true;
    for (let n = 0; n < 8; n += 1) await manager.submit(sampleRequest({ user: `user ${n}` }));
    await until(() => manager.hold());
    let inside = 0;
    const most: number[] = [];
    const submit = backend.submit.bind(backend);
    backend.submit = async (...given) => {
      inside += 1;
      most.push(inside);
      await clock.sleep(10);
      inside -= 1;
      return submit(...given);
    };
    backend.away = false;
    await until(() => most.length === 8);
    expect(most[0]).toBe(1);
    expect(most[1]).toBe(1);
    expect(Math.max(...most)).toBeGreaterThan(1);
    expect(Math.max(...most)).toBeLessThanOrEqual(4);
  });

  it('when Easel starts is waited for, too', async () => {
    const stage = await createStage();
    stage.backend.away = true;
    stage.backend.auto = success();
    const jobs = [sampleJob({ times: { queued: 1 } }), sampleJob({ times: { queued: 2 } })];
    for (const job of jobs) await stage.store.save(job);
    const { manager } = stage.open({ concurrency: 1 });
    await manager.start();
    await until(() => stage.backend.calls.check > 50);
    stage.backend.away = false;
    for (const { id } of jobs) expect((await stage.ended(id)).state).toBe('succeeded');
  });

  it('is remembered over a restart, with the same since', async () => {
    const stage = await createStage();
    stage.backend.away = true;
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    const hold = await until(() => first.manager.hold());
    await settleStores();
    first.life.die();
    stage.clock.advance(HOUR);
    const second = stage.open();
    await second.manager.start();
    expect(second.manager.hold()).toEqual(hold);
    stage.backend.auto = success();
    stage.backend.away = false;
    expect((await stage.ended(job.id)).state).toBe('succeeded');
    await until(() => second.manager.hold() === undefined);
    await settleStores();
    expect(await stage.store.loadHold()).toBeUndefined();
  });

  it('ends a job after twelve hours, with words and not by itself', async () => {
    const { manager, backend, ended, audience } = await startStage({ concurrency: 1 });
    backend.away = true;
    const handed = await manager.submit(sampleRequest());
    const waiting = await manager.submit(sampleRequest());
    const end = { kind: 'failed', problem: { code: 'held-too-long', backend: backend.name, hours: 12 } };
    for (const { id } of [handed, waiting]) {
      const record = await ended(id);
      expect(record.end).toEqual(end);
      expect(record.times.ended! - record.times.queued).toBeGreaterThanOrEqual(12 * HOUR);
      expect(record.times.ended! - record.times.queued).toBeLessThan(13 * HOUR);
    }
    expect(audience.reply(waiting.id)).toHaveLength(1);
    // a job of this minute is held for its own twelve hours
    const late = await manager.submit(sampleRequest());
    const { times } = await ended(late.id);
    expect(times.ended! - times.queued).toBeGreaterThanOrEqual(12 * HOUR);
  });

  it('is asked for a while by a machine that slept before anything is given up', async () => {
    const { manager, backend, ended, clock } = await startStage();
    backend.away = true;
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.calls.check > 10);
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
    expect((await ended(job.id)).state).toBe('succeeded');
  });

  it('in mid-run shows since when instead of a bar that stands, and the bar again when it is back', async () => {
    const stage = await startStage();
    const { manager, backend, audience, ended } = stage;
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.emit(job.id, { kind: 'step', node: '3', value: 2, max: 4 });
    backend.away = true;
    backend.poll();
    await until(() => audience.shown(job.id).at(-1)?.kind === 'held');
    backend.away = false;
    backend.poll();
    await until(() => audience.shown(job.id).at(-1)?.kind === 'running');
    expect(audience.shown(job.id).at(-1)).toMatchObject({ progress: { step: { value: 2 } } });
    backend.finish(job.id);
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(kinds(stage, job.id).filter((kind) => kind === 'held')).toHaveLength(1);
  });

  it('that lost a run which only stood in its line charges nobody for it', async () => {
    const { manager, backend, ended } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    for (let n = 0; n < 5; n += 1) {
      backend.emit(job.id, { kind: 'asked', state: 'pending' });
      backend.away = true;
      backend.poll();
      await until(() => manager.hold());
      const queued = backend.queued.length;
      backend.lineUp = true;
      backend.away = false;
      backend.forget(job.id);
      await until(() => backend.queued.length > queued && backend.followers(job.id) === 1);
    }
    backend.finish(job.id);
    expect(await ended(job.id)).toMatchObject({ state: 'succeeded', attempts: 1 });
  });

  it('that ends whenever a run begins is not ended by it again and again', async () => {
    const { manager, backend, ended } = await startStage();
    const job = await manager.submit(sampleRequest());
    for (const attempt of [1, 2, 3]) {
      await until(() => backend.queued.length === attempt && backend.followers(job.id) === 1);
      backend.away = true;
      backend.poll();
      await until(() => manager.hold());
      backend.away = false;
      backend.forget(job.id);
    }
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'run-lost' } });
    expect(backend.queued).toHaveLength(3);
  });

  it('that loses its connection over a graph again and again fails that job only', async () => {
    const { manager, backend, ended } = await startStage({ concurrency: 1 });
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
    expect((await ended(bad.id)).state).toBe('failed');
    expect((await ended(good.id)).state).toBe('succeeded');
    expect(deaths).toBe(3);
  });

  it('keeps what is fetched waiting: files come when it is back', async () => {
    const { manager, backend, audience, ended, clock } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.fetchErrors.push(new EaselError({ code: 'backend-unreachable', backend: 'b' }));
    backend.probeError = new EaselError({ code: 'backend-unreachable', backend: 'b' });
    backend.finish(job.id, success(picture('a.png')));
    const since = clock.now();
    await until(() => clock.now() - since > 3 * HOUR);
    expect(audience.shown(job.id).at(-1)).toMatchObject({ kind: 'delivering', late: expect.any(Number) });
    expect(backend.calls.fetch).toBe(1);
    backend.probeError = undefined;
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(audience.reply(job.id)[0]?.files).toHaveLength(1);
  });

  it('that hands out no files although it is well is asked for an hour, then they are named', async () => {
    const { manager, backend, audience, ended, clock } = await startStage();
    const fetch = backend.fetch.bind(backend);
    const broken = { fetch: true };
    backend.fetch = async (...given) => {
      if (broken.fetch) throw problem('backend-broken');
      return fetch(...given);
    };
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    const since = clock.now();
    await until(() => clock.now() - since > 60_000);
    broken.fetch = false;
    expect((await ended(job.id)).state).toBe('succeeded');
    broken.fetch = true;
    const second = await manager.submit(sampleRequest());
    const began = clock.now();
    expect((await ended(second.id)).end).toMatchObject({ problem: { code: 'backend-broken' } });
    expect(clock.now() - began).toBeGreaterThanOrEqual(HOUR);
    expect(audience.reply(second.id)).toHaveLength(1);
  });
});

describe('a backend whose account is in trouble', () => {
  it('holds the queue without being asked anything, and gets one job a minute to see', async () => {
    const { manager, backend, ended, clock } = await startStage({
      concurrency: 3,
      timing: { holdMs: Infinity },
    });
    backend.auto = success();
    const submit = backend.submit.bind(backend);
    let tries = 0;
    backend.submit = async () => {
      tries += 1;
      throw problem('no-credits');
    };
    const jobs = [];
    for (let n = 0; n < 6; n += 1) jobs.push(await manager.submit(sampleRequest({ user: `user ${n}` })));
    await until(() => manager.hold()?.kind === 'account');
    const before = { at: clock.now(), tries };
    await until(() => clock.now() - before.at > 60 * 60_000);
    const minutes = (clock.now() - before.at) / 60_000;
    expect(tries - before.tries).toBeGreaterThanOrEqual(minutes - 3);
    expect(tries - before.tries).toBeLessThanOrEqual(minutes + 1);
    expect(backend.calls.check).toBe(0);
    backend.submit = submit;
    for (const { id } of jobs) expect((await ended(id)).state).toBe('succeeded');
    expect(manager.hold()).toBeUndefined();
  });

  it('that forbids one template ends that job; a second template holds everybody', async () => {
    const { manager, backend, ended } = await startStage();
    backend.submits.push(problem('backend-forbids'), problem('backend-forbids'));
    for (const name of ['dear', 'dear']) {
      const job = await manager.submit(template(name));
      expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'backend-forbids' } });
    }
    expect(manager.hold()).toBeUndefined();
    backend.submits.push(problem('backend-forbids'));
    backend.auto = success();
    const other = await manager.submit(template('cheap'));
    await until(() => manager.hold()?.kind === 'account');
    expect((await ended(other.id)).state).toBe('succeeded');
  });
});

describe('a backend that asks for a pause', () => {
  it('gets it', async () => {
    const { manager, backend, ended, clock } = await startStage({ concurrency: 3 });
    backend.auto = success();
    backend.submits.push(problem('backend-busy', 90_000));
    const first = await manager.submit(sampleRequest());
    await until(() => manager.hold()?.kind === 'busy');
    const at = clock.now();
    const second = await manager.submit(sampleRequest());
    for (const { id } of [first, second]) expect((await ended(id)).state).toBe('succeeded');
    expect(clock.now() - at).toBeGreaterThan(80_000);
    expect(backend.calls.submit).toBe(3);
  });
});

describe('a job that fails by itself', () => {
  it('does so three times while the backend answers others, who are not held', async () => {
    const { manager, backend, ended, audience } = await startStage({ concurrency: 2 });
    backend.submits.push(...[1, 2, 3].map(() => problem('backend-broken')));
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'backend-broken' } });
    expect(audience.shown(job.id)).toContainEqual({ kind: 'submitting', retrying: true });
    expect(manager.hold()).toBeUndefined();
    expect(backend.calls).toMatchObject({ submit: 3 });
  });

  it('by a run whose state cannot be read is given up after a while, and its slot is free', async () => {
    const { manager, backend, ended, clock } = await startStage({ concurrency: 1 });
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    const unread = () => backend.emit(job.id, { kind: 'silent', error: problem('backend-broken') });
    for (let n = 0; n < 7; n += 1) {
      unread();
      await settleStores();
      clock.advance(60_000);
    }
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'backend-broken' } });
    backend.auto = success();
    expect((await ended((await manager.submit(sampleRequest())).id)).state).toBe('succeeded');
  });
});

describe('cancelling while the backend is away', () => {
  const ann = sampleCaller();

  it('is confirmed at once, and carried out when it is back', async () => {
    const { manager, backend, audience, ended } = await startStage({ concurrency: 1 });
    const job = await manager.submit(sampleRequest());
    const next = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.away = true;
    backend.poll();
    await until(() => manager.hold());
    await manager.cancel(job.id, ann);
    await until(() => audience.reply(job.id).length === 1);
    expect(audience.reply(job.id)[0]?.end).toEqual({ kind: 'cancelled', away: true });
    expect(manager.list('guild-a').map((one) => one.job.id)).toEqual([next.id]);
    expect(backend.runs.get(job.id)?.end).toBeUndefined();
    backend.auto = success();
    backend.away = false;
    backend.poll();
    expect((await ended(job.id)).state).toBe('cancelled');
    expect(backend.runs.get(job.id)?.end).toEqual({ kind: 'cancelled' });
    expect((await ended(next.id)).state).toBe('succeeded');
    expect(audience.accepted.filter((one) => one.job === job.id)).toHaveLength(1);
  });

  it('is carried out by the next process, too, and not told twice', async () => {
    const stage = await createStage();
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    await until(() => stage.backend.followers(job.id) === 1);
    stage.backend.away = true;
    stage.backend.poll();
    await until(() => first.manager.hold());
    await first.manager.cancel(job.id, ann);
    await until(() => stage.audience.reply(job.id).length === 1);
    await settleStores();
    first.life.die();
    stage.backend.away = false;
    await stage.open().manager.start();
    expect((await stage.ended(job.id)).state).toBe('cancelled');
    expect(stage.backend.runs.get(job.id)?.end).toEqual({ kind: 'cancelled' });
    expect(stage.audience.accepted.filter((one) => one.job === job.id)).toHaveLength(1);
  });

  it('ends a job at once that was never sent', async () => {
    const { manager, backend, ended } = await startStage();
    backend.away = true;
    const job = await manager.submit(sampleRequest());
    await until(() => manager.hold());
    await manager.cancel(job.id, ann);
    expect((await ended(job.id)).end).toMatchObject({ kind: 'cancelled' });
    expect(backend.queued).toEqual([]);
  });
});

describe("the backend's own line", () => {
  it('is shown until the run begins, and its time is not counted', async () => {
    const { manager, backend, audience, clock, ended } = await startStage({ timing: { runLimitMs: 60_000 } });
    backend.lineUp = true;
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
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
    expect((await ended(job.id)).state).toBe('succeeded');
  });

  it('does not stop a run whose end the stop met: what it made is delivered', async () => {
    const { manager, backend, clock, ended } = await startStage({ timing: { runLimitMs: 60_000 } });
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.cancel = async () => {
      backend.finish(job.id, success());
      return 'gone';
    };
    for (let n = 0; n < 3; n += 1) {
      clock.advance(50_000);
      backend.poll();
    }
    expect((await ended(job.id)).state).toBe('succeeded');
  });

  it('takes the limit of the template before the general one', async () => {
    const { manager, backend, clock, ended } = await startStage();
    const job = await manager.submit(sampleRequest({}, { runLimitMinutes: 1 }));
    await until(() => backend.followers(job.id) === 1);
    for (let n = 0; n < 3; n += 1) {
      clock.advance(40_000);
      backend.poll();
    }
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'run-too-long', minutes: 1 } });
  });
});
