/** People, channels and direct messages, and where somebody is when a test does not say. */
import { newId } from './ids.ts';
import { known, type Channel, type User, type World } from './world.ts';

export interface Places {
  /** Who acts when a test does not say. */
  readonly person: User;
  /** Public, with the bot in it. */
  readonly channel: Channel;
  /** `teamId`: of another workspace, which shares a channel with this one; `isAdmin` then says what they are there. */
  addUser(input?: Partial<Pick<User, 'name' | 'locale' | 'isAdmin' | 'teamId' | 'teams' | 'isGuest'>>): User;
  addChannel(input?: { name?: string; private?: boolean; botIsMember?: boolean; shared?: boolean }): Channel;
  /** The direct messages of the bot and this person. */
  directChannel(userId: string): Channel;
}

export function createPlaces(world: World): Places {
  const addUser: Places['addUser'] = (input = {}) => {
    const { name = `person-${world.users.size}`, locale = 'en-US', isAdmin = false } = input;
    const { teamId = world.teamId, teams, isGuest } = input;
    const user = { id: newId('U'), name, locale, isAdmin, isBot: false, teamId, teams, isGuest };
    world.users.set(user.id, user);
    return user;
  };
  const addChannel: Places['addChannel'] = (input = {}) => {
    const { name = `channel-${world.channels.size}`, botIsMember = true, shared = false } = input;
    const kind = input.private ? 'private' : 'public';
    const channel: Channel = { id: newId('C'), name, kind, botIsMember, archived: false, shared };
    world.channels.set(channel.id, channel);
    return channel;
  };
  return {
    person: addUser({ name: 'ada' }),
    channel: addChannel({ name: 'studio' }),
    addUser,
    addChannel,
    directChannel: (userId) => directChannel(world, userId),
  };
}

export function directChannel(world: World, userId: string): Channel {
  const user = known(world.users, userId, 'user');
  const open = [...world.channels.values()].find((channel) => channel.userId === userId);
  if (open) return open;
  const id = newId('D');
  const channel: Channel = {
    id,
    name: `dm-${user.name}`,
    kind: 'im',
    botIsMember: true,
    archived: false,
    userId,
  };
  world.channels.set(id, channel);
  return channel;
}
