/** Any life of the queue against a model of it that is too simple to be wrong. */
// oxlint-disable vitest/no-conditional-expect, vitest/no-standalone-expect -- what is expected depends on what was generated
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Lease, Queue } from '../../../src/core/queue.ts';
import { createQueue } from '../../../src/jobs/queue/index.ts';
import { placesIn } from '../../contract/queue-stage.ts';

type Needs = readonly string[] | undefined;

interface Ticket {
  id: string;
  platform: string;
  guild: string;
  user: string;
  needs?: Needs;
}

interface Running extends Ticket {
  lease: Lease;
}

interface Limits {
  guild: number;
  user: number;
}

const GUILDS = ['g0', 'g1', 'g2', 'g3'];
const USERS = ['u0', 'u1', 'u2'];
const BACKENDS = ['b', 'c', 'd'];

type Act =
  | { kind: 'add'; guild: string; user: string; needs: Needs }
  | { kind: 'begun'; guild: string; user: string; backend: string }
  | { kind: 'take'; free: string[] }
  | { kind: 'restart' }
  /** `at`: which of those that run or wait. */
  | { kind: 'end' | 'cancel'; at: number }
  | { kind: 'needs'; at: number; needs: Needs }
  | { kind: 'limits'; guild: string; limits: Limits }
  | { kind: 'person'; limit: number };

const limits = fc.record({ guild: fc.integer({ min: 1, max: 4 }), user: fc.integer({ min: 1, max: 3 }) });
const who = { guild: fc.constantFrom(...GUILDS), user: fc.constantFrom(...USERS) };
const needs: fc.Arbitrary<Needs> = fc.option(fc.subarray(BACKENDS), { nil: undefined, freq: 2 });
const free = fc.shuffledSubarray(BACKENDS);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), ...who, needs }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('take' as const), free }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('needs' as const), at: fc.nat(30), needs }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('end' as const, 'cancel' as const), at: fc.nat(30) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('limits' as const), guild: who.guild, limits }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('person' as const), limit: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('begun' as const),
      ...who,
      backend: fc.constantFrom(...BACKENDS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/** Waiting and running tickets in the order of their coming, and who was passed over by whom. */
class Model {
  waiting: Ticket[] = [];
  running: Running[] = [];
  limits: Record<string, Limits> = Object.fromEntries(GUILDS.map((guild) => [guild, { guild: 2, user: 1 }]));
  /** Of one person over all guilds. */
  personLimit = 3;
  /** For each guild, person and needs that could run all the while: how often each guild and each person went first. */
  passed = new Map<string, { ticket: Ticket; by: Map<string, number> }>();
  queue: Queue;
  readonly backends: ReadonlyMap<string, number>;

  constructor(most: number[]) {
    this.backends = new Map(BACKENDS.map((name, index) => [name, most[index]!]));
    this.queue = this.#open();
  }

  #open(): Queue {
    return createQueue({
      guild: (guild) => this.limits[guild]!,
      person: () => this.personLimit,
      backends: () => this.backends,
    });
  }

  userHasRoom({ guild, user }: Omit<Ticket, 'id'>): boolean {
    const own = this.running.filter((one) => one.user === user);
    const here = own.filter((one) => one.guild === guild);
    return here.length < this.limits[guild]!.user && own.length < this.personLimit;
  }

  on(backend: string): number {
    return this.running.filter(({ lease }) => lease.backend === backend).length;
  }

  /** Those of the free ones that have room, and can run it. */
  able(ticket: Ticket, offered: string[]): string[] {
    return offered.filter(
      (name) => this.on(name) < this.backends.get(name)! && (ticket.needs?.includes(name) ?? true),
    );
  }

  /** But for the backends. */
  mayRun(ticket: Ticket): boolean {
    const here = this.running.filter((one) => one.guild === ticket.guild);
    return here.length < this.limits[ticket.guild]!.guild && this.userHasRoom(ticket);
  }

  async restart(): Promise<void> {
    this.queue = this.#open();
    for (const { lease, ...ticket } of this.running) await this.queue.submit(ticket, lease.backend);
    for (const ticket of this.waiting) await this.queue.submit(ticket);
    for (const one of this.running) {
      const lost = one.lease;
      one.lease = (await this.queue.claim([]))!;
      expect(one.lease).toMatchObject({ id: one.id, backend: lost.backend, begun: true });
      expect(await this.queue.release(lost)).toBe(false);
    }
    this.passed.clear();
  }

  /** A person's turn is over in all of their guilds, and a guild's for all of its people. */
  turnOver({ guild, user }: Omit<Ticket, 'id'>): void {
    for (const [key, { ticket }] of this.passed)
      if (ticket.guild === guild || ticket.user === user) this.passed.delete(key);
  }

  /** Of those that could have begun just as well, nobody is passed twice by the same guild, or by the same person in whatever guilds. */
  served({ guild, user }: Ticket, able: Ticket[]): void {
    this.turnOver({ platform: 'p', guild, user });
    for (const [waits, { by }] of this.passed) {
      if (!able.some((ticket) => keyOf(ticket) === waits)) continue;
      for (const rival of [guild, user]) {
        by.set(rival, (by.get(rival) ?? 0) + 1);
        expect(by.get(rival), `${waits} is passed by ${rival}`).toBeLessThanOrEqual(1);
      }
    }
  }

  /** After each act: who can run stays in the count, who cannot leaves it. */
  settle(): void {
    const able = new Map<string, Ticket>();
    for (const ticket of this.waiting) if (this.mayRun(ticket)) able.set(keyOf(ticket), ticket);
    for (const key of this.passed.keys()) if (!able.has(key)) this.passed.delete(key);
    for (const [key, ticket] of able)
      if (!this.passed.has(key)) this.passed.set(key, { ticket, by: new Map() });
  }
}

