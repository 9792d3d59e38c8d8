/**
 * Templates → slash commands, put in place only when they differ from what Discord has. Discord takes all of a scope or none:
 * what has no room, and what it does not take, is left out beforehand, and never keeps the others from being there.
 */
import { DiscordAPIError, Routes, type REST } from 'discord.js';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Unlisted } from '../../../core/chat.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import type { Template } from '../../../core/template.ts';
import type { Log } from '../../../core/log.ts';
import { COMMAND } from '../limits.ts';
import { DISCORD } from '../name.ts';
import { menuEntry } from './entry.ts';
import { everywhere, ownCommands, type SlashCommand } from './own-commands.ts';
import { refusedAt } from './refused-commands.ts';
import { withoutClashes } from './template-words.ts';
import { untranslated } from './weight.ts';

/**
 * What everybody has everywhere: Easel's own commands, then as many of `templates` as there is room for, in their order.
 * Resolves to those that were left out. Throws discord.js's error when Discord refuses them all.
 */
export async function registerCommands(
  rest: REST,
  application: string,
  templates: readonly Template[],
  log: Log,
): Promise<Unlisted[]> {
  const commands = templates.map((template) => everywhere(commandOf(template, log)));
  const route = Routes.applicationCommands(application);
  return putInPlace(rest, route, { own: ownCommands(), commands }, PresentGlobal, log);
}

/**
 * The commands that only this guild has; a guild's commands are there at once. As `registerCommands`; throws EaselError
 * `commands-refused` when Discord takes none, `chat-unreachable` when it does not answer.
 */
export async function registerGuildCommands(
  rest: REST,
  application: string,
  guild: string,
  templates: readonly Template[],
  log: Log,
): Promise<Unlisted[]> {
  const route = Routes.applicationGuildCommands(application, guild);
  const commands = templates.map((template) => commandOf(template, log));
  try {
    return await putInPlace(rest, route, { own: [], commands }, PresentInGuild, log);
  } catch (error) {
    const refused = error instanceof DiscordAPIError && error.status < 500;
    const problem: Problem = refused
      ? { code: 'commands-refused' }
      : { code: 'chat-unreachable', platform: DISCORD };
    throw new EaselError(problem, { cause: error });
  }
}

function commandOf(template: Template, log: Log): SlashCommand {
  const { command, typedOnly } = menuEntry(template);
  if (typedOnly.length > 0)
    log.warn({ template: template.name, typedOnly }, 'slots without an option of the slash command');
  return command;
}

/** In the path of what was refused. */
const ABOUT_TRANSLATIONS = /^\S*_localizations\b/;
/** Each round leaves out what Discord refused in the one before; it names all of them at once. */
const MAX_ROUNDS = 10;

async function putInPlace(
  rest: REST,
  route: `/${string}`,
  { own, commands }: { own: readonly SlashCommand[]; commands: readonly SlashCommand[] },
  schema: typeof PresentGlobal | typeof PresentInGuild,
  log: Log,
): Promise<Unlisted[]> {
  const present = schema.parse(
    await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) }),
  );
  const refused = new Map<string, string>();
  const inEnglish = new Set<string>();
  for (let round = 1; ; round += 1) {
    const taken = [...own, ...commands].filter(({ name }) => !refused.has(name));
    const wanted = withoutClashes(
      taken.slice(0, COMMAND.count).map((one) => (inEnglish.has(one.name) ? untranslated(one) : one)),
    );
    const unlisted = [
      ...[...refused].map(([name, words]): Unlisted => ({ name, refused: words })),
      ...taken.slice(COMMAND.count).map(({ name }): Unlisted => ({ name })),
    ];
    try {
      const isThere = isDeepStrictEqual(canonical(present), canonical(wanted));
      if (!isThere) await rest.put(route, { body: wanted });
      if (unlisted.length > 0) log.warn({ route, unlisted }, 'templates without a slash command');
      if (!isThere)
        log.info({ route, commands: wanted.map(({ name }) => name) }, 'slash commands put in place');
      return unlisted;
    } catch (error) {
      const found = refusedAt(error).flatMap(([at, words]) => {
        const name = wanted[at]?.name;
        return name === undefined ? [] : [[name, words] as const];
      });
      if (found.length === 0 || round === MAX_ROUNDS) throw error;
      log.error({ route, refused: found, err: error }, 'discord does not take some slash commands');
      // rather without its translations than not at all
      for (const [name, words] of found)
        if (ABOUT_TRANSLATIONS.test(words) && !inEnglish.has(name)) inEnglish.add(name);
        else refused.set(name, words);
    }
  }
}

/** What Discord gives back, cut to what Easel sets. */
const Localized = z.record(z.string(), z.string()).nullish();
const PresentOption = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: Localized,
  description: z.string(),
  description_localizations: Localized,
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  choices: z
    .array(
      z.object({
        name: z.string(),
        name_localizations: Localized,
        value: z.union([z.string(), z.number()]),
      }),
    )
    .optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  max_length: z.number().optional(),
  get options() {
    return z.array(PresentOption).optional();
  },
});
const PresentCommand = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: Localized,
  description: z.string(),
  description_localizations: Localized,
  options: z.array(PresentOption).optional(),
});
/** Discord fills in contexts for these too, which they cannot have. */
const PresentInGuild = z.array(PresentCommand);
const PresentGlobal = z.array(
  PresentCommand.extend({
    contexts: z.array(z.number()).nullish(),
    integration_types: z.array(z.number()).optional(),
  }),
);

/** Sorted by name; absent, null, false and an empty list mean the same to Discord. */
function canonical(commands: readonly { name: string }[]): unknown {
  const text = JSON.stringify(
    commands.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    (key, value: unknown) => {
      const isEmpty = Array.isArray(value) && value.length === 0 && key !== '';
      return value === false || value === null || isEmpty ? undefined : value;
    },
  );
  return JSON.parse(text);
}
