import { describe, expect, it, vi } from 'vitest';
import { createQueue, type FairQueue } from '../../../src/jobs/queue.ts';
import { createRandom, type Random } from '../../fakes/random.ts';

interface Ticket {
  id: string;
  platform: string;
  guild: string;
  user: string;
}

interface World {
  queue: FairQueue;
  backend: number;
  limits: { guild: number; user: number };
  personLimit: number;
  waiting: Map<string, Ticket>;
  running: Map<string, Ticket>;
  served: Set<string>;
  occupied: Set<string>;
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
    queue: createQueue({ backend, limits: () => limits, personLimit: () => personLimit }),
    backend,
    limits,
    personLimit,
    waiting: new Map(),
    running: new Map(),
    served: new Set(),
    occupied: new Set(),
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

function step(world: World, random: Random, n: number): void {
  const { queue, waiting, running } = world;
  const what = random.next();
  const ticket = { id: `j${n}`, platform: 'p', guild: `g${random.below(4)}`, user: `u${random.below(3)}` };
  if (what < 0.4) {
    queue.add(ticket);
    waiting.set(ticket.id, ticket);
  } else if (what < 0.7) {
    take(world);
  } else if (what < 0.9 && running.size > 0) {
    const { id } = random.pick([...running.values()]);
    queue.release(id);
    running.delete(id);
  } else if (what < 0.97 && waiting.size > 0) {
    const { id } = random.pick([...waiting.values()]);
    queue.release(id);
    waiting.delete(id);
  } else if (what > 0.995) {
    queue.occupy(ticket);
    running.set(ticket.id, ticket);
    world.occupied.add(ticket.id);
  }
}

function take(world: World): Ticket | undefined {
  const { queue, waiting, running, served } = world;
  const able = [...waiting.values()].filter((ticket) => mayRun(world, ticket));
  const ticket = queue.take();
  // it takes one exactly when one may run, and only such a one, and never the same twice
  expect(ticket !== undefined).toBe(able.length > 0);
  if (!ticket) return undefined;
  expect(able.map(({ id }) => id)).toContain(ticket.id);
  expect(served.has(ticket.id)).toBe(false);
  served.add(ticket.id);
  waiting.delete(ticket.id);
  running.set(ticket.id, ticket);
  return ticket;
}

function check({ queue, waiting, running }: World): void {
  expect(queue.size()).toEqual({ waiting: waiting.size, running: running.size });
  for (const guild of ['g0', 'g1', 'g2', 'g3']) {
    const here = [...waiting.values()].filter((one) => one.guild === guild);
    const told = [...queue.places(guild)];
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(here.map(({ id }) => id)));
    // places are 1, 2, 3, … without a gap
    expect(told.map(({ place }) => place.position)).toEqual(here.map((_one, index) => index + 1));
  }
}

describe('a long random life of the queue', () => {
  it.each([1, 2, 3, 4, 5, 6])('keeps its promises (seed %i)', (seed) => {
    const random = createRandom(seed);
    const world = createWorld(random);
    for (let n = 0; n < 2000; n += 1) {
      step(world, random, n);
      if (n % 25 === 0) check(world);
    }
    const left = new Set(world.waiting.keys());
    // everyone who waits is served in the end
    for (let turn = 0; turn < 10_000 && world.waiting.size + world.running.size > 0; turn += 1) {
      if (take(world)) continue;
      const [id] = world.running.keys();
      world.queue.release(id!);
      world.running.delete(id!);
    }
    expect([...left].filter((id) => !world.served.has(id))).toEqual([]);
    expect(world.queue.size()).toEqual({ waiting: 0, running: 0 });
  });

  it.each([11, 12, 13, 14, 15, 16])(
    'tells places that come true while nothing else happens (seed %i)',
    (seed) => {
      const random = createRandom(seed);
      const queue = createQueue({ backend: 1, limits: () => ({ guild: 2, user: 1 }) });
      for (let n = 0; n < 60; n += 1) {
        queue.add(apart(`j${n}`, random.below(3), random.below(4)));
        if (random.next() < 0.3) queue.release(queue.take()!.id);
      }
      const promised = new Map<string, string[]>();
      for (const guild of ['g0', 'g1', 'g2'])
        promised.set(
          guild,
          [...queue.places(guild)].map(({ id }) => id),
        );
      const actual = new Map<string, string[]>([...promised.keys()].map((guild) => [guild, []]));
      for (let ticket = queue.take(); ticket; ticket = queue.take()) {
        actual.get(ticket.guild)!.push(ticket.id);
        queue.release(ticket.id);
      }
      expect(actual).toEqual(promised);
    },
  );

  it('lets nobody in a ring of guilds wait for more than one turn of each other', () => {
    const random = createRandom(21);
    const queue = createQueue({ backend: 1, limits: () => ({ guild: 1, user: 1 }) });
    for (let n = 0; n < 400; n += 1) queue.add(apart(`j${n}`, random.below(8), random.below(3)));
    const turns: string[] = [];
    for (let ticket = queue.take(); ticket; ticket = queue.take()) {
      turns.push(ticket.guild);
      queue.release(ticket.id);
    }
    // while all eight have something, any eight turns in a row serve all eight
    for (let at = 0; at + 8 <= 200; at += 1) expect(new Set(turns.slice(at, at + 8)).size).toBe(8);
  });
});

describe('the cost of choosing', () => {
  /** Entries of maps that a hundred turns look at, and how often they ask for a limit: no clock can be trusted here. */
  function cost(
    waiting: number,
    shape: (n: number) => Omit<Ticket, 'id' | 'platform'>,
  ): { looked: number; asked: number } {
    let asked = 0;
    const limits = () => {
      asked += 1;
      return { guild: 1, user: 1 };
    };
    const queue = createQueue({ backend: 1, limits });
    for (let n = 0; n < waiting; n += 1) queue.add({ id: `j${n}`, platform: 'p', ...shape(n) });
    asked = 0;
    const iterator = Object.getPrototypeOf(new Map().values()) as Iterator<unknown>;
    const next = vi.spyOn(iterator, 'next');
    for (let turn = 0; turn < 100; turn += 1) queue.release(queue.take()!.id);
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
  ])('does not grow with the number of waiting jobs %s', (_name, shape) => {
    const few = cost(500, shape);
    expect(few.looked).toBeGreaterThan(100);
    const many = cost(50_000, shape);
    expect(many.asked).toBe(few.asked);
    // who shares guilds with whom differs a little with the number, and with it what a turn passes over
    expect(many.looked).toBeLessThan(few.looked * 1.1);
  });
});
