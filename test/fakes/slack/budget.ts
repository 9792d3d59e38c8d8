/** Rate limits: sliding windows over chat.update for the whole workspace, and over chat.postMessage per channel. */
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

export interface RateBudget {
  /** Throws the 429 when this call is one too many. */
  spend(method: string, args: Readonly<Record<string, unknown>>): void;
}

export function createBudget(world: World): RateBudget {
  const spent = new Map<string, number[]>();
  return {
    spend(method, args) {
      const { updateBudget, postBudget } = world.settings;
      const budget = { 'chat.update': updateBudget, 'chat.postMessage': postBudget }[method];
      if (!budget) return;
      const key = method === 'chat.postMessage' ? `${method} ${String(args['channel'])}` : method;
      const now = Date.now();
      const recent = (spent.get(key) ?? []).filter((at) => now - at < budget.windowMs);
      if (recent.length < budget.calls) {
        spent.set(key, [...recent, now]);
        return;
      }
      const freeInMs = (recent[0] ?? now) + budget.windowMs - now;
      const retryAfter = budget.retryAfter ?? Math.max(1, Math.ceil(freeInMs / 1000));
      throw new Refusal('ratelimited', { expected: true, status: 429, retryAfter });
    },
  };
}
