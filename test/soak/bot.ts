/** Easel as a process that tells what it holds: memory, timers, signals, and who listens to signals. */
import { getEventListeners } from 'node:events';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { createApp } from '../../src/app/index.ts';
import { readConfig } from '../../src/config.ts';

setFlagsFromString('--expose-gc');
const collect = z.function().parse(runInNewContext('gc')) as () => void;

const QUIET_S = 12;

/** Every signal that was ever listened to, as long as it lives. */
let heard: WeakRef<AbortSignal>[] = [];
const known = new WeakSet<AbortSignal>();
type Listen = (this: AbortSignal, ...given: unknown[]) => void;
const listen = Reflect.get(AbortSignal.prototype, 'addEventListener') as Listen;
AbortSignal.prototype.addEventListener = function (this: AbortSignal, ...given: unknown[]) {
  if (!known.has(this)) {
    known.add(this);
    heard.push(new WeakRef(this));
  }
  listen.apply(this, given);
};

const count = (kind: { prototype: unknown }): number =>
  queryObjects(kind as Parameters<typeof queryObjects>[0], { format: 'count' });

const timer = setTimeout(() => undefined, 0);
const Timer = timer.constructor as unknown as { prototype: unknown };

/** The least that it is while nothing goes on: what V8 has freed goes back to the system over some seconds. */
async function quietRss(): Promise<number> {
  let least = Infinity;
  for (let second = 0; second < QUIET_S; second += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    least = Math.min(least, process.memoryUsage.rss());
  }
  return least;
}

async function measure(name: string): Promise<void> {
  const busy = process.memoryUsage.rss();
  const rss = await quietRss();
  const signals = heard.flatMap((each) => each.deref() ?? []);
  heard = signals.map((each) => new WeakRef(each));
  const listeners = signals.map((each) => getEventListeners(each, 'abort').length);
  const { heapUsed, external } = process.memoryUsage();
  const facts = {
    soak: name,
    busy,
    rss,
    heapUsed,
    external,
    active: process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length,
    timers: count(Timer),
    signals: count(AbortSignal),
    listeners: listeners.reduce((sum, each) => sum + each, 0),
    most: Math.max(0, ...listeners),
  };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

// Slack's edits are few a minute: they are what would be measured
const slack = { edits: 1e6, burst: 1000, pollMs: 20 };
const app = createApp(readConfig(), { timing: { slack } });
process.on('SIGTERM', () => void app.stop());
await app.start();
// whoever started us is gone
process.stdin.on('end', () => process.exit(1));
process.stdin.on('data', (chunk: Buffer) => void measure(chunk.toString().trim()));
process.exitCode = await app.over;
await app.stop();
process.stdin.destroy();
