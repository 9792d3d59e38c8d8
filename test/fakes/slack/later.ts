/** What the fake does after a while, as Slack does. */
import type { World } from './world.ts';

/** Something that Slack does later; forgotten when the fake stops. */
export function later(world: World, ms: number, act: () => void): void {
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    act();
  }, ms);
  world.timers.add(timer);
}
