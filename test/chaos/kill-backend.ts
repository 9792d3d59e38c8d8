/** The backend dies in the middle of runs: with everything that it knew, with its history only, or just for a while. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startEasel } from '../world/easel.ts';
import { watchRuns } from './judge.ts';
import { startNetwork } from './network.ts';
import { createOrders } from './orders.ts';
import { askAll, calm, conclude, pause } from './party.ts';
import { type Scenario, type Stage } from './scenario.ts';
import { openServers } from './servers.ts';

const ORDERS = 30;
const DEATHS = 4;
const OPEN = 12;

export const killBackend: Scenario = {
  name: 'kill -9 and restart of the backend',
  deadlineMs: 90_000,
  async run(stage) {
    const told = [await killed(stage), await restarted(stage), await away(stage)];
    return told.join('; ');
  },
};

interface Course {
  url: string;
  once: () => Promise<void>;
  again: 'reruns' | 'never';
}

/** Its files are gone too: what was made and not yet fetched is lost for good, and people are told so. */
async function killed(stage: Stage): Promise<string> {
  let backend = await startBackend('0');
  stage.onEnd(() => backend.child.kill('SIGKILL'));
  const { url } = backend;
  const again = async (): Promise<void> => {
    backend.child.kill('SIGKILL');
    await once(backend.child, 'exit');
    await pause(stage.random.below(700));
    backend = await startBackend(new URL(url).port);
  };
  return `process killed ${await course(stage, { url, once: again, again: 'reruns' })}`;
}

/** ComfyUI's outputs outlive it, its queue and history do not. */
async function restarted(stage: Stage): Promise<string> {
  const servers = await openServers(stage, { stepMs: 15 });
  const { sandbox } = servers;
  const again = () => sandbox.restart();
  return `history lost ${await course(stage, { url: sandbox.url, once: again, again: 'reruns' })}`;
}

/** Unreachable for a while, and nothing forgotten. */
async function away(stage: Stage): Promise<string> {
  const servers = await openServers(stage, { stepMs: 15 });
  const network = await startNetwork(servers.sandbox.url);
  stage.onEnd(() => network.stop());
  const again = async (): Promise<void> => {
    network.up(false);
    await pause(300 + stage.random.below(900));
    network.up(true);
  };
  const runs = watchRuns(servers);
  const told = await course(stage, { url: network.url, once: again, again: 'never' });
  const twice = [...runs.values()].filter((times) => times > 1).length;
  stage.demand(twice === 0, `history kept, but run twice: ${twice}`);
  return `history kept ${told}, run twice ${twice}`;
}

async function course(stage: Stage, { url, once: die, again }: Course): Promise<string> {
  const { random, size } = stage;
  const servers = await openServers(stage);
  const easel = await startEasel({ ...servers.environment, COMFY_URL: url, GUILD_CONCURRENCY: '5' });
  stage.onEnd(() => easel.stop());
  const orders = createOrders(servers, random, { guilds: 3, people: 9, steps: () => 3 + random.below(20) });
  const total = Math.ceil(ORDERS * size);
  const asking = askAll(stage, orders, total, OPEN);
  const deaths = Math.ceil(DEATHS * size);
  for (let n = 0; n < deaths; n += 1) {
    await pause(500 + random.below(900));
    await die();
  }
  await asking;
  await calm(stage, servers, orders);
  const { lost, failed } = conclude(stage, orders, {
    servers,
    runs: new Map(),
    allowed: again === 'reruns' ? ['failed'] : [],
  });
  const ended = total - lost.length;
  return `${deaths} times over ${total} jobs: ended ${ended}, of these with a clear failure ${failed.length}`;
}

async function startBackend(port: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork('test/chaos/backend.ts', [port], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [url] = (await once(child, 'message')) as [string];
  return { child, url };
}
