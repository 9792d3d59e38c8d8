import { describe, expect, it } from 'vitest';
import { createBudget, type BudgetOptions } from '../../../../src/platforms/kit/budget.ts';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';
import { settleDown } from '../../../fakes/until.ts';

/** Never aborted. */
const { signal } = new AbortController();
/** What runs in production. */
const PACE = { edits: 45, windowMs: 60_000, burst: 5, reserve: 3 };
type Pace = Omit<BudgetOptions, 'clock'>;

function stage(pace: Pace = PACE) {
  const clock = createManualClock();
  const budget = createBudget({ ...pace, clock });
  const turns: { who: string; at: number }[] = [];
  const start = clock.monotonic();
  const ask = async (who: string, kind: 'final' | 'live' = 'live', until = signal): Promise<void> => {
    await budget.turn(kind, until);
    turns.push({ who, at: clock.monotonic() - start });
  };
  return {
    clock,
    budget,
    turns,
    ask,
    who: () => turns.map(({ who }) => who).join(''),
    pass: async (ms: number, step = 100) => {
      await settleDown();
      for (let passed = 0; passed < ms; passed += step) {
        clock.advance(step);
        await settleDown();
      }
    },
    /** The most turns in any window that holds both of its ends. */
    most: () =>
      Math.max(...turns.map(({ at }) => turns.filter((one) => one.at >= at && one.at <= at + 60_000).length)),
  };
}

