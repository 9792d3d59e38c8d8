import { describe, expect, it } from 'vitest';
import { createTransfers } from '../../../src/core/transfers.ts';
import { settleDown } from '../../fakes/until.ts';

const forever = new AbortController().signal;

/** Work that goes on until it is told, and who has begun. */
function stage(total: number) {
  const transfers = createTransfers(total);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, lane: string, bytes: number, signal = forever) =>
    transfers.run(lane, bytes, signal, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settleDown();
  };
  return { transfers, begun, run, end };
}

describe('what is on its way at once', () => {
  it('stays within the budget, in the order of coming', async () => {
    const { begun, run, end } = stage(100);
    const all = ['a', 'b', 'c', 'd'].map((name) => run(name, 'discord', 25));
    await settleDown();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c', 'd']) await end(name);
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('of a lane that stalls leaves half for the others', async () => {
    const { begun, run, end } = stage(100);
    const all = ['a', 'b', 'c'].map((name) => run(name, 'slack', 25));
    all.push(run('d', 'discord', 50));
    await settleDown();
    expect(begun).toEqual(['a', 'b', 'd']);
    for (const name of ['a', 'b', 'd', 'c']) await end(name);
    await Promise.all(all);
  });

  it('begins in a lane that has nothing on its way, however many others stall', async () => {
    const { begun, run, end } = stage(100);
    const stalled = ['backend', 'discord', 'web'].flatMap((lane) =>
      [1, 2, 3, 4].map((n) => run(`${lane} ${n}`, lane, 25)),
    );
    await settleDown();
    expect(begun).toEqual(['backend 1', 'backend 2', 'discord 1', 'discord 2', 'web 1']);
    const ours = ['slack 1', 'slack 2'].map((name) => run(name, 'slack', 25));
    await settleDown();
    expect(begun.slice(5)).toEqual(['slack 1']);
    await end('slack 1');
    expect(begun.slice(6)).toEqual(['slack 2']);
    const names = [...begun, 'backend 3', 'backend 4', 'discord 3', 'discord 4', 'web 2', 'web 3', 'web 4'];
    for (let round = 0; round < 7; round += 1) for (const name of names) await end(name);
    await Promise.all([...stalled, ...ours]);
  });

  it('takes turns among lanes', async () => {
    const { begun, run, end } = stage(100);
    const large = run('large', 'slack', 50);
    const all = ['discord', 'backend'].flatMap((lane) =>
      [1, 2, 3, 4].map((n) => run(`${lane} ${n}`, lane, 25)),
    );
    await settleDown();
    expect(begun).toEqual(['large', 'discord 1', 'discord 2', 'backend 1']);
    await end('large');
    await end('discord 1');
    await end('discord 2');
    expect(begun.slice(4)).toEqual(['backend 2', 'discord 3', 'discord 4']);
    for (const name of ['backend 1', 'backend 2', 'backend 3', 'backend 4', 'discord 3', 'discord 4'])
      await end(name);
    await Promise.all([large, ...all]);
  });

  it('takes one file of any size', async () => {
    const { begun, run, end } = stage(100);
    const large = run('large', 'discord', 1e12);
    const small = run('small', 'discord', 1);
    await settleDown();
    expect(begun).toEqual(['large']);
    await end('large');
    await end('small');
    expect(await Promise.all([large, small])).toEqual(['large', 'small']);
  });

  it('leaves the line when it is given up, and makes room when it fails', async () => {
    const { transfers, begun, run, end } = stage(10);
    const first = run('first', 'discord', 10);
    const stop = new AbortController();
    const given = run('given up', 'discord', 10, stop.signal);
    const last = run('last', 'discord', 10);
    stop.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    await end('first');
    expect(begun).toEqual(['first', 'last']);
    await end('last');
    await Promise.all([first, last]);
    const failing = transfers.run('discord', 10, forever, async () => Promise.reject(new Error('cut')));
    await expect(failing).rejects.toThrow('cut');
    expect(await transfers.run('discord', 10, forever, async () => 'well')).toBe('well');
    await expect(run('late', 'discord', 1, stop.signal)).rejects.toThrow('given up');
  });
});
