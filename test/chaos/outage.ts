/** One outage from its beginning to its end, with people who ask before, during and after it; then the figures. */
import { QUICK } from '../world/easel.ts';
import type { Random } from '../fakes/random.ts';
import { createScaledClock, type ScaledClock } from '../fakes/scaled-clock.ts';
import { watchRuns } from './judge.ts';
import { startNetwork, type Network } from './network.ts';
import { createOrders, type Order, type Orders } from './orders.ts';
import { figuresOf } from './outage-figures.ts';
import { askAll, conclude, pause, type Allowed } from './party.ts';
import { botInside, botOutside, type Bot } from './bots.ts';
import { eventually, type Scenario, type Stage } from './scenario.ts';
import { openServers, type Servers } from './servers.ts';
import type { SandboxOptions } from '../../src/sandbox/index.ts';

export interface Row {
  name: string;
  /** How long it lasts, in Easel's own time. */
  seconds: number;
  /** Easel's seconds in each real one while it lasts. More than 1: with the waits of production. */
  speed?: number;
  chats?: readonly Order['chat'][];
  sandbox?: SandboxOptions;
  /** Easel is a process of its own, which is started again whenever it ends. */
  apart?: boolean;
  /** It has begun before Easel starts. */
  early?: boolean;
  /** Asked before it begins, and not ended by then; 6 unless told. */
  waiting?: number;
  /** Begins it; resolves, or gives back, its end. */
  begin: (course: Course) => (() => unknown) | Promise<() => unknown>;
  midway?: (course: Course) => unknown;
  allowed?: Allowed;
}

export interface Course {
  stage: Stage;
  servers: Servers;
  network: Network;
  clock: ScaledClock;
  orders: Orders;
  bot: Bot;
}

const WAITING = 6;
/** Asked after a quarter and after three quarters of it, and after its end. */
const MORE = 2;
/** Of production's waits between two tries, when the outage is over: minutes pass in seconds. */
const AFTER_SPEED = 20;
/** How long replies may take after the end, in real ms: requests that hang end after 30 s, one try a minute is usual. */
const PATIENCE_MS = 70_000;
/** By then everything has run, so that all of it waits for its chat alone. */
const ALL_RAN_MS = 20_000;
/** Starting, a first order that shows that all is well, and stopping. */
const AROUND_MS = 30_000;
/** Late acknowledgements are what people see of an outage, and a bot asks after those whose answer it did not hear. */
const TOLERATED = /not acknowledged within|10062|10015|acknowledged twice, or too late/;

export function outage(row: Row): Scenario {
  const { name, seconds, speed = 1 } = row;
  const lastsMs = (seconds * 1000) / speed;
  return {
    name: `${name}, ${duration(seconds)}`,
    deadlineMs: lastsMs + PATIENCE_MS + AROUND_MS,
    run: (stage) => course(stage, row, lastsMs),
  };
}

/** The tries of ten jobs at once, each of its own, are no more than in production when they are a second apart. */
const TIMING = { ...QUICK, jobs: { ...QUICK?.jobs, retryCapMs: 1000 } };

function duration(seconds: number): string {
  if (seconds >= 3600) return `${seconds / 3600} h`;
  return seconds > 60 ? `${seconds / 60} min` : `${seconds} s`;
}

async function course(stage: Stage, row: Row, lastsMs: number): Promise<string> {
  const { speed = 1, chats = ['discord', 'slack'], apart = false, early = false } = row;
  const waiting = Math.ceil((row.waiting ?? WAITING) * stage.size);
  const servers = await openServers(stage, { stepMs: 15, ...row.sandbox });
  const network = await startNetwork(servers.sandbox.url);
  stage.onEnd(() => network.stop());
  const runs = watchRuns(servers);
  const clock = createScaledClock();
  const orders = createOrders(servers, stage.random, crowd(stage.random, chats));
  const environment = { ...servers.environment, COMFY_URL: network.url };
  const start = () =>
    apart
      ? botOutside(stage, environment)
      : botInside(stage, environment, { clock, ...(speed === 1 && { timing: TIMING }) });

  const onCourse = { stage, servers, network, clock, orders };
  // an outage that is there first cannot ask for the bot
  const soon = early ? await row.begin({ ...onCourse, bot: nobody }) : undefined;
  const bot = await start();
  const all: Course = { ...onCourse, bot };
  if (!early) {
    await askAll(stage, orders, 1, 1);
    await eventually(stage, () => orders.open().length === 0);
    const before = servers.sandbox.stats.executed;
    await askAll(stage, orders, 1 + waiting, Infinity);
    // the last one is heard, and they are on their way
    await eventually(
      stage,
      () => orders.all.every(({ heard }) => heard !== 'not yet') && servers.sandbox.stats.executed > before,
    );
  }
  const begun = Date.now();
  const end = soon ?? (await row.begin(all));
  clock.speed = speed;
  await pause(lastsMs / 4);
  for (let n = 0; n < MORE; n += 1) orders.ask();
  await pause(lastsMs / 4);
  await row.midway?.(all);
  await pause(lastsMs / 4);
  for (let n = 0; n < MORE; n += 1) orders.ask();
  await pause(Math.max(0, begun + lastsMs - Date.now()));
  if (speed > 1) clock.speed = AFTER_SPEED;
  await end();
  const ended = Date.now();
  await pause(500);
  // the bot may have to be started first
  await askAll(stage, orders, orders.all.length + MORE, Infinity);
  const enough = performance.now() + PATIENCE_MS;
  await eventually(stage, () => orders.open().length === 0 || performance.now() > enough, 50);

  // Slack has no way to find a message again whose answer was lost
  const allowed: Allowed = [...(row.allowed ?? []), ...(apart ? (['hanging'] as const) : [])];
  const verdict = conclude(stage, orders, { servers, runs, allowed, tolerated: TOLERATED });
  const isOrdered = chats.length === 1 && lastsMs >= ALL_RAN_MS;
  const speeds = { during: speed, after: clock.speed };
  return figuresOf(all, verdict, { begun, ended, speeds, isOrdered });
}

const nobody: Bot = { starts: 0, restart: async () => undefined, signal: () => undefined };

function crowd(random: Random, chats: readonly Order['chat'][]) {
  return { guilds: 2, people: 12, chats, steps: () => 15 + random.below(20) };
}
