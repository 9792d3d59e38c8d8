/** What every queue promises, wherever it is kept. */
import { describe, expect, it } from 'vitest';
import type { Change, Lease, Queue } from '../../src/core/queue.ts';
import { needsContract } from './queue-needs.ts';
import { placesContract } from './queue-places.ts';
import {
  add,
  claimAll,
  drain,
  idsOf,
  limitsOf,
  placeOf,
  placesIn,
  shared,
  ticket,
  type Limits,
  type OpenQueue,
} from './queue-stage.ts';

/** `open` gives an empty queue, closed again by whoever opened it. */
export function queueContract(name: string, open: OpenQueue): void {
  const start = async (limits: Limits = limitsOf()): Promise<Queue> => (await open(limits)).queue;
  const one = (given: Partial<Limits['now']> = {}): Limits => limitsOf({ backends: { b: 1 }, ...given });

  describe(`a queue: ${name}`, () => {
    describe('the limits', () => {
      it('of the backend, of a guild and of a person in it each hold, and free up on release', async () => {
        const queue = await start(limitsOf({ guild: 2, user: 1, backends: { b: 3 } }));
        await add(queue, 'a1x', 'a1y', 'a2x', 'a3x', 'b1x', 'b2x');
        const [first, second, third] = await claimAll(queue);
        expect([first!.id, second!.id, third!.id]).toEqual(['a1x', 'b1x', 'a2x']);
        await queue.release(first!);
        expect(idsOf(await claimAll(queue))).toEqual(['b2x']);
        await queue.release(second!);
        expect(idsOf(await claimAll(queue))).toEqual(['a3x']); // user 1 went behind user 3 when served
        await queue.release(third!);
        expect(idsOf(await claimAll(queue))).toEqual(['a1y']);
      });

      it('of a person hold over all of their guilds, and only for them', async () => {
        const queue = await start(limitsOf({ person: 2 }));
        for (const id of ['a1x', 'b1x', 'c1x', 'd1x', 'd2x']) await queue.submit(shared(id));
        await queue.submit(ticket('e1x'));
        const leases = await claimAll(queue);
        expect(idsOf(leases).toSorted()).toEqual(['a1x', 'b1x', 'd2x', 'e1x']);
        await queue.release(leases.find(({ id }) => id === 'a1x')!);
        expect(idsOf(await claimAll(queue))).toEqual(['c1x']);
      });

      it('of 0 let nobody in', async () => {
        for (const none of [{ guild: 0 }, { user: 0 }, { person: 0 }, { backends: { b: 0 } }]) {
          const queue = await start(limitsOf(none));
          await add(queue, 'a1x');
          expect(await claimAll(queue)).toEqual([]);
        }
      });
    });

    describe('fairness', () => {
      it('takes turns over guilds, and inside a guild over its people', async () => {
        const queue = await start(one());
        await add(queue, 'a1x', 'a1y', 'a1z', 'a2x', 'b1x', 'b1y');
        expect(await drain(queue)).toEqual(['a1x', 'b1x', 'a2x', 'b1y', 'a1y', 'a1z']);
      });

      it('delays the first job of a guild by one turn at most, however many wait elsewhere', async () => {
        for (const ran of [0, 1, 2]) {
          const queue = await start(one({ guild: 2, user: 2 }));
          for (let n = 0; n < 50; n += 1) await add(queue, `a1-${n}`);
          for (let n = 0; n < ran; n += 1) await queue.release((await queue.claim(['b']))!);
          await add(queue, 'b1x');
          expect((await drain(queue)).indexOf('b1x')).toBeLessThanOrEqual(1);
        }
      });

      it('counts a turn of a person in all of their guilds', async () => {
        const queue = await start(one());
        for (const id of ['a1x', 'b1x', 'c1x', 'd1x', 'e2x', 'e2y']) await queue.submit(shared(id));
        const order = await drain(queue);
        // one person has four guilds, another one: each has every second turn
        expect([order.indexOf('e2x'), order.indexOf('e2y')]).toEqual([1, 3]);
      });

      it('keeps the order of one person, who is served again where nobody else waits', async () => {
        const queue = await start(limitsOf({ guild: 3, user: 3, backends: { b: 3 } }));
        await add(queue, 'a1x', 'a1y', 'a1z');
        expect(idsOf(await claimAll(queue))).toEqual(['a1x', 'a1y', 'a1z']);
      });

      it('lets nobody of a guild at its limit keep another guild back', async () => {
        const queue = await start(limitsOf({ guild: 1, user: 1, backends: { b: 2 } }));
        await add(queue, 'a1x', 'a1y', 'a2x', 'b1x');
        expect(idsOf(await claimAll(queue))).toEqual(['a1x', 'b1x']);
      });
    });

    describe('a lease', () => {
      it('says where its job runs, is renewed while it holds, and ends once', async () => {
        const queue = await start(one());
        await add(queue, 'a1x', 'a1y');
        const lease = (await queue.claim(['b']))!;
        expect(lease).toMatchObject({ id: 'a1x', guild: 'a', backend: 'b', begun: false });
        expect([await queue.renew(lease), await queue.renew(lease)]).toEqual([true, true]);
        expect(await queue.claim(['b'])).toBeUndefined();
        expect(await queue.release(lease)).toBe(true);
        expect([await queue.renew(lease), await queue.release(lease)]).toEqual([false, false]);
        expect(idsOf(await claimAll(queue))).toEqual(['a1y']); // one slot was freed, not two
        expect(await queue.count()).toEqual({ waiting: 0, running: 1 });
      });

      it('is not the next one of the same job', async () => {
        const queue = await start(one());
        await add(queue, 'a1x');
        const before = (await queue.claim(['b']))!;
        await queue.release(before);
        await add(queue, 'a1x');
        const after = (await queue.claim(['b']))!;
        expect([await queue.renew(before), await queue.release(before)]).toEqual([false, false]);
        expect(await queue.renew(after)).toBe(true);
        expect(await queue.count()).toEqual({ waiting: 0, running: 1 });
      });
    });

    describe('leaving', () => {
      it('is possible for waiting ones in any order, by their id, once', async () => {
        const queue = await start(limitsOf({ guild: 1, user: 1, backends: { b: 2 } }));
        await add(queue, 'a1x', 'a1y', 'a1z', 'b1x');
        const [first, other] = await claimAll(queue);
        expect([await queue.release('a1z'), await queue.release('a1z')]).toEqual([true, false]);
        expect(await queue.release('unknown')).toBe(false);
        expect(await queue.release('a1x')).toBe(false); // it runs: only its lease ends it
        expect(await queue.renew(first!)).toBe(true);
        await queue.release(first!);
        const [second] = await claimAll(queue);
        expect(second!.id).toBe('a1y');
        await queue.release(second!);
        await queue.release(other!);
        expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
        expect(await placesIn(queue, 'a')).toEqual([]);
      });
    });

    describe('one that is submitted again', () => {
      it('waits once, at its place', async () => {
        const queue = await start(one());
        await add(queue, 'a1x', 'a1y', 'a1x', 'b1x', 'a1x');
        expect(await queue.count()).toEqual({ waiting: 3, running: 0 });
        expect(await drain(queue)).toEqual(['a1x', 'b1x', 'a1y']);
      });

      it('goes on running', async () => {
        const queue = await start();
        await add(queue, 'a1x');
        const lease = (await queue.claim(['b']))!;
        await add(queue, 'a1x');
        await queue.submit(ticket('a1x'), 'b');
        expect(await claimAll(queue)).toEqual([]);
        expect(await queue.renew(lease)).toBe(true);
        expect(await queue.count()).toEqual({ waiting: 0, running: 1 });
        await queue.release(lease);
        expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
      });
    });

    describe('what had begun', () => {
      it('may exceed every limit, and lets nobody in until that is below again', async () => {
        const queue = await start(limitsOf({ guild: 1, user: 1, person: 1, backends: { b: 2 } }));
        for (const id of ['a1p', 'a1q', 'a1r']) await queue.submit(ticket(id), 'b');
        await add(queue, 'a1x', 'b1x');
        expect(await queue.count()).toEqual({ waiting: 2, running: 3 });
        const leases = await claimAll(queue);
        expect(idsOf(leases)).toEqual(['a1p', 'a1q', 'a1r']);
        expect(leases.map(({ begun }) => begun)).toEqual([true, true, true]);
        await queue.release(leases[0]!);
        expect(await claimAll(queue)).toEqual([]);
        await queue.release(leases[1]!);
        expect(idsOf(await claimAll(queue))).toEqual(['b1x']);
        await queue.release(leases[2]!);
        expect(idsOf(await claimAll(queue))).toEqual(['a1x']);
      });

      it('comes first, with its own backend, whatever is free', async () => {
        const queue = await start(limitsOf({ backends: { b: 1, c: 1 } }));
        await add(queue, 'a1x');
        await queue.submit(ticket('a1p'), 'c');
        await queue.submit(ticket('a1q'), 'gone');
        const leases = [await queue.claim([]), await queue.claim(['b']), await queue.claim(['b'])];
        expect(leases.map((lease) => [lease?.id, lease?.backend])).toEqual([
          ['a1p', 'c'],
          ['a1q', 'gone'],
          ['a1x', 'b'],
        ]);
        expect(await queue.claim([])).toBeUndefined();
      });
    });

    describe('a worker that dies', () => {
      it('loses its leases: its jobs come first, where they ran, and the others wait as before', async () => {
        const limits = limitsOf({ guild: 2, user: 1, backends: { b: 2 } });
        const { queue, crash } = await open(limits);
        await add(queue, 'a1x', 'a1y', 'a2x', 'b1x', 'b1y');
        const lost = await claimAll(queue);
        expect(idsOf(lost)).toEqual(['a1x', 'b1x']);
        const next = await crash();
        for (const lease of lost)
          expect([await next.renew(lease), await next.release(lease)]).toEqual([false, false]);
        expect(await next.count()).toEqual({ waiting: 3, running: 2 });
        const again = await claimAll(next);
        expect(again.map(({ id, backend, begun }) => [id, backend, begun])).toEqual([
          ['a1x', 'b', true],
          ['b1x', 'b', true],
        ]);
        for (const lease of lost)
          expect([await next.renew(lease), await next.release(lease)]).toEqual([false, false]);
        expect(await claimAll(next)).toEqual([]); // what it ran still has its slots
        for (const lease of again) {
          expect(await next.renew(lease)).toBe(true);
          await next.release(lease);
        }
        expect((await drain(next)).toSorted()).toEqual(['a1y', 'a2x', 'b1y']);
      });

      it('takes nothing with it that had ended or was given up, and limits hold afterwards', async () => {
        const { queue, crash } = await open(limitsOf({ guild: 1, backends: { b: 9 } }));
        await add(queue, 'a1x', 'a1y', 'a1z', 'b1x');
        const [first] = await claimAll(queue);
        await queue.release(first!);
        await queue.release('a1z');
        const next = await crash();
        expect(await next.count()).toEqual({ waiting: 1, running: 1 });
        expect(idsOf(await claimAll(next)).toSorted()).toEqual(['a1y', 'b1x']);
      });
    });

    describe('limits that are changed while jobs wait', () => {
      it('let in at once who may run now', async () => {
        const limits = limitsOf({ guild: 1, user: 1, backends: { b: 10 } });
        const queue = await start(limits);
        await add(queue, 'a1x', 'a1y', 'a2x', 'a2y');
        const change = async (next: Partial<Limits['now']>, guild?: string): Promise<string[]> => {
          Object.assign(limits.now, next);
          await queue.reconsider(guild);
          return idsOf(await claimAll(queue)).toSorted();
        };
        expect(idsOf(await claimAll(queue))).toEqual(['a1x']);
        expect(await change({ guild: 2 }, 'a')).toEqual(['a2x']);
        expect(await change({ guild: 4 }, 'a')).toEqual([]); // each person has one
        expect(await change({ user: 2, person: 1 })).toEqual([]);
        expect(await change({ person: 2 })).toEqual(['a1y', 'a2y']);
      });

      it('keep out who is beyond them now, until that is below again, and stop nobody', async () => {
        const limits = limitsOf({ guild: 2, user: 2, backends: { b: 10 } });
        const queue = await start(limits);
        await add(queue, 'a1x', 'a1y', 'a2x', 'a2y');
        const leases = await claimAll(queue);
        expect(idsOf(leases)).toEqual(['a1x', 'a2x']);
        Object.assign(limits.now, { guild: 1, user: 1 });
        await queue.reconsider('a');
        expect((await placeOf(queue, 'a1y'))?.reason).toEqual({ kind: 'guild-limit', used: 2, limit: 1 });
        expect(await queue.renew(leases[0]!)).toBe(true);
        await queue.release(leases[0]!);
        expect(await claimAll(queue)).toEqual([]);
        await queue.release(leases[1]!);
        expect(await claimAll(queue)).toHaveLength(1);
      });

      it('of backends count for the next claim', async () => {
        const limits = one();
        const queue = await start(limits);
        await add(queue, 'a1x', 'a1y', 'a1z');
        expect(await claimAll(queue)).toHaveLength(1);
        limits.now.backends = { b: 2 };
        await queue.reconsider();
        expect(await claimAll(queue)).toHaveLength(1);
        limits.now.backends = {};
        await queue.reconsider();
        expect(await claimAll(queue)).toEqual([]);
      });

      it('are nothing where nobody waits', async () => {
        const queue = await start();
        await queue.reconsider('a');
        await queue.reconsider();
        expect(await queue.count()).toEqual({ waiting: 0, running: 0 });
      });
    });

    describe('who watches', () => {
      /** The changes so far, and none before. */
      async function watched(limits: Limits): Promise<{ queue: Queue; changes: Change[]; stop: () => void }> {
        const queue = await start(limits);
        const changes: Change[] = [];
        const stop = queue.watch((change) => changes.push(change));
        return { queue, changes, stop };
      }

      it('is told whose line has moved, and whether another may be next, until they stop', async () => {
        const { queue, changes, stop } = await watched(one());
        const told = async (work: Promise<unknown>): Promise<unknown> => {
          await work;
          return changes.splice(0);
        };
        expect(await told(add(queue, 'a1x'))).toEqual([{ guilds: ['a'], claimable: true }]);
        await add(queue, 'b1x');
        changes.splice(0);
        const lease = await queue.claim(['b']);
        expect(changes.splice(0)).toEqual([{ guilds: ['a'], claimable: false }]);
        expect(await told(queue.claim(['b']))).toEqual([]);
        expect(await told(queue.release(lease!))).toEqual([{ guilds: ['a'], claimable: true }]);
        expect(await told(queue.release('b1x'))).toEqual([{ guilds: ['b'], claimable: true }]);
        expect(await told(queue.release('b1x'))).toEqual([]);
        expect(await told(queue.reconsider('c'))).toEqual([{ guilds: ['c'], claimable: true }]);
        expect(await told(queue.reconsider())).toEqual([{ guilds: undefined, claimable: true }]);
        stop();
        expect(await told(add(queue, 'a1y'))).toEqual([]);
      });

      it('is told of all guilds of a person whose limit over all of them is what they wait for', async () => {
        const { queue, changes } = await watched(limitsOf({ person: 1 }));
        for (const id of ['a1x', 'b1x', 'c1x', 'd2x']) await queue.submit(shared(id));
        changes.splice(0);
        const lease: Lease | undefined = await queue.claim(['b']);
        expect(changes.splice(0).map(({ guilds }) => guilds?.toSorted())).toEqual([['a', 'b', 'c']]);
        await queue.release(lease!);
        expect(changes.splice(0).map(({ guilds }) => guilds?.toSorted())).toEqual([['a', 'b', 'c']]);
      });
    });

    needsContract(start);
    placesContract(start);
  });
}
