/** The store fails in the ways that disks do: refused loudly at the right moment, and nothing acknowledged is lost. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { watchRuns } from './judge.ts';
import { createOrders } from './orders.ts';
import { askAll, calm, conclude, pause } from './party.ts';
import { eventually, type Scenario, type Stage } from './scenario.ts';
import { openServers, type Servers } from './servers.ts';

const BOT = 'test/chaos/bot.ts';
/** Kilobytes that a file may have: the store's journal reaches it after some jobs. */
const FULL_KB = 1500;
const MOST_ORDERS = 120;

export const badDisk: Scenario = {
  name: 'disk',
  deadlineMs: 120_000,
  async run(stage) {
    return [await unusable(stage), await taken(stage), await corrupt(stage), await full(stage)].join('; ');
  },
};

function start(stage: Stage, environment: Record<string, string>, fileKb?: number): EaselProcess {
  const bot = spawnEasel(environment, [], BOT, fileKb === undefined ? {} : { fileKb });
  stage.onEnd(async () => {
    bot.signal('SIGKILL');
    await bot.ended;
  });
  return bot;
}

/** A folder that cannot be one, and a database that is none. */
async function unusable(stage: Stage): Promise<string> {
  const servers = await openServers(stage);
  const file = join(servers.folder, 'file');
  await writeFile(file, '');
  const none = start(stage, { ...servers.environment, DATA_DIR: join(file, 'data') });
  await none.ended;
  await writeFile(join(servers.folder, 'easel.sqlite'), 'this is no database '.repeat(500));
  const damaged = start(stage, servers.environment);
  await damaged.ended;
  for (const [bot, words] of [
    [none, 'cannot be used'],
    [damaged, 'are damaged'],
  ] as const)
    stage.demand(bot.output().includes(words), `started, or died without a word: ${bot.output()}`);
  return 'unusable folder and damaged database: refused at start';
}

async function taken(stage: Stage): Promise<string> {
  const servers = await openServers(stage);
  const first = start(stage, servers.environment);
  await first.says(/"msg":"started"/);
  const second = start(stage, servers.environment);
  const code = await second.ended;
  stage.demand(code === 1 && second.output().includes('another Easel'), `second: ${code} ${second.output()}`);
  first.signal('SIGKILL');
  await first.ended;
  const third = start(stage, servers.environment);
  await third.says(/"msg":"started"/);
  third.signal('SIGKILL');
  await third.ended;
  return 'second process: refused, and let in when the first was killed';
}

/** One record of several is damaged while the bot is down; the others are finished. */
async function corrupt(stage: Stage): Promise<string> {
  const servers = await openServers(stage, { stepMs: 30 });
  const runs = watchRuns(servers);
  const orders = createOrders(servers, stage.random, {
    guilds: 2,
    people: 8,
    chats: ['discord'],
    steps: () => 40,
  });
  const first = start(stage, servers.environment);
  await first.says(/"msg":"started"/);
  await askAll(stage, orders, 6, 6);
  await eventually(stage, () => first.output().match(/job accepted/g)?.length === 6);
  first.signal('SIGKILL');
  await first.ended;
  const spoilt = spoilOne(servers);
  const second = start(stage, servers.environment);
  await calm(stage, servers, orders);
  const left = orders.open();
  stage.demand(left.length <= 1, `${left.length} jobs without an end`);
  stage.demand(second.output().includes('unreadable job record'), 'the corrupt record was not told of');
  stage.demand(!rows(servers).includes(spoilt), 'the corrupt record is met at every start');
  stage.demand(rows(servers, 'unreadable').includes(spoilt), 'the corrupt record is gone');
  void runs;
  second.signal('SIGKILL');
  await second.ended;
  return `corrupt record: told of and set aside, ${6 - left.length} of 5 other jobs ended`;
}

function rows({ folder }: Servers, table = 'active'): string[] {
  const database = new DatabaseSync(join(folder, 'easel.sqlite'));
  const found = database.prepare(`SELECT key FROM ${table}`).all();
  database.close();
  return found.map(({ key }) => String(key));
}

function spoilOne(servers: Servers): string {
  const key = rows(servers).toSorted().at(-1) ?? '';
  const database = new DatabaseSync(join(servers.folder, 'easel.sqlite'));
  database.prepare('UPDATE active SET value = substr(value, 1, 60) WHERE key = ?').run(key);
  database.close();
  return key;
}

/** Nothing more can be written: new jobs are refused with a word, those that are on their way end. */
async function full(stage: Stage): Promise<string> {
  const servers = await openServers(stage);
  const runs = watchRuns(servers);
  const orders = createOrders(servers, stage.random, { guilds: 2, people: 8 });
  const first = start(stage, servers.environment, FULL_KB);
  await first.says(/"msg":"started"/);
  const refusals = () => first.output().match(/"msg":"command refused"/g)?.length ?? 0;
  while (orders.all.length < MOST_ORDERS && refusals() < 5) {
    stage.signal.throwIfAborted();
    if (orders.open().length < 8) orders.ask();
    await pause(stage.random.below(20));
  }
  stage.demand(refusals() > 0, `the disk was never full in ${orders.all.length} jobs`);
  await pause(1000);
  first.signal('SIGKILL');
  await first.ended;
  const second = start(stage, servers.environment);
  await second.says(/"msg":"started"/);
  await calm(stage, servers, orders);
  const { lost, failed } = conclude(stage, orders, {
    servers,
    runs,
    allowed: ['failed', 'elsewhere', 'notOne'],
    where: 'full disk',
  });
  second.signal('SIGKILL');
  await second.ended;
  return `full disk: ${orders.all.length} jobs, ${failed.length} refused with a word, lost ${lost.length}`;
}
