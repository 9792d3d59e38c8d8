import { describe, expect, it } from 'vitest';
import { createConnected } from '../../../src/app/connected.ts';
import type { Chat } from '../../../src/core/chat.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { until } from '../../fakes/until.ts';

const REFUSED = new EaselError({ code: 'token-refused', platform: 'discord' });
const AWAY = new EaselError({ code: 'chat-unreachable', platform: 'discord' });

function stage() {
  const clock = createManualClock();
  const chats = new Map<string, Chat>();
  const world = { made: 0, stopped: 0, connected: 0, refusals: [] as unknown[], ready: true, refused: false };
  /** What comes of each start, in turn; a start without one goes well. */
  const starts: (() => Promise<void>)[] = [];
  const one = createConnected({
    platform: 'discord',
    chats,
    onConnected: async () => void (world.connected += 1),
    onRefused: (error) => void world.refusals.push(error),
    clock,
    log: createRecordingLog(),
  });
  const make = async (): Promise<Chat> => {
    world.made += 1;
    return {
      platform: 'discord',
      start: () => starts.shift()?.() ?? Promise.resolve(),
      stop: async () => void (world.stopped += 1),
      ready: () => world.ready,
      refused: () => world.refused,
      about: () => ({ as: 'Easel#1' }),
    } satisfies Partial<Chat> as unknown as Chat;
  };
  return Object.assign(world, { one, make, starts, chats, clock });
}

describe('a chat that cannot be reached', () => {
  it('is tried again, later each time, with a fresh one that takes the place of the last', async () => {
    const { one, make, starts, clock, chats, ...world } = Object.assign(stage());
    starts.push(
      () => Promise.reject(AWAY),
      () => Promise.reject(new Error('odd')),
    );
    await one.use(make);
    expect(one.state()).toMatchObject({ kind: 'connecting', problem: { code: 'chat-unreachable' } });
    const first = chats.get('discord');
    expect(first).toBeDefined();
    clock.advance(1499);
    expect(one.state().kind).toBe('connecting');
    clock.advance(1501);
    await until(() => {
      const state = one.state();
      return state.kind === 'connecting' && state.problem?.code === 'internal';
    });
    clock.advance(6000);
    await until(() => one.state().kind === 'connected');
    expect(one.state()).toMatchObject({ about: { as: 'Easel#1' } });
    expect(chats.get('discord')).not.toBe(first);
    expect(world).toMatchObject({ refusals: [] });
    await one.stop();
    expect(chats.size).toBe(0);
  });

  it('is not waited for by a stop, nor by another token', async () => {
    const world = stage();
    world.starts.push(() => new Promise(() => undefined));
    const trying = world.one.use(world.make);
    await until(() => world.made === 1);
    await world.one.stop();
    await trying;
    expect(world.stopped).toBeGreaterThan(0);
    await world.one.use(world.make);
    expect(world.made).toBe(1);
    expect(world.one.state()).toEqual({ kind: 'off' });
  });
});

describe('a chat that refuses its token', () => {
  it('is not tried again until there is another one', async () => {
    const world = stage();
    world.starts.push(() => Promise.reject(REFUSED));
    await world.one.use(world.make);
    expect(world.one.state()).toMatchObject({ kind: 'refused', problem: REFUSED.problem });
    expect(world.refusals).toEqual([REFUSED]);
    world.clock.advance(24 * 3600_000);
    expect(world.made).toBe(1);
    await world.one.use(world.make);
    expect(world.one.state().kind).toBe('connected');
    expect(world.connected).toBe(1);
    await world.one.use(undefined);
    expect(world.one.state()).toEqual({ kind: 'off' });
    expect(world.chats.size).toBe(0);
    expect(world.stopped).toBeGreaterThanOrEqual(world.made);
  });

  it('is told also when that happens long after it was connected', async () => {
    const world = stage();
    await world.one.use(world.make);
    world.ready = false;
    expect(world.one.state()).toMatchObject({ kind: 'connecting', problem: { code: 'chat-unreachable' } });
    world.refused = true;
    expect(world.one.state()).toMatchObject({ kind: 'refused', problem: { code: 'token-refused' } });
    await world.one.stop();
  });
});
