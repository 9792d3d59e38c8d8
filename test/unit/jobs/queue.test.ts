import { describe, expect, it } from 'vitest';
import type { Hold, Place } from '../../../src/core/standing.ts';
import { createQueue, type FairQueue, type Limits } from '../../../src/jobs/queue.ts';

const open = (backend: number, limits: Limits = { guild: 100, user: 100 }): FairQueue =>
  createQueue({ backend, limits: () => limits });

/** `ids` like `a1x`: guild a, user 1; each guild has its own people. */
const add = (queue: FairQueue, ...ids: string[]): void =>
  ids.forEach((id) => queue.add({ id, platform: `of ${id[0]}`, guild: id[0]!, user: id[1]! }));
const takeAll = (queue: FairQueue): string[] => {
  const taken = [];
  for (let ticket = queue.take(); ticket; ticket = queue.take()) taken.push(ticket.id);
  return taken;
};
const place = (queue: FairQueue, id: string): Place | undefined =>
  [...queue.places(id[0]!)].find((one) => one.id === id)?.place;
/** Everything in the order in which it runs when each ends before the next begins. */
const drain = (queue: FairQueue): string[] => {
  const order = [];
  for (let ticket = queue.take(); ticket; ticket = queue.take()) {
    order.push(ticket.id);
    queue.release(ticket.id);
  }
  return order;
};

describe('the limits', () => {
  it('of the backend, of a guild and of a user each hold, and free up on release', () => {
    const queue = open(3, { guild: 2, user: 1 });
    add(queue, 'a1x', 'a1y', 'a2x', 'a3x', 'b1x', 'b2x');
    const taken = takeAll(queue);
    expect(taken).toEqual(['a1x', 'b1x', 'a2x']);
    queue.release('a1x');
    expect(takeAll(queue)).toEqual(['b2x']);
    queue.release('b1x');
    expect(takeAll(queue)).toEqual(['a3x']); // user 1 went behind user 3 when served
    queue.release('a2x');
    expect(takeAll(queue)).toEqual(['a1y']);
  });

  it('may be exceeded by what ran before a restart, and then let nobody in until it is below again', () => {
    const queue = open(2, { guild: 1, user: 1 });
    for (const id of ['a1p', 'a1q', 'a1r']) queue.occupy({ id, platform: 'of a', guild: 'a', user: '1' });
    add(queue, 'a1x', 'b1x');
    expect(queue.size()).toEqual({ waiting: 2, running: 3 });
    expect(takeAll(queue)).toEqual([]);
    queue.release('a1p');
    expect(takeAll(queue)).toEqual([]);
    queue.release('a1q');
    expect(takeAll(queue)).toEqual(['b1x']);
    queue.release('a1r');
    expect(takeAll(queue)).toEqual(['a1x']);
  });

  it('are asked for each time, so a changed setting counts at once', () => {
    const limits = { guild: 1, user: 5 };
    const queue = createQueue({ backend: 10, limits: () => limits });
    add(queue, 'a1x', 'a1y', 'a1z');
    expect(takeAll(queue)).toEqual(['a1x']);
    limits.guild = 2;
    queue.release('a1x');
    expect(takeAll(queue)).toEqual(['a1y', 'a1z']);
  });
});

describe('fairness', () => {
  it('takes turns over guilds, and inside a guild over its users', () => {
    const queue = open(1);
    add(queue, 'a1x', 'a1y', 'a1z', 'a2x', 'b1x', 'b1y');
    expect(drain(queue)).toEqual(['a1x', 'b1x', 'a2x', 'b1y', 'a1y', 'a1z']);
  });

  it('delays the first job of a guild by one turn at most, however many wait elsewhere', () => {
    for (const running of [0, 1, 2]) {
      const queue = open(1, { guild: 2, user: 2 });
      for (let n = 0; n < 50; n += 1) add(queue, `a1-${n}`);
      for (let n = 0; n < running; n += 1) queue.release(queue.take()!.id);
      add(queue, 'b1x');
      expect(drain(queue).indexOf('b1x')).toBeLessThanOrEqual(1);
    }
  });

  it('keeps the order of one user', () => {
    const queue = open(1);
    add(queue, 'a1x', 'a1y', 'a1z');
    expect(drain(queue)).toEqual(['a1x', 'a1y', 'a1z']);
  });

  it('lets no user of a guild at its limit block another guild', () => {
    const queue = open(2, { guild: 1, user: 1 });
    add(queue, 'a1x', 'a1y', 'a2x', 'b1x');
    expect(takeAll(queue)).toEqual(['a1x', 'b1x']);
  });

  it('takes the same user again when nobody else waits', () => {
    const queue = open(3, { guild: 3, user: 3 });
    add(queue, 'a1x', 'a1y', 'a1z');
    expect(takeAll(queue)).toEqual(['a1x', 'a1y', 'a1z']);
  });
});

