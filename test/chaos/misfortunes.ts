/** What a chat does to its bot in a scenario: some orders under each misfortune, then the verdict. */
import { QUICK, startEasel } from '../world/easel.ts';
import type { Random } from '../fakes/random.ts';
import { watchRuns, type Verdict } from './judge.ts';
import { createOrders, type Order, type Orders, type Seen } from './orders.ts';
import { askAll, calm, conclude, pause, type Allowed } from './party.ts';
import type { Stage } from './scenario.ts';
import { openServers, type Servers } from './servers.ts';

export interface Misfortune {
  /** Before anything is asked. */
  begin?: (servers: Servers) => void;
  /** One fault; another one when that has been met, and after some more requests of the bot. */
  often?: (servers: Servers, random: Random) => void;
  /** Once for each order, when its reply shows progress. */
  midway?: (servers: Servers, reply: Seen) => void;
  /** What it may lead to: an end in another message, a picture that is named instead of attached. */
  allowed?: Allowed;
  many?: number;
}

const ORDERS = 6;
const OPEN = ORDERS;
/** As many tries as production has. */
const TIMING = { ...QUICK, jobs: { ...QUICK?.jobs, deliverTries: 5 } };

/** One line: how each went. */
export async function suffer(
  stage: Stage,
  chat: Order['chat'],
  misfortunes: Record<string, Misfortune>,
): Promise<string> {
  const told: string[] = [];
  for (const [name, misfortune] of Object.entries(misfortunes)) {
    const { orders, lost, elsewhere, failed, doubled, wrong } = await under(stage, chat, name, misfortune);
    const arrived = orders - lost.length - failed.length - wrong.length;
    const ways = elsewhere.length > 0 ? `, ${elsewhere.length} another way` : '';
    const extra = doubled.length > 0 ? `, ${doubled.length} doubled` : '';
    const named = wrong.length > 0 ? `, ${wrong.length} say why there is no picture` : '';
    told.push(`${name}: ${arrived} of ${orders}${ways}${extra}${named}`);
  }
  return told.join('; ');
}

async function under(
  stage: Stage,
  chat: Order['chat'],
  name: string,
  misfortune: Misfortune,
): Promise<Verdict> {
  const { begin, often, midway, allowed = [], many = 0 } = misfortune;
  const { random } = stage;
  const servers = await openServers(stage, { stepMs: 12 });
  const runs = watchRuns(servers);
  const easel = await startEasel(servers.environment, { timing: TIMING });
  stage.onEnd(() => easel.stop());
  const steps = () => 20 + random.below(20);
  const orders = createOrders(servers, random, { guilds: 2, people: 8, chats: [chat], many, steps });
  begin?.(servers);
  const over = new AbortController();
  let next = 0;
  let spoilt = 0;
  const spoil = () => {
    const requests: { fault: boolean }[] = [...servers.discord.requests, ...servers.slack.requests];
    if (requests.length < next || requests.filter(({ fault }) => fault).length < spoilt) return;
    often?.(servers, random);
    spoilt += 1;
    next = requests.length + 6 + random.below(16);
  };
  const meddling = meddle(orders, over.signal, spoil, (reply) => midway?.(servers, reply));
  await askAll(stage, orders, Math.ceil(ORDERS * stage.size), OPEN);
  await calm(stage, servers, orders);
  over.abort();
  await meddling;
  for (const { faults } of [servers.discord, servers.slack]) faults.clear();
  const verdict = conclude(stage, orders, { servers, runs, allowed, where: name });
  await easel.stop();
  return verdict;
}

async function meddle(
  orders: Orders,
  signal: AbortSignal,
  spoil: () => void,
  midway: (reply: Seen) => void,
): Promise<void> {
  const met = new Set<Order>();
  while (!signal.aborted) {
    for (const order of orders.open()) {
      const reply = order.messages().find(({ texts }) => texts.at(-1)?.includes('KSampler'));
      if (!reply || met.has(order)) continue;
      met.add(order);
      midway(reply);
    }
    spoil();
    await pause(20);
  }
}
