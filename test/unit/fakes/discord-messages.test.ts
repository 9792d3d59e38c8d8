/** What the fake refuses in messages, and the ways that stay open when a reply cannot be edited. */
import { type ChatInputCommandInteraction, type Client, Events, MessageFlags, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { IMAGINE, refusal, register } from '../../fakes/discord/real-client.ts';
import { button, discord, imagineBot, login, PNG, row, useDiscord } from './discord-stage.ts';

useDiscord();

describe('the body of a message', () => {
  const text = { type: 10, content: 'hello' };
  const v2 = MessageFlags.IsComponentsV2;
  it.each<[string, object]>([
    ['a long content', { content: 'x'.repeat(2001) }],
    ['long embeds', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }],
    ['an unknown field', { content: 'x', colour: 1 }],
    ['six rows', { components: Array.from({ length: 6 }, (_, at) => row(button(`b${at}`))) }],
    ['six buttons', { components: [row(...Array.from({ length: 6 }, (_, at) => button(`b${at}`)))] }],
    ['a long custom id', { components: [row(button('x'.repeat(101)))] }],
    ['a custom id twice', { components: [row(button('x'), button('x'))] }],
    ['a button without a style', { components: [row({ type: 2, label: 'x', custom_id: 'x' })] }],
    ['a button without a label', { components: [row({ type: 2, style: 1, custom_id: 'x' })] }],
    ['an unknown component', { components: [row({ type: 99 })] }],
    ['a layout without its flag', { components: [text] }],
    ['content with a layout', { content: 'x', flags: v2, components: [text] }],
    ['a gallery of nothing', { flags: v2, components: [{ type: 12, items: [] }] }],
    [
      'a picture that is not attached',
      { flags: v2, components: [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
    ],
    ['an attachment that was not uploaded', { content: 'x', attachments: [{ id: '0' }] }],
  ])('refuses %s', async (_what, body) => {
    const client = await login();
    const send = client.rest.post(Routes.channelMessages(discord.channel.id), { body });
    expect(await refusal(send)).toEqual({ code: 50035, status: 400 });
    expect(discord.violations).toHaveLength(1);
  });

  it('accepts a layout that shows its attachment', async () => {
    const client = await login();
    await client.rest.post(Routes.channelMessages(discord.channel.id), {
      body: {
        flags: v2,
        components: [
          { type: 17, components: [text, { type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
        ],
        attachments: [{ id: '0' }],
        allowed_mentions: { parse: [] },
      },
      files: [{ name: 'a.png', data: PNG }],
    });
    expect(discord.messagesIn(discord.channel.id)[0]?.text).toBe('hello');
    expect(discord.violations).toEqual([]);
  });

  it('notices a mention that nothing forbids', async () => {
    const client = await login();
    const send = (body: object) => client.rest.post(Routes.channelMessages(discord.channel.id), { body });
    await send({ content: 'hi @everyone', allowed_mentions: { parse: [] } });
    expect(discord.violations).toEqual([]);
    await send({ content: 'hi @everyone' });
    expect(discord.violations.join()).toContain('@everyone');
    expect(discord.messagesIn(discord.channel.id).map((one) => one.pings)).toEqual([[], ['@everyone']]);
  });
});

describe('files', () => {
  const send = (client: Client<true>, files: number, bytes = 10, references = files) =>
    client.rest.post(Routes.channelMessages(discord.channel.id), {
      body: { attachments: Array.from({ length: references }, (_, at) => ({ id: String(at) })) },
      files: Array.from({ length: files }, (_, at) => ({ name: `${at}.bin`, data: Buffer.alloc(bytes) })),
    });

  it('refuses what is too large, too many or not referenced', async () => {
    const client = await login();
    discord.attachmentSizeLimit = 100;
    expect(await refusal(send(client, 1, 101))).toEqual({ code: 40005, status: 413 });
    expect(await refusal(send(client, 11))).toEqual({ code: 50035, status: 400 });
    expect(await refusal(send(client, 2, 10, 1))).toEqual({ code: 50035, status: 400 });
    expect(discord.violations).toHaveLength(3);
    await send(client, 10, 100);
  });

  it('can have a lower limit than it says', async () => {
    const client = await login();
    discord.faults.uploadCeiling = { bytes: 100, answer: 'html' };
    await expect(send(client, 1, 101)).rejects.toMatchObject({ status: 413, code: undefined });
    discord.faults.uploadCeiling = { bytes: 100, answer: 'bad-request' };
    expect(await refusal(send(client, 1, 101))).toEqual({ code: 40005, status: 400 });
    expect(discord.violations).toEqual([]);
  });
});

describe('falling back', () => {
  it('answers with Discord’s codes for a deleted message, a closed channel and closed direct messages', async () => {
    const { client, rest, received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    await interaction.reply('hello');
    const message = acted.message()!;
    discord.deleteMessage(message);
    expect(await refusal(interaction.editReply('x'))).toEqual({ code: 10008, status: 404 });
    const channel = Routes.channelMessages(discord.channel.id);
    await rest.post(channel, { body: { content: 'in the channel' } });
    discord.faults.forbiddenChannels.set(discord.channel.id, 50013);
    expect(await refusal(rest.post(channel, { body: { content: 'x' } }))).toEqual({
      code: 50013,
      status: 403,
    });
    await client.users.send(discord.person.id, 'in private');
    expect(discord.directMessages(discord.person.id).map((one) => one.content)).toEqual(['in private']);
    discord.faults.closedDirectMessages.add(discord.person.id);
    expect(await refusal(client.users.send(discord.person.id, 'x'))).toEqual({ code: 50007, status: 403 });
    expect(discord.violations).toEqual([]);
  });

  it('allows five follow-ups and no other way where the bot was only brought along', async () => {
    const client = await login();
    await register(client, { ...IMAGINE, integration_types: [0, 1], contexts: [0, 1, 2] });
    const guild = discord.addGuild({ installed: false });
    const received = new Promise<ChatInputCommandInteraction>((resolve) => {
      client.once(Events.InteractionCreate, (interaction) => {
        if (interaction.isChatInputCommand()) resolve(interaction);
      });
    });
    await discord.slash({ name: 'imagine', options: { prompt: 'fox' }, guild: guild.id });
    const interaction = await received;
    expect(interaction.authorizingIntegrationOwners.userId).toBe(discord.person.id);
    await interaction.reply('hello');
    for (let count = 0; count < 5; count += 1) await interaction.followUp('more');
    expect(await refusal(interaction.followUp('more'))).toEqual({ code: 40094, status: 400 });
    const send = client.rest.post(Routes.channelMessages(interaction.channelId), { body: { content: 'x' } });
    expect(await refusal(send)).toEqual({ code: 50001, status: 403 });
  });
});

describe('faults', () => {
  it('makes discord.js wait out a 429 and retry 5xx', async () => {
    const client = await login();
    const route = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
    discord.faults.rateLimit({ ...route, retryAfter: 0.05 });
    discord.faults.serverError({ ...route, times: 3 });
    await client.rest.post(Routes.channelMessages(discord.channel.id), { body: { content: 'x' } });
    const statuses = discord.requestsTo('POST', route.path).map((request) => request.status);
    expect(statuses).toEqual([429, 500, 500, 500, 200]);
    expect(discord.violations).toEqual([]);
  });

  it('cuts connections, before or after the request took effect', async () => {
    const client = await login();
    const route = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
    const send = (content: string) =>
      client.rest.post(Routes.channelMessages(discord.channel.id), { body: { content } });
    const contents = () => discord.messagesIn(discord.channel.id).map((one) => one.content);
    discord.faults.cutConnection(route);
    await expect(send('lost')).rejects.toThrow('other side closed');
    expect(contents()).toEqual([]);
    discord.faults.cutConnection({ ...route, after: true });
    await expect(send('sent')).rejects.toThrow('other side closed');
    expect(contents()).toEqual(['sent']);
    discord.faults.cutConnection({ ...route, after: true, reset: true });
    await send('twice');
    expect(contents()).toEqual(['sent', 'twice', 'twice']);
  });

  it('holds a bot to an edit budget', async () => {
    discord.settings.editBudget = { edits: 2, windowMs: 200 };
    const { received } = await imagineBot();
    await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    await interaction.deferReply();
    const started = Date.now();
    for (const content of ['1', '2', '3']) await interaction.editReply(content);
    expect(Date.now() - started).toBeGreaterThan(150);
  });
});
