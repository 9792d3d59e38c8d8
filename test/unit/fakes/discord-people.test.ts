/** People acting in the fake's client, and what reaches the real discord.js of it. */
import { ComponentType, GatewayIntentBits, Routes, TextInputStyle } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { IMAGINE, refusal, register } from '../../fakes/discord/real-client.ts';
import { button, discord, imagineBot, login, PNG, row, useDiscord } from './discord-stage.ts';

useDiscord();

let failures: unknown[] = [];
beforeEach(() => {
  failures = [];
});

describe('a person in the Discord client', () => {
  it.each([
    ['a missing option', {}],
    ['a long text', { prompt: 'x'.repeat(21) }],
    ['a number outside the bounds', { prompt: 'fox', steps: 51 }],
    ['a fraction', { prompt: 'fox', steps: 1.5 }],
    ['no choice', { prompt: 'fox', size: 'l' }],
    ['an option that is not there', { prompt: 'fox', seed: 1 }],
  ])('cannot send %s', async (_what, options) => {
    await imagineBot();
    await expect(discord.slash({ name: 'imagine', options })).rejects.toThrow(/imagine.*(?:option|refuses)/);
  });

  it.each([
    [[], false],
    [[GatewayIntentBits.Guilds], false],
    [[GatewayIntentBits.DirectMessages], true],
  ])('writes to the bot directly, which with the intents %j is told: %s', async (intents, isTold) => {
    await login({ intents });
    expect(discord.directMessage({ content: 'hello' }).isTold).toBe(isTold);
  });

  it('reaches the bot with resolved attachments, in an uncached guild', async () => {
    const { received } = await imagineBot();
    const image = discord.addAttachment({ name: 'my fox.png', contentType: 'image/png', bytes: PNG });
    await discord.slash({ name: 'imagine', options: { prompt: 'fox', image }, locale: 'ja' });
    const interaction = await received();
    expect(interaction.guild).toBeNull();
    expect(interaction.channel).toBeNull();
    expect(interaction.guildId).toBe(discord.guild.id);
    expect(interaction.channelId).toBe(discord.channel.id);
    expect(interaction.locale).toBe('ja');
    expect(interaction.attachmentSizeLimit).toBe(10 * 1024 * 1024);
    const attachment = interaction.options.getAttachment('image', true);
    expect(attachment.name).toBe('my_fox.png');
    expect(attachment.url.startsWith(`${discord.cdnUrl}/`)).toBe(true);
    const download = await fetch(attachment.url);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(PNG);
    discord.faults.expiredFiles.add('*');
    expect((await fetch(attachment.url)).status).toBe(404);
    await interaction.reply({ content: 'ok' });
    expect(discord.violations).toEqual([]);
  });

  it('can use a command in direct messages', async () => {
    const { received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' }, guild: null });
    const interaction = await received();
    expect(interaction.guildId).toBeNull();
    expect(interaction.user.id).toBe(discord.person.id);
    await interaction.reply('hello');
    expect(acted.message()?.channelId).toBe(discord.directChannel(discord.person.id).id);
  });

  it('does not see an administrators’ command', async () => {
    const client = await login();
    await register(client, { name: 'template', description: 'd', default_member_permissions: '32' });
    await expect(discord.slash({ name: 'template' })).rejects.toThrow('hidden');
    await expect(discord.slash({ name: 'template', memberPermissions: 8n })).resolves.toBeDefined();
  });

  it('sees what autocomplete offers', async () => {
    const client = await login({
      onInteraction: async (interaction) => {
        if (!interaction.isAutocomplete()) return;
        const { name, value } = interaction.options.getFocused(true);
        await interaction.respond([{ name: `${name} ${value}`, value }]);
      },
      onFailure: (error) => failures.push(error),
    });
    await register(client, IMAGINE);
    const choices = await discord.autocomplete({ name: 'imagine', focused: 'model', value: 'sd' });
    expect(choices).toEqual([{ name: 'model sd', value: 'sd' }]);
    expect(discord.violations).toEqual([]);
  });

  it('can fill in a modal that opens from a button', async () => {
    const client = await login({
      onInteraction: async (interaction) => {
        if (interaction.isChatInputCommand())
          await interaction.reply({ content: 'x', components: [row(button('edit'))] });
        else if (interaction.isButton()) {
          const input = {
            type: ComponentType.TextInput,
            custom_id: 'prompt',
            style: TextInputStyle.Short,
          } as const;
          const upload = { type: ComponentType.FileUpload, custom_id: 'file' } as const;
          await interaction.showModal({
            custom_id: 'form',
            title: 'Edit',
            components: [
              { type: ComponentType.Label, label: 'Prompt', component: input },
              { type: ComponentType.Label, label: 'File', component: upload },
            ],
          });
        } else if (interaction.isModalSubmit()) {
          const name = interaction.fields.getUploadedFiles('file')?.first()?.name;
          await interaction.reply(`${interaction.fields.getTextInputValue('prompt')} ${name}`);
        }
      },
      onFailure: (error) => failures.push(error),
    });
    await register(client, { name: 'ping', description: 'd' });
    const acted = await discord.slash({ name: 'ping' });
    const message = await acted.waitFor((one) => one.buttons.length === 1);
    const clicked = await discord.click({ message, customId: 'edit' });
    await clicked.acknowledged;
    const file = discord.addAttachment({ name: 'w.json', contentType: 'application/json', bytes: PNG });
    const sent = await discord.submitModal({ interaction: clicked, values: { prompt: 'fox', file: [file] } });
    await sent.waitFor((one) => one.content === 'fox w.json');
    expect(failures).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('can pick from a select menu, and use commands on messages and people', async () => {
    const select = { type: 3, custom_id: 'model', options: [{ label: 'One', value: 'one' }] };
    const client = await login({
      onInteraction: async (interaction) => {
        if (interaction.isStringSelectMenu())
          await interaction.update({ content: interaction.values.join() });
        if (interaction.isMessageContextMenuCommand())
          await interaction.reply(interaction.targetMessage.content);
        if (interaction.isUserContextMenuCommand()) await interaction.reply(interaction.targetUser.username);
      },
      onFailure: (error) => failures.push(error),
    });
    await register(client, { type: 3, name: 'Draw this' }, { type: 2, name: 'Draw them' });
    await client.rest.post(Routes.channelMessages(discord.channel.id), {
      body: { content: 'pick', components: [row(select)] },
    });
    const message = await discord.waitForMessage((one) => one.content === 'pick');
    const pick = { message, customId: 'model' };
    await expect(discord.select({ ...pick, values: ['two'] })).rejects.toThrow('does not offer');
    await (await discord.select({ ...pick, values: ['one'] })).waitFor((one) => one.content === 'one');
    const onMessage = await discord.contextMenu({ name: 'Draw this', target: message });
    await onMessage.waitFor((one) => one.content === 'one' && one.id !== message.id);
    const onPerson = await discord.contextMenu({ name: 'Draw them', target: discord.person.id });
    await onPerson.waitFor((one) => one.content === 'ada');
    expect(failures).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('can bring the bot along to a group chat', async () => {
    const { client, received } = await imagineBot();
    const chat = discord.addGroupChat();
    const act = { name: 'imagine', options: { prompt: 'fox' }, channel: chat.id };
    await expect(discord.slash(act)).rejects.toThrow('user installs');
    await register(client, { ...IMAGINE, integration_types: [0, 1], contexts: [0, 1, 2] });
    const acted = await discord.slash(act);
    const interaction = await received();
    expect(interaction.context).toBe(2);
    await interaction.reply('hello');
    expect(acted.message()?.channelId).toBe(chat.id);
    const send = client.rest.post(Routes.channelMessages(chat.id), { body: { content: 'x' } });
    expect(await refusal(send)).toEqual({ code: 50001, status: 403 });
    expect(discord.violations).toEqual([]);
  });
});
