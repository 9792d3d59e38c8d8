/** The bot is killed with SIGKILL, over and over, where it hurts most, while people go on asking. */
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { watchRuns } from './judge.ts';
import { createOrders, isFinal, type Orders } from './orders.ts';
import { calm, conclude, pause } from './party.ts';
import { eventually, type Scenario, type Stage } from './scenario.ts';
import { CLOUD, openServers, type Servers } from './servers.ts';

const KILLS = 53;
const ORDERS = 520;
/** Asked and not ended at the same time. */
const OPEN = 24;

/** What the bot is in the middle of when it dies. */
type Moment = (servers: Servers, orders: Orders) => () => boolean;

const rises = (count: () => number): (() => boolean) => {
  const before = count();
  return () => count() > before;
};

const MOMENTS: Record<string, Moment> = {
  'an acknowledgement': (_servers, { all }) =>
    rises(() => all.filter(({ heard }) => heard === 'acknowledged').length),
  'a first answer on Discord': ({ discord }) => rises(() => discord.requestsTo('POST', /\/callback$/).length),
  'a first answer on Slack': ({ slack }) => rises(() => slack.requestsTo('chat.postMessage').length),
  'a submit': ({ sandbox }) => rises(() => sandbox.stats.requests['POST /prompt'] ?? 0),
  'a submit that was taken': ({ sandbox }) => rises(() => sandbox.stats.submitted),
  'a fetch': ({ sandbox }) => rises(() => sandbox.stats.views),
  'an upload to Discord': ({ discord }) =>
    rises(
      () => discord.requests.filter(({ method, files }) => method === 'PATCH' && files.length > 0).length,
    ),
  'a follow-up on Discord': ({ discord }) =>
    rises(() => discord.requestsTo('POST', /^\/webhooks\/\d+\/[^/]+$/).length),
  'an upload to Slack': ({ slack }) => rises(() => slack.requestsTo('files.completeUploadExternal').length),
  'a final reply': (_servers, { all }) =>
    rises(() => all.filter((order) => order.messages().some(isFinal)).length),
};

export const killBot: Scenario = {
  name: 'kill -9 of the bot',
  deadlineMs: 300_000,
  run: (stage) => runKills(stage, Math.ceil(KILLS * stage.size), Math.ceil(ORDERS * stage.size)),
};

/** Also for the short form in the tests. */
export async function runKills(stage: Stage, kills: number, total: number): Promise<string> {
  const { random } = stage;
  const cloud = random.below(2) === 0;
  const servers = await openServers(stage, cloud ? { ...CLOUD, stepMs: 4 } : { stepMs: 2 });
  const runs = watchRuns(servers);
  const orders = createOrders(servers, random, { guilds: 5, people: 20, many: 0.15 });
  let bot: EaselProcess | undefined;
  stage.onEnd(async () => {
    bot?.signal('SIGKILL');
    await bot?.ended;
  });
  const start = async (): Promise<void> => {
    bot = spawnEasel(servers.environment, [], 'test/chaos/bot.ts');
    await bot.says(/"msg":"started"/);
  };
  await start();

  let killed = 0;
  const asking = (async () => {
    const heard = () => orders.all.filter((order) => order.heard !== 'unheard').length;
    while (heard() < total) {
      stage.signal.throwIfAborted();
      // as many are left for each of the kills
      const allowed = (total * (killed + 1)) / (kills + 1);
      if (orders.open().length < OPEN && heard() < allowed) orders.ask();
      await pause(random.below(20));
    }
  })();
  const names = Object.keys(MOMENTS);
  for (; killed < kills; killed += 1) {
    // never long before the people have something to lose
    await eventually(stage, () => orders.open().length > 0);
    await pause(random.below(300));
    const moment = MOMENTS[random.pick(names)];
    const reached = moment?.(servers, orders) ?? (() => true);
    const latest = performance.now() + 600 + random.below(600);
    while (!reached() && performance.now() < latest) await pause(1);
    bot?.signal('SIGKILL');
    await bot?.ended;
    await start();
  }
  await asking;
  await calm(stage, servers, orders);
  bot?.signal('SIGTERM');
  await bot?.ended;

  // Slack has no way to find a message again whose answer was lost
  const verdict = conclude(stage, orders, { servers, runs, allowed: ['hanging'] });
  const { hanging, lost, notOne, twice, elsewhere, doubled, wrong, failed, unheard } = verdict;
  return [
    `bot killed ${killed} times over ${verdict.orders} acknowledged jobs (${cloud ? 'cloud' : 'ComfyUI'}):`,
    `lost ${lost.length}, final replies ≠ 1: ${notOne.length}, run twice ${twice.length},`,
    `other message: ${elsewhere.length}, pictures wrong ${wrong.length}, doubled ${doubled.length},`,
    `failed ${failed.length}, Slack's "Got it…" left over ${hanging.length}; told by the chat that nobody answered: ${unheard}`,
  ].join(' ');
}
