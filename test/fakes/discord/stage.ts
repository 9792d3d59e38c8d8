/** Where acts become events: one INTERACTION_CREATE, complete as Discord sends it, and the handle to watch it by. */
import { randomBytes } from 'node:crypto';
import { type Actor, ORDINARY } from './actor.ts';
import type { Gateway } from './gateway.ts';
import { FakeInteraction, type InteractionFacts } from './interaction.ts';
import type { FakeMessage } from './message.ts';
import { messageJson } from './messages.ts';
import type { Places } from './places.ts';
import { channelJson, memberJson, userJson } from './render.ts';
import { changed } from '../wait.ts';
import { known, type World } from './world.ts';

export type Stage = (
  type: InteractionFacts['type'],
  label: string,
  actor: Actor,
  data: unknown,
  source?: FakeMessage,
) => FakeInteraction;

export function createStage(world: World, gateway: Gateway, places: Places): Stage {
  return (type, label, actor, data, source) => {
    const user = known(world.users, actor.user ?? places.person.id, 'user');
    const { guild, channel, visiting, context } = places.locate(actor, user);
    const { memberPermissions = ORDINARY, roles = [] } = actor;
    for (const role of roles) known(world.roles, role, 'role');
    const facts: InteractionFacts = {
      id: world.nextId(),
      token: randomBytes(64).toString('base64url'),
      type,
      label,
      user,
      guild,
      channel,
      visiting,
      rights: { memberPermissions, roles },
      ...(source ? { source } : {}),
    };
    const permissions = String(memberPermissions);
    const payload = {
      id: facts.id,
      application_id: world.applicationId,
      type,
      token: facts.token,
      version: 1,
      data,
      channel: { ...channelJson(world, channel), permissions },
      channel_id: channel.id,
      ...(guild
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: guild.locale, features: [] },
            guild_locale: guild.locale,
            member: memberJson(user, permissions, roles),
          }
        : { user: userJson(user) }),
      locale: actor.locale ?? user.locale,
      app_permissions: String(ORDINARY),
      entitlements: [],
      entitlement_sku_ids: [],
      authorizing_integration_owners: visiting ? { 1: user.id } : { 0: guild?.id ?? '0' },
      context,
      attachment_size_limit: world.settings.attachmentSizeLimit,
      ...(source ? { message: messageJson(world, source) } : {}),
    };
    const interaction = new FakeInteraction(world, facts);
    world.interactions.set(facts.token, interaction);
    try {
      gateway.dispatch('INTERACTION_CREATE', payload, guild?.id);
    } catch (error) {
      interaction.abandon();
      throw error;
    }
    changed(world);
    return interaction;
  };
}
