/** Who may use something: ids of roles and channels as the platform gives them. Pure. */
import type { Caller } from './caller.ts';

export interface Access {
  /** Any of these; empty: everybody. */
  roles: readonly string[];
  /** Any of these, or a thread in one; empty: everywhere. */
  channels: readonly string[];
  /** Only where the platform marks a channel as for adults. */
  ageRestricted: boolean;
}

export const OPEN: Access = { roles: [], channels: [], ageRestricted: false };

export type Refusal = 'role' | 'channel' | 'age';

/**
 * Why the caller may not; undefined: they may. Asks the platform about the channel only when that decides. `runs`: they are
 * about to, rather than to be shown it: then whether the channel is for adults is asked afresh.
 */
export async function refusal(access: Access, caller: Caller, runs = false): Promise<Refusal | undefined> {
  const { roles = [], channel } = caller;
  if (access.roles.length > 0 && !access.roles.some((role) => roles.includes(role))) return 'role';
  const here = access.channels.length === 0 || (channel !== undefined && access.channels.includes(channel));
  if (here && !access.ageRestricted) return undefined;
  const facts = await caller.lookAtChannel?.(runs && access.ageRestricted);
  if (!here && !(facts?.parent !== undefined && access.channels.includes(facts.parent))) return 'channel';
  return access.ageRestricted && facts?.ageRestricted !== true ? 'age' : undefined;
}
