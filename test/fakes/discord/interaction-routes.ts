/** The first answer to an interaction: once, in time, and of a kind that fits what the person did. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { type Env, nameOf } from './http-types.ts';
import { type FakeInteraction, InteractionKind } from './interaction.ts';
import { MessageFlag } from './message-schema.ts';
import type { MessageOrigin } from './message.ts';
import { createLoading, createMessage, editMessage, messageJson, noteFor } from './messages.ts';
import { modalSchema } from './modal-schema.ts';
import { badField, parseForm, Refusal } from './refusal.ts';
import type { UploadedFile } from './uploads.ts';
import type { World } from './world.ts';

const CallbackKind = { message: 4, defer: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const callback = z.strictObject({
  type: z.union([z.literal(4), z.literal(5), z.literal(6), z.literal(7), z.literal(8), z.literal(9)]),
  data: z.unknown().optional(),
});
const deferral = z.looseObject({ flags: z.int().nullish() }).nullish();
const choice = z.strictObject({
  name: z.string().min(1).max(100),
  name_localizations: z.record(z.string(), z.string()).nullish(),
  value: z.union([z.string().max(100), z.number()]),
});
const choices = z.strictObject({ choices: z.array(choice).max(25) });

type Callback = z.infer<typeof callback>;

export function interactionRoutes(app: Hono<Env>, world: World): void {
  app.post('/api/v10/interactions/:id/:token/callback', (call) => {
    const interaction = world.interactions.get(call.req.param('token'));
    if (interaction?.id !== call.req.param('id') || !interaction)
      throw new Refusal(404, 10062, 'Unknown interaction');

    if (interaction.ackMs !== undefined)
      throw new Refusal(400, 40060, 'Interaction has already been acknowledged.');

    if (interaction.missedDeadline || interaction.tokenExpired)
      throw new Refusal(404, 10062, 'Unknown interaction', { expected: interaction.expired });

    const answer = parseForm<Callback>(callback, call.get('payload'));
    checkKind(interaction, answer.type);
    perform(world, interaction, answer, call.get('files'), nameOf(call));
    interaction.acknowledge(answer.type);
    if (call.req.query('with_response') !== 'true') return call.body(null, 204);
    return call.json(response(world, interaction, answer.type));
  });
}

/** Which answers fit which act. */
function checkKind(interaction: FakeInteraction, type: number): void {
  const { type: act, source } = interaction.facts;
  const onMessage = type === CallbackKind.update || type === CallbackKind.deferUpdate;
  const wrong =
    (act === InteractionKind.autocomplete) !== (type === CallbackKind.choices) ||
    (onMessage && (act === InteractionKind.command || !source)) ||
    (type === CallbackKind.modal && act === InteractionKind.modal);
  if (wrong)
    throw badField(
      'type',
      'INTERACTION_CALLBACK_TYPE',
      `Type ${type} does not answer ${interaction.facts.label}`,
    );
}

function perform(
  world: World,
  interaction: FakeInteraction,
  answer: Callback,
  files: readonly UploadedFile[],
  where: string,
): void {
  const { source } = interaction.facts;
  const origin = replyOrigin(world, interaction);
  switch (answer.type) {
    case CallbackKind.message: {
      const input = { payload: answer.data, files, mayHide: true };
      interaction.original = createMessage(world, origin, input, where);
      interaction.hidden = interaction.original.ephemeral;
      return;
    }
    case CallbackKind.defer: {
      const flags = parseForm(deferral, answer.data, ['data'])?.flags ?? 0;
      if ((flags & ~MessageFlag.ephemeral) !== 0)
        throw badField('data.flags', 'INTERACTION_DEFER_FLAGS', 'A deferral takes only the ephemeral flag');

      interaction.hidden = (flags & MessageFlag.ephemeral) !== 0;
      interaction.original = createLoading(world, origin, interaction.hidden);
      return;
    }
    case CallbackKind.deferUpdate:
    case CallbackKind.update: {
      if (!source) throw new Error('an update has a message');
      if (source.deleted) throw new Refusal(404, 10008, 'Unknown Message', { expected: true });
      if (answer.type === CallbackKind.update)
        editMessage(world, source, { payload: answer.data, files, mayHide: false }, where);

      interaction.original = source;
      interaction.hidden = source.ephemeral;
      return;
    }
    case CallbackKind.choices:
      interaction.choices = parseForm<z.infer<typeof choices>>(choices, answer.data, ['data']).choices;
      return;
    case CallbackKind.modal: {
      const modal = parseForm(modalSchema, answer.data, ['data']);
      const ids = JSON.stringify(modal.components).match(/"custom_id":"[^"]*"/g) ?? [];
      if (new Set(ids).size !== ids.length) noteFor(world, where)('the modal repeats a custom_id');
      interaction.modal = modal;
    }
  }
}

/** Everything that is sent with an interaction's token belongs to it and to its channel. */
export function replyOrigin(
  world: World,
  interaction: FakeInteraction,
  type?: number,
): Omit<MessageOrigin, 'id'> {
  const { facts } = interaction;
  return {
    channelId: facts.channel.id,
    guildId: facts.guild?.id,
    author: world.bot,
    type: type ?? (facts.type === InteractionKind.command ? 20 : 19),
    interaction: { id: facts.id, type: facts.type, user: facts.user },
  };
}

function response(world: World, interaction: FakeInteraction, type: number): Record<string, unknown> {
  const { facts, original } = interaction;
  const about = {
    id: facts.id,
    type: facts.type,
    ...(original
      ? {
          response_message_id: original.id,
          response_message_loading: original.loading,
          response_message_ephemeral: original.ephemeral,
        }
      : {}),
  };
  const resource = original ? { resource: { type, message: messageJson(world, original) } } : {};
  return { interaction: about, ...resource };
}
