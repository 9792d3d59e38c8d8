/** Messages in channels with the bot's own token: the way that stays open when an interaction's token has expired. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { type Call, type Env, nameOf } from './http-types.ts';
import type { FakeMessage } from './message.ts';
import { createMessage, deleteMessage, editMessage, findMessage, messageJson } from './messages.ts';
import { badField, Refusal } from './refusal.ts';
import { channelJson } from './render.ts';
import type { Channel, World } from './world.ts';

const replying = z.looseObject({
  message_reference: z
    .looseObject({ message_id: z.string(), fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
});

const nonced = z.looseObject({
  nonce: z.union([z.string(), z.int()]).optional(),
  enforce_nonce: z.boolean().optional(),
});

export function channelRoutes(app: Hono<Env>, world: World): void {
  const base = '/api/v10/channels/:channel';

  app.get(base, (call) => call.json(channelJson(world, openChannel(world, call))));

  app.get(`${base}/messages`, (call) => {
    const channel = openChannel(world, call);
    const messages = [...world.messages.values()].filter(
      (message) => message.channelId === channel.id && !message.deleted && !message.ephemeral,
    );
    return call.json(
      messages
        .toReversed()
        .slice(0, 50)
        .map((message) => messageJson(world, message)),
    );
  });

  app.post(`${base}/messages`, (call) => {
    const channel = openChannel(world, call);
    const { closedDirectMessages: closed } = world.faults;
    if (channel.recipientId !== undefined && (closed.has('*') || closed.has(channel.recipientId)))
      throw new Refusal(403, 50007, 'Cannot send messages to this user', { expected: true });

    const once = nonceOf(call);
    const before =
      once &&
      [...world.messages.values()].find(
        ({ channelId, origin }) => channelId === channel.id && origin.nonce === once,
      );
    if (before) return call.json(messageJson(world, before));
    const replyTo = reference(world, call, channel);
    const origin = {
      channelId: channel.id,
      guildId: channel.guildId,
      author: world.bot,
      type: replyTo === undefined ? 0 : 19,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(once === undefined ? {} : { nonce: once }),
    };
    const input = { payload: call.get('payload'), files: call.get('files'), mayHide: false };
    return call.json(messageJson(world, createMessage(world, origin, input, nameOf(call))));
  });

  app.get(`${base}/messages/:message`, (call) => call.json(messageJson(world, visible(world, call))));

  app.patch(`${base}/messages/:message`, (call) => {
    const message = visible(world, call);
    if (message.origin.author.id !== world.bot.id)
      throw new Refusal(403, 50005, 'Cannot edit a message authored by another user');

    const input = { payload: call.get('payload'), files: call.get('files'), mayHide: false };
    editMessage(world, message, input, nameOf(call));
    return call.json(messageJson(world, message));
  });

  app.delete(`${base}/messages/:message`, (call) => {
    deleteMessage(world, visible(world, call));
    return call.body(null, 204);
  });
}

/** A bot cannot know that it was shut out of a channel: that refusal is ordinary. */
function openChannel(world: World, call: Call): Channel {
  const channel = world.channels.get(call.req.param('channel') ?? '');
  if (!channel) throw new Refusal(404, 10003, 'Unknown Channel');
  const forbidden = world.faults.forbiddenChannels.get(channel.id);
  const outside =
    channel.group ?? (channel.guildId !== undefined && !world.guilds.get(channel.guildId)?.installed);
  if (forbidden === 50013) throw new Refusal(403, 50013, 'Missing Permissions', { expected: true });
  if (forbidden === 50001 || outside) throw new Refusal(403, 50001, 'Missing Access', { expected: true });
  return channel;
}

/** Ephemeral messages do not exist for the bot's own token. */
function visible(world: World, call: Call): FakeMessage {
  const channel = openChannel(world, call);
  const message = findMessage(world, call.req.param('message') ?? '', channel.id);
  if (message.ephemeral) throw new Refusal(404, 10008, 'Unknown Message');
  return message;
}

/** What tells a message that is posted again; a deleted one is told too. */
function nonceOf(call: Call): string | undefined {
  const said = nonced.safeParse(call.get('payload') ?? {}).data;
  return said?.enforce_nonce === true && said.nonce !== undefined ? String(said.nonce) : undefined;
}

function reference(world: World, call: Call, channel: Channel): string | undefined {
  const wanted = replying.safeParse(call.get('payload') ?? {}).data?.message_reference;
  if (!wanted) return undefined;
  const message = world.messages.get(wanted.message_id);
  if (message?.channelId === channel.id && !message.deleted) return message.id;
  if (wanted.fail_if_not_exists === false) return undefined;
  throw badField('message_reference', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}
