/** What a person types into a command's options: checked as the Discord client checks it, before anything is sent. */
import type { ValueOption } from './command-schema.ts';
import { memberJson, channelJson, userJson } from './render.ts';
import { fileJson } from './uploads.ts';
import { type FakeFile, known, type World } from './world.ts';

/** An attachment is what `addAttachment` returned; people and channels are named by their ids. */
type OptionInput = string | number | boolean | FakeFile;
export type OptionInputs = Readonly<Record<string, OptionInput>>;

export interface SentOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly SentOption[];
}

type Resolved = Record<string, Record<string, unknown>>;

/** The options as an interaction carries them, and what they refer to. Throws where the client would not send. */
export function fillOptions(
  world: World,
  options: readonly ValueOption[],
  inputs: OptionInputs,
  label: string,
): { sent: SentOption[]; resolved: Resolved } {
  const names = options.map((option) => option.name);
  const unknown = Object.keys(inputs).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`${label} has no option ${unknown}; it has ${names.join(', ') || 'none'}`);

  const resolved: Resolved = {};
  const sent: SentOption[] = [];
  for (const option of options) {
    const input = inputs[option.name];
    if (input === undefined) {
      if (option.required) throw new Error(`${label} requires the option ${option.name}`);
    } else {
      const wrong = problem(option, input);
      if (wrong) throw new Error(`${label}: the Discord client refuses ${option.name}: ${wrong}`);
      sent.push({ name: option.name, type: option.type, value: refer(world, option, input, resolved) });
    }
  }
  return { sent, resolved };
}

function problem(option: ValueOption, input: OptionInput): string | undefined {
  switch (option.type) {
    case 3: {
      if (typeof input !== 'string') return 'not a text';
      const { min_length: min, max_length: max } = option;
      if (input.length < (min ?? 0)) return `shorter than ${min}`;
      if (input.length > (max ?? 6000)) return `longer than ${max ?? 6000}`;
      return notAChoice(option.choices, input);
    }
    case 4:
    case 10: {
      if (typeof input !== 'number' || !Number.isFinite(input)) return 'not a number';
      if (option.type === 4 && !Number.isSafeInteger(input)) return 'not an integer';
      if (input < (option.min_value ?? -Infinity)) return `less than ${option.min_value}`;
      if (input > (option.max_value ?? Infinity)) return `more than ${option.max_value}`;
      return notAChoice(option.choices, input);
    }
    case 5:
      return typeof input === 'boolean' ? undefined : 'not a boolean';
    case 11:
      return typeof input === 'object' ? undefined : 'not an attachment';
    case 6:
    case 7:
    case 8:
    case 9:
      return typeof input === 'string' ? undefined : 'not an id';
  }
}

type Choices = readonly { readonly value: string | number }[] | null | undefined;

function notAChoice(choices: Choices, input: string | number): string | undefined {
  if (!choices?.length || choices.some((choice) => choice.value === input)) return undefined;
  return `${JSON.stringify(input)} is none of ${choices.map((choice) => choice.value).join(', ')}`;
}

function refer(
  world: World,
  option: ValueOption,
  input: OptionInput,
  resolved: Resolved,
): string | number | boolean {
  const put = (kind: string, id: string, value: unknown): string => {
    resolved[kind] = { ...resolved[kind], [id]: value };
    return id;
  };
  if (typeof input === 'object') return put('attachments', input.id, { ...fileJson(input), ephemeral: true });
  if (typeof input !== 'string' || option.type === 3) return input;
  if (option.type === 7) {
    const channel = known(world.channels, input, 'channel');
    return put('channels', input, { ...channelJson(world, channel), permissions: '0' });
  }
  if (option.type === 8) return put('roles', input, { id: input, name: input, permissions: '0' });
  const user = known(world.users, input, 'user');
  const { user: _left, ...member } = memberJson(user, '0');
  put('members', input, member);
  return put('users', input, userJson(user));
}

/** Wraps options into the subcommand ("group name" or "name") that they belong to. */
export function nestOptions(
  sent: readonly SentOption[],
  subcommand: string | undefined,
): readonly SentOption[] {
  const names = subcommand?.split(' ') ?? [];
  return names
    .toReversed()
    .reduce<readonly SentOption[]>(
      (inner, name, depth) => [{ name, type: depth === 0 ? 1 : 2, options: inner }],
      sent,
    );
}
