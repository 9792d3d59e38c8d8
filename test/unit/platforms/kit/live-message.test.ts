import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../../src/core/view.ts';
import { createLiveMessages } from '../../../../src/platforms/kit/live-message.ts';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { settleDown, until } from '../../../fakes/until.ts';
import { sampleJob } from '../../jobs/sample.ts';

/** Never aborted. */
const { signal } = new AbortController();

const view = (status: string, more: Partial<View> = {}): View => ({
  tone: 'working',
  title: 'a fox',
  status,
  facts: [],
  notes: [],
  buttons: [],
  ...more,
});

function stage() {
  const clock = createManualClock();
  const log = createRecordingLog();
  const sent: string[] = [];
  const rendered: string[] = [];
  const job = sampleJob();
  let gate: PromiseWithResolvers<void> | undefined;
  let flying = 0;
  const world = {
    job,
    clock,
    log,
    sent,
    rendered,
    mostAtOnce: 0,
    failures: 0,
    hold() {
      gate = Promise.withResolvers();
      return gate;
    },
    messages: createLiveMessages({
      async edit(_job, { status }) {
        flying += 1;
        world.mostAtOnce = Math.max(world.mostAtOnce, flying);
        await gate?.promise;
        flying -= 1;
        if (world.failures > 0) {
          world.failures -= 1;
          throw new Error('500');
        }
        sent.push(status);
      },
      intervalMs: 1000,
      maxIntervalMs: 6000,
      editMs: 60_000,
      clock,
      log,
    }),
    show: (status: string, more: Partial<View> = {}, which = job) => {
      world.messages.show(which, () => {
        rendered.push(status);
        return view(status, more);
      });
    },
    tick: async (ms = 1000) => {
      await settleDown();
      clock.advance(ms);
      await settleDown();
    },
  };
  return world;
}

describe('live edits of a message', () => {
  it('send the first at once and then only the latest, at the pace of the platform', async () => {
    const { show, sent, rendered, tick } = stage();
    for (let n = 0; n < 100; n += 1) show(`${n}`);
    await settleDown();
    expect(sent).toEqual(['0']);
    await tick(999);
    expect(sent).toEqual(['0']);
    await tick(1);
    expect(sent).toEqual(['0', '99']);
    expect(rendered).toEqual(['0', '99']);
  });

  it('keep the pace when the next state comes late', async () => {
    const { show, sent, tick } = stage();
    show('a');
    await tick(400);
    show('b');
    await tick(599);
    expect(sent).toEqual(['a']);
    await tick(1);
    expect(sent).toEqual(['a', 'b']);
    await tick(5000);
    show('c');
    await settleDown();
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it.each(JUMPS)('keep the pace though the wall clock jumps by %i ms', async (jump) => {
    const { show, sent, tick, clock } = stage();
    show('a');
    await tick(400);
    clock.jump(jump);
    show('b');
    await tick(599);
    expect(sent).toEqual(['a']);
    await tick(1);
    expect(sent).toEqual(['a', 'b']);
  });

  it('go on with one edit when the machine has slept for eight hours', async () => {
    const { show, sent, tick, clock } = stage();
    for (const status of 'abcd') show(status);
    await tick(8 * 3_600_000);
    expect(sent).toEqual(['a', 'd']);
    expect(clock.sleeping).toBe(1);
  });

  it('never have two in flight', async () => {
    const world = stage();
    const gate = world.hold();
    world.show('a');
    world.show('b');
    await world.tick(60_000);
    world.show('c');
    await settleDown();
    expect(world.sent).toEqual([]);
    gate.resolve();
    await world.tick();
    expect(world.sent).toEqual(['a', 'c']);
    expect(world.mostAtOnce).toBe(1);
  });

  it('pace each message by itself', async () => {
    const { show, sent } = stage();
    show('mine');
    show('other', {}, sampleJob());
    await settleDown();
    expect(sent).toEqual(['mine', 'other']);
  });

  it('are not made when nothing has changed, which stops nothing that comes later', async () => {
    const { show, sent, tick } = stage();
    show('a');
    await tick();
    show('a');
    await tick();
    show('a');
    await tick();
    show('b');
    await tick();
    expect(sent).toEqual(['a', 'b']);
  });

  it('are made for a new preview alone', async () => {
    const { show, sent, tick } = stage();
    const preview = (size: number) => ({
      preview: { name: 'p', type: 'image/jpeg', bytes: new Uint8Array(size) },
    });
    show('a', preview(10));
    await tick();
    show('a', preview(11));
    await tick();
    expect(sent).toEqual(['a', 'a']);
  });

  it('back off while they fail, up to the longest pause, and return to the pace', async () => {
    const world = stage();
    world.failures = 4;
    for (let n = 0; n < 7; n += 1) {
      world.show(`${n}`);
      await until(() => world.clock.sleeping === 1);
      await world.tick(6000);
    }
    expect(world.clock.sleeps).toEqual([2000, 4000, 6000, 6000, 1000, 1000, 1000]);
    expect(world.sent).toEqual(['4', '5', '6']);
    expect(world.log.lines.filter(({ message }) => message === 'live edit failed')).toHaveLength(4);
  });

  it('that failed may be made again with the same state', async () => {
    const world = stage();
    world.failures = 1;
    world.show('a');
    await world.tick(2000);
    world.show('a');
    await settleDown();
    expect(world.sent).toEqual(['a']);
  });

  it('survive a state that cannot be drawn', async () => {
    const world = stage();
    world.messages.show(world.job, () => {
      throw new Error('a bug');
    });
    await world.tick(2000);
    world.show('b');
    await settleDown();
    expect(world.sent).toEqual(['b']);
    expect(world.log.lines).toHaveLength(1);
  });
});

describe('settling a message', () => {
  it('waits for the edit in flight and drops the rest', async () => {
    const world = stage();
    const gate = world.hold();
    world.show('a');
    world.show('b');
    let settled = false;
    const waiting = world.messages.settle(world.job, signal).then(() => (settled = true));
    await settleDown();
    expect(settled).toBe(false);
    gate.resolve();
    await waiting;
    await world.tick(10_000);
    expect(world.sent).toEqual(['a']);
  });

  it('does not wait for the pause between edits', async () => {
    const world = stage();
    world.show('a');
    await settleDown();
    world.show('b');
    await world.messages.settle(world.job, signal);
    expect(world.clock.sleeping).toBe(0);
    await world.tick(10_000);
    expect(world.sent).toEqual(['a']);
  });

  it('lets nothing be shown afterwards', async () => {
    const world = stage();
    world.show('a');
    await world.messages.settle(world.job, signal);
    world.show('late');
    await world.tick(10_000);
    expect(world.sent).toEqual(['a']);
  });

  it('leaves nothing on a signal that lives longer', async () => {
    const world = stage();
    const life = new AbortController();
    for (let n = 0; n < 5; n += 1) {
      const job = sampleJob();
      world.show('a', {}, job);
      await world.messages.settle(job, life.signal);
    }
    expect(getEventListeners(life.signal, 'abort')).toHaveLength(0);
  });

  it('is given up with its signal', async () => {
    const world = stage();
    world.hold();
    world.show('a');
    const late = new AbortController();
    const settling = world.messages.settle(world.job, late.signal);
    late.abort(new Error('too late'));
    await expect(settling).rejects.toThrow('too late');
  });

  it('is at once for a message that was never edited, and may be repeated', async () => {
    const world = stage();
    await world.messages.settle(world.job, signal);
    await world.messages.settle(world.job, signal);
    world.show('late');
    await world.tick();
    expect(world.sent).toEqual([]);
  });
});
