/** chat.*: messages, for everybody or for one person. */
import type { FakeMessage } from './message.ts';
import {
  createMessage,
  editMessage,
  type MessageInput,
  ownMessage,
  readableChannel,
  writableChannel,
} from './messages.ts';
import { flag, id, json, method, type MethodTable, text, ts } from './method.ts';
import { Refusal } from './refusal.ts';
import { messageJson } from './render.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

const content = { text, blocks: json, parse: text, link_names: flag, metadata: json, mrkdwn: flag };
const post = { channel: id, ...content, thread_ts: ts.optional(), unfurl_links: flag, unfurl_media: flag };

interface Content {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
  readonly parse?: string | undefined;
  readonly link_names?: boolean | undefined;
}

function inputOf(args: Content): MessageInput {
  return { text: args.text, blocks: args.blocks, linked: args.parse === 'full' || args.link_names === true };
}

function answer(world: World, message: FakeMessage): Record<string, unknown> {
  return { channel: message.channel.id, ts: message.ts, message: messageJson(world, message) };
}

export const chatMethods: MethodTable = {
  ...method(
    'chat.postMessage',
    ['chat:write'],
    { ...post, reply_broadcast: flag, username: text, icon_emoji: text, icon_url: text, client_msg_id: text },
    (world, args, name) => {
      const channel = writableChannel(world, args.channel);
      const thread = args.thread_ts === undefined ? {} : { threadTs: args.thread_ts };
      const origin = { channel, user: world.bot, ...thread };
      return answer(world, createMessage(world, origin, inputOf(args), name));
    },
  ),
  ...method('chat.postEphemeral', ['chat:write'], { ...post, user: id }, (world, args, name) => {
    const channel = writableChannel(world, args.channel);
    if (!world.users.has(args.user)) throw new Refusal('user_not_in_channel');
    const thread = args.thread_ts === undefined ? {} : { threadTs: args.thread_ts };
    const origin = { channel, user: world.bot, ephemeralTo: args.user, ...thread };
    return { message_ts: createMessage(world, origin, inputOf(args), name).ts };
  }),
  ...method(
    'chat.update',
    ['chat:write'],
    { channel: id, ts, ...content, file_ids: json, reply_broadcast: flag },
    (world, args, name) => {
      const message = ownMessage(world, args.channel, args.ts, 'cant_update_message');
      setFiles(world, message, args.file_ids);
      editMessage(world, message, inputOf(args), name);
      return { ...answer(world, message), text: message.text };
    },
  ),
  ...method('chat.delete', ['chat:write'], { channel: id, ts }, (world, args) => {
    const message = ownMessage(world, args.channel, args.ts, 'cant_delete_message');
    message.deleted = true;
    world.changes.emit('echo', message, 'message_deleted');
    changed(world);
    return { channel: message.channel.id, ts: message.ts };
  }),
  ...method('chat.getPermalink', [], { channel: id, message_ts: ts }, (world, args) => {
    const channel = readableChannel(world, args.channel);
    const found = world.messages.some((one) => one.channel === channel && one.ts === args.message_ts);
    if (!found) throw new Refusal('message_not_found');
    const permalink = `https://fake.slack.com/archives/${channel.id}/p${args.message_ts.replace('.', '')}`;
    return { channel: channel.id, permalink };
  }),
};

/** `file_ids` replaces the files that hang on the message. */
function setFiles(world: World, message: FakeMessage, ids: unknown): void {
  if (!Array.isArray(ids)) return;
  const files = ids.map((one) => world.files.get(String(one)));
  const missing = files.findIndex((file) => !file || file.deleted || file.state !== 'complete');
  if (missing !== -1)
    throw new Refusal('file_not_found', { messages: [`${String(ids[missing])} is not there`] });
  message.files.splice(0, message.files.length, ...files.flatMap((file) => file ?? []));
  for (const file of message.files) if (!file.shares.includes(message)) file.shares.push(message);
}
