import { describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/core/backend.ts';
import type { Chat } from '../../../src/core/chat.ts';
import { createReadiness } from '../../../src/app/readiness.ts';
import { createManualClock, JUMPS } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

function stage(page = false) {
  const clock = createManualClock();
  const log = createRecordingLog();
  const world = { asked: 0, connected: true, check: async (): Promise<void> => undefined };
  const backend = {
    name: 'it',
    async check() {
      world.asked += 1;
      await world.check();
    },
  } satisfies Partial<Backend> as unknown as Backend;
  const chat = {
    platform: 'discord',
    ready: () => world.connected,
  } satisfies Partial<Chat> as unknown as Chat;
  const ask = createReadiness({ chats: () => [chat], page, backend, clock, log });
  return Object.assign(world, { ask, clock, log });
}

describe('readiness', () => {
  it('asks the backend once in five seconds, however many ask us', async () => {
    const world = stage();
    const answers = await Promise.all(Array.from({ length: 500 }, () => world.ask()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"ok":true,"platforms":{"discord":true},"backend":true}']),
    );
    expect(world.asked).toBe(1);
    world.clock.advance(4999);
    await world.ask();
    expect(world.asked).toBe(1);
    world.clock.advance(1);
    await Promise.all([world.ask(), world.ask()]);
    expect(world.asked).toBe(2);
  });

  it.each(JUMPS)('is as fresh as that also when the wall clock jumps by %i ms', async (jump) => {
    const world = stage();
    await world.ask();
    world.clock.jump(jump);
    await world.ask();
    expect(world.asked).toBe(1);
    world.clock.advance(5000);
    await world.ask();
    expect(world.asked).toBe(2);
  });

  it('tells of a backend that does not answer, to all of them, and of one that does again', async () => {
    const world = stage();
    world.check = async () => {
      throw new Error('away');
    };
    const answers = await Promise.all([world.ask(), world.ask()]);
    expect(answers.map(({ backend }) => backend)).toEqual([false, false]);
    // jobs are taken, and wait for it
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect(world.log.lines).toHaveLength(1);
    world.check = async () => undefined;
    world.clock.advance(5000);
    expect((await world.ask()).backend).toBe(true);
  });

  it('knows of its chats at any time', async () => {
    const world = stage();
    await world.ask();
    world.connected = false;
    expect(await world.ask()).toEqual({ ok: false, platforms: { discord: false }, backend: true });
  });

  it('is there for whoever has the page, whatever its chats do', async () => {
    const world = stage(true);
    world.connected = false;
    expect(await world.ask()).toEqual({ ok: true, platforms: { discord: false }, backend: true });
  });
});
