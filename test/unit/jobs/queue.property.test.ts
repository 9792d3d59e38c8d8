/** Any life of the queue against a model of it that is too simple to be wrong. */
// oxlint-disable vitest/no-conditional-expect, vitest/no-standalone-expect -- what is expected depends on what was generated
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createQueue, type FairQueue, type Limits } from '../../../src/jobs/queue.ts';

interface Ticket {
  id: string;
  platform: string;
  guild: string;
  user: string;
}

const GUILDS = ['g0', 'g1', 'g2', 'g3'];
const USERS = ['u0', 'u1', 'u2'];

type Act =
  | { kind: 'add' | 'occupy'; guild: string; user: string }
  | { kind: 'take' | 'restart' }
  /** `at`: which of those that run or wait. */
  | { kind: 'end' | 'cancel'; at: number }
  | { kind: 'limits'; guild: string; limits: Limits }
  | { kind: 'person'; limit: number };

const limits = fc.record({ guild: fc.integer({ min: 1, max: 4 }), user: fc.integer({ min: 1, max: 3 }) });
const who = { guild: fc.constantFrom(...GUILDS), user: fc.constantFrom(...USERS) };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), ...who }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
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
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('occupy' as const), ...who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/** Waiting and running tickets in the order of their coming, and who was passed over by whom. */
class Model {
  waiting: Ticket[] = [];
  running: Ticket[] = [];
  limits: Record<string, Limits> = Object.fromEntries(GUILDS.map((guild) => [guild, { guild: 2, user: 1 }]));
  /** Of one person over all guilds. */
  personLimit = 3;
  /** For each `guild/user` that could run all the while: how often each guild and each person was served. */
  passed = new Map<string, Map<string, number>>();
  queue: FairQueue;
  readonly backend: number;

  constructor(backend: number) {
    this.backend = backend;
    this.queue = this.#open();
  }

  #open(): FairQueue {
    return createQueue({
      backend: this.backend,
      limits: (guild) => this.limits[guild]!,
      personLimit: () => this.personLimit,
    });
  }

  userHasRoom({ guild, user }: Omit<Ticket, 'id'>): boolean {
    const own = this.running.filter((one) => one.user === user);
    const here = own.filter((one) => one.guild === guild);
    return here.length < this.limits[guild]!.user && own.length < this.personLimit;
  }

  /** But for the backend, which is full or not for all. */
  mayRun(ticket: Ticket): boolean {
    const here = this.running.filter((one) => one.guild === ticket.guild);
    return here.length < this.limits[ticket.guild]!.guild && this.userHasRoom(ticket);
  }

  restart(): void {
    this.queue = this.#open();
    for (const ticket of this.running) this.queue.occupy(ticket);
    for (const ticket of this.waiting) this.queue.add(ticket);
    this.passed.clear();
  }

  /** A person's turn is over in all of their guilds, and a guild's for all of its people. */
  turnOver({ guild, user }: Omit<Ticket, 'id'>): void {
    for (const key of this.passed.keys())
      if (key.startsWith(`${guild}/`) || key.endsWith(`/${user}`)) this.passed.delete(key);
  }

  /** Nobody who can run is passed twice by the same guild, or by the same person in whatever guilds. */
  served({ guild, user }: Omit<Ticket, 'id'>): void {
    this.turnOver({ platform: 'p', guild, user });
    for (const [waits, by] of this.passed)
      for (const rival of [guild, user]) {
        by.set(rival, (by.get(rival) ?? 0) + 1);
        expect(by.get(rival), `${waits} is passed by ${rival}`).toBeLessThanOrEqual(1);
      }
  }

  /** After each act: who can run stays in the count, who cannot leaves it. */
  settle(): void {
    const able = new Set<string>();
    for (const ticket of this.waiting) if (this.mayRun(ticket)) able.add(`${ticket.guild}/${ticket.user}`);
    for (const key of this.passed.keys()) if (!able.has(key)) this.passed.delete(key);
    for (const key of able) if (!this.passed.has(key)) this.passed.set(key, new Map());
  }
}

