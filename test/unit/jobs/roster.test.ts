import { describe, expect, it } from 'vitest';
import type { Audience } from '../../../src/core/audience.ts';
import { createRoster } from '../../../src/jobs/queue/roster.ts';
import { createRecordingAudience } from '../../fakes/recording-audience.ts';
import { sampleLive as live } from './sample.ts';

const delivery = { files: [], texts: [], missing: [], sent: async () => undefined };
const forever = new AbortController().signal;

describe('the roster', () => {
  it('counts what runs and waits, here and in all, while it comes and goes', () => {
    const roster = createRoster();
    const [one, two, three] = [live(), live({ user: 'bob' }), live({ guild: 'guild-b' })];
    roster.add(one, true);
    roster.add(two, true);
    roster.add(three, false);
    roster.begin(one.job.id);
    const here = { platform: 'test', guild: 'guild-a', running: 1, waiting: 1 };
    expect(roster.guild('guild-a')).toEqual(here);
    expect(roster.count()).toEqual({ guilds: 2, running: 2, waiting: 1 });
    expect([...roster.running('guild-a')]).toEqual([one]);
    roster.begin(one.job.id); // again
    roster.begin('nobody');
    roster.remove('nobody');
    expect(roster.guild('guild-a')).toEqual(here);
    roster.remove(two.job.id);
    roster.remove(two.job.id);
    expect(roster.guild('guild-a')).toEqual({ ...here, waiting: 0 });
    roster.remove(one.job.id);
    roster.remove(three.job.id);
    expect(roster.guild('guild-a')).toBeUndefined();
    expect([...roster.running('guild-a')]).toEqual([]);
    expect(roster.count()).toEqual({ guilds: 0, running: 0, waiting: 0 });
    expect(roster.size).toBe(0);
  });

  it('finds a job by its id, and a person’s own', () => {
    const roster = createRoster();
    const mine = [live(), live()];
    for (const one of [...mine, live({ user: 'bob' }), live({ guild: 'guild-b' })]) roster.add(one, true);
    expect(roster.of('guild-a', 'ann')).toEqual(mine);
    expect(roster.of('guild-a', 'eve')).toEqual([]);
    expect(roster.of('nowhere', 'ann')).toEqual([]);
    expect(roster.find(mine[0]!.job.id)).toBe(mine[0]);
    expect(roster.find('nobody')).toBeUndefined();
    roster.remove(mine[0]!.job.id);
    expect(roster.of('guild-a', 'ann')).toEqual([mine[1]]);
  });

  it('has the guilds where most wait first, and leaves the others where they are', () => {
    const roster = createRoster();
    const add = (guild: string, count: number) => {
      for (let n = 0; n < count; n += 1) roster.add(live({ guild }), true);
    };
    const names = (from = 0, count = 100) => roster.guilds(from, count).map(({ guild }) => guild);
    add('a', 1);
    add('b', 3);
    add('c', 12);
    add('d', 120);
    add('e', 1);
    expect(names()).toEqual(['d', 'c', 'a', 'b', 'e']);
    // a few more move nobody
    add('e', 5);
    expect(names()).toEqual(['d', 'c', 'a', 'b', 'e']);
    add('e', 5);
    expect(names()).toEqual(['d', 'c', 'e', 'a', 'b']);
    expect([names(1, 2), names(3, 2), names(4, 9), names(5, 9)]).toEqual([['c', 'e'], ['a', 'b'], ['b'], []]);
    roster.remove(roster.of('a', 'ann')[0]!.job.id);
    expect(names()).toEqual(['d', 'c', 'e', 'b']);
  });

  it('counts a job no more once its reply is made, and still finds it', async () => {
    const roster = createRoster();
    const audience = roster.overhear(createRecordingAudience());
    const [one, two] = [live(), live({ delivered: 1 })];
    roster.add(one, false);
    roster.add(two, false);
    expect(roster.count()).toEqual({ guilds: 1, running: 1, waiting: 0 });
    let heard: number | undefined;
    const sent = async (count: number) => {
      heard = count;
      expect(roster.guild('guild-a')).toBeUndefined();
    };
    await audience.deliver(one.job, { ...delivery, sent }, forever);
    expect(heard).toBe(1);
    expect(roster.of('guild-a', 'ann')).toEqual([]);
    expect(roster.find(one.job.id)).toBe(one);
    expect(roster.size).toBe(2);
    roster.remove(one.job.id);
    roster.remove(two.job.id);
    expect([roster.size, roster.count().running]).toEqual([0, 0]);
  });

  it('tells who watches of every change, until they leave', async () => {
    const roster = createRoster();
    const inner = createRecordingAudience();
    const audience: Audience = roster.overhear(inner);
    let heard = 0;
    const listener = () => (heard += 1);
    const leave = [roster.watch(listener), roster.watch(listener)];
    const one = live();
    const steps = [
      () => roster.add(one, true),
      () => roster.begin(one.job.id),
      () => audience.show(one.job, { kind: 'delivering' }),
      () => roster.remove(one.job.id),
    ];
    for (const step of steps) {
      const before = heard;
      step();
      expect(heard).toBeGreaterThan(before);
    }
    expect(inner.shown(one.job.id)).toEqual([{ kind: 'delivering' }]);
    for (const each of leave) each();
    const before = heard;
    roster.add(one, true);
    expect(heard).toBe(before);
  });
});
