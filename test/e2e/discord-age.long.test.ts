import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';

const FOREVER = 1000;

describe('A template for age-restricted channels only', () => {
  const bench = discordBench({ stepMs: 20 });
  const admin = adminOf(() => bench.discord);
  const running = ({ content }: FakeMessage) => /KSampler · \d+\//.test(content);
  const refused = ({ content }: FakeMessage) => content.includes('marked as age-restricted');
  const sketch = (prompt: string, channel: string, steps: number) =>
    bench.discord.slash({ name: 'sketch', options: { prompt, steps }, channel });
  const night = async () => {
    await bench.start();
    const panel = await admin.ask('template', 'limit', { name: 'sketch' });
    await admin.press(panel, '☐ Only in age-restricted channels');
    return bench.discord.addChannel({ name: 'night', nsfw: true });
  };

  it('does not start where the channel has lost its mark while it waited', async () => {
    const channel = await night();
    const first = await sketch('first', channel.id, FOREVER);
    const begun = await first.waitFor(running);
    const second = await sketch('second', channel.id, 5);
    await second.waitFor(({ content }) => content.includes('in line'));
    channel.nsfw = false;
    await bench.discord.click({ message: begun, customId: String(begun.buttons[0]?.custom_id) });
    const told = await second.waitFor(refused);
    expect(told.attachments).toEqual([]);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });

  it('shows no result where the mark went while it ran', async () => {
    const channel = await night();
    const asked = await sketch('a fox', channel.id, 30);
    await asked.waitFor(running);
    channel.nsfw = false;
    expect((await asked.waitFor(refused)).attachments).toEqual([]);
    expect(bench.sandbox.stats.requests['GET /view'] ?? 0).toBe(0);
  });

  it('goes on while Discord does not tell, as it was known before', async () => {
    const channel = await night();
    const asked = await sketch('a fox', channel.id, 30);
    await asked.waitFor(running);
    channel.nsfw = false;
    bench.discord.faults.forbiddenChannels.set(channel.id, 50001);
    await asked.waitFor(({ content }) => content.includes('Done in'));
  });
});