function apply(model: Model, what: Act, n: number): void {
  switch (what.kind) {
    case 'add':
    case 'occupy': {
      const ticket = { id: `j${n}`, platform: 'p', guild: what.guild, user: what.user };
      model.queue[what.kind](ticket);
      model[what.kind === 'add' ? 'waiting' : 'running'].push(ticket);
      // it ran before: nobody was passed over, but its own turn is the last one now
      if (what.kind === 'occupy') model.turnOver(ticket);
      break;
    }
    case 'take':
      take(model);
      break;
    case 'end':
    case 'cancel': {
      const list = what.kind === 'end' ? model.running : model.waiting;
      const [ticket] = list.splice(list.length === 0 ? 0 : what.at % list.length, 1);
      model.queue.release(ticket?.id ?? 'nobody');
      break;
    }
    case 'limits':
      model.limits[what.guild] = what.limits;
      model.queue.reconsider(what.guild);
      break;
    case 'person':
      model.personLimit = what.limit;
      model.queue.reconsider();
      break;
    case 'restart':
      model.restart();
      break;
  }
  model.settle();
}

function take(model: Model): void {
  const full = model.running.length >= model.backend;
  const able = full ? [] : model.waiting.filter((ticket) => model.mayRun(ticket));
  const ticket = model.queue.take();
  // it takes one exactly when one may run, and only such a one
  expect(ticket !== undefined).toBe(able.length > 0);
  if (!ticket) return;
  expect(able).toContainEqual(ticket);
  // a user's own jobs run in the order in which they came
  const first = model.waiting.find(({ guild, user }) => guild === ticket.guild && user === ticket.user);
  expect(ticket).toEqual(first);
  model.waiting = model.waiting.filter(({ id }) => id !== ticket.id);
  model.running.push(ticket);
  model.served(ticket);
}

function check({ queue, waiting, running, limits: limited, personLimit, backend }: Model): void {
  expect(queue.size()).toEqual({ waiting: waiting.length, running: running.length });
  for (const guild of GUILDS) {
    const here = waiting.filter((one) => one.guild === guild);
    const told = [...queue.places(guild)];
    expect(told.map(({ id }) => id).toSorted()).toEqual(here.map(({ id }) => id).toSorted());
    expect(told.map(({ place }) => place.position)).toEqual(here.map((_one, index) => index + 1));
    const used = running.filter((one) => one.guild === guild);
    for (const { user, place } of told) {
      const { reason } = place;
      const mine = used.filter((one) => one.user === user).length;
      const everywhere = running.filter((one) => one.user === user).length;
      const { guild: ofGuild, user: ofUser } = limited[guild]!;
      if (used.length >= ofGuild)
        expect(reason).toEqual({ kind: 'guild-limit', used: used.length, limit: ofGuild });
      else if (mine >= ofUser) expect(reason).toEqual({ kind: 'user-limit', used: mine, limit: ofUser });
      else if (everywhere >= personLimit)
        expect(reason).toEqual({ kind: 'person-limit', used: everywhere, limit: personLimit });
      else expect(reason).toEqual({ kind: 'backend-busy', used: running.length, limit: backend });
    }
  }
  expect(new Set(queue.guilds())).toEqual(new Set(waiting.map(({ guild }) => guild)));
}

it('keeps limits, fairness, order and counts, whatever comes, ends, is cancelled, restarted or changed', () => {
  const life = fc.array(act, { minLength: 1, maxLength: 120, size: 'max' });
  const property = fc.property(fc.integer({ min: 1, max: 6 }), life, (backend, acts) => {
    const model = new Model(backend);
    for (const [n, what] of acts.entries()) {
      apply(model, what, n);
      check(model);
    }
    // and in the end everybody is served
    for (let turn = 0; model.waiting.length > 0; turn += 1) {
      expect(turn).toBeLessThan(1000);
      take(model);
      model.settle();
      const [ended] = model.running.splice(0, 1);
      if (ended) model.queue.release(ended.id);
      model.settle();
    }
  });
  fc.assert(property, { seed: 20261122, numRuns: 60 });
});
