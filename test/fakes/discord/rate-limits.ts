/** Rate limit headers on every answer: generous ones, and real ones where a test sets an edit budget. */
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

export interface Budget {
  /** Counts one request; the headers for its answer, or a 429. */
  spend(method: string, path: string): Record<string, string>;
}

const GENEROUS = 1000;
const EDIT = /^\/(?:webhooks\/\d+|channels)\/[^/]+\/messages\/[^/]+$/;

export function createBudget(world: World): Budget {
  const spent = new Map<string, { left: number; resetAt: number }>();
  return {
    spend(method, path) {
      const budget = world.settings.editBudget;
      const bucket = Buffer.from(`${method} ${path.replaceAll(/\d{17,19}|[\w-]{60,}/g, ':')}`).toString(
        'hex',
      );
      if (!budget || method !== 'PATCH' || !EDIT.test(path))
        return headers(bucket, GENEROUS, GENEROUS - 1, 1);
      const key = path.replace(/\/messages\/.*/, '');
      const now = Date.now();
      const open = spent.get(key);
      const window =
        open && open.resetAt > now ? open : { left: budget.edits, resetAt: now + budget.windowMs };
      spent.set(key, window);
      const seconds = (window.resetAt - now) / 1000;
      if (window.left === 0)
        throw new Refusal(429, 0, 'You are being rate limited.', {
          expected: true,
          retryAfter: seconds,
          headers: {
            ...headers(bucket, budget.edits, 0, seconds),
            'Retry-After': String(seconds),
            'X-RateLimit-Scope': 'user',
          },
        });

      window.left -= 1;
      return headers(bucket, budget.edits, window.left, seconds);
    },
  };
}

function headers(
  bucket: string,
  limit: number,
  remaining: number,
  resetAfter: number,
): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Date.now() / 1000 + resetAfter),
    'X-RateLimit-Reset-After': String(resetAfter),
    'X-RateLimit-Bucket': bucket.slice(-32),
  };
}
