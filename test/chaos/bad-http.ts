/** A fifth of the backend's answers is spoiled; a job is right or clearly failed, and nothing waits for ever. */
import { QUICK, startEasel } from '../world/easel.ts';
import { watchRuns } from './judge.ts';
import { startNetwork, type Trouble } from './network.ts';
import { createOrders } from './orders.ts';
import { askAll, calm, conclude } from './party.ts';
import type { Scenario } from './scenario.ts';
import { CLOUD, openServers } from './servers.ts';

const ORDERS = 40;
const OPEN = 12;
const SHARE = 0.2;
const TROUBLES: readonly Trouble[] = ['error', 'reset', 'lose', 'hang', 'truncate', 'short', 'html', 'loop'];
/** Production waits 20 s and longer for an answer. */
const TIMING = {
  ...QUICK,
  jobs: { ...QUICK?.jobs, callMs: 6000, fetchMs: 6000, attempts: 5 },
  comfy: { ...QUICK?.comfy, requestMs: 600, submitMs: 800, fetchMs: 1500, uploadMs: 1000 },
};

export const badHttp: Scenario = {
  name: 'HTTP faults',
  deadlineMs: 120_000,
  async run(stage) {
    const told: string[] = [];
    for (const dialect of ['ComfyUI', 'cloud'] as const) {
      const servers = await openServers(stage, dialect === 'cloud' ? CLOUD : {});
      const network = await startNetwork(servers.sandbox.url);
      stage.onEnd(() => network.stop());
      const runs = watchRuns(servers);
      const easel = await startEasel({ ...servers.environment, COMFY_URL: network.url }, { timing: TIMING });
      stage.onEnd(() => easel.stop());
      const { random } = stage;
      network.trouble = () => (random.next() < SHARE ? random.pick(TROUBLES) : undefined);
      const orders = createOrders(servers, random, { guilds: 4, people: 12, many: 0.1 });
      await askAll(stage, orders, Math.ceil(ORDERS * stage.size), OPEN);
      await calm(stage, servers, orders);
      const { failed, twice, lost } = conclude(stage, orders, { servers, runs, allowed: ['failed'] });
      told.push(
        `${dialect}: ${network.troubled} answers spoiled over ${orders.all.length} jobs, lost ${lost.length}, clearly failed ${failed.length}, run twice ${twice.length}`,
      );
      await easel.stop();
    }
    return told.join('; ');
  },
};
