/** A Slack that was here before: what another fake knew when a bot of another version died. */
import { FakeMessage, type MessageOrigin, type MessageVersion } from './message.ts';
import { known, type Channel, type User, type World, type WorldOptions } from './world.ts';

type Id = string;

export interface Memory extends Required<
  Pick<WorldOptions, 'botToken' | 'appToken' | 'teamId' | 'appId' | 'botId' | 'bot'>
> {
  users: Omit<User, 'teamId'>[];
  channels: Channel[];
  /** Which pictures its blocks showed is forgotten. */
  messages: {
    origin: Omit<MessageOrigin, 'channel' | 'user'> & { channel: Id; user: Id };
    now: Omit<MessageVersion, 'images'>;
  }[];
}

export function recall(world: World, memory: Memory): void {
  const { teamId } = world;
  for (const one of memory.users) if (one.id !== world.bot.id) world.users.set(one.id, { ...one, teamId });
  for (const one of memory.channels) world.channels.set(one.id, one);
  for (const { origin, now } of memory.messages) {
    const channel = known(world.channels, origin.channel, 'channel');
    const user = known(world.users, origin.user, 'user');
    world.messages.push(new FakeMessage({ ...origin, channel, user }, { ...now, images: [] }));
  }
}
