import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../src/core/turns.ts';
import { settleDown } from '../../fakes/until.ts';

describe('turns', () => {
  it('come one after another for a key, in the order of asking, and at once for others', async () => {
    const inTurn = createTurns();
    const gate = Promise.withResolvers<void>();
    const seen: string[] = [];
    const first = inTurn('a', async () => {
      seen.push('a1 begins');
      await gate.promise;
      seen.push('a1 ends');
    });
    const second = inTurn('a', async () => void seen.push('a2'));
    await inTurn('b', async () => void seen.push('b1'));
    await settleDown();
    expect(seen).toEqual(['a1 begins', 'b1']);
    gate.resolve();
    await Promise.all([first, second]);
    expect(seen).toEqual(['a1 begins', 'b1', 'a1 ends', 'a2']);
  });

  it('go on after a failure, which only who asked for it hears of', async () => {
    const inTurn = createTurns();
    const failed = inTurn('a', () => Promise.reject(new Error('no')));
    const next = inTurn('a', async () => 'done');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('lose no change of a value that is read and written back', async () => {
    const inTurn = createTurns();
    let value = 0;
    const add = () =>
      inTurn('a', async () => {
        const read = value;
        await settleDown();
        value = read + 1;
      });
    await Promise.all(Array.from({ length: 10 }, add));
    expect(value).toBe(10);
  });
});
