/** One outage from its beginning to its end, with people who ask before, during and after it; then the figures. */
import { QUICK } from '../e2e/easel.ts';
import type { Random } from '../fakes/random.ts';
import { createScaledClock, type ScaledClock } from '../fakes/scaled-clock.ts';
import { between, perSecond } from '../fakes/traffic.ts';
import { watchRuns, type Verdict } from './judge.ts';
import { startNetwork, type Network } from './network.ts';
import { createOrders, isFinal, isOver, type Order, type Orders } from './orders.ts';
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
/** Starting, a first order that shows that all is well, and stopping. */
const AROUND_MS = 30_000;
/**
 * Requests in a second. discord.js sends 50 in each of its own, and under the waits of tests there are many tries while
 * nobody answers; when somebody does, no row has more to say. Six runs are looked at every 50 ms then.
 */
const MOST = { chat: { during: 100, after: 60 }, backend: { during: 150, after: 150 } };
/** Replies may overtake each other when their orders were closer than this, or by no more than this, in ms. */
const APART_MS = 3000;
const OVERTAKING_MS = 1000;
/** Late acknowledgements are what people see of an outage. */
const TOLERATED = /not acknowledged within|10062|acknowledged twice, or too late/;

export function outage(row: Row): Scenario {
  const { name, seconds, speed = 1 } = row;
  const lastsMs = (seconds * 1000) / speed;
  return {
    name: `${name}, ${duration(seconds)}`,
    deadlineMs: lastsMs + PATIENCE_MS + AROUND_MS,
    run: (stage) => course(stage, row, lastsMs),
  };
}

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
      : botInside(stage, environment, { clock, ...(speed === 1 && { timing: QUICK }) });

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
  for (let n = 0; n < MORE; n += 1) orders.ask();
  const enough = performance.now() + PATIENCE_MS;
  await eventually(stage, () => orders.open().length === 0 || performance.now() > enough, 50);

  const { allowed = [] } = row;
  const verdict = conclude(stage, orders, { servers, runs, allowed, tolerated: TOLERATED });
  return [
    tell(orders, verdict),
    replies(stage, orders, ended),
    traffic(stage, { servers, network, begun, ended }),
    files(stage, network, bot.starts),
  ].join('; ');
}

const nobody: Bot = { starts: 0, restart: async () => undefined, signal: () => undefined };

function crowd(random: Random, chats: readonly Order['chat'][]) {
  return { guilds: 2, people: 12, chats, steps: () => 15 + random.below(20) };
}

function tell(orders: Orders, verdict: Verdict): string {
  const { lost, failed, notOne, twice, doubled, unheard } = verdict;
  const told = orders.all.filter((order) => order.heard === 'acknowledged' && isOver(order)).length;
  return [
    `${told - failed.length} of ${verdict.orders} arrived (${unheard} unheard)`,
    `lost ${lost.length}, failed ${failed.length}, final replies ≠ 1: ${notOne.length}`,
    `doubled ${doubled.length}, run twice ${twice.length}`,
  ].join(', ');
}

/** How long the last one took, and whether older orders were told before newer ones. */
function replies({ demand }: Stage, { all }: Orders, ended: number): string {
  const late = all.flatMap(({ askedAt, heard, messages }) => {
    const final = heard === 'acknowledged' ? messages().find(isFinal) : undefined;
    return final && askedAt < ended && final.endedAt >= ended
      ? [{ asked: askedAt, told: final.endedAt }]
      : [];
  });
  const overtaken = late.filter((older) =>
    late.some((newer) => newer.asked > older.asked + APART_MS && newer.told < older.told - OVERTAKING_MS),
  ).length;
  demand(overtaken === 0, `${overtaken} replies were overtaken by newer ones`);
  if (late.length === 0) return 'none was told after it';
  const last = Math.max(...late.map(({ told }) => told)) - ended;
  return `${late.length} told after it, the last one +${(last / 1000).toFixed(1)} s, ${overtaken} overtaken`;
}

interface Window {
  servers: Servers;
  network: Network;
  begun: number;
  ended: number;
}

/** To the chats and to the backend: in the busiest second of it, and in the first one after it. */
function traffic({ demand }: Stage, { servers, network, begun, ended }: Window): string {
  const chat: { at: number }[] = [...servers.discord.requests, ...servers.slack.requests];
  const told = [
    { name: 'chat', requests: chat, most: MOST.chat },
    { name: 'backend', requests: network.requests, most: MOST.backend },
  ].map(({ name, requests, most }) => {
    // what was going on when it began is not its doing
    const during = Math.max(...perSecond(requests, begun + 1000, ended));
    const after = between(requests, ended, ended + 1000).length;
    demand(
      during <= most.during && after <= most.after,
      `a storm: ${during}, then ${after} requests a second (${name})`,
    );
    return `${name} ${during}/s, then ${after}/s`;
  });
  return told.join(', ');
}

/** A process that was killed may not have kept what it fetched. */
function files({ demand }: Stage, { requests }: Network, starts: number): string {
  const fetched = new Map<string, number>();
  for (const { route, address, status } of requests)
    if (route.endsWith('/view') && status > 0 && status < 400)
      fetched.set(address, (fetched.get(address) ?? 0) + 1);
  const most = Math.max(0, ...fetched.values());
  demand(most <= starts, `a file was fetched ${most} times`);
  return `files fetched ${most} ×`;
}
