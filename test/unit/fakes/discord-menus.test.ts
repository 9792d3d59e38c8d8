/** Menus, roles and places in the fake, as the real discord.js gets them. */
import { ComponentType, MessageFlags, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { refusal, register } from '../../fakes/discord/real-client.ts';
import { discord, login, row, useDiscord } from './discord-stage.ts';

useDiscord();

const send = async (client: Awaited<ReturnType<typeof login>>, component: unknown) =>
  client.rest.post(Routes.channelMessages(discord.channel.id), {
    body: { content: 'pick', components: [row(component)] },
  });
const aRole = (digit: string) => ({ id: digit.repeat(18), type: 'role' });
const optionA = { label: 'a', value: 'a' };
const picked = () => discord.waitForMessage((one) => one.content === 'pick');

describe('menus of people, roles and channels', () => {
  it('come back with what their ids stand for', async () => {
    const seen: unknown[] = [];
    const client = await login({
      onInteraction: async (interaction) => {
        if (!interaction.isMentionableSelectMenu() && !interaction.isChannelSelectMenu()) return;
        const { values } = interaction;
        const roles = interaction.isMentionableSelectMenu() ? [...interaction.roles.keys()] : [];
        seen.push({ values, roles, member: interaction.member?.roles });
        await interaction.deferUpdate();
      },
    });
    const role = discord.addRole({ name: 'artists' });
    const friend = discord.addUser();
    const anyNumber = { min_values: 0, max_values: 25 };
    await send(client, { type: ComponentType.MentionableSelect, custom_id: 'who', ...anyNumber });
    const pick = { message: await picked(), customId: 'who', roles: [role.id] };
    await (
      await discord.select({ ...pick, values: [role.id, friend.id] })
    ).acknowledged;
    expect(seen).toEqual([{ values: [role.id, friend.id], roles: [role.id], member: [role.id] }]);
    await expect(discord.select({ ...pick, values: ['1'] })).rejects.toThrow('no user 1');
    await expect(discord.select({ ...pick, values: [role.id], roles: ['1'] })).rejects.toThrow('no role 1');
  });

  it.each([
    ['more defaults than may be picked', { type: 6, default_values: [aRole('1'), aRole('2')] }],
    ['a default of another kind', { type: 6, default_values: [{ id: '1'.repeat(18), type: 'user' }] }],
    ['fewer options than may be picked', { type: 3, max_values: 2, options: [optionA] }],
    ['a value twice', { type: 3, options: [optionA, { ...optionA }] }],
    ['no options', { type: 3, options: [] }],
  ])('are refused with %s', async (_what, menu) => {
    const client = await login();
    expect(await refusal(send(client, { custom_id: 'x', ...menu }))).toEqual({ code: 50035, status: 400 });
  });

  it('take as many as they say', async () => {
    const client = await login();
    const options = ['a', 'b'].map((value) => ({ label: value, value }));
    await send(client, { type: 3, custom_id: 'x', options });
    const pick = { message: await picked(), customId: 'x' };
    await expect(discord.select({ ...pick, values: ['a', 'b'] })).rejects.toThrow('takes 1 to 1');
    await expect(discord.select({ ...pick, values: [] })).rejects.toThrow('takes 1 to 1');
  });
});

describe('a place', () => {
  it('says whether it is age-restricted; a thread says whose it is', async () => {
    const client = await login();
    const night = discord.addChannel({ nsfw: true });
    const thread = discord.addChannel({ parent: night.id });
    expect(await client.rest.get(Routes.channel(night.id))).toMatchObject({ type: 0, nsfw: true });
    const about = await client.rest.get(Routes.channel(thread.id));
    expect(about).toMatchObject({ type: 11, parent_id: night.id });
    expect(about).not.toHaveProperty('nsfw');
  });

  it('has its own commands, for which contexts mean nothing', async () => {
    const client = await login();
    const route = Routes.applicationGuildCommands(discord.applicationId, discord.guild.id);
    await client.rest.put(route, { body: [{ name: 'here', description: 'd' }] });
    expect(discord.violations).toEqual([]);
    await client.rest.put(route, { body: [{ name: 'here', description: 'd', contexts: [0] }] });
    expect(discord.violations.join()).toContain('contexts of /here mean nothing in a guild');
  });

  it('keeps the rights of who opened a form when it is sent', async () => {
    const seen: unknown[] = [];
    const client = await login({
      onInteraction: async (interaction) => {
        if (interaction.isChatInputCommand()) {
          const input = { type: ComponentType.TextInput, custom_id: 'a', style: 1 } as const;
          const label = { type: ComponentType.Label, label: 'A', component: input } as const;
          await interaction.showModal({ custom_id: 'form', title: 'Form', components: [label] });
        } else if (interaction.isModalSubmit()) {
          seen.push(interaction.memberPermissions?.has('ManageGuild'));
          await interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
        }
      },
    });
    await register(client, { name: 'ping', description: 'd' });
    const asked = await discord.slash({ name: 'ping', memberPermissions: 0x20n });
    await asked.acknowledged;
    await (
      await discord.submitModal({ interaction: asked, values: { a: 'x' } })
    ).acknowledged;
    expect(seen).toEqual([true]);
  });
});
