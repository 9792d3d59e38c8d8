/** auth.*, users.*, bots.*, conversations.* and reactions.*: who and where. */
import { readableChannel, writableChannel } from './messages.ts';
import { count, flag, id, json, method, type MethodTable, text, ts } from './method.ts';
import { directChannel } from './places.ts';
import { Refusal } from './refusal.ts';
import { requireScope } from './manifest.ts';
import { channelJson, messageJson, userJson } from './render.ts';
import { changed } from '../wait.ts';
import type { Channel, World } from './world.ts';

const page = {
  cursor: text,
  limit: count,
  latest: text,
  oldest: text,
  inclusive: flag,
  include_all_metadata: flag,
};

/** The scope to read about a channel goes by its kind. */
function readScope(world: World, channel: Channel, what: 'read' | 'history'): void {
  const family = { public: 'channels', private: 'groups', im: 'im' }[channel.kind];
  requireScope(world, [`${family}:${what}`]);
}

function historyOf(world: World, channel: Channel): Record<string, unknown>[] {
  return world.messages
    .filter((one) => one.channel === channel && !one.deleted && !one.ephemeral)
    .map((one) => messageJson(world, one));
}

export const placeMethods: MethodTable = {
  ...method('auth.test', [], {}, (world) => ({
    url: 'https://fake.slack.com/',
    team: 'Fake',
    user: world.bot.name,
    team_id: world.teamId,
    user_id: world.bot.id,
    bot_id: world.botId,
    is_enterprise_install: false,
  })),
  ...method('bots.info', ['users:read'], { bot: text }, (world, args) => {
    if (args.bot !== world.botId) throw new Refusal('bot_not_found');
    return { bot: { id: world.botId, app_id: world.appId, user_id: world.bot.id, name: world.bot.name } };
  }),
  ...method('users.info', ['users:read'], { user: id, include_locale: flag }, (world, args) => {
    const user = world.users.get(args.user);
    if (!user) throw new Refusal('user_not_found');
    return { user: userJson(world, user, args.include_locale ?? false) };
  }),
  ...method(
    'conversations.open',
    ['im:write'],
    { users: text, channel: text, return_im: flag, prevent_creation: flag },
    (world, args) => {
      if (args.users === undefined) throw new Refusal('users_list_not_supplied');
      if (!world.users.has(args.users)) throw new Refusal('user_not_found');
      const channel = directChannel(world, args.users);
      return { channel: args.return_im ? channelJson(channel) : { id: channel.id } };
    },
  ),
  ...method(
    'conversations.info',
    [],
    { channel: id, include_locale: flag, include_num_members: flag },
    (world, args) => {
      const channel = readableChannel(world, args.channel);
      readScope(world, channel, 'read');
      return { channel: channelJson(channel) };
    },
  ),
  ...method('conversations.history', [], { channel: id, ...page }, (world, args) => {
    const channel = readableChannel(world, args.channel);
    readScope(world, channel, 'history');
    if (!channel.botIsMember) throw new Refusal('not_in_channel', { expected: true });
    const { oldest = '0', latest = '9999999999', inclusive = false, limit = 100 } = args;
    const messages = historyOf(world, channel).filter(({ ts: at, thread_ts: thread }) => {
      const inside = Number(at) > Number(oldest) && Number(at) < Number(latest);
      return (
        (inside || (inclusive && (at === oldest || at === latest))) && (thread === undefined || thread === at)
      );
    });
    return { messages: messages.toReversed().slice(0, limit), has_more: messages.length > limit };
  }),
  ...method('conversations.replies', [], { channel: id, ts, ...page }, (world, args) => {
    const channel = readableChannel(world, args.channel);
    readScope(world, channel, 'history');
    const messages = historyOf(world, channel).filter(
      (one) => one['ts'] === args.ts || one['thread_ts'] === args.ts,
    );
    if (messages.length === 0) throw new Refusal('thread_not_found');
    return { messages, has_more: false };
  }),
  ...method('reactions.add', ['reactions:write'], { channel: id, timestamp: ts, name: id }, (world, args) => {
    const channel = writableChannel(world, args.channel);
    const message = world.messages.find((one) => one.channel === channel && one.ts === args.timestamp);
    if (!message || message.deleted) throw new Refusal('message_not_found');
    if (message.reactions.includes(args.name)) throw new Refusal('already_reacted');
    message.reactions.push(args.name);
    changed(world);
    return {};
  }),
  ...method('apps.connections.open', ['connections:write'], { args: json }, () => ({}), 'app'),
};
