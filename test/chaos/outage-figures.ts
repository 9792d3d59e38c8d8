/** What an outage is judged by, beside the verdict on its orders: haste, order, and what is fetched twice. */
import { perSecond } from '../fakes/traffic.ts';
import type { Verdict } from './judge.ts';
import { isFinal, isOver } from './orders.ts';
import type { Course } from './outage.ts';

export interface Times {
  /** In ms since 1970. */
  begun: number;
  ended: number;
  /** Easel's seconds in each real one. */
  speeds: { during: number; after: number };
  /** Older orders are told before newer ones: all that was left to do was to tell. The queue has a fair order of its own. */
  isOrdered: boolean;
}

/**
 * Requests in a second of Easel's own. discord.js sends 50 in each of its own, and under the waits of tests there are many
 * tries while nobody answers; when somebody does, an upload to Slack is six calls, which nothing paces there. Six runs are
 * looked at every 50 ms.
 */
const MOST = { chat: { during: 100, after: 200 }, backend: { during: 150, after: 150 } };
/** The same under the waits of production, where a real second is minutes of Easel's; the backend's runs do not know that. */
const MOST_AT_EASE = { chat: { during: 5, after: 20 }, backend: { during: 10, after: 20 } };
/** How long after the end a storm may come, in real ms. */
const STORMY_MS = 10_000;
/** Replies may overtake each other when their orders were closer than this, or by no more than this, in ms. */
const APART_MS = 3000;
const OVERTAKING_MS = 1000;
/** The share that may be: several are told at once, and runs take turns before that. */
const FEW = 0.1;

/** One line. What is not as promised goes to the stage. */
export function figuresOf(course: Course, verdict: Verdict, times: Times): string {
  const { ended } = times;
  return [
    arrived(course, verdict),
    replies(course, times),
    traffic(course, times),
    files(course, course.bot.starts),
    `over ${((Date.now() - ended) / 1000).toFixed(1)} s after its end`,
  ].join('; ');
}

function arrived({ orders: { all } }: Course, verdict: Verdict): string {
  const { orders, lost, failed, notOne, twice, doubled, unheard } = verdict;
  const told = all.filter((order) => order.heard === 'acknowledged' && isOver(order)).length;
  return [
    `${told - failed.length} of ${orders} arrived (${unheard} unheard)`,
    `lost ${lost.length}, failed ${failed.length}, final replies ≠ 1: ${notOne.length}`,
    `doubled ${doubled.length}, run twice ${twice.length}`,
  ].join(', ');
}

/** How long the last one took, and whether older orders were told before newer ones. */
function replies({ stage, orders }: Course, { ended, isOrdered }: Times): string {
  const late = orders.all.flatMap(({ askedAt, heard, messages }) => {
    const final = heard === 'acknowledged' ? messages().find(isFinal) : undefined;
    return final && askedAt < ended && final.endedAt >= ended
      ? [{ asked: askedAt, told: final.endedAt }]
      : [];
  });
  const overtaken = late.filter((older) =>
    late.some((newer) => newer.asked > older.asked + APART_MS && newer.told < older.told - OVERTAKING_MS),
  ).length;
  const few = overtaken <= late.length * FEW;
  stage.demand(few || !isOrdered, `${overtaken} replies were overtaken by newer ones`);
  if (late.length === 0) return 'none of them after it';
  const last = Math.max(...late.map(({ told }) => told)) - ended;
  return `${late.length} of them after it, the last one +${(last / 1000).toFixed(1)} s, overtaken ${overtaken}`;
}

/** To chats and backend, in the busiest second: of the outage, and of what comes right after it. */
function traffic({ stage, servers, network }: Course, { begun, ended, speeds }: Times): string {
  const chat: { at: number }[] = [...servers.discord.requests, ...servers.slack.requests];
  const most = speeds.during > 1 ? MOST_AT_EASE : MOST;
  const busiest = (requests: readonly { at: number }[], from: number, to: number, speed: number): number =>
    Math.round((Math.max(...perSecond(requests, from, to)) / speed) * 10) / 10;
  const told = (['chat', 'backend'] as const).map((name) => {
    const requests = name === 'chat' ? chat : network.requests;
    // what was going on when it began is not its doing
    const during = busiest(requests, begun + 1000, ended, speeds.during);
    const after = busiest(requests, ended, ended + STORMY_MS, speeds.after);
    const isStill = during <= most[name].during && after <= most[name].after;
    stage.demand(isStill, `a storm: ${during}, then ${after} requests a second (${name})`);
    return `${name} ≤ ${during}/s, then ≤ ${after}/s`;
  });
  return told.join(', ');
}

/** A process that was killed may not have kept what it fetched. */
function files({ stage, network }: Course, starts: number): string {
  const fetched = new Map<string, number>();
  for (const { route, address, status } of network.requests)
    if (route.endsWith('/view') && status > 0 && status < 400)
      fetched.set(address, (fetched.get(address) ?? 0) + 1);
  const most = Math.max(0, ...fetched.values());
  stage.demand(most <= starts, `a file was fetched ${most} times`);
  return `files fetched ${most} ×`;
}
