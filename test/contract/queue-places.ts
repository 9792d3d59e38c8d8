/** The part of the contract that is about who is told what place. */
import { describe, expect, it } from 'vitest';
import type { Queue } from '../../src/core/queue.ts';
import {
  add,
  claimAll,
  idsOf,
  limitsOf,
  placeOf,
  placesIn,
  shared,
  ticket,
  type Limits,
} from './queue-stage.ts';

export function placesContract(start: (limits: Limits) => Promise<Queue>): void {
  describe('a place in line', () => {
    it('says what it waits for', async () => {
      const queue = await start(limitsOf({ guild: 2, user: 1, backends: { b: 2 } }));
      await add(queue, 'a1x', 'a1y');
      expect(idsOf(await claimAll(queue))).toEqual(['a1x']);
      const reason = { kind: 'user-limit', used: 1, limit: 1 };
      expect(await placeOf(queue, 'a1y')).toEqual({ position: 1, reason });
      await add(queue, 'a2x', 'a3x');
      expect(idsOf(await claimAll(queue))).toEqual(['a2x']);
      expect((await placeOf(queue, 'a3x'))?.reason).toEqual({ kind: 'guild-limit', used: 2, limit: 2 });
      await add(queue, 'b1x');
      const busy = { kind: 'backend-busy', used: 2, limit: 2 };
      expect(await placeOf(queue, 'b1x')).toEqual({ position: 1, reason: busy });
    });

    it('says that it waits for the same person elsewhere', async () => {
      const queue = await start(limitsOf({ person: 1 }));
      for (const id of ['a1x', 'b1x']) await queue.submit(shared(id));
      await queue.claim(['b']);
      expect(await placeOf(queue, 'b1x')).toEqual({
        position: 1,
        reason: { kind: 'person-limit', used: 1, limit: 1 },
      });
    });

    it('says how busy the backends are that could run it', async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 3 } }));
      for (const id of ['a1p', 'a1q']) await queue.submit(ticket(id, ['y']));
      await claimAll(queue, 'y');
      await queue.submit(ticket('a1x', ['x']));
      await queue.submit(ticket('a1y', ['y']));
      await queue.submit(ticket('a1z'));
      const told = (await placesIn(queue, 'a')).map(({ place }) => place.reason);
      expect(told).toEqual([
        { kind: 'backend-busy', used: 0, limit: 1 },
        { kind: 'backend-busy', used: 2, limit: 3 },
        { kind: 'backend-busy', used: 2, limit: 4 },
      ]);
    });

    it('is told to all in the order of their turn, whatever they need', async () => {
      for (const needs of [undefined, ['b']] as const) {
        const queue = await start(limitsOf({ backends: { b: 1 } }));
        await add(queue, 'a1x', 'a1y');
        await queue.submit(ticket('a1z', needs));
        await add(queue, 'a2x');
        await queue.submit(ticket('a3x', needs));
        await add(queue, 'a3y', 'b1x');
        const told = await placesIn(queue, 'a');
        expect(told.map(({ id, place: { position } }) => [id, position])).toEqual(
          ['a1x', 'a2x', 'a3x', 'a1y', 'a3y', 'a1z'].map((id, at) => [id, at + 1]),
        );
      }
    });

    it('is told to those at their limit last', async () => {
      const queue = await start(limitsOf({ guild: 5, user: 1, backends: { b: 2 } }));
      await add(queue, 'a1p', 'a1x', 'a1y', 'a2x', 'a3x', 'a3y');
      await queue.claim(['b']);
      expect(idsOf(await placesIn(queue, 'a'))).toEqual(['a2x', 'a3x', 'a1x', 'a3y', 'a1y']);
    });

    it('is nowhere for a job that runs, has ended or never was', async () => {
      const queue = await start(limitsOf({ backends: { b: 1 } }));
      await add(queue, 'a1x');
      const lease = await queue.claim(['b']);
      expect(await placeOf(queue, 'a1x')).toBeUndefined();
      await queue.release(lease!);
      expect(await placeOf(queue, 'a1x')).toBeUndefined();
      expect(await placeOf(queue, 'nobody')).toBeUndefined();
    });

    it('is told in slices, the same ones of any size', async () => {
      const queue = await start(limitsOf());
      for (let n = 0; n < 20; n += 1) await add(queue, `a${n % 4}-${n}`);
      const all = await placesIn(queue, 'a', 100);
      expect(all.map(({ place }) => place.position)).toEqual(all.map((_one, at) => at + 1));
      for (const size of [1, 3, 10, 20]) {
        const slices = await Array.fromAsync(queue.places('a', size));
        expect(slices.every(({ length }) => length > 0 && length <= size)).toBe(true);
        expect(slices.flat()).toEqual(all);
      }
      expect(await Array.fromAsync(queue.places('nowhere', 3))).toEqual([]);
      // whoever has read enough may leave
      for await (const slice of queue.places('a', 2)) {
        expect(idsOf(slice)).toEqual(idsOf(all.slice(0, 2)));
        break;
      }
    });

    it('can be read in slices while the line moves', async () => {
      const queue = await start(limitsOf({ backends: { b: 10 } }));
      for (let n = 0; n < 40; n += 1) await add(queue, `a${n % 4}-${n}`);
      const seen: string[] = [];
      for await (const slice of queue.places('a', 5)) {
        seen.push(...idsOf(slice));
        // served people go to the tail; new ones come
        await queue.claim(['b']);
        if (seen.length === 10) await add(queue, 'a9-new');
        expect(seen.length).toBeLessThan(100);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(25);
      expect(seen.length).toBeLessThanOrEqual(41);
    });
  });

  describe('guilds where somebody waits', () => {
    it('are told in slices, and no others', async () => {
      const queue = await start(limitsOf({ backends: { b: 1 } }));
      expect(await Array.fromAsync(queue.guilds(2))).toEqual([]);
      await add(queue, 'a1x', 'b1x', 'c1x', 'c1y', 'd1x');
      await queue.claim(['b']);
      await queue.release('d1x');
      await add(queue, 'e1x', 'f1x');
      const slices = await Array.fromAsync(queue.guilds(2));
      expect(slices.every(({ length }) => length > 0 && length <= 2)).toBe(true);
      expect(slices.flat().toSorted()).toEqual(['b', 'c', 'e', 'f']);
    });
  });
}
