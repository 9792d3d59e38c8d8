import { describe, expect, it, vi } from 'vitest';
import type { Lease, Queue, Ticket as Queued } from '../../../src/core/queue.ts';
import { createQueue } from '../../../src/jobs/queue/index.ts';
import { limitsOf, placesIn } from '../../contract/queue-stage.ts';
import { createRandom, type Random } from '../../fakes/random.ts';

interface Ticket {
  id: string;
  platform: string;
  guild: string;
  user: string;
}

interface World {
  queue: Queue;
  backend: number;
  limits: { guild: number; user: number };
  personLimit: number;
  waiting: Map<string, Ticket>;
  running: Map<string, Ticket>;
  leases: Map<string, Lease>;
  served: Set<string>;
}

/** Each guild has its own people. */
const apart = (id: string, guild: number, user: number): Ticket => ({
  id,
  platform: `of g${guild}`,
  guild: `g${guild}`,
  user: `u${user}`,
});

function createWorld(random: Random): World {
  const limits = { guild: 1 + random.below(4), user: 1 + random.below(3) };
  const backend = 1 + random.below(6);
  const personLimit = 1 + random.below(4);
  return {
    queue: createQueue(limitsOf({ ...limits, person: personLimit, backends: { b: backend } })),
    backend,
    limits,
    personLimit,
    waiting: new Map(),
    running: new Map(),
    leases: new Map(),
    served: new Set(),
  };
}

const count = (tickets: Iterable<Ticket>, same: (ticket: Ticket) => boolean): number =>
  [...tickets].filter(same).length;

function mayRun({ running, limits, personLimit, backend }: World, { guild, user }: Ticket): boolean {
  const here = [...running.values()].filter((one) => one.guild === guild);
  return (
    running.size < backend &&
    here.length < limits.guild &&
    count(here, (one) => one.user === user) < limits.user &&
    count(running.values(), (one) => one.user === user) < personLimit
  );
}

async function end({ queue, running, leases }: World, id: string): Promise<void> {
  expect(await queue.release(leases.get(id)!)).toBe(true);
  running.delete(id);
  leases.delete(id);
}

async function step(world: World, random: Random, n: number): Promise<void> {
  const { queue, waiting, running, leases } = world;
  const what = random.next();
  const ticket = { id: `j${n}`, platform: 'p', guild: `g${random.below(4)}`, user: `u${random.below(3)}` };
  if (what < 0.4) {
    await queue.submit(ticket);
    waiting.set(ticket.id, ticket);
  } else if (what < 0.7) await take(world);
  else if (what < 0.9 && running.size > 0) await end(world, random.pick([...running.values()]).id);
  else if (what < 0.97 && waiting.size > 0) {
    const { id } = random.pick([...waiting.values()]);
    await queue.release(id);
    waiting.delete(id);
  } else if (what > 0.995) {
    await queue.submit(ticket, 'b');
    leases.set(ticket.id, (await queue.claim([]))!);
    running.set(ticket.id, ticket);
  }
}

async function take(world: World): Promise<Ticket | undefined> {
  const { queue, waiting, running, leases, served } = world;
  const able = [...waiting.values()].filter((one) => mayRun(world, one));
  const lease = await queue.claim(['b']);
  // it takes one exactly when one may run, and only such a one, and never the same twice
  expect(lease !== undefined).toBe(able.length > 0);
  if (!lease) return undefined;
  const ticket = able.find(({ id }) => id === lease.id)!;
  expect(ticket).toBeDefined();
  expect(served.has(ticket.id)).toBe(false);
  served.add(ticket.id);
  waiting.delete(ticket.id);
  running.set(ticket.id, ticket);
  leases.set(ticket.id, lease);
  return ticket;
}

async function check({ queue, waiting, running }: World): Promise<void> {
  expect(await queue.count()).toEqual({ waiting: waiting.size, running: running.size });
  for (const guild of ['g0', 'g1', 'g2', 'g3']) {
    const here = [...waiting.values()].filter((one) => one.guild === guild);
    const told = await placesIn(queue, guild, 7);
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(here.map(({ id }) => id)));
    // places are 1, 2, 3, … without a gap
    expect(told.map(({ place }) => place.position)).toEqual(here.map((_one, index) => index + 1));
  }
}

