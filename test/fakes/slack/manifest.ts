/** The app manifest: what of the app exists, as it would be pasted into Slack, with Slack's limits. */
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

const manifestSchema = z.strictObject({
  _metadata: z.looseObject({}).optional(),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140).optional(),
    long_description: z.string().min(175).max(4000).optional(),
    background_color: z
      .string()
      .regex(/^#[\da-f]{6}$/i)
      .optional(),
  }),
  features: z
    .strictObject({
      app_home: z
        .looseObject({
          messages_tab_enabled: z.boolean().optional(),
          messages_tab_read_only_enabled: z.boolean().optional(),
        })
        .optional(),
      bot_user: z
        .strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean().optional() })
        .optional(),
      slash_commands: z
        .array(
          z.strictObject({
            command: z
              .string()
              .max(32)
              .regex(/^\/[\p{Ll}\p{Lo}\p{N}_-]+$/u, 'must be a slash and lower-case letters'),
            description: z.string().min(1).max(2000),
            usage_hint: z.string().max(1000).optional(),
            should_escape: z.boolean().optional(),
            url: z.url().optional(),
          }),
        )
        .max(50)
        .optional(),
      shortcuts: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(24),
            type: z.enum(['message', 'global']),
            callback_id: z.string().min(1).max(255),
            description: z.string().min(1).max(150),
          }),
        )
        .max(10)
        .optional(),
    })
    .optional(),
  oauth_config: z
    .strictObject({
      redirect_urls: z.array(z.url()).optional(),
      scopes: z.strictObject({
        bot: z.array(z.string()).optional(),
        user: z.array(z.string()).optional(),
      }),
    })
    .optional(),
  settings: z
    .looseObject({
      event_subscriptions: z
        .looseObject({ bot_events: z.array(z.string()).max(100).optional(), request_url: z.url().optional() })
        .optional(),
      interactivity: z
        .strictObject({
          is_enabled: z.boolean(),
          request_url: z.url().optional(),
          message_menu_options_url: z.url().optional(),
        })
        .optional(),
      socket_mode_enabled: z.boolean().optional(),
      org_deploy_enabled: z.boolean().optional(),
      token_rotation_enabled: z.boolean().optional(),
    })
    .optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Throws what Slack's editor would say. */
export function parseManifest(value: unknown): Manifest {
  const result = manifestSchema.safeParse(value);
  if (!result.success) throw new Error(`Slack would refuse this manifest: ${z.prettifyError(result.error)}`);
  const commands = result.data.features?.slash_commands?.map((one) => one.command) ?? [];
  const twice = commands.find((one, index) => commands.indexOf(one) !== index);
  if (twice) throw new Error(`Slack would refuse this manifest: ${twice} is there twice`);
  return result.data;
}

/** All scopes, if there is no manifest. */
function scopesOf(world: World): readonly string[] | undefined {
  return world.manifest && (world.manifest.oauth_config?.scopes.bot ?? []);
}

const EVERY_SCOPE = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:write',
  'users:read',
];

/** For the `x-oauth-scopes` header. */
export function scopeHeader(world: World): string {
  return (scopesOf(world) ?? EVERY_SCOPE).join(',');
}

/** Any one of these scopes will do. */
export function hasScope(world: World, anyOf: readonly string[]): boolean {
  const scopes = scopesOf(world);
  return !scopes || anyOf.length === 0 || anyOf.some((scope) => scopes.includes(scope));
}

export function requireScope(world: World, anyOf: readonly string[]): void {
  if (hasScope(world, anyOf)) return;
  const fields = { needed: anyOf.join(','), provided: scopesOf(world)?.join(',') ?? '' };
  throw new Refusal('missing_scope', { fields });
}

/** The parts of the app that people can reach; throws what a person would find out, for the test that acts. */
export const reachable = {
  command(world: World, command: string): void {
    if (!world.manifest) return;
    const has = world.manifest.features?.slash_commands?.map((one) => one.command) ?? [];
    if (!has.includes(command))
      throw new Error(`the manifest has no slash command ${command}; it has ${has.join(' ')}`);

    needsScope(world, 'commands');
  },
  shortcut(world: World, callbackId: string): void {
    if (!world.manifest) return;
    const has = world.manifest.features?.shortcuts ?? [];
    if (!has.some((one) => one.type === 'message' && one.callback_id === callbackId))
      throw new Error(`the manifest has no message shortcut ${callbackId}`);

    needsScope(world, 'commands');
    reachable.interactivity(world);
  },
  interactivity(world: World): void {
    if (world.manifest && !world.manifest.settings?.interactivity?.is_enabled)
      throw new Error('the manifest does not enable interactivity');
  },
  /** People write into the messages tab only where the app lets them. */
  messagesTab(world: World): void {
    const home = world.manifest?.features?.app_home;
    if (home?.messages_tab_enabled !== true || home.messages_tab_read_only_enabled === true)
      if (world.manifest) throw new Error('sending messages to this app has been turned off');
  },
  /** Over HTTP, a select that asks for its options asks at an address of its own. */
  suggestions(world: World): void {
    reachable.interactivity(world);
    const settings = world.manifest?.settings;
    if (
      world.manifest &&
      !settings?.socket_mode_enabled &&
      !settings?.interactivity?.message_menu_options_url
    )
      throw new Error('the manifest has no message_menu_options_url');
  },
  event(world: World, event: string, scope?: string): void {
    if (!world.manifest) return;
    if (!world.manifest.settings?.event_subscriptions?.bot_events?.includes(event))
      throw new Error(`the manifest does not subscribe to ${event}`);

    if (scope) needsScope(world, scope);
  },
};

/** Whether the bot is told of such an event. */
export function hears(world: World, event: string, scope: string): boolean {
  const events = world.manifest?.settings?.event_subscriptions?.bot_events;
  return (!world.manifest || events?.includes(event) === true) && hasScope(world, [scope]);
}

function needsScope(world: World, scope: string): void {
  if (!hasScope(world, [scope])) throw new Error(`the manifest lacks the scope ${scope}`);
}
