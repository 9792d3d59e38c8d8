/** What people write to Easel directly in Discord: plain words, commands, pictures, slips. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';

const bench = discordBench({ stepMs: 1 });
const done = ({ content }: FakeMessage) => content.includes('Done in');
/** With the templates that Easel comes with. */
const start = (more: Record<string, string> = {}) => bench.start({ TEMPLATES_DIR: 'templates', ...more });

/** What Easel answers to it, once it looks like this. */
function write(
  content: string,
  more: Omit<Parameters<typeof bench.discord.directMessage>[0], 'content'> = {},
) {
  const { message, isTold } = bench.discord.directMessage({ content, ...more });
  expect(isTold).toBe(true);
  const answers = (matches: (one: FakeMessage) => boolean) =>
    bench.discord.waitForMessage((one) => one.origin.replyTo === message.id && matches(one));
  return { message, answers };
}
const sayings = () =>
  bench.discord.directMessages(bench.discord.person.id).filter(({ origin }) => origin.author.bot);

describe('A direct message to Easel on Discord', () => {
  it('draws plain words in one reply, from beginning to end', async () => {
    await start();
    const { answers } = write('nier:automata 2B, iso:100');
    const reply = await answers(done);
    expect(reply.content).toMatch(/^\*\*nier:automata 2B, iso:100\*\*\nDone in/);
    expect(reply.now.attachments).toHaveLength(1);
    expect(reply.edits.length).toBeGreaterThan(1);
    expect(sayings()).toEqual([reply]);
    expect(reply.pings).toEqual([]);
  });

  it('is a command too, however it is said', async () => {
    await start();
    const help = await write('Help!').answers(({ content }) => content.includes('Commands:'));
    expect(help.content.indexOf('/imagine')).toBeLessThan(help.content.indexOf('/blank'));
    await write('hello').answers(({ content }) => content.includes('Commands:'));
    const named = await write(`hey <@${bench.discord.bot.id}>: imagine a fox --ar 16:9 --seed 5`).answers(
      done,
    );
    expect(named.content).toMatch(/\*\*a fox\*\*[^]*size \*\*wide\*\*[^]*seed \*\*5\*\*/);
    await write('/imagin a fox').answers(({ content }) => content.includes('Did you mean /imagine?'));
    await write('settings').answers(({ content }) => content.includes('Only admins'));
  });

  it('brings a picture for the slot that takes it', async () => {
    await start();
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const cat = () => bench.discord.addAttachment({ name: 'cat.png', contentType: 'image/png', bytes });
    const remixed = await write('remix as an oil painting', { files: [cat()] }).answers(done);
    expect(remixed.content).toContain('as an oil painting');
    // it takes no words, and is meant all the same
    await write('upscale this please', { files: [cat()] }).answers(done);
    await write('remix as an oil painting').answers(({ content }) => content.includes('"image" is required'));
  });

  it('with a slip is answered with a question, and its buttons', async () => {
    await start();
    const asked = await write('a fox stepz:9').answers(({ text }) => text.includes('Did you mean steps:9?'));
    expect(asked.text).toContain('a fox stepz:9');
    const button = asked.flatComponents.find(({ label }) => label === 'Yes');
    const press = await bench.discord.click({ message: asked, customId: button?.custom_id ?? '' });
    expect((await press.waitFor(done)).content).toMatch(/\*\*a fox\*\*[^]*steps \*\*9\*\*/);
  });

  it('is answered with a form where a template is only named', async () => {
    await start();
    const form = await write('imagine').answers(({ text }) => text.includes('/imagine'));
    const button = form.flatComponents.find(({ label }) => label?.startsWith('Run'));
    const opened = await bench.discord.click({ message: form, customId: button?.custom_id ?? '' });
    await opened.acknowledged;
    expect(opened.modal).toBeDefined();
  });

  it('counts once, and neither edits nor bots nor Easel itself say anything', async () => {
    await start();
    const { discord } = bench;
    const { message } = discord.directMessage({ content: 'a fox', again: true });
    await discord.waitForMessage((one) => one.origin.replyTo === message.id && done(one));
    discord.editDirectMessage(message, 'two foxes');
    await write('an owl').answers(done);
    expect(sayings().map(({ content }) => /a fox|an owl/.exec(content)?.[0])).toEqual(['a fox', 'an owl']);
    expect(bench.sandbox.stats.submitted).toBe(2);
  });

  it('is refused in words where the operator has none of them', async () => {
    await start({ DIRECT_MESSAGES: 'off' });
    await write('a fox').answers(({ content }) => content.includes('direct messages'));
    expect(bench.sandbox.stats.submitted).toBe(0);
  });

  it('is read in the language that its person was last seen with', async () => {
    await start();
    const { discord } = bench;
    const yuki = discord.addUser({ username: 'yuki', locale: 'ja' });
    const user = yuki.id;
    await (
      await discord.slash({ name: 'queue', user, guild: null })
    ).acknowledged;
    await write('助けて help', { user }).answers(({ content }) => content.includes('助けて'));
    await write('help', { user }).answers(({ content }) => content.includes('コマンド'));
  });

  it('is not asked for in servers', async () => {
    await start();
    bench.discord.say({ content: `<@${bench.discord.bot.id}> imagine a fox` });
    await write('an owl').answers(done);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });
});
