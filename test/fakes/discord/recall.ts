/** A Discord that was here before: what another fake knew when a bot of another version died. */
import type { Components } from './component-schema.ts';
import { FakeInteraction } from './interaction.ts';
import type { Embed } from './message-schema.ts';
import { FakeMessage, type MessageOrigin } from './message.ts';
import { known, type Channel, type FakeFile, type Guild, type User, type World } from './world.ts';

type Id = string;

export interface Memory {
  token: string;
  applicationId: Id;
  users: User[];
  guilds: Guild[];
  channels: Channel[];
  /** `url` without the origin; their bytes are forgotten. */
  files: Omit<FakeFile, 'bytes'>[];
  messages: {
    origin: Omit<MessageOrigin, 'author' | 'interaction'> & {
      author: Id;
      interaction?: { id: Id; type: number; user: Id };
    };
    now: {
      at: number;
      content: string;
      embeds: Embed[];
      components: Components;
      attachments: Id[];
      flags: number;
    };
  }[];
  interactions: {
    id: Id;
    token: string;
    type: 2 | 3 | 4 | 5;
    label: string;
    user: Id;
    guild?: Id;
    channel: Id;
    visiting: boolean;
    acknowledged: boolean;
    hidden: boolean;
    original?: Id;
    followUps: Id[];
  }[];
}

/** Tokens are good for as long as new ones. */
export function recall(world: World, memory: Memory): void {
  const user = (id: Id): User => known(world.users, id, 'user');
  const message = (id: Id): FakeMessage => known(world.messages, id, 'message');
  for (const one of memory.users) if (one.id !== world.bot.id) world.users.set(one.id, one);
  for (const one of memory.guilds) world.guilds.set(one.id, one);
  for (const one of memory.channels) world.channels.set(one.id, one);
  for (const one of memory.files)
    world.files.set(one.id, { ...one, url: `${world.origin}${one.url}`, bytes: Buffer.alloc(0) });
  for (const { origin, now } of memory.messages) {
    const { author, interaction, ...rest } = origin;
    const from = interaction && { interaction: { ...interaction, user: user(interaction.user) } };
    const attachments = now.attachments.map((id) => known(world.files, id, 'file'));
    const whole = { ...rest, author: user(author), ...from };
    world.messages.set(origin.id, new FakeMessage(whole, { ...now, attachments }));
  }
  for (const { acknowledged, hidden, original, followUps, ...one } of memory.interactions) {
    const interaction = new FakeInteraction(world, {
      ...one,
      user: user(one.user),
      guild: one.guild === undefined ? undefined : known(world.guilds, one.guild, 'guild'),
      channel: known(world.channels, one.channel, 'channel'),
      rights: { memberPermissions: 0n, roles: [] },
    });
    if (acknowledged) interaction.acknowledge(5);
    else interaction.abandon();
    interaction.hidden = hidden;
    interaction.original = original === undefined ? undefined : message(original);
    interaction.followUps.push(...followUps.map(message));
    world.interactions.set(one.token, interaction);
  }
}
