import { describe, expect, it } from 'vitest';
import type { FakeInteraction } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';

const FOREVER = 1000;

describe('One person on several Discord servers', () => {
  const bench = discordBench({ stepMs: 20 });

  it('runs three jobs at once over all of them, and reads why the fourth waits', async () => {
    await bench.start({ COMFY_CONCURRENCY: '10' });
    const asked: FakeInteraction[] = [];
    const guilds = [undefined, ...Array.from({ length: 3 }, () => bench.discord.addGuild().id)];
    for (const guild of guilds) {
      const options = { prompt: `job ${asked.length}`, steps: FOREVER };
      asked.push(await bench.discord.slash({ name: 'sketch', options, ...(guild && { guild }) }));
    }
    const running = [];
    for (const job of asked.slice(0, 3))
      running.push(await job.waitFor(({ content }) => /KSampler|own queue/.test(content)));
    const words = 'you are using 3 of your 3 slots, here and elsewhere';
    await asked[3]?.waitFor(({ content }) => content.includes(words));
    // when one ends elsewhere, it is its turn
    const message = running[1]!;
    await bench.discord.click({ message, customId: String(message.buttons[0]?.custom_id) });
    await asked[3]?.waitFor(({ content }) => /KSampler|own queue/.test(content));
    expect(bench.sandbox.stats.submitted).toBe(4);
  });
});
