/** The socket misbehaves in every way; it is only decoration, so nothing but smoothness may be lost. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { QUICK, startEasel } from '../world/easel.ts';
import type { Random } from '../fakes/random.ts';
import { watchRuns } from './judge.ts';
import { startNetwork, type Network } from './network.ts';
import { createOrders, succeeded } from './orders.ts';
import { askAll, calm, conclude } from './party.ts';
import type { Scenario, Stage } from './scenario.ts';
import { openServers, type Servers } from './servers.ts';

const ORDERS = 10;
const OPEN = 4;
/** As production's 15 s are to a silence of 60 s. */
const PING_MS = 400;
const POLL_MS = QUICK?.comfy?.pollMs ?? 0;
/** What else makes an end late: a picture is fetched and posted, by a machine that does other things too. */
const NOISE_MS = 300;
/** Backoff is 20 to 200 ms here, where production's is 1 to 30 s. */
const MOST_SOCKETS_A_SECOND = 12;

const FAULTS: Record<string, (network: Network, random: Random) => void> = {
  'no fault': () => undefined,
  'dropped every 0.2 s': (network) => {
    network.socket = { onOpen: (client) => void setTimeout(() => client.terminate(), 200) };
  },
  'silent, pongs only': (network) => {
    network.socket = { pass: () => undefined };
  },
  'half open': (network) => {
    network.socket = { pass: () => undefined, deaf: true };
  },
  'stalled, everything 1.5 s late': (network) => {
    network.socket = { lateMs: 1500 };
  },
  garbage: (network, random) => {
    network.socket = {
      pass: ({ data, isBinary }) =>
        random.below(10) < 3
          ? { data: noise(random, 40), isBinary: random.below(2) === 0 }
          : { data, isBinary },
      // no WebSocket frame at all
      onOpen: (_client, stream) => void setTimeout(() => stream.write(noise(random, 200)), 300),
    };
  },
  '10,000 frames a second': (network) => {
    network.socket = { onOpen: flood };
  },
};

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
}

/** Somebody else's progress, as Comfy Cloud sends an account's. */
function flood(client: WebSocket, stream: Duplex): void {
  const timer = setInterval(() => {
    const prompt = randomUUID();
    for (let n = 0; n < 100; n += 1)
      client.send(`{"type":"progress","data":{"value":${n},"max":100,"node":"3","prompt_id":"${prompt}"}}`);
  }, 10);
  stream.on('close', () => clearInterval(timer));
}

export const badSockets: Scenario = {
  name: 'socket faults',
  deadlineMs: 120_000,
  async run(stage) {
    const told: string[] = [];
    let usual = 0;
    for (const name of Object.keys(FAULTS)) {
      const { latest, perSecond } = await withFault(stage, name);
      if (usual === 0) usual = latest;
      const added = Math.max(0, latest - usual);
      stage.demand(added <= POLL_MS + NOISE_MS, `${name}: the end came ${added} ms later than usual`);
      stage.demand(perSecond <= MOST_SOCKETS_A_SECOND, `${name}: ${perSecond} sockets a second`);
      told.push(`${name}: end +${added} ms, ${perSecond} sockets/s`);
    }
    return `${Math.ceil(ORDERS * stage.size)} jobs under each, one poll is ${POLL_MS} ms; ${told.join('; ')}`;
  },
};

/** `latest`: from the end of a run to its picture in chat, in ms, of the slowest job. */
async function withFault(stage: Stage, name: string): Promise<{ latest: number; perSecond: number }> {
  const servers = await openServers(stage, { stepMs: 12 });
  const network = await startNetwork(servers.sandbox.url);
  stage.onEnd(() => network.stop());
  FAULTS[name]?.(network, stage.random);
  const runs = watchRuns(servers);
  const ends = watchEnds(servers);
  const easel = await startEasel(
    { ...servers.environment, COMFY_URL: network.url },
    { timing: { ...QUICK, comfy: { ...QUICK?.comfy, pingMs: PING_MS } } },
  );
  stage.onEnd(() => easel.stop());
  const begin = performance.now();
  const orders = createOrders(servers, stage.random, {
    guilds: 2,
    people: 8,
    chats: ['discord'],
    steps: () => 10 + stage.random.below(30),
  });
  await askAll(stage, orders, Math.ceil(ORDERS * stage.size), OPEN);
  await calm(stage, servers, orders);
  conclude(stage, orders, { servers, runs });
  const perSecond = Math.round((network.opened / (performance.now() - begin)) * 10_000) / 10;
  const delays = orders.all.map(({ key, messages }) => {
    const at = messages().find(succeeded)?.endedAt ?? 0;
    return at - (ends.get(key) ?? 0);
  });
  await easel.stop();
  return { latest: Math.max(...delays), perSecond };
}

/** When the backend was done with each prompt. */
function watchEnds({ sandbox }: Servers): Map<string, number> {
  const ends = new Map<string, number>();
  const save = sandbox.nodes.get('SaveImage');
  if (!save) throw new Error('the sandbox saves no pictures');
  sandbox.nodes.set('SaveImage', {
    ...save,
    async run(inputs, run) {
      const result = await save.run(inputs, run);
      const key = /order\d+x\d+/.exec(JSON.stringify(run.graph['6']))?.[0];
      if (key !== undefined) ends.set(key, Date.now());
      return result;
    },
  });
  return ends;
}
