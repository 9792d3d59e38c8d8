import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { discordBench } from '../world/bench.ts';

const DONE = { content: expect.stringContaining('Done in') };

describe('Easel on Discord', () => {
  const bench = discordBench();
  const done = (message: { content: string }) => message.content.includes('Done in');

  it('takes a command from acknowledgement to the picture, editing one reply', async () => {
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const asked = await bench.discord.slash({
      name: 'imagine',
      options: { prompt: 'a red fox', steps: 30, seed: '7' },
    });
    const reply = await asked.waitFor(done);

    expect(asked.ackMs).toBeLessThan(1000);
    const [file] = reply.attachments;
    expect(reply.attachments).toHaveLength(1);
    expect(await sharp(file?.bytes).metadata()).toMatchObject({ format: 'png', width: 1024, height: 1024 });
    expect(reply.content).toMatch(/size \*\*square\*\* .* steps \*\*30\*\* .* seed \*\*7\*\*/);
    expect(reply.buttons).toMatchObject([{ label: 'Again' }]);
    expect(asked.followUps).toEqual([]);

    const shown = reply.edits.map(({ content }) => content);
    expect(shown.some((content) => /\d+ % · KSampler · \d+\/30/.test(content))).toBe(true);
    const percents = shown.flatMap((content) => /(\d+) %/.exec(content)?.[1] ?? []).map(Number);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(
      reply.edits.some(({ attachments }) =>
        attachments.some(({ filename }) => filename.startsWith('preview')),
      ),
    ).toBe(true);
    expect(bench.sandbox.stats.submitted).toBe(1);
    const described = reply.edits.flatMap(({ attachments }) =>
      attachments.map(({ filename, description }) => [/^[a-z]+/i.exec(filename)?.[0], description]),
    );
    expect(Object.fromEntries(described)).toMatchObject({ preview: 'Preview: a red fox' });
    expect(file?.description).toBe('Picture: a red fox');
  });

  it('registers typed options once, and not again when nothing has changed', async () => {
    await bench.start();
    const byName = new Map(bench.discord.commands.global.map((command) => [command.name, command]));
    expect(byName.get('sketch')).toMatchObject({
      contexts: [0, 1, 2],
      integration_types: [0, 1],
      options: [
        { name: 'prompt', type: 3, required: true, max_length: 1500 },
        { name: 'steps', type: 4, min_value: 1, max_value: 1000 },
        { name: 'cfg', type: 10, min_value: 1, max_value: 20 },
        { name: 'seed', type: 3, max_length: 20 },
      ],
    });
    expect(byName.get('photo')).toMatchObject({ options: [{ name: 'image', type: 11, required: true }] });
    expect(bench.discord.commandWrites).toBe(1);

    await bench.easel.stop();
    await bench.start();
    expect(bench.discord.commandWrites).toBe(1);
    await bench.easel.stop();
    await bench.start({ TEMPLATES_DIR: 'templates' });
    expect(bench.discord.commandWrites).toBe(2);
  });

  it('hands an attached picture to the backend and attaches what comes back', async () => {
    await bench.start();
    const bytes = await sharp({ create: { width: 50, height: 40, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const image = bench.discord.addAttachment({
      name: '../../evil name.png',
      contentType: 'image/png',
      bytes,
    });
    const asked = await bench.discord.slash({ name: 'photo', options: { image } });
    const reply = await asked.waitFor(done);
    expect(await sharp(reply.attachments[0]?.bytes).metadata()).toMatchObject({ width: 32, height: 32 });
    const { data, info } = await sharp(reply.attachments[0]?.bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)], `${info.channels} channels`).toEqual([255, 0, 0]);
    expect(JSON.stringify(bench.sandbox.stats.bodies)).not.toContain('evil');
  });

  it('sends more than ten pictures in several messages', async () => {
    await bench.start();
    const asked = await bench.discord.slash({ name: 'batch', options: { count: 23 } });
    await bench.discord.until(
      () => asked.followUps.length === 2 && asked.followUps[1]?.attachments.length === 3,
      8000,
    );
    expect(asked.message()).toMatchObject(DONE);
    expect([asked.original, ...asked.followUps].map((message) => message?.attachments.length)).toEqual([
      10, 10, 3,
    ]);
    expect([asked.original, ...asked.followUps].map((message) => message?.buttons.length)).toEqual([1, 0, 0]);
  });

  it('re-encodes a picture that is over the limit, and says so', async () => {
    bench.discord.attachmentSizeLimit = 60_000;
    await bench.start({ TEMPLATES_DIR: 'templates' });
    const asked = await bench.discord.slash({ name: 'imagine', options: { prompt: 'a forest', steps: 1 } });
    const reply = await asked.waitFor(done);
    expect(reply.attachments[0]?.filename).toMatch(/\.webp$/);
    expect(reply.attachments[0]?.size).toBeLessThanOrEqual(60_000);
    expect(reply.content).toContain('smaller size');
  });

  it.each(['json', 'bad-request', 'html'] as const)(
    'makes files smaller when Discord overstated its limit (%s)',
    async (answer) => {
      await bench.start({ TEMPLATES_DIR: 'templates' });
      bench.discord.faults.uploadCeiling = { bytes: 300_000, answer };
      const asked = await bench.discord.slash({ name: 'imagine', options: { prompt: 'a forest', steps: 1 } });
      const reply = await asked.waitFor(done);
      expect(reply.attachments).toHaveLength(1);
      expect(reply.attachments[0]?.size).toBeLessThanOrEqual(300_000);
    },
  );

  it('works in direct messages, and as a user-installed app where the bot is no member', async () => {
    await bench.start();
    const direct = await bench.discord.slash({ name: 'sketch', guild: null, options: { prompt: 'here' } });
    await direct.waitFor(done);
    const elsewhere = bench.discord.addGuild({ installed: false });
    const visiting = await bench.discord.slash({
      name: 'sketch',
      guild: elsewhere.id,
      options: { prompt: 'there' },
    });
    await visiting.waitFor(done);
  });

  it('lets nothing that was typed ping, link or format', async () => {
    await bench.start();
    const { person, guild } = bench.discord;
    const prompt = `@everyone <@${person.id}> <@&${guild.id}> **bold** [x](https://example.org) \`code\` # h`;
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt } });
    const reply = await asked.waitFor(done);
    expect(reply.pings).toEqual([]);
    expect(reply.content).not.toMatch(/(?<!\\)\*\*bold|(?<!\\)\[x|(?<!\\)<@|(?<!\\)`code/);
  });

  it('offers long choice lists by autocomplete', async () => {
    await bench.start();
    const choices = await bench.discord.autocomplete({ name: 'paint', focused: 'color', value: 'DE 3' });
    expect(choices.map(({ name }) => name)).toEqual([
      'shade 3',
      ...Array.from({ length: 10 }, (_, i) => `shade 3${i}`),
    ]);
    expect(await bench.discord.autocomplete({ name: 'paint', focused: 'color', value: '' })).toHaveLength(25);
    const asked = await bench.discord.slash({ name: 'paint', options: { color: 'shade 33' } });
    await asked.waitFor(done);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({ prompt: { 1: { inputs: { color: 33_000 } } } });
  });

  it('answers /help and /queue privately', async () => {
    await bench.start();
    const help = await bench.discord.slash({ name: 'help' });
    await help.acknowledged;
    expect(help.ephemeral).toBe(true);
    expect(help.message()?.content).toContain('/sketch prompt');
    const queue = await bench.discord.slash({ name: 'queue' });
    await queue.acknowledged;
    expect(queue.ephemeral).toBe(true);
    expect(queue.message()?.content).toBe('Nothing is running or waiting here.');
  });
});
