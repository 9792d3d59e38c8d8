/** People using the bot through the fake, and the bot answering with the real discord.js. */
import { ComponentType, MessageFlags, Routes } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { refusal, register } from '../../fakes/discord/real-client.ts';
import { button, discord, imagineBot, login, PNG, row, useDiscord } from './discord-stage.ts';

useDiscord();

let failures: unknown[] = [];
beforeEach(() => {
  failures = [];
});

const callback = (interaction: { id: string; token: string }) =>
  Routes.interactionCallback(interaction.id, interaction.token);

describe('acknowledging', () => {
  it('takes a deferral and an edit with files, and keeps the bytes and every version', async () => {
    const { client, received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    const deferred = await interaction.deferReply({ withResponse: true });
    await acted.acknowledged;
    expect(acted.message()?.loading).toBe(true);
    expect(deferred.resource?.message?.id).toBe(acted.message()?.id);
    await interaction.editReply({ content: '50 %', components: [row(button('cancel'))] });
    await client.rest.patch(Routes.webhookMessage(client.application.id, interaction.token), {
      auth: false,
      body: { content: 'done', components: [], attachments: [{ id: '0', description: 'a fox' }] },
      files: [{ name: 'fox.png', data: PNG }],
    });
    const message = await acted.waitFor((one) => one.attachments.length > 0);
    expect(message.attachments[0]).toMatchObject({
      filename: 'fox.png',
      contentType: 'image/png',
      description: 'a fox',
    });
    expect(message.attachments[0]?.bytes).toEqual(PNG);
    expect(message.edits.map((version) => version.content)).toEqual(['', '50 %', 'done']);
    expect(message.edits[1]?.components).toHaveLength(1);
    await interaction.editReply({ content: 'kept' });
    expect(message.attachments).toHaveLength(1);
    await interaction.editReply({ files: [{ attachment: PNG, name: 'other.png' }] });
    expect(message.attachments.map((file) => file.filename)).toEqual(['other.png']);
    const fetched = await interaction.fetchReply();
    expect(fetched.attachments.first()?.name).toBe('other.png');
    expect(discord.violations).toEqual([]);
  });

  it('lets an edit turn a deferral into a layout, for good', async () => {
    const { received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const flags = MessageFlags.IsComponentsV2;
    await interaction.editReply({
      flags,
      components: [{ type: ComponentType.TextDisplay, content: 'hello' }],
    });
    expect(acted.message()).toMatchObject({
      text: 'hello',
      componentsV2: true,
      ephemeral: true,
      loading: false,
    });
    expect(await refusal(interaction.editReply({ content: 'plain' }))).toEqual({ code: 50035, status: 400 });
    expect(discord.violations).toHaveLength(1);
  });

  it('refuses a second answer with 40060', async () => {
    const { rest, received } = await imagineBot();
    await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    await interaction.reply({ content: 'secret', flags: MessageFlags.Ephemeral });
    const again = rest.post(callback(interaction), { auth: false, body: { type: 5 } });
    expect(await refusal(again)).toEqual({ code: 40060, status: 400 });
    expect(discord.violations).toHaveLength(1);
  });

  it('refuses a late answer with 10062', async () => {
    discord.settings.ackDeadlineMs = 50;
    const { received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    await expect(acted.acknowledged).rejects.toThrow('within 50 ms');
    expect(await refusal(interaction.deferReply())).toEqual({ code: 10062, status: 404 });
    expect(discord.violations).toHaveLength(2);
  });

  it('refuses an edit before the first answer, and more than the ephemeral flag on a deferral', async () => {
    const { client, rest, received } = await imagineBot();
    await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    const edit = rest.patch(Routes.webhookMessage(client.application.id, interaction.token), {
      auth: false,
      body: { content: 'x' },
    });
    expect(await refusal(edit)).toEqual({ code: 10015, status: 404 });
    const defer = rest.post(callback(interaction), {
      auth: false,
      body: { type: 5, data: { flags: 1 << 15 } },
    });
    expect(await refusal(defer)).toEqual({ code: 50035, status: 400 });
  });

  it('forgets the token after its time, which is nobody’s mistake', async () => {
    const { received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const interaction = await received();
    await interaction.deferReply();
    discord.expireInteractionTokens();
    expect(await refusal(interaction.editReply('late'))).toEqual({ code: 50027, status: 401 });
    await interaction.client.rest.patch(Routes.channelMessage(interaction.channelId, acted.message()!.id), {
      body: { content: 'by the other way' },
    });
    expect(acted.message()?.content).toBe('by the other way');
    expect(discord.violations).toEqual([]);
  });

  it('notices the bot token where it does not belong', async () => {
    const { rest, received } = await imagineBot();
    await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    await rest.post(callback(await received()), { body: { type: 5 } });
    expect(discord.violations.join()).toContain('bot token');
  });
});

describe('components', () => {
  it('lets a person click, and the bot update the message', async () => {
    const client = await login({
      onInteraction: async (interaction) => {
        if (interaction.isChatInputCommand())
          await interaction.reply({
            content: 'run',
            components: [row(button('cancel'), button('off', { disabled: true }))],
          });
        else if (interaction.isButton()) {
          await interaction.update({
            content: `${interaction.customId} by ${interaction.user.username}`,
            components: [],
          });
          await interaction.followUp({ content: 'only for you', flags: MessageFlags.Ephemeral });
        }
      },
      onFailure: (error) => failures.push(error),
    });
    await register(client, { name: 'ping', description: 'd' });
    const acted = await discord.slash({ name: 'ping' });
    const message = await acted.waitFor((one) => one.content === 'run');
    await expect(discord.click({ message, customId: 'off' })).rejects.toThrow('disabled');
    await expect(discord.click({ message, customId: 'none' })).rejects.toThrow('no such component');
    const clicked = await discord.click({ message, customId: 'cancel' });
    await clicked.waitFor((one) => one.ephemeral);
    expect(message.content).toBe('cancel by ada');
    expect(clicked.followUps).toHaveLength(1);
    expect(failures).toEqual([]);
    expect(discord.violations).toEqual([]);
  });
});
