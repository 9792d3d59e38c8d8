/** What the contract of queues is told with. */
import type { Lease, Queue, QueueLimits, Ticket, Waiting } from '../../src/core/queue.ts';
import type { Place } from '../../src/core/standing.ts';

export interface QueueWorld {
  queue: Queue;
  /** The worker dies with all that it holds: the queue as the next one finds it, once it may have its jobs. */
  crash: () => Promise<Queue>;
}

export type OpenQueue = (limits: QueueLimits) => Promise<QueueWorld>;

/** Limits that can be changed; nothing is limited but what is given. */
export interface Limits extends QueueLimits {
  /** In every guild, and for one person over all. */
  now: { guild: number; user: number; person: number; backends: Record<string, number> };
}

export function limitsOf(given: Partial<Limits['now']> = {}): Limits {
  const now = { guild: 100, user: 100, person: Infinity, backends: { b: 100 }, ...given };
  return {
    now,
    guild: () => ({ guild: now.guild, user: now.user }),
    person: () => now.person,
    backends: () => new Map(Object.entries(now.backends)),
  };
}

/** `id` like `a1x`: guild a, user 1; each guild has its own people. */
export function ticket(id: string, needs?: readonly string[]): Ticket {
  const [guild = '', user = ''] = id;
  return { id, platform: `of ${guild}`, guild, user, ...(needs && { needs }) };
}

/** As `ticket`, of people who are the same ones in all guilds. */
export const shared = (id: string, needs?: readonly string[]): Ticket => ({
  ...ticket(id, needs),
  platform: 'p',
});

export async function add(queue: Queue, ...ids: string[]): Promise<void> {
  for (const id of ids) await queue.submit(ticket(id));
}

/** All that may begin now on one of these. */
export async function claimAll(queue: Queue, ...free: string[]): Promise<Lease[]> {
  const leases: Lease[] = [];
  for (;;) {
    const lease = await queue.claim(free.length > 0 ? free : ['b']);
    if (!lease) return leases;
    leases.push(lease);
  }
}

export const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

/** Everything in the order in which it runs when each ends before the next begins. */
export async function drain(queue: Queue, ...free: string[]): Promise<string[]> {
  const order = [];
  for (;;) {
    const lease = await queue.claim(free.length > 0 ? free : ['b']);
    if (!lease) return order;
    order.push(lease.id);
    await queue.release(lease);
  }
}

export async function placesIn(queue: Queue, guild: string, size = 100): Promise<Waiting[]> {
  return (await Array.fromAsync(queue.places(guild, size))).flat();
}

export async function placeOf(queue: Queue, id: string): Promise<Place | undefined> {
  return (await placesIn(queue, id.charAt(0))).find((one) => one.id === id)?.place;
}
