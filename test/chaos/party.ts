/** The course of most scenarios: so many orders, some of them open at a time, then calm, then the verdict. */
import { judge, type Runs, type Verdict } from './judge.ts';
import type { Orders } from './orders.ts';
import { eventually, type Stage } from './scenario.ts';
import type { Servers } from './servers.ts';

/** Longer than any retry takes under the waits of tests. */
const QUIET_MS = 8000;

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until there are `total` of them; `open` at most at the same time. */
export async function askAll(stage: Stage, orders: Orders, total: number, open: number): Promise<void> {
  while (orders.all.length < total) {
    stage.signal.throwIfAborted();
    if (orders.open().length < open) orders.ask();
    await pause(stage.random.below(20));
  }
}

/** Until all is told, or nothing has happened for so long that nothing will. */
export async function calm(stage: Stage, { discord, slack }: Servers, orders: Orders): Promise<void> {
  const events = () => discord.requests.length + slack.requests.length;
  let last = { events: events(), at: performance.now() };
  await eventually(
    stage,
    () => {
      if (events() !== last.events) last = { events: events(), at: performance.now() };
      return orders.open().length === 0 || performance.now() - last.at > QUIET_MS;
    },
    50,
  );
}

type Lists = { [Name in keyof Verdict as Verdict[Name] extends string[] ? Name : never]: string[] };

export type Allowed = readonly (keyof Lists)[];

/** Every list but those `allowed` must be empty. */
export function conclude(
  { demand }: Stage,
  orders: Orders,
  {
    servers,
    runs,
    allowed = [],
    where = '',
    tolerated = /not acknowledged within/,
  }: {
    servers: Servers;
    runs: Runs;
    allowed?: Allowed;
    where?: string;
    /** What the bot may do wrong in the eyes of the chats. */
    tolerated?: RegExp;
  },
): Verdict {
  const verdict = judge(orders.all, servers, runs);
  const { lost, notOne, elsewhere, failed, wrong, doubled, hanging, twice } = verdict;
  const lists: Lists = { lost, notOne, elsewhere, failed, wrong, doubled, hanging, twice };
  for (const [name, list] of Object.entries(lists))
    demand(
      list.length === 0 || allowed.some((one) => one === name),
      `${where} ${name}: ${list.join('\n       ')}`,
    );
  for (const { violations } of [servers.discord, servers.slack])
    for (const violation of violations) demand(tolerated.test(violation), `${where} violation: ${violation}`);
  return verdict;
}
