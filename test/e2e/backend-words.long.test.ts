/** What a backend says of a run on the way: in its reply as long as it is so, and not in the final one. */
import { describe, expect, it } from 'vitest';
import { discordBench } from '../world/bench.ts';

describe('a reply on Discord', () => {
  const bench = discordBench({ stepMs: 15 });
  const done = (message: { content: string }) => message.content.includes('Done in');

  /** Its sampler says something before it counts, until it was heard. */
  function talkative(text: string): { heard: boolean } {
    const listener = { heard: false };
    const { nodes } = bench.sandbox;
    const sampler = nodes.get('KSampler')!;
    nodes.set('KSampler', {
      ...sampler,
      run: async (inputs, run) => {
        for (let time = 0; time < 1000 && !listener.heard; time += 1) {
          run.text(text);
          await run.pause(20);
        }
        return sampler.run(inputs, run);
      },
    });
    return listener;
  }

  it('says what its backend says, without effect, until it counts', async () => {
    const listener = talkative('Loading @everyone **models**');
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const asked = await bench.discord.slash({ name: 'imagine', options: { prompt: 'a red fox', steps: 12 } });
    await asked.waitFor(({ content }) => content.includes('Loading'));
    listener.heard = true;
    const reply = await asked.waitFor(done);
    const shown = reply.edits.map(({ content }) => content);
    const saying = shown.filter((content) => content.includes('Loading'));
    expect(saying.length).toBeGreaterThan(0);
    expect(saying[0]!.split('\n')[2]).toBe(String.raw`-# ComfyUI: Loading \@everyone \*\*models\*\*`);
    expect(shown.filter((content) => /\d+\/12/.test(content)).join('')).not.toContain('Loading');
    expect(reply.content).not.toContain('Loading');
  });
});

describe('a reply on Discord of a run on a ComfyUI before July 2025', () => {
  const bench = discordBench({ old: true, stepMs: 25 });

  it('shows how far its picture is', async () => {
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const asked = await bench.discord.slash({ name: 'imagine', options: { prompt: 'a red fox', steps: 60 } });
    const reply = await asked.waitFor(({ content }) => content.includes('Done in'));
    const files = reply.edits.flatMap(({ attachments }) => attachments.map(({ filename }) => filename));
    expect(files.some((name) => name.startsWith('preview.'))).toBe(true);
    expect(reply.attachments).toHaveLength(1);
  });
});