describe('a place in line', () => {
  it('says what it waits for', () => {
    const queue = open(2, { guild: 2, user: 1 });
    add(queue, 'a1x', 'a1y');
    expect(takeAll(queue)).toEqual(['a1x']);
    expect(place(queue, 'a1y')).toEqual({ position: 1, reason: { kind: 'user-limit', used: 1, limit: 1 } });
    add(queue, 'a2x', 'a3x');
    expect(takeAll(queue)).toEqual(['a2x']);
    expect(place(queue, 'a3x')?.reason).toEqual({ kind: 'guild-limit', used: 2, limit: 2 });
    add(queue, 'b1x');
    expect(place(queue, 'b1x')).toEqual({ position: 1, reason: { kind: 'backend-busy', used: 2, limit: 2 } });
  });

  it('costs as much as is read, and is told to all in the order of their turn', () => {
    const queue = open(1);
    add(queue, 'a1x', 'a1y', 'a1z', 'a2x', 'a3x', 'a3y', 'b1x');
    expect([...queue.places('a')].map(({ id, place: { position } }) => [id, position])).toEqual(
      ['a1x', 'a2x', 'a3x', 'a1y', 'a3y', 'a1z'].map((id, at) => [id, at + 1]),
    );
    expect([...queue.places('nowhere')]).toEqual([]);
    expect([...queue.guilds()]).toEqual(['a', 'b']);
    queue.release('b1x');
    expect([...queue.guilds()]).toEqual(['a']);
  });

  it('can be read in pieces while the line moves', () => {
    const queue = open(10, { guild: 100, user: 100 });
    for (let n = 0; n < 40; n += 1) add(queue, `a${n % 4}-${n}`);
    const line = queue.places('a');
    const seen = [];
    for (let n = 0; n < 100; n += 1) {
      const { value } = line.next();
      if (!value) break;
      seen.push(value.id);
      // served users go to the tail; new ones come
      if (n % 5 === 0) queue.take();
      if (n === 8) add(queue, 'a9-new');
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(25);
    expect(seen.length).toBeLessThanOrEqual(41);
  });

  it('is nowhere for a job that runs, has ended or never was', () => {
    const queue = open(1);
    add(queue, 'a1x');
    takeAll(queue);
    expect(place(queue, 'a1x')).toBeUndefined();
    queue.release('a1x');
    expect(place(queue, 'a1x')).toBeUndefined();
    expect(place(queue, 'nobody')).toBeUndefined();
  });

  it('is told for each of a guild, users in turn, those at their limit last', () => {
    const queue = open(2, { guild: 5, user: 1 });
    add(queue, 'a1p', 'a1x', 'a1y', 'a2x', 'a3x', 'a3y');
    queue.take();
    const places = ['a2x', 'a3x', 'a3y', 'a1x', 'a1y'].map((id) => place(queue, id)?.position);
    expect(places).toEqual([1, 2, 4, 3, 5]);
  });
});

describe('a backend that is held', () => {
  const hold: Hold = { since: 5, kind: 'account', problem: { code: 'no-credits', backend: 'x' } };

  it('takes nothing, is what everybody waits for, and lets all go on afterwards', () => {
    let held: Hold | undefined;
    const limits = { guild: 2, user: 1 };
    const queue = createQueue({
      backend: 5,
      limits: () => limits,
      hold: () => held,
      room: () => (held ? 0 : Infinity),
    });
    add(queue, 'a1x', 'a1y', 'b1x');
    expect(queue.take()?.id).toBe('a1x');
    held = hold;
    expect(queue.take()).toBeUndefined();
    for (const id of ['a1y', 'b1x'])
      expect(place(queue, id)).toEqual({ position: 1, reason: { kind: 'backend-held', hold } });
    held = undefined;
    expect(place(queue, 'a1y')?.reason).toEqual({ kind: 'user-limit', used: 1, limit: 1 });
    expect(takeAll(queue)).toEqual(['b1x']);
  });

  it('lets in as many as there is room for, in the order of their turn', () => {
    let room = 2;
    const queue = createQueue({ backend: 9, limits: () => ({ guild: 9, user: 9 }), room: () => room });
    add(queue, 'a1x', 'a1y', 'b1x', 'c1x');
    const taken = [];
    for (let ticket = queue.take(); ticket; ticket = queue.take()) {
      taken.push(ticket.id);
      room -= 1;
    }
    expect(taken).toEqual(['a1x', 'b1x']);
    room = 9;
    expect(takeAll(queue)).toEqual(['c1x', 'a1y']);
  });
});

describe('leaving', () => {
  it('is possible for waiting and running ones in any order, and forgets who has nothing left', () => {
    const queue = open(2, { guild: 1, user: 1 });
    add(queue, 'a1x', 'a1y', 'a1z', 'b1x');
    takeAll(queue);
    expect(queue.release('a1z')).toBe(true);
    expect(queue.release('a1x')).toBe(true);
    expect(queue.release('a1x')).toBe(false); // again
    expect(queue.release('unknown')).toBe(false);
    expect(takeAll(queue)).toEqual(['a1y']);
    queue.release('a1y');
    queue.release('b1x');
    expect(queue.size()).toEqual({ waiting: 0, running: 0 });
    expect([...queue.places('a')]).toEqual([]);
  });

  it('lists what waits, not what runs', () => {
    const queue = open(1);
    add(queue, 'a1x', 'a1y', 'a2x', 'b1x');
    queue.take();
    expect([...queue.places('a')].map(({ id }) => id)).toEqual(['a2x', 'a1y']);
  });
});
