/** Guilds, channels and people, and where somebody is when a test does not say. */
import { known, type Channel, type Guild, type User, type World } from './world.ts';

interface Place {
  readonly guild: Guild | undefined;
  readonly channel: Channel;
  /** The bot is not here: it came with the person. */
  readonly visiting: boolean;
  /** 0 a guild, 1 direct messages with the bot, 2 any other private channel. */
  readonly context: 0 | 1 | 2;
}

export interface Places {
  /** Who acts when a test does not say. */
  readonly person: User;
  readonly guild: Guild;
  readonly channel: Channel;
  addUser(input?: { username?: string; locale?: string; id?: string }): User;
  /** `installed: false`: the bot is not a member, people bring it along. It comes with one channel. */
  addGuild(input?: { name?: string; locale?: string; id?: string; installed?: boolean }): Guild;
  addChannel(input?: { name?: string; guild?: string }): Channel;
  /** A group chat that the bot is not in; its members bring the bot along. */
  addGroupChat(): Channel;
  /** The direct messages of the bot and this person. */
  directChannel(userId: string): Channel;
  locate(where: { readonly guild?: string | null; readonly channel?: string }, user: User): Place;
}

export function createPlaces(world: World): Places {
  const addUser: Places['addUser'] = (input = {}) => {
    const { id = world.nextId(), username = `person-${world.users.size}`, locale = 'en-US' } = input;
    const user = { id, username, globalName: username, bot: false, locale };
    world.users.set(id, user);
    return user;
  };
  const addChannel: Places['addChannel'] = (input = {}) => {
    const guildId = input.guild ?? [...world.guilds.keys()][0];
    if (guildId === undefined) throw new Error('a channel needs a guild');
    known(world.guilds, guildId, 'guild');
    const channel = { id: world.nextId(), name: input.name ?? `channel-${world.channels.size}`, guildId };
    world.channels.set(channel.id, channel);
    return channel;
  };
  const addGuild: Places['addGuild'] = (input = {}) => {
    const {
      id = world.nextId(),
      name = `guild-${world.guilds.size}`,
      locale = 'en-US',
      installed = true,
    } = input;
    const guild = { id, name, locale, installed };
    world.guilds.set(id, guild);
    addChannel({ guild: id });
    return guild;
  };
  const directChannel: Places['directChannel'] = (userId) => {
    const user = known(world.users, userId, 'user');
    const open = [...world.channels.values()].find((channel) => channel.recipientId === userId);
    if (open) return open;
    const channel = { id: world.nextId(), name: user.username, recipientId: userId };
    world.channels.set(channel.id, channel);
    return channel;
  };
  const firstChannel = (guildId: string): Channel => {
    const found = [...world.channels.values()].find((channel) => channel.guildId === guildId);
    return found ?? addChannel({ guild: guildId });
  };

  const person = addUser({ username: 'ada' });
  const guild = addGuild({ name: 'studio' });
  return {
    person,
    guild,
    channel: firstChannel(guild.id),
    addUser,
    addGuild,
    addChannel,
    addGroupChat() {
      const channel = { id: world.nextId(), name: 'friends', group: true } as const;
      world.channels.set(channel.id, channel);
      return channel;
    },
    directChannel,
    locate(where, user) {
      const channel =
        where.channel === undefined ? undefined : known(world.channels, where.channel, 'channel');
      if (channel?.group) return { guild: undefined, channel, visiting: true, context: 2 };
      if (where.guild === null) {
        return { guild: undefined, channel: directChannel(user.id), visiting: false, context: 1 };
      }
      const at = known(world.guilds, where.guild ?? channel?.guildId ?? guild.id, 'guild');
      return { guild: at, channel: channel ?? firstChannel(at.id), visiting: !at.installed, context: 0 };
    },
  };
}
