/** A fake Discord for each test, and real clients that are gone after it. */
import type { Client } from 'discord.js';
import { afterEach, beforeEach } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../../fakes/discord/index.ts';
import { IMAGINE, logIn, type LoginOptions, register } from '../../fakes/discord/real-client.ts';

export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
export const row = (...components: unknown[]) => ({ type: 1, components });
export const button = (customId: string, extra: object = {}) => ({
  type: 2,
  style: 2,
  label: customId,
  custom_id: customId,
  ...extra,
});

/** This test's; a live binding. */
export let discord: FakeDiscord;
export const clients: Client[] = [];

/** Registers the hooks. */
export function useDiscord(): void {
  beforeEach(async () => {
    discord = await startFakeDiscord();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.destroy()));
    await discord.stop();
  });
}

/** Another one instead of this test's. */
export async function restage(options: Parameters<typeof startFakeDiscord>[0]): Promise<void> {
  await discord.stop();
  discord = await startFakeDiscord(options);
}

export async function login(options: LoginOptions = {}): Promise<Client<true>> {
  const { client } = await logIn(discord, options);
  clients.push(client);
  return client;
}

/** A bot with /imagine that hands out the interactions it receives. */
export async function imagineBot(options: LoginOptions = {}) {
  const { client, nextCommand } = await logIn(discord, options);
  clients.push(client);
  await register(client, IMAGINE);
  return { client, rest: client.rest, received: nextCommand };
}