const needsOf = ({ needs: wanted }: Ticket): string => wanted?.join('+') ?? 'any';
const keyOf = (ticket: Ticket): string => `${ticket.guild}/${ticket.user}/${needsOf(ticket)}`;

async function apply(model: Model, what: Act, n: number): Promise<void> {
  const { queue, waiting, running } = model;
  const ticket = { id: `j${n}`, platform: 'p' };
  switch (what.kind) {
    case 'add': {
      const { guild, user, needs: wanted } = what;
      waiting.push({ ...ticket, guild, user, needs: wanted });
      await queue.submit({ ...ticket, guild, user, needs: wanted });
      break;
    }
    case 'begun': {
      const { guild, user, backend } = what;
      await queue.submit({ ...ticket, guild, user }, backend);
      const lease = (await queue.claim([]))!;
      expect(lease).toMatchObject({ id: ticket.id, backend, begun: true });
      running.push({ ...ticket, guild, user, lease });
      // it ran before: nobody was passed over, but its own turn is the last one now
      model.turnOver({ platform: 'p', guild, user });
      break;
    }
    case 'take':
      await take(model, what.free);
      break;
    case 'end': {
      const [ended] = running.splice(running.length === 0 ? 0 : what.at % running.length, 1);
      if (ended) expect(await queue.release(ended.lease)).toBe(true);
      break;
    }
    case 'cancel': {
      const [given] = waiting.splice(waiting.length === 0 ? 0 : what.at % waiting.length, 1);
      expect(await queue.release(given?.id ?? 'nobody')).toBe(given !== undefined);
      break;
    }
    case 'needs': {
      const changed = waiting[what.at % Math.max(1, waiting.length)];
      if (!changed) break;
      changed.needs = what.needs;
      await queue.submit({ ...changed });
      break;
    }
    case 'limits':
      model.limits[what.guild] = what.limits;
      await queue.reconsider(what.guild);
      break;
    case 'person':
      model.personLimit = what.limit;
      await queue.reconsider();
      break;
    case 'restart':
      await model.restart();
      break;
  }
  model.settle();
}

