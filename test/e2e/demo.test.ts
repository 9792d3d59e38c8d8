/** With no backend set, Easel draws by itself, and says so wherever it shows what it drew. */
import { describe, expect, it } from 'vitest';
import { catalogue, languages } from '../../src/i18n/index.ts';
import { discordBench } from '../world/bench.ts';
import { slackBench } from '../world/slack-bench.ts';
import { openWebPage } from '../world/web-page.ts';

const DEMO = 'Demo painter, not an AI model.';

describe('The demo painter', () => {
  const bench = discordBench();

  it('is named once in each reply on Discord while it works and at the end, and nowhere else', async () => {
    await bench.start({ COMFY_URL: '' });
    const asked = await bench.discord.slash({ name: 'batch', options: { count: 11 } });
    await bench.discord.until(() => asked.followUps[0]?.attachments.length === 1, 8000);
    const told = asked.original!.edits.map(({ content }) => content.split(DEMO).length - 1);
    expect(told.at(-1)).toBe(1);
    expect(Math.max(...told)).toBe(1);
    expect(asked.original?.content).toContain(
      'For real pictures, the person who runs me needs to connect ComfyUI.',
    );
    expect(asked.followUps[0]!.content).not.toContain(DEMO);
  });

  it('is not named where a backend is set', async () => {
    await bench.start();
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox', steps: 1 } });
    const reply = await asked.waitFor(({ content }) => content.includes('Done in'));
    expect(JSON.stringify(reply.edits)).not.toMatch(/demo/i);
  });

  it('is named on the page', async () => {
    await bench.start({ COMFY_URL: '' });
    const page = await openWebPage(bench.easel.app.link);
    const id = await page.run('sketch', { prompt: 'a fox', steps: '1' });
    const { reply } = await page.until((all) =>
      all.find((one) => one.id === id && one.reply?.tone === 'done'),
    );
    expect(reply!.demo).toBe(DEMO);
    await page.close();
  });

  it('is named in the language of whoever reads it', () => {
    const said = languages().map(({ tag }) => catalogue(tag).status.demo('discord'));
    expect(new Set(said).size).toBe(said.length);
    for (const line of said) expect(line).not.toContain('\n');
    for (const { tag } of languages()) expect(catalogue(tag).status.demo('terminal')).toContain('COMFY_URL');
  });
});

describe('The demo painter on Slack', () => {
  const bench = slackBench('socket');

  it('is named under the reply', async () => {
    await bench.start({ COMFY_URL: '' });
    const asked = bench.slack.command({ command: '/sketch', text: 'a fox --steps 1' });
    const reply = await asked.waitFor(({ visible }) => visible.includes('Done in'));
    expect(reply.visible).toContain(DEMO);
    expect(reply.visible.split(DEMO)).toHaveLength(2);
  });
});
