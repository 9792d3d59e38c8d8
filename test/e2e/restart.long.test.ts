import { afterEach, describe, expect, it } from 'vitest';
import { discordBench } from '../world/bench.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';

describe('Easel as a process', () => {
  const bench = discordBench({ stepMs: 20 });
  const done = (message: { content: string }) => message.content.includes('Done in');
  const running = (message: { content: string }) => /KSampler · \d+\//.test(message.content);
  let easel: EaselProcess | undefined;

  const start = async () => {
    easel = spawnEasel(bench.environment);
    await easel.says(/"msg":"started"/);
    await bench.discord.connected();
    return easel;
  };
  const sketch = (prompt: string, steps: number, user?: string) =>
    bench.discord.slash({ name: 'sketch', options: { prompt, steps }, ...(user && { user }) });

  afterEach(async () => {
    easel?.signal('SIGKILL');
    await easel?.ended;
  });

  it('edits the same replies after it was killed, and runs nothing twice', async () => {
    const first = await start();
    const inFlight = await sketch('running', 80);
    await inFlight.waitFor(running);
    const waiting = await sketch('waiting', 3);
    await waiting.waitFor(({ content }) => content.includes('in line'));
    first.signal('SIGKILL');
    await first.ended;

    await start();
    for (const asked of [inFlight, waiting]) {
      const reply = await asked.waitFor(done);
      expect(reply.attachments).toHaveLength(1);
      expect(asked.followUps).toEqual([]);
    }
    expect(bench.sandbox.stats.submitted).toBe(2);
    expect(Object.values(bench.sandbox.stats.runs)).toEqual([1, 1]);
    expect(bench.discord.messagesIn(bench.discord.channel.id)).toHaveLength(2);
  });

  it('leaves in order on SIGTERM, keeping what runs for the next start', async () => {
    const first = await start();
    const asked = await sketch('running', 60);
    await asked.waitFor(running);
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.output()).toContain('"msg":"stopped"');

    await start();
    await asked.waitFor(done);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });

  it('goes at once at the second signal, though a reply is still on its way', async () => {
    const first = await start();
    const asked = await sketch('delivering', 60);
    await asked.waitFor(running);
    bench.discord.faults.latencyMs = 60_000;
    await expect.poll(() => bench.sandbox.stats.views).toBeGreaterThan(0);
    first.signal('SIGINT');
    await first.says(/"msg":"stopping"/);
    first.signal('SIGINT');
    expect(await first.ended).toBe(1);
    bench.discord.faults.latencyMs = 0;
  });

  it('leaves quietly when it is told to while it starts', async () => {
    bench.discord.faults.latencyMs = 60_000;
    easel = spawnEasel(bench.environment);
    await easel.says(/"msg":"socket open"/);
    easel.signal('SIGTERM');
    expect(await easel.ended).toBe(0);
    expect(easel.output()).not.toContain('could not start');
    bench.discord.faults.latencyMs = 0;
  });

  it('lets no second process onto its data folder', async () => {
    await start();
    const second = spawnEasel(bench.environment);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('another Easel is using the data folder');
  });

  it('says in one sentence that the token is wrong', async () => {
    const wrong = spawnEasel({ ...bench.environment, DISCORD_TOKEN: 'bm9wZQ.bm9wZQ.bm9wZQ' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toContain('Discord refused DISCORD_TOKEN');
    bench.discord.violations.length = 0;
  });
});
