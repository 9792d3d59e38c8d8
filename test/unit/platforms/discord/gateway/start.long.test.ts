/** The start at the gateway: many shards, slow ones, Discord's limits, and what failed starts cost. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Commands } from '../../../../../src/commands/index.ts';
import { EaselError } from '../../../../../src/core/errors.ts';
import { createDiscord } from '../../../../../src/platforms/discord/index.ts';
import { startFakeDiscord, type FakeDiscord } from '../../../../fakes/discord/index.ts';
import { allFit } from '../../../../fakes/fitter.ts';
import { createMemoryTable } from '../../../../fakes/memory-table.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { createScaledClock } from '../../../../fakes/scaled-clock.ts';
import { until } from '../../../../fakes/until.ts';

/** Easel's 5.5 s are 55 ms then. */
const SPEED = 100;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function stage(shards: number, concurrency = 1) {
  const fake = await startFakeDiscord({ shards });
  closers.push(() => fake.stop());
  fake.settings.identify.maxConcurrency = concurrency;
  const marks = createMemoryTable();
  const clock = createScaledClock(SPEED);
  return { fake, marks, clock, ...processOf({ fake, marks, clock }) };
}

/** One more process with the same data folder. */
function processOf({ fake, marks, clock }: Pick<Stage, 'fake' | 'marks' | 'clock'>) {
  const log = createRecordingLog();
  const { token, apiUrl } = fake;
  const commands = { menu: async () => [] } satisfies Partial<Commands>;
  const chat = createDiscord({
    token,
    apiUrl,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody asks for anything else
    commands: commands as unknown as Commands,
    fitter: allFit,
    marks,
    clock,
    log,
  });
  closers.push(() => chat.stop());
  return { chat, log };
}

interface Stage {
  fake: FakeDiscord;
  marks: ReturnType<typeof createMemoryTable>;
  clock: ReturnType<typeof createScaledClock>;
}

async function problemOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof EaselError ? error.problem : error;
}

describe('Many shards', () => {
  it.each([
    { shards: 15, concurrency: 1 },
    { shards: 40, concurrency: 1 },
    { shards: 40, concurrency: 16 },
  ])('log in at Discord’s pace: $shards, $concurrency at once', async ({ shards, concurrency }) => {
    const { fake, chat, clock, log } = await stage(shards, concurrency);
    const began = clock.monotonic();
    await chat.start();
    await fake.connected();
    await until(() => chat.ready());
    expect(fake.gateway.counts).toMatchObject({ identifies: shards });
    expect(clock.monotonic() - began).toBeGreaterThan((Math.ceil(shards / concurrency) - 1) * 5500);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('keep to Discord’s windows as Discord counts them', async () => {
    const { fake, chat, clock } = await stage(3);
    // wide apart, so that a busy machine brings none of them too near to the one before
    clock.speed = 8;
    fake.settings.identify.windowMs = 200;
    await chat.start();
    await fake.connected();
    expect(fake.gateway.counts).toMatchObject({ identifies: 3, hasty: 0 });
  });

  it('take commands as soon as they are there themselves', async () => {
    const { fake, chat } = await stage(3);
    // the last one takes as long as nobody waits for a command
    fake.settings.readyAfterMs = (shard) => (shard === 0 ? 0 : 3_600_000);
    await chat.start();
    expect(chat.ready()).toBe(false);
    // what is said is another test's: here nobody knows anything
    await fake.until(() => fake.gateway.connected > 0);
    const asked = await fake.slash({ name: 'help', guild: null });
    await asked.acknowledged;
    expect(fake.gateway.counts.identifies).toBeLessThan(4);
  });

  it('end nothing when one of them does not come: it logs in ever less often, and the others serve', async () => {
    const { fake, chat, clock, log } = await stage(2);
    // whatever comes second is one too many
    fake.settings.identify.windowMs = Infinity;
    await chat.start();
    await until(() => chat.ready());
    expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'some shards are not there yet: they are tried again, ever less often',
    ]);
    const hour = clock.monotonic() + 3_600_000;
    clock.speed = 3000;
    await until(() => clock.monotonic() > hour);
    // 5.5 s, 11 s, 22 s, 44 s, 88 s, and then at the pace of 500 a day
    expect(fake.gateway.counts.identifies).toBeLessThan(30);
    fake.settings.identify.windowMs = 0;
    await fake.connected();
  });

  it('survive a first connection that fails: only that one is made again', async () => {
    const { fake, chat } = await stage(3, 16);
    fake.faults.gatewayDoor(503);
    await chat.start();
    await fake.connected();
    expect(fake.gateway.counts.identifies).toBe(3);
  });

  it('are as many as Discord asks for by now, when it has closed for too few', async () => {
    const { fake, chat, log } = await stage(1);
    await chat.start();
    fake.settings.shards = { asked: 2, least: 2 };
    fake.gateway.invalidate(false);
    await fake.connected();
    await until(() => chat.ready());
    expect(log.lines.map(({ facts }) => facts['code'])).toContain(4011);
    expect(fake.violations).toEqual(['gateway: Sharding is required. (4011)']);
  });

  it('wait for Discord to say where the gateway is', async () => {
    const { fake, chat } = await stage(2, 16);
    fake.faults.rateLimit({ path: /gateway/, times: 2 });
    await chat.start();
    await fake.connected();
  });
});

describe('The logins of a day', () => {
  it('are not begun upon when they are too few for a start', async () => {
    const { fake, chat, clock, log } = await stage(15);
    Object.assign(fake.settings.identify, { remaining: 34, resetAfterMs: 7_200_000 });
    const problem = await problemOf(chat.start());
    expect(problem).toMatchObject({ code: 'chat-login-later', platform: 'discord' });
    expect(problem).not.toHaveProperty('failed');
    const { until: when = 0 } = Object(problem) as { until?: number };
    expect(Math.abs(when - clock.now() - 7_200_000)).toBeLessThan(60_000);
    expect(fake.gateway.counts).toMatchObject({ connections: 0, identifies: 0 });
    expect(log.lines.map(({ message }) => message)).toContain('too few logins are left today');
    // and once there are more, the same chat starts
    fake.settings.identify.remaining = 1000;
    await chat.start();
  });

  it('are kept when a lost session would take the last ones: the shard waits for the new day', async () => {
    const { fake, chat, clock, log } = await stage(1);
    Object.assign(fake.settings.identify, { remaining: 21, total: 1000, resetAfterMs: 600_000 });
    await chat.start();
    expect(fake.settings.identify.remaining).toBe(20);
    clock.speed = 2000;
    fake.gateway.invalidate(false);
    await until(() => log.lines.some(({ message }) => message.startsWith('too few logins are left today')));
    expect(fake.gateway.counts.identifies).toBe(1);
    fake.settings.identify.remaining = 1000;
    await fake.connected();
  });

  it('last for the day when each start fails, over as many processes as there are', async () => {
    const { fake, marks, clock, chat } = await stage(10);
    clock.speed = 3000;
    // no shard ever becomes ready
    fake.settings.identify.windowMs = Infinity;
    fake.settings.readyAfterMs = () => 3_600_000;
    const day = clock.now() + 24 * 3_600_000;
    let later = 0;
    let now = chat;
    for (let count = 0; clock.now() < day && count < 400; count += 1) {
      const problem = await problemOf(now.start());
      await now.stop();
      if (Object(problem).code === 'chat-login-later') later += 1;
      now = processOf({ fake, marks, clock }).chat;
      if (later > 0 && count > 12) break;
    }
    expect(later).toBeGreaterThan(0);
    expect(fake.settings.identify.remaining).toBeGreaterThan(800);
  });
});
