/** Guilds, channels and people, and where somebody is when a test does not say. */
import { known, type Channel, type Guild, type Role, type User, type World } from './world.ts';

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
  /** `parent`: it is a thread in that channel. */
  addChannel(input?: { name?: string; guild?: string; nsfw?: boolean; parent?: string }): Channel;
  addRole(input?: { name?: string; guild?: string }): Role;
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
    const { name = `channel-${world.channels.size}`, nsfw = false, parent: parentId } = input;
    const guildId = guildOf(input.guild);
    const channel = { id: world.nextId(), name, guildId, nsfw, ...(parentId ? { parentId } : {}) };
    world.channels.set(channel.id, channel);
    return channel;
  };
  const guildOf = (wanted: string | undefined): string => {
    const guildId = wanted ?? [...world.guilds.keys()][0];
    if (guildId === undefined) throw new Error('a guild is needed');
    return known(world.guilds, guildId, 'guild').id;
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
    addRole(input = {}) {
      const { name = `role-${world.roles.size}` } = input;
      const role = { id: world.nextId(), name, guildId: guildOf(input.guild) };
      world.roles.set(role.id, role);
      return role;
    },
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
      if (where.guild === null)
        return { guild: undefined, channel: directChannel(user.id), visiting: false, context: 1 };

      const at = known(world.guilds, where.guild ?? channel?.guildId ?? guild.id, 'guild');
      return { guild: at, channel: channel ?? firstChannel(at.id), visiting: !at.installed, context: 0 };
    },
  };
}