describe('a long random life of the queue', () => {
  it.each([1, 2, 3, 4, 5, 6])('keeps its promises (seed %i)', async (seed) => {
    const random = createRandom(seed);
    const world = createWorld(random);
    for (let n = 0; n < 2000; n += 1) {
      await step(world, random, n);
      if (n % 25 === 0) await check(world);
    }
    const left = new Set(world.waiting.keys());
    // everyone who waits is served in the end
    for (let turn = 0; turn < 10_000 && world.waiting.size + world.running.size > 0; turn += 1) {
      if (await take(world)) continue;
      const [id] = world.running.keys();
      await end(world, id!);
    }
    expect([...left].filter((id) => !world.served.has(id))).toEqual([]);
    expect(await world.queue.count()).toEqual({ waiting: 0, running: 0 });
  });

  it.each([11, 12, 13, 14, 15, 16])(
    'tells places that come true while nothing else happens (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const queue = createQueue(limitsOf({ guild: 2, user: 1, backends: { b: 1 } }));
      // those that all of them could run: what they need decides nothing
      const needs = [undefined, ['b'], ['b', 'c']];
      for (let n = 0; n < 60; n += 1) {
        const ticket = apart(`j${n}`, random.below(3), random.below(4));
        await queue.submit({ ...ticket, needs: random.pick(needs) });
        if (random.next() < 0.3) await queue.release((await queue.claim(['b']))!);
      }
      const promised = new Map<string, string[]>();
      for (const guild of ['g0', 'g1', 'g2'])
        promised.set(
          guild,
          (await placesIn(queue, guild)).map(({ id }) => id),
        );
      const actual = new Map<string, string[]>([...promised.keys()].map((guild) => [guild, []]));
      for (let lease = await queue.claim(['b']); lease; lease = await queue.claim(['b'])) {
        actual.get(lease.guild)!.push(lease.id);
        await queue.release(lease);
      }
      expect(actual).toEqual(promised);
    },
  );

  it('lets nobody in a ring of guilds wait for more than one turn of each other', async () => {
    const random = createRandom(21);
    const queue = createQueue(limitsOf({ guild: 1, user: 1, backends: { b: 1 } }));
    for (let n = 0; n < 400; n += 1) await queue.submit(apart(`j${n}`, random.below(8), random.below(3)));
    const turns: string[] = [];
    for (let lease = await queue.claim(['b']); lease; lease = await queue.claim(['b'])) {
      turns.push(lease.guild);
      await queue.release(lease);
    }
    // while all eight have something, any eight turns in a row serve all eight
    for (let at = 0; at + 8 <= 200; at += 1) expect(new Set(turns.slice(at, at + 8)).size).toBe(8);
  });
});

describe('the cost of choosing', () => {
  /** Entries of maps that a hundred turns look at, and how often they ask for a limit: no clock can be trusted here. */
  async function cost(
    waiting: number,
    shape: (n: number) => Omit<Queued, 'id' | 'platform'>,
  ): Promise<{ looked: number; asked: number }> {
    let asked = 0;
    const guild = () => {
      asked += 1;
      return { guild: 1, user: 1 };
    };
    const queue = createQueue({ ...limitsOf({ backends: { b: 1 } }), guild });
    for (let n = 0; n < waiting; n += 1) await queue.submit({ id: `j${n}`, platform: 'p', ...shape(n) });
    asked = 0;
    const iterator = Object.getPrototypeOf(new Map().values()) as Iterator<unknown>;
    const next = vi.spyOn(iterator, 'next');
    for (let turn = 0; turn < 100; turn += 1) await queue.release((await queue.claim(['b']))!);
    const looked = next.mock.calls.length;
    next.mockRestore();
    return { looked, asked };
  }

  it.each([
    ['of one user', () => ({ guild: 'g', user: 'u' })],
    ['of as many users', (n: number) => ({ guild: 'g', user: `u${n}` })],
    ['of one user in as many guilds', (n: number) => ({ guild: `g${n}`, user: 'u' })],
    ['of as many guilds', (n: number) => ({ guild: `g${n}`, user: `u${n}` })],
    [
      'of people who share as many guilds, a few each',
      (n: number) => ({ guild: `g${n % (n < 2000 ? 100 : 10_000)}`, user: `u${Math.floor(n / 10)}` }),
    ],
    [
      'of people who need one of four sets of backends',
      (n: number) => ({
        guild: `g${n % 100}`,
        user: `u${n}`,
        needs: [['b'], ['b', 'c'], ['c'], undefined][n % 4],
      }),
    ],
    [
      'of which most can run nowhere that is free',
      (n: number) => ({ guild: `g${n % 100}`, user: `u${n}`, needs: [n % 4 === 3 ? 'b' : 'c'] }),
    ],
  ])('does not grow with the number of waiting jobs %s', async (_name, shape) => {
    const few = await cost(500, shape);
    expect(few.looked).toBeGreaterThan(100);
    const many = await cost(50_000, shape);
    expect(many.asked).toBe(few.asked);
    // who shares guilds with whom differs a little with the number, and with it what a turn passes over
    expect(many.looked).toBeLessThan(few.looked * 1.1);
  });
});
