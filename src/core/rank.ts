/** What somebody may put right themselves: nobody is told to ask somebody who they are. */
import type { Caller } from './caller.ts';

/** `admin`: of the guild. Who runs Easel may be one in a chat, so what admins are told holds for both. */
export type Rank = 'person' | 'admin' | 'operator';

export function rankOf({ admin, operator }: Pick<Caller, 'admin' | 'operator'>): Rank {
  if (operator) return 'operator';
  return admin ? 'admin' : 'person';
}
