import { describe, expect, it } from 'vitest';
import { EaselError, Refused } from '../../../src/core/errors.ts';
import { createBreaker, type BreakerDeps } from '../../../src/jobs/outages/breaker.ts';
import { JOB_TIMING } from '../../../src/jobs/timing.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

const silence = { code: 'backend-unreachable', backend: 'b' } as const;
const unreachable = new EaselError(silence);
const noCredits = new EaselError({ code: 'no-credits', backend: 'b' });
const busy = (retryAfterMs?: number) =>
  new EaselError({ code: 'backend-busy', backend: 'b' }, { retryAfterMs });
const forever = new AbortController().signal;

function stage(given: Partial<BreakerDeps> = {}) {
  const clock = createManualClock();
  const stopping = new AbortController();
  const state = { well: true, probes: 0 };
  const breaker = createBreaker({
    name: 'b',
    silence,
    probe: async () => {
      state.probes += 1;
      if (!state.well) throw unreachable;
    },
    timing: JOB_TIMING.breaker,
    clock,
    log: createRecordingLog(),
    signal: stopping.signal,
    ...given,
  });
  return { breaker, clock, state, stopping };
}

describe('a breaker', () => {
  it('opens only when the call and the question fail', async () => {
    const { breaker, state } = stage();
    expect(await breaker.blame(unreachable)).toBe('own');
    expect(breaker.hold).toBeUndefined();
    state.well = false;
    expect(await breaker.blame(unreachable)).toBe('held');
    expect(breaker.hold).toMatchObject({ kind: 'away' });
  });

  it('asks one question for all who fail together, and none for what is an answer', async () => {
    const { breaker, state } = stage();
    expect(await Promise.all([1, 2, 3].map(() => breaker.blame(unreachable)))).toEqual(['own', 'own', 'own']);
    expect(state.probes).toBe(1);
    const answer = new EaselError({ code: 'workflow-refused', detail: 'no' });
    expect(await breaker.blame(answer)).toBe('final');
    expect(await breaker.blame(new Refused('no'))).toBe('final');
    expect(state.probes).toBe(1);
  });

  it('judges what is no error of ours, as a bug or a library throws it, by the question', async () => {
    const { breaker, state } = stage();
    expect(await breaker.blame(new TypeError('oops'))).toBe('own');
    state.well = false;
    expect(await breaker.blame(new TypeError('oops'))).toBe('held');
  });

  it('takes a question that is never answered for a no', async () => {
    const { breaker } = stage({
      probe: (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      timing: { ...JOB_TIMING.breaker, probeMs: 5 },
    });
    expect(await breaker.blame(unreachable)).toBe('held');
  });

  it('lets nobody in while it holds, one when it is over, and one more for each that goes well', async () => {
    const { breaker, clock, state } = stage();
    state.well = false;
    await breaker.blame(unreachable);
    const inside: string[] = [];
    const passes = Array.from({ length: 6 }, async (_, n) => {
      const pass = await breaker.enter(n, forever);
      inside.push(`in ${n}`);
      return pass;
    });
    await clock.pass(60_000);
    expect(inside).toEqual([]);
    state.well = true;
    await clock.pass(20_000);
    expect(inside).toEqual(['in 0']);
    (await passes[0])?.leave('well');
    await clock.pass(1);
    expect(inside).toEqual(['in 0', 'in 1', 'in 2']);
    (await passes[1])?.leave('ill');
    await clock.pass(1);
    expect(inside).toHaveLength(4);
  });

  it('is let through in the order of age, not of coming', async () => {
    const { breaker, clock, state } = stage();
    state.well = false;
    await breaker.blame(unreachable);
    const order: number[] = [];
    const come = async (rank: number): Promise<void> => {
      const pass = await breaker.enter(rank, forever);
      order.push(rank);
      pass.leave('well');
    };
    for (const rank of [30, 10, 20, 10]) void come(rank);
    state.well = true;
    await clock.pass(20_000);
    expect(order).toEqual([10, 10, 20, 30]);
  });

  it('forgets who gives up waiting, and gives nobody their place twice', async () => {
    const { breaker, clock, state } = stage();
    state.well = false;
    await breaker.blame(unreachable);
    const leaving = new AbortController();
    const first = breaker.enter(1, leaving.signal);
    const second = breaker.enter(2, forever);
    leaving.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    state.well = true;
    await clock.pass(20_000);
    const pass = await second;
    pass.leave('well');
    pass.leave('well');
    expect(breaker.limit()).toBe(2);
  });

  it('holds a refused account without any question, and lets one try a minute', async () => {
    const { breaker, clock, state } = stage();
    expect(await breaker.blame(noCredits)).toBe('held');
    let tries = 0;
    const trying = async (): Promise<void> => {
      for (;;) {
        const pass = await breaker.enter(1, forever);
        tries += 1;
        await breaker.blame(noCredits);
        pass.leave('ill');
      }
    };
    void trying().catch(() => undefined);
    await clock.pass(10 * 60_000 + 5000);
    expect(tries).toBe(10);
    expect(state.probes).toBe(0);
  });

  it('is not kept from trying by those who go on being refused meanwhile', async () => {
    const { breaker, clock } = stage();
    await breaker.blame(noCredits);
    const tried: number[] = [];
    void breaker.enter(1, forever).then(() => tried.push(clock.monotonic()));
    for (let n = 0; n < 7; n += 1) {
      if (tried.length === 0) await breaker.blame(noCredits);
      await clock.pass(10_000);
    }
    expect(tried).toHaveLength(1);
  });

  it('obeys the longest pause that was asked for', async () => {
    const { breaker, clock } = stage();
    await breaker.blame(busy(120_000));
    await breaker.blame(busy());
    let tried = false;
    void breaker.enter(1, forever).then(() => (tried = true));
    await clock.pass(110_000);
    expect(tried).toBe(false);
    await clock.pass(15_000);
    expect(tried).toBe(true);
  });

  it('waits longer and longer for one that wants pauses and does not say how long', async () => {
    const { breaker, clock } = stage();
    let tries = 0;
    const trying = async (): Promise<void> => {
      for (;;) {
        const pass = await breaker.enter(1, forever);
        tries += 1;
        await breaker.blame(busy());
        pass.leave('ill');
      }
    };
    void trying();
    await clock.pass(10 * 60_000);
    expect(tries).toBeGreaterThan(600 / 16);
    expect(tries).toBeLessThan(600 / 7);
  });

  it('takes a refusal of one kind for that kind’s own, and two kinds for the account', async () => {
    const { breaker } = stage();
    const forbids = new EaselError({ code: 'backend-forbids', backend: 'b' });
    expect(await breaker.blame(forbids, 'dear')).toBe('final');
    expect(await breaker.blame(forbids, 'dear')).toBe('final');
    (await breaker.enter(1, forever)).leave('well');
    expect(await breaker.blame(forbids, 'cheap')).toBe('final');
    expect(await breaker.blame(forbids, 'dear')).toBe('held');
  });

  it('becomes another hold when the question says more, since when it began', async () => {
    const { breaker, clock } = stage({
      probe: async () => {
        throw new EaselError({ code: 'wrong-api-key', backend: 'b' });
      },
    });
    await breaker.blame(busy(60_000));
    const since = breaker.hold?.since;
    await clock.pass(1000);
    expect(await breaker.blame(unreachable)).toBe('held');
    expect(breaker.hold).toMatchObject({ kind: 'account', since, problem: { code: 'wrong-api-key' } });
  });

  it.each(['login-wanted', 'login-refused', 'key-wanted'] as const)(
    'is the account’s where something in front wants or refuses a login (%s), until something is answered',
    async (fault) => {
      const { breaker } = stage();
      const locked = new EaselError({ code: 'login-refused', backend: 'b', fault });
      expect(await breaker.blame(locked)).toBe('held');
      expect(breaker.hold).toMatchObject({ kind: 'account', problem: { code: 'login-refused', fault } });
      breaker.nudge();
      expect(breaker.hold).toBeUndefined();
    },
  );

  it('begins nothing when the process stops in the middle of a question, and leaves nothing running', async () => {
    const { breaker, clock, stopping } = stage({
      probe: (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const blamed = breaker.blame(unreachable);
    stopping.abort(new EaselError({ code: 'shutting-down' }));
    expect(await blamed).toBe('held');
    expect(breaker.hold).toBeUndefined();
    await expect(breaker.enter(1, forever)).rejects.toMatchObject({ code: 'shutting-down' });
    expect(clock.sleeping).toBe(0);
  });

  it('asks at once when somebody has heard something', async () => {
    const { breaker, clock, state } = stage();
    state.well = false;
    await breaker.blame(unreachable);
    await clock.pass(120_000);
    state.well = true;
    breaker.nudge();
    await clock.pass(1);
    expect(breaker.hold).toBeUndefined();
    await breaker.well(forever);
  });

  it('lets nobody in beyond what it takes at once, also when all is well', async () => {
    const { breaker } = stage({ most: 2 });
    const passes = await Promise.all([breaker.enter(1, forever), breaker.enter(1, forever)]);
    let third = false;
    void breaker.enter(1, forever).then(() => (third = true));
    await Promise.resolve();
    expect(third).toBe(false);
    passes[0]?.leave('unasked');
    await new Promise(setImmediate);
    expect(third).toBe(true);
  });
});
