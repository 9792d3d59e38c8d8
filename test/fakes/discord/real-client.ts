/** The real discord.js, logged in to a fake Discord: for tests of the fake, and of single parts of a bot. */
import {
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  Events,
  type Interaction,
  Routes,
} from 'discord.js';
import type { FakeDiscord } from './index.ts';

export interface LoginOptions {
  readonly token?: string;
  readonly intents?: readonly number[];
  readonly shards?: 'auto';
  readonly onInteraction?: (interaction: Interaction) => unknown;
  /** Takes what `onInteraction` throws. */
  readonly onFailure?: (error: unknown) => void;
  /** Identify at once; discord.js otherwise leaves five seconds between two identifies of a shard. */
  readonly hasty?: boolean;
}

export interface RealClient {
  readonly client: Client<true>;
  /** The next slash command, in order of arrival. */
  readonly nextCommand: () => Promise<ChatInputCommandInteraction>;
}

/** Rejects as `client.login` does, and has then left nothing behind. */
export async function logIn(discord: FakeDiscord, options: LoginOptions = {}): Promise<RealClient> {
  const { token = discord.token, intents = [], shards, onInteraction, onFailure, hasty } = options;
  const client = new Client({
    intents: [...intents],
    rest: { api: discord.apiUrl, cdn: discord.cdnUrl },
    allowedMentions: { parse: [] },
    ...(shards ? { shards } : {}),
    ...(hasty
      ? { ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) } }
      : {}),
  });
  const commands: ChatInputCommandInteraction[] = [];
  const waiting: ((command: ChatInputCommandInteraction) => void)[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) {
      const next = waiting.shift();
      if (next) next(interaction);
      else commands.push(interaction);
    }
    void (async () => onInteraction?.(interaction))().catch((error: unknown) => onFailure?.(error));
  });
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  try {
    await client.login(token);
  } catch (error) {
    await client.destroy();
    throw error;
  }
  return {
    client: await ready,
    nextCommand() {
      const first = commands.shift();
      if (first) return Promise.resolve(first);
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
  };
}

/** The code and status that Discord refused with. */
export async function refusal(promise: Promise<unknown>): Promise<{ code: number | string; status: number }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof DiscordAPIError) return { code: error.code, status: error.status };
    throw error;
  }
  throw new Error('Discord accepted it');
}

/** A command with every kind of option that matters to a bot that draws. */
export const IMAGINE = {
  name: 'imagine',
  description: 'Draw a picture',
  options: [
    { type: 3, name: 'prompt', description: 'What to draw', required: true, max_length: 20 },
    { type: 4, name: 'steps', description: 'How long', min_value: 1, max_value: 50 },
    { type: 3, name: 'size', description: 'How large', choices: [{ name: 'Small', value: 's' }] },
    { type: 11, name: 'image', description: 'Where to start' },
    { type: 3, name: 'model', description: 'Which model', autocomplete: true },
  ],
};

/** Puts these commands, as raw as they are, in place of all global ones. */
export async function register(client: Client<true>, ...commands: object[]): Promise<void> {
  await client.rest.put(Routes.applicationCommands(client.application.id), { body: commands });
}
