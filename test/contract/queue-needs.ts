/** The part of the contract that is about which backends can run a job. */
import { describe, expect, it } from 'vitest';
import type { Queue } from '../../src/core/queue.ts';
import { claimAll, drain, idsOf, limitsOf, placesIn, shared, ticket, type Limits } from './queue-stage.ts';

const BOTH = { x: 5, y: 5 };

export function needsContract(start: (limits: Limits) => Promise<Queue>): void {
  const put = async (queue: Queue, jobs: Record<string, readonly string[] | undefined>): Promise<void> => {
    for (const [id, needs] of Object.entries(jobs)) await queue.submit(ticket(id, needs));
  };
  /** Which begin, each as `job on backend`. */
  const where = async (queue: Queue, ...free: string[]): Promise<string[]> =>
    (await claimAll(queue, ...free)).map(({ id, backend }) => `${id} on ${backend}`);

  describe('a job that only some backends can run', () => {
    it('is given to no other, and keeps nobody back who waits behind it', async () => {
      const queue = await start(limitsOf({ backends: BOTH }));
      await put(queue, { a1x: ['x'], a1y: ['y'], a1z: undefined, b1x: ['x'] });
      expect(await where(queue, 'y')).toEqual(['a1y on y', 'a1z on y']);
      expect(await where(queue, 'y')).toEqual([]);
      expect((await where(queue, 'x')).toSorted()).toEqual(['a1x on x', 'b1x on x']);
    });

    it('keeps nobody back where its backend is full', async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 5 } }));
      await put(queue, { a1x: ['x'], a1y: ['x'], a1z: ['x', 'y'], b1x: ['x'], b1y: undefined });
      const begun = await where(queue, 'x', 'y');
      expect(begun.filter((one) => one.endsWith('on x'))).toHaveLength(1);
      expect(begun.map((one) => one.slice(0, 3)).toSorted()).toEqual(['a1x', 'a1z', 'b1y']);
    });

    it('runs on none that the worker does not offer, or that there is not', async () => {
      const queue = await start(limitsOf({ backends: BOTH }));
      await put(queue, { a1x: ['x', 'gone'], a1y: ['gone'] });
      expect(await where(queue, 'gone')).toEqual([]);
      expect(await queue.claim([])).toBeUndefined();
      expect(await where(queue, 'gone', 'y', 'x')).toEqual(['a1x on x']);
    });

    it('waits without any until it is submitted with some, at its place among its own', async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 1 } }));
      await put(queue, { a1x: [], a1y: ['x'], a1z: ['y'] });
      await put(queue, { a1x: ['y'] });
      expect(await queue.count()).toEqual({ waiting: 3, running: 0 });
      expect(idsOf(await placesIn(queue, 'a'))).toEqual(['a1x', 'a1y', 'a1z']);
      expect((await queue.claim(['x', 'y']))?.id).toBe('a1x');
      expect(await drain(queue, 'y')).toEqual([]);
      await put(queue, { a1y: ['y'] });
      expect(await drain(queue, 'x')).toEqual([]);
      expect(idsOf(await placesIn(queue, 'a'))).toEqual(['a1y', 'a1z']);
    });

    it('names them in any order, and twice too', async () => {
      const queue = await start(limitsOf({ backends: BOTH }));
      await put(queue, { a1x: ['x', 'y'], a1y: ['y', 'x', 'x'], a1z: ['x', 'y'] });
      expect(await drain(queue, 'y')).toEqual(['a1x', 'a1y', 'a1z']);
    });
  });

  describe('of several backends', () => {
    it('that one is taken which the fewest others who wait could use', async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 1, z: 1 } }));
      await put(queue, { a1x: ['x', 'y', 'z'], b1x: ['x'], c1x: ['x', 'y'] });
      // z is nobody else's, y is one's, x is two's
      expect(await where(queue, 'x', 'y', 'z')).toEqual(['a1x on z', 'b1x on x', 'c1x on y']);
    });

    it('those who wait for the same ones are one set, however they name them', async () => {
      const queue = await start(limitsOf({ backends: BOTH }));
      await put(queue, { a1x: ['x', 'y'], b1x: ['x', 'z'], b2x: ['z', 'x', 'x'], c1x: ['y', 'z'] });
      expect(await queue.claim(['x', 'y'])).toMatchObject({ id: 'a1x', backend: 'x' });
    });

    it('one that anybody may use is spared for who needs it', async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 1 } }));
      await put(queue, { a1x: undefined, b1x: ['x'] });
      expect(await where(queue, 'x', 'y')).toEqual(['a1x on y', 'b1x on x']);
    });

    it('the one that the worker would rather use is taken where nobody else minds', async () => {
      for (const free of [
        ['x', 'y'],
        ['y', 'x'],
      ]) {
        const queue = await start(limitsOf({ backends: BOTH }));
        await put(queue, { a1x: undefined, b1x: ['x', 'y'] });
        expect(await where(queue, ...free)).toEqual([`a1x on ${free[0]}`, `b1x on ${free[0]}`]);
      }
    });
  });

  describe('over all backends', () => {
    it('guilds, people and everybody in all of their guilds have the same limits', async () => {
      const limited: [Partial<Limits['now']>, string[]][] = [
        [{ guild: 1 }, ['a1x', 'b1x']],
        [{ user: 1 }, ['a1x', 'a2x', 'b1x']],
        [{ person: 1 }, ['a1x', 'a2x']],
      ];
      for (const [limits, begun] of limited) {
        const queue = await start(limitsOf({ ...limits, backends: BOTH }));
        for (const [id, needs] of [
          ['a1x', ['x']],
          ['a1y', ['y']],
          ['a2x', undefined],
          ['b1x', ['y']],
        ] as const)
          await queue.submit(shared(id, needs));
        expect(idsOf(await claimAll(queue, 'x', 'y')).toSorted()).toEqual(begun);
      }
    });

    it('guilds take turns, and a turn on one backend counts on the others', async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 1 } }));
      await put(queue, { a1x: ['x'], a1y: ['y'], b1x: ['x', 'y'], b2x: ['y'] });
      expect(idsOf([(await queue.claim(['x']))!])).toEqual(['a1x']);
      // b has waited for its turn since before a had its own
      expect(idsOf([(await queue.claim(['y']))!])).toEqual(['b1x']);
    });

    it("a person's turn on one backend counts in all of their guilds on the others", async () => {
      const queue = await start(limitsOf({ backends: { x: 1, y: 1 } }));
      for (const [id, needs] of [
        ['a1x', ['x']],
        ['b1x', ['y']],
        ['c2x', ['y']],
      ] as const)
        await queue.submit(shared(id, needs));
      expect((await queue.claim(['x']))?.id).toBe('a1x');
      expect((await queue.claim(['y']))?.id).toBe('c2x');
    });

    it("of one person's guilds that one is first which has waited longest", async () => {
      const queue = await start(limitsOf({ user: 1, backends: { x: 2, y: 2 } }));
      await put(queue, { z1x: ['y'], z1y: ['y'] });
      await queue.claim(['y']);
      for (const [id, needs] of [
        ['h1x', ['x']],
        ['a1x', ['x']],
        ['b1x', ['y']],
      ] as const)
        await queue.submit(shared(id, needs));
      expect((await queue.claim(['x']))?.id).toBe('h1x');
      expect((await queue.claim(['x', 'y']))?.id).toBe('a1x');
    });

    it('who had a turn elsewhere is behind those of the guild who had none', async () => {
      const queue = await start(limitsOf({ backends: BOTH }));
      for (const [id, needs] of [
        ['b1x', ['x']],
        ['a1x', ['x']],
        ['a2x', ['y']],
      ] as const)
        await queue.submit(shared(id, needs));
      expect((await queue.claim(['x']))?.id).toBe('b1x');
      expect(idsOf(await placesIn(queue, 'a'))).toEqual(['a2x', 'a1x']);
      expect((await queue.claim(['x', 'y']))?.id).toBe('a2x');
    });

    it("one person's jobs begin in the order of their coming, as far as what is free can run them", async () => {
      const queue = await start(limitsOf({ user: 1, backends: { x: 1, y: 1 } }));
      await put(queue, { a1p: ['y'], a1q: ['x'], a1r: undefined, a1s: ['y'], a1t: ['x'] });
      expect(await drain(queue, 'x', 'y')).toEqual(['a1p', 'a1q', 'a1r', 'a1s', 'a1t']);
    });
  });
}
