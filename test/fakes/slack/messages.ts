/** Making and changing messages: the one path that everything which writes a message goes through. */
import { checkBlocks } from './block-rules.ts';
import { FakeMessage, type MessageOrigin, type MessageVersion } from './message.ts';
import { pingsIn } from './pings.ts';
import { directChannel } from './places.ts';
import { Refusal } from './refusal.ts';
import { changed } from '../wait.ts';
import type { Channel, World } from './world.ts';

export interface MessageInput {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
  readonly linked?: boolean;
}

const MAX_TEXT = 40_000;

/** Refuses what Slack would not have, and notes what a person with a screen reader would mind. */
function nextVersion(world: World, input: MessageInput, where: string): MessageVersion {
  const { blocks, images } =
    input.blocks === undefined ? { blocks: [], images: [] } : checkBlocks(world, input.blocks);
  const text = input.text ?? '';
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  if (text.length > MAX_TEXT) throw new Refusal('msg_too_long');
  if (text === '') world.violations.push(`${where}: blocks without text, which notifications read out`);
  return { at: Date.now(), text, blocks, images };
}

export function createMessage(
  world: World,
  origin: Omit<MessageOrigin, 'ts'>,
  input: MessageInput,
  where: string,
): FakeMessage {
  if (origin.threadTs !== undefined && !threadRoot(world, origin.channel, origin.threadTs))
    // Slack posts it as a thread that hangs in the air.
    world.violations.push(`${where}: there is no message ${origin.threadTs} to answer in a thread`);

  return keep(world, origin, nextVersion(world, input, where), input);
}

export function keep(
  world: World,
  origin: Omit<MessageOrigin, 'ts'>,
  version: MessageVersion,
  input: MessageInput = {},
): FakeMessage {
  const message = new FakeMessage({ ...origin, ts: world.nextTs() }, version);
  message.pings.push(...pingsIn(version.text, version.blocks, input.linked ?? false));
  world.messages.push(message);
  if (message.user.isBot && !message.ephemeral) world.changes.emit('echo', message);
  changed(world);
  return message;
}

/** With `text` alone the blocks go; that is Slack's rule. */
export function editMessage(world: World, message: FakeMessage, input: MessageInput, where: string): void {
  const version = nextVersion(world, input, where);
  message.edits.push(version);
  world.changes.emit('echo', message, 'message_changed');
  message.pings.push(...pingsIn(version.text, version.blocks, input.linked ?? false));
  changed(world);
}

export function threadRoot(world: World, channel: Channel, ts: string): FakeMessage | undefined {
  return world.messages.find((one) => one.channel === channel && one.ts === ts && !one.ephemeral);
}

/** Where the bot may write; a user's id stands for the direct messages with them. */
export function writableChannel(world: World, id: string): Channel {
  const channel = findChannel(world, id);
  if (channel.archived) throw new Refusal('is_archived', { expected: true });
  if (channel.botIsMember) return channel;
  const isPublic = channel.kind === 'public';
  const scopes = world.manifest?.oauth_config?.scopes.bot;
  if (isPublic && scopes?.includes('chat:write.public')) return channel;
  throw new Refusal(isPublic ? 'not_in_channel' : 'channel_not_found', { expected: true });
}

/** What the bot can see: everything but the private channels that it is not in. */
export function readableChannel(world: World, id: string): Channel {
  const channel = findChannel(world, id);
  if (channel.kind === 'private' && !channel.botIsMember)
    throw new Refusal('channel_not_found', { expected: true });

  return channel;
}

function findChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (channel) return channel;
  if (world.users.has(id)) return directChannel(world, id);
  throw new Refusal('channel_not_found');
}

/** A message of the bot's own that it may change. */
export function ownMessage(world: World, channelId: string, ts: string, cannot: string): FakeMessage {
  const channel = readableChannel(world, channelId);
  const message = world.messages.find((one) => one.channel === channel && one.ts === ts);
  if (!message || message.deleted)
    throw new Refusal('message_not_found', { expected: message?.deleted ?? false });

  if (message.ephemeral)
    throw new Refusal(cannot, { messages: ['an ephemeral message has only its response_url'] });
  if (message.user !== world.bot) throw new Refusal(cannot);
  if (channel.archived) throw new Refusal('is_archived', { expected: true });
  return message;
}
