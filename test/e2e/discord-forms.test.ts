/** Forms that are refused on Discord: what was sent with them stands in them when they are opened again. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';

describe('A refused form on Discord', () => {
  const bench = discordBench({ stepMs: 5 });
  const person = adminOf(() => bench.discord, {});
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const picture = async (name: string) =>
    bench.discord.addAttachment({
      name,
      contentType: 'image/png',
      bytes: await sharp({ create: { width: 64, height: 64, channels: 3, background: '#a33' } })
        .png()
        .toBuffer(),
    });
  /** The panel of a template that lacks something. */
  const panelOf = async (what: string, who: { user?: string } = {}) => {
    const asked = await bench.discord.slash({ name: 'easel', options: { what }, ...who });
    return asked.waitFor(({ loading }) => !loading);
  };

  it('shows what was written, opens with it, and needs no file once more', async () => {
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const panel = await panelOf('remix');
    await person.fill(panel, 'Run', {
      prompt: 'a long_haired *cat*',
      image: [await picture('cat.png')],
      steps: 'many',
    });
    expect(panel.text).toContain('"steps" must be a whole number');
    // also where nothing is remembered, it can be copied
    expect(panel.text).toContain(String.raw`a long\_haired \*cat\*`);
    const { modal } = await person.press(panel, 'Run');
    expect(JSON.stringify(modal)).toContain('“cat.png” is kept');
    expect(await person.form(panel, 'Run')).toMatchObject({
      prompt: 'a long_haired *cat*',
      steps: 'many',
    });

    const again = await person.fill(panel, 'Run', { steps: '2' });
    const reply = await again.waitFor(done);
    expect(reply.content).toContain('steps **2**');
    expect(bench.sandbox.stats.submitted).toBe(1);
    // it was taken
    expect(await person.form(panel, 'Run')).toMatchObject({ prompt: '', steps: '20' });
  });

  it('says what is wrong with a file, and keeps the rest', async () => {
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const panel = await panelOf('remix');
    const bytes = Buffer.from('BM not a picture that is read');
    const bmp = bench.discord.addAttachment({ name: 'a.png', contentType: 'image/png', bytes });
    const sent = await person.fill(panel, 'Run', { prompt: 'a fox', image: [bmp], steps: '3' });
    const told = () => [panel, ...sent.followUps].find(({ text }) => text.includes('"a.png" is BMP'));
    await bench.discord.until(() => told() !== undefined);
    expect(await person.form(panel, 'Run')).toMatchObject({ prompt: 'a fox', steps: '3' });
    const again = await person.fill(panel, 'Run', { image: [await picture('b.png')] });
    expect((await again.waitFor(done)).content).toContain('steps **3**');
  });

  it('is nobody else’s', async () => {
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const panel = await panelOf('remix');
    await person.fill(panel, 'Run', {
      prompt: 'a secret',
      image: [await picture('cat.png')],
      steps: 'many',
    });
    const who = { user: bench.discord.addUser().id };
    const other = adminOf(() => bench.discord, who);
    expect(await other.form(await panelOf('remix', who), 'Run')).toMatchObject({ prompt: '' });
  });
});