describe("Slack's edit budget", () => {
  it('lets a few edits be made at once, and then one at a time', async () => {
    const { ask, pass, turns } = stage({ edits: 10, windowMs: 10_000, burst: 3 });
    for (const who of 'abcdef') void ask(who);
    await pass(3000);
    expect(turns).toEqual([
      { who: 'a', at: 0 },
      { who: 'b', at: 0 },
      { who: 'c', at: 0 },
      { who: 'd', at: 1000 },
      { who: 'e', at: 2000 },
      { who: 'f', at: 3000 },
    ]);
  });

  it('has its few edits again after a quiet time, and no more than those', async () => {
    const { ask, pass, turns } = stage({ edits: 10, windowMs: 10_000, burst: 3 });
    for (const who of 'abc') void ask(who);
    await pass(60_000, 10_000);
    turns.length = 0;
    for (const who of 'defg') void ask(who);
    await settleDown();
    expect(turns.map(({ who }) => who)).toEqual(['d', 'e', 'f']);
    await pass(1000);
    expect(turns.at(-1)).toMatchObject({ who: 'g', at: 61_000 });
  });

  it('keeps within the fifty a minute that Slack allows, while forty jobs always want more', async () => {
    const world = stage();
    const done = new AbortController();
    const jobs = Array.from({ length: 40 }, async (_, n) => {
      while (!done.signal.aborted) await world.ask(`${n}`, 'live', done.signal).catch(() => undefined);
    });
    await world.pass(5 * 60_000, 250);
    expect(world.most()).toBeLessThanOrEqual(50);
    expect(world.turns.length).toBeGreaterThanOrEqual(45 * 5);
    // everybody in turn: no job comes a second time before all others have come
    world.turns.forEach(({ who }, n) => expect(who).toBe(`${n % 40}`));
    done.abort();
    await Promise.all(jobs);
    await settleDown();
    expect(world.clock.sleeping).toBe(0);
  });

  it('keeps within them too when quiet and busy times alternate', async () => {
    const world = stage();
    for (const pause of [60_000, 7000, 1500, 30_000, 200, 61_000, 0]) {
      const wave = Promise.all(Array.from({ length: 30 }, () => world.ask('x')));
      await world.pass(45_000, 250);
      await wave;
      await world.pass(pause, 250);
    }
    expect(world.most()).toBeLessThanOrEqual(50);
  });

  it('lets final edits go first, and live ones in the order in which they came', async () => {
    const { ask, pass, who } = stage({ edits: 10, windowMs: 10_000, burst: 1 });
    for (const one of 'abc') void ask(one);
    await settleDown();
    void ask('X', 'final');
    void ask('Y', 'final');
    await pass(4000);
    expect(who()).toBe('aXYbc');
  });

  it('gives no turn to who has left, and its place to the next', async () => {
    const { ask, pass, who } = stage({ edits: 10, windowMs: 10_000, burst: 1 });
    const leaving = new AbortController();
    void ask('a');
    const gone = ask('b', 'live', leaving.signal);
    void ask('c');
    await settleDown();
    const why = new Error('settled');
    leaving.abort(why);
    await expect(gone).rejects.toBe(why);
    await pass(1000);
    expect(who()).toBe('ac');
  });

  it('refuses at once who comes with an aborted signal', async () => {
    const { budget, clock } = stage();
    await expect(budget.turn('final', AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    expect(clock.sleeping).toBe(0);
  });

  it('waits as long as Slack says and then goes on, and a shorter time does not shorten it', async () => {
    const { ask, pass, budget, turns } = stage({ edits: 10, windowMs: 10_000, burst: 2 });
    budget.hold(5000);
    budget.hold(100);
    void ask('a');
    void ask('b', 'final');
    await pass(4900);
    expect(turns).toEqual([]);
    await pass(100);
    expect(turns.map(({ who }) => who)).toEqual(['b', 'a']);
  });

  it('is held while somebody waits already', async () => {
    const { ask, pass, budget, turns } = stage({ edits: 10, windowMs: 10_000, burst: 1 });
    void ask('a');
    void ask('b');
    await settleDown();
    budget.hold(3000);
    await pass(2900);
    expect(turns).toHaveLength(1);
    await pass(100);
    expect(turns.at(-1)).toMatchObject({ who: 'b', at: 3000 });
  });

  it('keeps no timer when nobody waits any more, and still serves who comes later', async () => {
    const { ask, pass, budget, clock, who } = stage({ edits: 10, windowMs: 10_000, burst: 1 });
    budget.hold(60_000);
    const leaving = new AbortController();
    const all = [ask('a', 'live', leaving.signal), ask('b', 'final', leaving.signal)];
    await settleDown();
    expect(clock.sleeping).toBe(1);
    leaving.abort();
    await Promise.allSettled(all);
    await settleDown();
    expect(clock.sleeping).toBe(0);
    void ask('c');
    await settleDown();
    expect(clock.sleeping).toBe(1);
    await pass(60_000, 10_000);
    expect(who()).toBe('c');
    expect(clock.sleeping).toBe(0);
  });

  it('serves who comes in the very moment in which the last one leaves', async () => {
    const { ask, pass, budget, who, clock } = stage();
    budget.hold(1000);
    const leaving = new AbortController();
    const gone = ask('a', 'live', leaving.signal);
    await settleDown();
    leaving.abort();
    void ask('b');
    await expect(gone).rejects.toThrow('abort');
    await pass(1000);
    expect(who()).toBe('b');
    expect(clock.sleeping).toBe(0);
  });

  it('has room for a few final edits at once, however much live ones want', async () => {
    const world = stage();
    const done = new AbortController();
    const jobs = Array.from({ length: 40 }, async (_, n) => {
      while (!done.signal.aborted) await world.ask(`${n}`, 'live', done.signal).catch(() => undefined);
    });
    await world.pass(61_300, 100);
    const finals: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const [asked, before] = [world.clock.monotonic(), world.turns.length];
      const three = Promise.all(['X', 'Y', 'Z'].map((who) => world.ask(who, 'final')));
      await settleDown();
      await three;
      finals.push(world.clock.monotonic() - asked);
      expect(
        world.turns
          .slice(before)
          .map(({ who }) => who)
          .filter((who) => 'XYZ'.includes(who)),
      ).toEqual(['X', 'Y', 'Z']);
      await world.pass(7000, 100);
    }
    expect(finals).toEqual(finals.map(() => 0));
    expect(world.most()).toBeLessThanOrEqual(50);
    // what is kept for final edits comes off what is made at once, and not off the minute
    expect(world.turns.length).toBeGreaterThan(45 * 3);
    done.abort();
    await Promise.all(jobs);
    await settleDown();
    expect(world.clock.sleeping).toBe(0);
  });

  it('lets live edits be made where there is room for one only', async () => {
    const { ask, pass, who } = stage({ edits: 10, windowMs: 10_000, burst: 1, reserve: 3 });
    for (const one of 'abc') void ask(one);
    await pass(2000);
    expect(who()).toBe('abc');
  });

  it.each(JUMPS)('does not mind a wall clock that jumps by %i ms', async (jump) => {
    const { ask, pass, budget, turns, clock } = stage({ edits: 10, windowMs: 10_000, burst: 1 });
    for (const who of 'abc') void ask(who);
    await pass(500);
    clock.jump(jump);
    await pass(1500);
    budget.hold(3000);
    void ask('d');
    await pass(1000);
    clock.jump(jump);
    await pass(2000);
    expect(turns.map(({ who, at }) => [who, at])).toEqual([
      ['a', 0],
      ['b', 1000],
      ['c', 2000],
      ['d', 5000],
    ]);
  });

  it('wakes after eight hours of sleep without a storm', async () => {
    const world = stage();
    const all = Promise.all(Array.from({ length: 30 }, (_, n) => world.ask(`${n}`)));
    await settleDown();
    world.clock.advance(8 * 3_600_000);
    await settleDown();
    world.turns.splice(
      0,
      world.turns.findIndex(({ at }) => at > 0),
    );
    expect(world.turns).toHaveLength(2);
    await world.pass(60_000, 250);
    await all;
    expect(world.most()).toBeLessThanOrEqual(50);
  });
});
