/** The app manifest to paste into Slack: scopes, a command for every template, the shortcut, events. */
import type { Unlisted } from '../../core/chat.ts';
import type { Template } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { catalogue } from '../../i18n/index.ts';
import { wordsFor } from '../../templates/languages/words.ts';
import { MANIFEST } from './limits.ts';

export const EASEL_COMMAND = 'easel';
export const USE_IMAGE = 'use-image';

/** The scope without which Slack tells of no direct messages. */
export const HEARS_DIRECTLY = 'im:history';

/** What Easel asks of a workspace, and for what. */
export const SCOPES = [
  'app_mentions:read', // "@Easel imagine …" in threads
  'chat:write', // replies
  'chat:write.public', // replies in public channels that it was not invited to
  'commands', // slash commands and the shortcut
  'files:read', // images that people give
  'files:write', // pictures
  HEARS_DIRECTLY, // what people write to it directly
  'im:write', // direct messages: where the channel is closed to it, test runs, exports
  'users:read', // language, and who is an admin
] as const;

/** Ours: it stands beside the command while somebody types. */
const MAX_USAGE = 100;

/** Those that have a command of their own: the first ones, beside `/easel`. */
function listed(templates: readonly Template[]): Template[] {
  return templates
    .filter(({ name }) => name !== EASEL_COMMAND && name.length < MANIFEST.command)
    .slice(0, MANIFEST.commands - 1);
}

/** Those that have none in a manifest of these, and are reached through `/easel`. */
export function unlistedIn(templates: readonly Template[]): Unlisted[] {
  const names = new Set(listed(templates).map(({ name }) => name));
  return templates.filter(({ name }) => !names.has(name)).map(({ name }) => ({ name }));
}

export interface ManifestOptions {
  /** For HTTP mode, where Slack posts to; without it the manifest is for Socket Mode. */
  requestUrl?: string | undefined;
  /** What it is said in: Slack has one text for everybody. A BCP 47 tag; English by default. */
  locale?: string | undefined;
}

/** `templates`: what matters most first. A template that can have no command of its own is reached through `/easel`. */
export function slackManifest(
  templates: readonly Template[],
  { requestUrl, locale = 'en' }: ManifestOptions = {},
): object {
  const { slack } = catalogue(locale);
  const url = requestUrl === undefined ? {} : { url: requestUrl };
  const request = requestUrl === undefined ? {} : { request_url: requestUrl };
  // where selects ask for their options
  const menus = requestUrl === undefined ? {} : { message_menu_options_url: requestUrl };
  const own = {
    command: `/${EASEL_COMMAND}`,
    description: clip(slack.easel(), MANIFEST.description),
    usage_hint: clip(slack.easelHint(), MAX_USAGE),
  };
  const commands = listed(templates).map((template) => {
    const { description, slot } = wordsFor(template, locale);
    return {
      command: `/${template.name}`,
      description: clip(description, MANIFEST.description),
      ...usageHint(Object.entries(template.slots).map(([name, about]) => slot(name, about).name)),
    };
  });
  return {
    display_information: { name: 'Easel', description: clip(slack.about(), MANIFEST.about) },
    features: {
      // without the tab Slack refuses direct messages (`messages_tab_disabled`)
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'Easel', always_online: true },
      shortcuts: [
        {
          name: clip(slack.useImage(), MANIFEST.shortcut),
          type: 'message',
          callback_id: USE_IMAGE,
          description: clip(slack.useImageHint(), MANIFEST.shortcutDescription),
        },
      ],
      slash_commands: [own, ...commands].map((command) => ({ ...command, ...url, should_escape: false })),
    },
    oauth_config: { scopes: { bot: [...SCOPES] } },
    settings: {
      event_subscriptions: {
        ...request,
        bot_events: ['app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'],
      },
      interactivity: { is_enabled: true, ...request, ...menus },
      org_deploy_enabled: false,
      socket_mode_enabled: requestUrl === undefined,
      token_rotation_enabled: false,
    },
  };
}

function usageHint(slots: string[]): { usage_hint?: string } {
  if (slots.length === 0) return {};
  return { usage_hint: clip(slots.map((slot) => `${slot}:…`).join(' '), MAX_USAGE) };
}
