import { describe, expect, it } from 'vitest';
import { createQueue } from '../../../src/jobs/queue.ts';

/** Guild a with jobs of users 1 and 2, and limits that can be changed. */
function changing() {
  const limits = { guild: 1, user: 1 };
  const queue = createQueue({
    backend: 10,
    limits: (guild) => (guild === 'a' ? limits : { guild: 1, user: 1 }),
  });
  for (const id of ['a1x', 'a1y', 'a2x', 'a2y', 'b1x', 'b1y'])
    queue.add({ id, platform: `of ${id[0]}`, guild: id[0]!, user: id[1]! });
  const take = () => {
    const taken = [];
    for (let ticket = queue.take(); ticket; ticket = queue.take()) taken.push(ticket.id);
    return taken;
  };
  const change = (next: Partial<typeof limits>) => {
    Object.assign(limits, next);
    queue.reconsider('a');
  };
  return { queue, take, change };
}

describe('limits that are changed while jobs wait', () => {
  it('let in at once who may run now, in that guild only', () => {
    const { take, change } = changing();
    expect(take()).toEqual(['a1x', 'b1x']);
    change({ guild: 2 });
    expect(take()).toEqual(['a2x']);
    change({ guild: 4 });
    expect(take()).toEqual([]); // each user has one
    change({ user: 2 });
    expect(take().toSorted()).toEqual(['a1y', 'a2y']);
  });

  it('keep out who is beyond them now, until it is below again', () => {
    const { queue, take, change } = changing();
    change({ guild: 2, user: 2 });
    expect(take()).toHaveLength(3);
    change({ guild: 1, user: 1 });
    expect([...queue.places('a')].find(({ id }) => id === 'a1y')?.place.reason).toEqual({
      kind: 'guild-limit',
      used: 2,
      limit: 1,
    });
    queue.release('a1x');
    expect(take()).toEqual([]);
    queue.release('a2x');
    expect(take()).toHaveLength(1);
  });

  it('cost nothing where nobody waits', () => {
    const queue = createQueue({ backend: 1, limits: () => ({ guild: 1, user: 1 }) });
    queue.reconsider('a');
    expect(queue.size()).toEqual({ waiting: 0, running: 0 });
  });
});
