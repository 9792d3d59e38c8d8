/** Easel as a process that tells what it holds: memory, timers, signals, and who listens to signals. */
import { getEventListeners } from 'node:events';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';

setFlagsFromString('--expose-gc');
const collect = z.function().parse(runInNewContext('gc')) as () => void;

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

async function measure(name: string): Promise<void> {
  // finalizers and what they free take turns of their own
  for (let round = 0; round < 4; round += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // what is free goes back to the system a little later
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const signals = heard.flatMap((each) => each.deref() ?? []);
  heard = signals.map((each) => new WeakRef(each));
  const listeners = signals.map((each) => getEventListeners(each, 'abort').length);
  const { rss, heapUsed, external } = process.memoryUsage();
  const facts = {
    soak: name,
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

const app = createApp(readConfig());
process.on('SIGTERM', () => void app.stop());
await app.start();
// whoever started us is gone
process.stdin.on('end', () => process.exit(1));
process.stdin.on('data', (chunk: Buffer) => void measure(chunk.toString().trim()));
process.exitCode = await app.over;
await app.stop();
process.stdin.destroy();
