/** Making, changing and showing messages: the one path that every route which writes a message goes through. */
import { flatten } from './component-walk.ts';
import { actualPings, checkBody, checkVersion } from './message-rules.ts';
import { MessageFlag } from './message-schema.ts';
import { moderate } from './moderation.ts';
import { FakeMessage, type MessageOrigin, type MessageVersion } from './message.ts';
import { Refusal } from './refusal.ts';
import { userJson } from './render.ts';
import { fileJson, resolveAttachments, type UploadedFile } from './uploads.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

export interface MessageInput {
  readonly payload: unknown;
  readonly files: readonly UploadedFile[];
  /** True where the ephemeral flag may be asked for. */
  readonly mayHide: boolean;
}

const EMPTY_VERSION = { content: '', embeds: [], components: [], attachments: [], flags: 0 } as const;

export function noteFor(world: World, where: string): (violation: string) => void {
  return (violation) => {
    world.violations.push(`${where}: ${violation}`);
  };
}

/** The version that this request leads to; throws a refusal and changes nothing when Discord would not have it. */
function nextVersion(
  world: World,
  origin: Omit<MessageOrigin, 'id'>,
  input: MessageInput,
  before: MessageVersion | undefined,
  where: string,
): { version: MessageVersion; pings: string[] } {
  const note = noteFor(world, where);
  const { body, components, flags } = checkBody(input.payload, before, { mayHide: input.mayHide, note });
  const version: MessageVersion = {
    at: Date.now(),
    content: body.content === undefined ? (before?.content ?? '') : (body.content ?? ''),
    embeds: body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []),
    components: body.components === undefined ? (before?.components ?? []) : (components ?? []),
    attachments: resolveAttachments(world, body.attachments, input.files, before?.attachments ?? [], note),
    flags,
  };
  checkVersion(version, note);
  moderate(world, origin, version, before);
  const words = [body.content ?? '', ...flatten(components).map((component) => component.content ?? '')];
  return { version, pings: words.flatMap((text) => actualPings(text, body.allowed_mentions)) };
}

/** A new message. An interaction's reply names its `origin.interaction`. */
export function createMessage(
  world: World,
  origin: Omit<MessageOrigin, 'id'>,
  input: MessageInput,
  where: string,
): FakeMessage {
  const { version, pings } = nextVersion(world, origin, input, undefined, where);
  return keep(world, origin, version, pings);
}

/** The "thinking…" message that a deferred reply shows. */
export function createLoading(world: World, origin: Omit<MessageOrigin, 'id'>, hidden: boolean): FakeMessage {
  const flags = MessageFlag.loading | (hidden ? MessageFlag.ephemeral : 0);
  return keep(world, origin, { ...EMPTY_VERSION, components: [], at: Date.now(), flags }, []);
}

function keep(
  world: World,
  origin: Omit<MessageOrigin, 'id'>,
  version: MessageVersion,
  pings: readonly string[],
): FakeMessage {
  const message = new FakeMessage({ ...origin, id: world.nextId() }, version);
  message.pings.push(...pings);
  world.messages.set(message.id, message);
  if (message.origin.author.bot && !message.ephemeral) world.changes.emit('said', message, 'MESSAGE_CREATE');
  changed(world);
  return message;
}

export function editMessage(world: World, message: FakeMessage, input: MessageInput, where: string): void {
  const { version, pings } = nextVersion(world, message.origin, input, message.now, where);
  message.edits.push(version);
  if (!message.ephemeral) world.changes.emit('said', message, 'MESSAGE_UPDATE');
  message.pings.push(...pings);
  changed(world);
}

export function deleteMessage(world: World, message: FakeMessage): void {
  message.deleted = true;
  changed(world);
}

/** Deleted by somebody else is nobody's mistake; an id that never was is the bot's. */
export function findMessage(world: World, id: string, channelId?: string): FakeMessage {
  const message = world.messages.get(id);
  if (message && !message.deleted && (channelId === undefined || message.channelId === channelId))
    return message;

  throw new Refusal(404, 10008, 'Unknown Message', { expected: message?.deleted ?? false });
}

export function messageJson(world: World, message: FakeMessage): Record<string, unknown> {
  const { origin, now } = message;
  const edited = message.edits.length > 1 ? new Date(now.at).toISOString() : null;
  const { interaction } = origin;
  return {
    id: message.id,
    type: origin.type,
    channel_id: message.channelId,
    author: userJson(origin.author),
    content: now.content,
    embeds: now.embeds,
    components: now.components,
    attachments: now.attachments.map((file) => fileJson(file)),
    flags: now.flags,
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: new Date(message.edits[0]?.at ?? 0).toISOString(),
    edited_timestamp: edited,
    ...(origin.author.id === world.bot.id ? { application_id: world.applicationId } : {}),
    ...(interaction
      ? {
          webhook_id: world.applicationId,
          interaction_metadata: {
            id: interaction.id,
            type: interaction.type,
            user: userJson(interaction.user),
            authorizing_integration_owners: {},
          },
        }
      : {}),
    ...(origin.replyTo
      ? { message_reference: { message_id: origin.replyTo, channel_id: message.channelId } }
      : {}),
  };
}
