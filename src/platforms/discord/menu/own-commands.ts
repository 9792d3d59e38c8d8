/** Easel's own slash commands: what everybody has beside the templates, and what admins do with those. */
import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { NAMED_VERBS } from '../../../commands/verbs/table.ts';
import type { TemplateVerb } from '../../../commands/typed/template-line.ts';
import { meantBy, type Level } from '../../../i18n/command-names.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { COMMAND } from '../limits.ts';
import { said, type Localizations } from './localizations.ts';
import type { Option } from './options.ts';
import { fitting, untranslated } from './weight.ts';

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

/** In the languages of Discord's people; where that is too much for Discord, in English alone. */
export function ownCommands(): SlashCommand[] {
  return [
    ...NAMED_VERBS.map(([name, { about, takes }]) => {
      const options = takes ? [{ ...text(takes.name, takes.about), autocomplete: true }] : [];
      return everywhere(own(name, about, options));
    }),
    everywhere({
      // it is called as its bot is
      ...command(EASEL, '', [{ ...text('what', ({ commands }) => commands.easelWhat()), required: true }]),
      ...said('description', ({ commands }) => commands.easel()),
    }),
    inServers(own(TEMPLATE, ({ shelf }) => shelf.about(), templateVerbs())),
    inServers(own(SETTINGS, ({ settings }) => settings.about(), settingsVerbs())),
  ].map((one) => fitting(one, () => untranslated(one)));
}

type Text = (words: Catalogue) => string;

function own(name: string, about: Text, options: Option[]): SlashCommand {
  return { ...command(name, '', options), ...named('command', name), ...said('description', about) };
}

/** A name that no language knows is its own everywhere. */
function named(level: Level, name: string) {
  const known = meantBy(level, name);
  return known === undefined
    ? { name }
    : said('name', ({ commandNames }) => commandNames.called(level, known));
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
  const nameOf = (about: Text) => text('name', about);
  const name: Option = { ...nameOf(({ shelf }) => shelf.options.name()), required: true, autocomplete: true };
  const version = (about: Text) => ({
    ...option(Type.Integer, 'version', about),
    min_value: 1,
    autocomplete: true,
  });
  const verb = (wanted: TemplateVerb, options: Option[]) =>
    subcommand('template', wanted, ({ shelf }) => shelf.verbs[wanted](), options);
  return [
    verb('add', [
      { ...option(Type.Attachment, 'file', ({ shelf }) => shelf.options.file()), required: true },
      option(Type.Attachment, 'settings', ({ shelf }) => shelf.options.settings()),
      { ...nameOf(({ shelf }) => shelf.options.newName()), max_length: COMMAND.name },
    ]),
    verb('list', []),
    verb('show', [name]),
    verb('edit', [name]),
    verb('rename', [
      name,
      { ...text('to', ({ shelf }) => shelf.options.to()), required: true, max_length: COMMAND.name },
    ]),
    verb('disable', [name]),
    verb('enable', [name]),
    verb('limit', [name]),
    verb('export', [name, version(({ shelf }) => shelf.options.version())]),
    verb('history', [name]),
    verb('rollback', [name, { ...version(({ shelf }) => shelf.options.rollbackVersion()), required: true }]),
    verb('remove', [name]),
  ];
}

function settingsVerbs(): Option[] {
  const verb = (wanted: 'show' | 'models' | 'audit', about: Text, options: Option[] = []) =>
    subcommand('settings', wanted, about, options);
  return [
    verb('show', ({ settings }) => settings.verbs.show()),
    verb('models', ({ commands }) => commands.usualModels(), [
      text('choose', ({ commands }) => commands.usualModelsWhat()),
    ]),
    verb('audit', ({ settings }) => settings.verbs.audit()),
  ];
}

function subcommand(level: 'template' | 'settings', name: string, about: Text, options: Option[]): Option {
  return { type: Type.Subcommand, ...named(level, name), ...said('description', about), options };
}

function text(name: string, about: Text): Option {
  return option(Type.String, name, about);
}

function option(type: Type, name: string, about: Text): Option {
  return { type, ...named('option', name), ...said('description', about) };
}
