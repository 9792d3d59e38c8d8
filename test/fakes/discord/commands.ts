/** The commands that a bot registers: how a scope is replaced, and what a scope as a whole must keep to. */
import {
  chatCommand,
  type CommandBody,
  type CommandOption,
  menuCommand,
  type ValueOption,
} from './command-schema.ts';
import { clashesIn, pathOf } from './localized-names.ts';
import { badField, invalidForm, parseForm, Refusal } from './refusal.ts';
import type { World } from './world.ts';

export type Command = CommandBody & {
  readonly id: string;
  readonly application_id: string;
  readonly version: string;
  readonly guild_id?: string;
};

const MAX_BY_TYPE: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const MAX_CHARACTERS = 8000;

export function commandType(command: CommandBody): 1 | 2 | 3 {
  return command.type ?? 1;
}

export function scopeOf(world: World, guildId: string | undefined): readonly Command[] {
  return guildId === undefined ? world.commands.global : (world.commands.guilds.get(guildId) ?? []);
}

/** Puts these commands in place of the scope's; a command that stays keeps its id. */
export function replaceScope(
  world: World,
  guildId: string | undefined,
  bodies: readonly CommandBody[],
): readonly Command[] {
  checkScope(bodies);
  const before = scopeOf(world, guildId);
  const commands = bodies.map((body): Command => {
    const same = before.find((old) => old.name === body.name && commandType(old) === commandType(body));
    return {
      ...body,
      id: same?.id ?? world.nextId(),
      application_id: world.applicationId,
      version: world.nextId(),
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    };
  });
  if (guildId === undefined) world.commands.global = commands;
  else world.commands.guilds.set(guildId, commands);
  return commands;
}

function checkScope(bodies: readonly CommandBody[]): void {
  for (const type of [1, 2, 3]) {
    const same = bodies.filter((body) => commandType(body) === type);
    if (same.length > (MAX_BY_TYPE[type] ?? 0))
      throw new Refusal(400, 30032, `Maximum number of application commands reached (${MAX_BY_TYPE[type]})`);

    const issues = clashesIn(same).map((clash) => ({
      path: pathOf({ ...clash, index: bodies.findIndex((body) => body === same[clash.index]) }),
      code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
      message: 'Application command names must be unique',
    }));
    if (issues.length > 0) throw invalidForm(issues);
  }
}

/** Checks one command as sent; `prefix` is its place in a list. */
export function parseCommand(value: unknown, prefix: readonly PropertyKey[] = []): CommandBody {
  const kind = typeof value === 'object' && value !== null && 'type' in value ? value.type : 1;
  const isMenu = kind === 2 || kind === 3;
  const body: CommandBody = isMenu
    ? parseForm(menuCommand, value, prefix)
    : parseForm(chatCommand, value, prefix);
  if (weigh(body) > MAX_CHARACTERS) {
    const message = `Command exceeds maximum size (${MAX_CHARACTERS})`;
    throw invalidForm([{ path: prefix, code: 'APPLICATION_COMMAND_TOO_LARGE', message }]);
  }
  return body;
}

/** All that is wrong is told at once, by index; `unwanted`: names that Discord has something against, and what. */
export function parseCommands(value: unknown, unwanted: ReadonlyMap<string, string>): CommandBody[] {
  if (!Array.isArray(value)) throw badField('_', 'BASE_TYPE_BAD_TYPE', 'A list of commands is required');
  const refused: Refusal[] = [];
  const bodies = value.flatMap((item: unknown, index) => {
    try {
      const body = parseCommand(item, [index]);
      const words = unwanted.get(body.name);
      if (words === undefined) return [body];
      throw badField(`${index}.name`, 'APPLICATION_COMMAND_INVALID_NAME', words);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error);
      return [];
    }
  });
  if (refused.length === 0) return bodies;
  const errors = Object.assign({}, ...refused.map(({ extras }) => extras.errors));
  throw new Refusal(400, 50035, 'Invalid Form Body', { errors, expected: unwanted.size > 0 });
}

interface Texts {
  readonly name: string;
  readonly name_localizations?: Partial<Record<string, string>> | null | undefined;
  readonly description?: string | null | undefined;
  readonly description_localizations?: Partial<Record<string, string>> | null | undefined;
}

function longest(
  text: string | null | undefined,
  others: Partial<Record<string, string>> | null | undefined,
): number {
  const lengths = Object.values(others ?? {}).map((other) => other?.length ?? 0);
  return Math.max(text?.length ?? 0, ...lengths);
}

function textWeight(texts: Texts): number {
  return (
    longest(texts.name, texts.name_localizations) +
    longest(texts.description, texts.description_localizations)
  );
}

/** Names, descriptions and choice values of a command and all that it holds; of translations the longest counts. */
function weigh(body: CommandBody): number {
  const options = 'options' in body && body.options ? body.options : [];
  return textWeight(body) + options.reduce((sum: number, option) => sum + optionWeight(option), 0);
}

function optionWeight(option: CommandOption): number {
  const nested = 'options' in option ? (option.options ?? []) : [];
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const inner = nested.reduce((sum: number, one) => sum + optionWeight(one), 0);
  return (
    textWeight(option) +
    inner +
    choices.reduce((sum: number, one) => sum + textWeight(one) + String(one.value).length, 0)
  );
}

/** The options that a person fills in: those of the command, or of the subcommand ("group name" or "name"). */
export function optionsOf(command: Command, subcommand: string | undefined): readonly ValueOption[] {
  let options: readonly CommandOption[] = 'options' in command && command.options ? command.options : [];
  for (const name of subcommand?.split(' ') ?? []) {
    const found = options.find((option) => option.name === name);
    if (!found || (found.type !== 1 && found.type !== 2))
      throw new Error(`/${command.name} has no subcommand ${subcommand}`);

    options = found.options ?? [];
  }
  return options.map((option) => {
    if (option.type === 1 || option.type === 2) throw new Error(`/${command.name} needs a subcommand`);
    return option;
  });
}
