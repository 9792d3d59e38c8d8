import { expect, it } from 'vitest';
import { runKills } from '../chaos/kill-bot.ts';
import { perform } from '../chaos/scenario.ts';
import { createRandom } from '../fakes/random.ts';

it('loses, repeats and doubles nothing when it is killed in the middle of everything (short form of npm run chaos)', async () => {
  const scenario = {
    name: 'kills',
    deadlineMs: 60_000,
    run: (stage: Parameters<typeof runKills>[0]) => runKills(stage, 1, 8),
  };
  const interrupt = new AbortController().signal;
  const { broken, figures } = await perform(scenario, { random: createRandom(7), size: 1, interrupt });
  expect(broken, figures).toEqual([]);
}, 75_000);
