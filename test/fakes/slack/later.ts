/** What the fake does after a while, as Slack does. */
import type { World } from './world.ts';

/** Something that Slack does later; forgotten when the fake stops. */
export function later(world: World, ms: number, act: () => void): NodeJS.Timeout {
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    act();
  }, ms);
  world.timers.add(timer);
  return timer;
}

export function cancel(world: World, timer: NodeJS.Timeout | undefined): void {
  if (!timer) return;
  clearTimeout(timer);
  world.timers.delete(timer);
}
