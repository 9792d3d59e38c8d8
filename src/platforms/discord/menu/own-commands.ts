/** Easel's own slash commands: what everybody has beside the templates, and what admins do with those. */
import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { VERBS } from '../../../commands/verbs/table.ts';
import { english } from '../../../i18n/index.ts';
import { COMMAND } from '../limits.ts';
import type { Localizations } from './localizations.ts';
import type { Option } from './options.ts';

export interface SlashCommand {
  type: ApplicationCommandType.ChatInput;
  name: string;
  name_localizations?: Localizations;
  description: string;
  description_localizations?: Localizations;
  options: Option[];
  /** Both for global commands only: a guild's own one is where its guild is. */
  contexts?: InteractionContextType[];
  integration_types?: ApplicationIntegrationType[];
}

/** The admins' commands; each subcommand is a verb of `commands/`. */
export const TEMPLATE = 'template';
export const SETTINGS = 'settings';
export const EASEL = 'easel';

export function command(name: string, description: string, options: Option[]): SlashCommand {
  return { type: ApplicationCommandType.ChatInput, name, description, options };
}

/** In servers, in direct messages and as a user-installed app. */
export function everywhere(plain: SlashCommand): SlashCommand {
  return {
    ...plain,
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  };
}

export function ownCommands(): SlashCommand[] {
  const { commands } = english();
  const what: Option = { ...text('what', commands.easelWhat()), required: true };
  return [
    ...Object.entries(VERBS).map(([name, { about, takes }]) => {
      const options = takes ? [{ ...text(takes.name, takes.about(english())), autocomplete: true }] : [];
      return everywhere(command(name, about(english()), options));
    }),
    everywhere(command(EASEL, commands.easel(), [what])),
    inServers(command(TEMPLATE, english().shelf.about(), templateVerbs())),
    inServers(command(SETTINGS, english().settings.about(), settingsVerbs())),
  ];
}

/**
 * Only where Easel is a member: templates and settings belong to a server. Everybody sees them, since a role that the
 * settings name may make somebody an admin; `commands/` checks.
 */
function inServers(plain: SlashCommand): SlashCommand {
  return {
    ...plain,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
}

function templateVerbs(): Option[] {
  const { verbs, options: say } = english().shelf;
  const name: Option = { ...text('name', say.name()), required: true, autocomplete: true };
  const version = { type: Type.Integer, name: 'version', min_value: 1, autocomplete: true };
  return [
    verb('add', verbs.add(), [
      { type: Type.Attachment, name: 'file', description: say.file(), required: true },
      { type: Type.Attachment, name: 'settings', description: say.settings() },
      { ...text('name', say.newName()), max_length: COMMAND.name },
    ]),
    verb('list', verbs.list(), []),
    verb('show', verbs.show(), [name]),
    verb('edit', verbs.edit(), [name]),
    verb('rename', verbs.rename(), [
      name,
      { ...text('to', say.to()), required: true, max_length: COMMAND.name },
    ]),
    verb('disable', verbs.disable(), [name]),
    verb('enable', verbs.enable(), [name]),
    verb('limit', verbs.limit(), [name]),
    verb('export', verbs.export(), [name, { ...version, description: say.version() }]),
    verb('history', verbs.history(), [name]),
    verb('rollback', verbs.rollback(), [
      name,
      { ...version, description: say.rollbackVersion(), required: true },
    ]),
    verb('remove', verbs.remove(), [name]),
  ];
}

function settingsVerbs(): Option[] {
  const { settings, commands } = english();
  return [
    verb('show', settings.verbs.show(), []),
    verb('models', commands.usualModels(), [text('choose', commands.usualModelsWhat())]),
    verb('audit', settings.verbs.audit(), []),
  ];
}

function verb(name: string, description: string, options: Option[]): Option {
  return { type: Type.Subcommand, name, description, options };
}

function text(name: string, description: string): Option {
  return { type: Type.String, name, description };
}
