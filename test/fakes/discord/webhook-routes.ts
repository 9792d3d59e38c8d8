/** Editing a reply and following up, with nothing but an interaction's token. */
import type { Hono } from 'hono';
import { type Call, type Env, nameOf } from './http-types.ts';
import type { FakeInteraction } from './interaction.ts';
import { replyOrigin } from './interaction-routes.ts';
import type { FakeMessage } from './message.ts';
import { createMessage, deleteMessage, editMessage, messageJson } from './messages.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

const VISITOR_FOLLOW_UPS = 5;

export function webhookRoutes(app: Hono<Env>, world: World): void {
  const base = '/api/v10/webhooks/:app/:token';

  app.post(base, (call) => {
    const interaction = findInteraction(world, call);
    const { original, followUps, facts } = interaction;
    const input = { payload: call.get('payload'), files: call.get('files'), mayHide: true };
    // the first follow-up after a deferral becomes the deferred reply
    if (original?.loading && !original.deleted) {
      editMessage(world, original, input, nameOf(call));
      return call.json(messageJson(world, original));
    }
    if (facts.visiting && followUps.length >= VISITOR_FOLLOW_UPS)
      throw new Refusal(400, 40094, 'This interaction has hit the maximum number of follow up messages');

    const origin = replyOrigin(world, interaction, original ? 19 : 0);
    const message = createMessage(world, origin, input, nameOf(call));
    followUps.push(message);
    return call.json(messageJson(world, message));
  });

  app.get(`${base}/messages/:message`, (call) => {
    return call.json(messageJson(world, findOwn(findInteraction(world, call), call)));
  });

  app.patch(`${base}/messages/:message`, (call) => {
    const message = findOwn(findInteraction(world, call), call);
    const input = { payload: call.get('payload'), files: call.get('files'), mayHide: false };
    editMessage(world, message, input, nameOf(call));
    return call.json(messageJson(world, message));
  });

  app.delete(`${base}/messages/:message`, (call) => {
    deleteMessage(world, findOwn(findInteraction(world, call), call));
    return call.body(null, 204);
  });
}

/** Running out of time is ordinary; a token that never was, or one that was not answered first, is a mistake. */
function findInteraction(world: World, call: Call): FakeInteraction {
  if (call.req.param('app') !== world.applicationId) throw new Refusal(404, 10015, 'Unknown Webhook');
  const interaction = world.interactions.get(call.req.param('token') ?? '');
  if (!interaction || interaction.tokenExpired)
    throw new Refusal(401, 50027, 'Invalid Webhook Token', { expected: interaction !== undefined });

  // a bot that was restarted may ask whether it had answered
  const asks = call.req.method === 'GET';
  if (interaction.ackMs === undefined) throw new Refusal(404, 10015, 'Unknown Webhook', { expected: asks });
  return interaction;
}

function findOwn(interaction: FakeInteraction, call: Call): FakeMessage {
  const id = call.req.param('message');
  const { original, followUps } = interaction;
  const message = id === '@original' ? original : [original, ...followUps].find((one) => one?.id === id);
  if (!message || message.deleted)
    throw new Refusal(404, 10008, 'Unknown Message', { expected: message !== undefined });

  return message;
}
