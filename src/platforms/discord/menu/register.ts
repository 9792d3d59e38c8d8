/** Templates → slash commands, put in place only when they differ from what Discord has. */
import { DiscordAPIError, Routes, type REST } from 'discord.js';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { EaselError, type Problem } from '../../../core/errors.ts';
import type { Template } from '../../../core/template.ts';
import type { Log } from '../../../core/log.ts';
import { DISCORD } from '../name.ts';
import { commandFindings } from './findings.ts';
import { slotOptions } from './options.ts';
import { command, everywhere, ownCommands, type SlashCommand } from './own-commands.ts';

/** What everybody has everywhere. */
export function slashCommands(templates: readonly Template[]): SlashCommand[] {
  return [...templates.map((template) => everywhere(templateCommand(template))), ...ownCommands()];
}

/**
 * True when it wrote. What Discord would refuse is left out and logged: it would take none of the others either. Throws
 * discord.js's error when Discord refuses them all the same.
 */
export async function registerCommands(
  rest: REST,
  application: string,
  all: readonly Template[],
  log: Log,
): Promise<boolean> {
  const templates = all.filter((template) => {
    const problems = commandFindings(template).flatMap(({ blocking, problem }) =>
      blocking ? [problem] : [],
    );
    if (problems.length > 0) log.error({ template: template.name, problems }, 'no command for Discord');
    return problems.length === 0;
  });
  return putInPlace(
    rest,
    Routes.applicationCommands(application),
    slashCommands(templates),
    PresentGlobal,
    log,
  );
}

/**
 * The commands that only this guild has; a guild's commands are there at once. True when it wrote. Throws EaselError
 * `commands-refused` when Discord does not take them, `chat-unreachable` when it does not answer.
 */
export async function registerGuildCommands(
  rest: REST,
  application: string,
  guild: string,
  templates: readonly Template[],
  log: Log,
): Promise<boolean> {
  const route = Routes.applicationGuildCommands(application, guild);
  try {
    return await putInPlace(rest, route, templates.map(templateCommand), PresentInGuild, log);
  } catch (error) {
    const refused = error instanceof DiscordAPIError && error.status < 500;
    const problem: Problem = refused
      ? { code: 'commands-refused' }
      : { code: 'chat-unreachable', platform: DISCORD };
    throw new EaselError(problem, { cause: error });
  }
}

function templateCommand({ name, description, slots }: Template): SlashCommand {
  return command(name, description, slotOptions(slots));
}

async function putInPlace(
  rest: REST,
  route: `/${string}`,
  wanted: SlashCommand[],
  schema: typeof PresentGlobal | typeof PresentInGuild,
  log: Log,
): Promise<boolean> {
  const present = schema.parse(await rest.get(route));
  if (isDeepStrictEqual(canonical(present), canonical(wanted))) return false;
  await rest.put(route, { body: wanted });
  log.info({ route, commands: wanted.map(({ name }) => name) }, 'slash commands put in place');
  return true;
}

/** What Discord gives back, cut to what Easel sets. */
const PresentOption = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).optional(),
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
  description: z.string(),
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
