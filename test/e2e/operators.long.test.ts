import { describe, expect, it, onTestFinished } from 'vitest';
import { createScaledClock } from '../fakes/scaled-clock.ts';
import { until } from '../fakes/until.ts';
import { discordBench } from '../world/bench.ts';
import { QUICK, startEasel, temporaryFolder } from '../world/easel.ts';

describe('Who runs Easel', () => {
  const bench = discordBench();

  /** An Easel whose half minutes are half seconds. */
  async function open(environment: Record<string, string> = {}) {
    const timing = { ...QUICK, alertsMs: 1000 };
    const clock = createScaledClock(1);
    const easel = await startEasel({ ...bench.environment, ...environment }, { clock, timing });
    onTestFinished(() => easel.stop());
    await bench.discord.connected();
    clock.speed = 60;
    return easel;
  }

  const told = (user: string) =>
    bench.discord.directMessages(user).map(({ content }) => content.replaceAll('\\', ''));

  it('owns the Discord application: is told once that the backend takes nothing, and once that it does again', async () => {
    const owner = bench.discord.addUser();
    bench.discord.settings.ownership = { owner };
    await open();
    bench.sandbox.faults.http.push({ route: /./, answer: 'reset' });
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox' } });
    await until(() => told(owner.id).length === 1);
    expect(told(owner.id)[0]).toMatch(
      /closes the connection without an answer\..* No jobs have been started since <t:\d+:t>; they wait, and continue automatically\./,
    );
    bench.sandbox.faults.http.length = 0;
    await asked.waitFor(({ content }) => content.includes('Done in'));
    await until(() => told(owner.id).length === 2);
    expect(told(owner.id)[1]).toContain('is taking jobs again');
  });

  it('is everybody of the team that owns it, or whom OPERATORS names', async () => {
    const [ann, bob, carl, eve] = [1, 2, 3, 4].map(() => bench.discord.addUser());
    if (!ann || !bob || !carl || !eve) throw new Error('nobody is there');
    bench.discord.settings.ownership = {
      team: {
        name: 'us',
        ownerId: ann.id,
        members: [
          { user: ann, role: 'admin' },
          { user: bob, role: 'developer' },
          { user: carl, role: 'developer', invited: true },
        ],
      },
    };
    const first = await open();
    bench.sandbox.faults.http.push({ route: /./, answer: 'reset' });
    await bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox' } });
    await until(() => told(ann.id).length === 1 && told(bob.id).length === 1);
    // another process on other data knows of nothing that was told
    await first.stop();
    const other = await temporaryFolder();
    onTestFinished(() => other.remove());
    await open({ OPERATORS: `discord:${eve.id}`, DATA_DIR: other.path });
    await bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox' } });
    await until(() => told(eve.id).length === 1);
    expect(told(ann.id)).toHaveLength(1);
    expect(told(carl.id)).toEqual([]);
  });
});