async function take(model: Model, offered: string[]): Promise<void> {
  const able = model.waiting.filter(
    (ticket) => model.mayRun(ticket) && model.able(ticket, offered).length > 0,
  );
  const lease = await model.queue.claim(offered);
  // it takes one exactly when one may run, and only such a one
  expect(lease?.id === undefined).toBe(able.length === 0);
  const ticket = able.find(({ id }) => id === lease?.id);
  if (!lease || !ticket) return expect(lease).toBeUndefined();
  // a person's own jobs run in the order in which they came, as far as what is free can run them
  expect(ticket).toEqual(able.find(({ guild, user }) => guild === ticket.guild && user === ticket.user));
  // on the backend that the fewest others could use, the first of several
  const others = new Map(model.waiting.map((one) => [needsOf(one), one.needs]));
  const rivals = (name: string): number => [...others.values()].filter((one) => one?.includes(name)).length;
  const [best] = model.able(ticket, offered).toSorted((a, b) => rivals(a) - rivals(b));
  expect(lease).toMatchObject({ guild: ticket.guild, backend: best, begun: false });
  model.waiting.splice(model.waiting.indexOf(ticket), 1);
  model.served(ticket, able);
  model.running.push({ ...ticket, lease });
}

async function check(model: Model): Promise<void> {
  const { queue, waiting, running, limits: limited, personLimit, backends } = model;
  expect(await queue.count()).toEqual({ waiting: waiting.length, running: running.length });
  for (const guild of GUILDS) {
    const here = waiting.filter((one) => one.guild === guild);
    const told = await placesIn(queue, guild, 3);
    expect(told.map(({ id }) => id).toSorted()).toEqual(here.map(({ id }) => id).toSorted());
    expect(told.map(({ place }) => place.position)).toEqual(here.map((_one, index) => index + 1));
    const used = running.filter((one) => one.guild === guild);
    for (const { id, place } of told) {
      const { reason } = place;
      const { user, needs: wanted } = here.find((one) => one.id === id)!;
      const could = BACKENDS.filter((name) => wanted?.includes(name) ?? true);
      const sum = (of: (name: string) => number): number => could.reduce((all, name) => all + of(name), 0);
      const mine = used.filter((one) => one.user === user).length;
      const everywhere = running.filter((one) => one.user === user).length;
      const { guild: ofGuild, user: ofUser } = limited[guild]!;
      if (used.length >= ofGuild)
        expect(reason).toEqual({ kind: 'guild-limit', used: used.length, limit: ofGuild });
      else if (mine >= ofUser) expect(reason).toEqual({ kind: 'user-limit', used: mine, limit: ofUser });
      else if (everywhere >= personLimit)
        expect(reason).toEqual({ kind: 'person-limit', used: everywhere, limit: personLimit });
      else
        expect(reason).toEqual({
          kind: 'backend-busy',
          used: sum((name) => model.on(name)),
          limit: sum((name) => backends.get(name)!),
        });
    }
  }
  const told = (await Array.fromAsync(queue.guilds(2))).flat();
  expect(new Set(told)).toEqual(new Set(waiting.map(({ guild }) => guild)));
}

it('keeps limits, fairness, order, needs and counts, whatever comes, ends, is cancelled, restarted or changed', async () => {
  const life = fc.array(act, { minLength: 1, maxLength: 120, size: 'max' });
  const limit = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 });
  const property = fc.asyncProperty(limit, life, async (limited, acts) => {
    const model = new Model(limited);
    for (const [n, what] of acts.entries()) {
      await apply(model, what, n);
      await check(model);
    }
    // and in the end everybody is served whom anything can run
    const canEnd = (): boolean => model.waiting.some(({ needs: wanted }) => wanted?.length !== 0);
    for (let turn = 0; canEnd(); turn += 1) {
      expect(turn).toBeLessThan(1000);
      await take(model, BACKENDS);
      model.settle();
      const [ended] = model.running.splice(0, 1);
      if (ended) await model.queue.release(ended.lease);
      model.settle();
    }
  });
  await fc.assert(property, { seed: 20261122, numRuns: 60 });
});
