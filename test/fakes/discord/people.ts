/** What people do in the Discord client: each act checks what the client would check, then reaches the bot as an event. */
import type { Actor } from './actor.ts';
import { createCommandMenu, type Entry } from './command-menu.ts';
import type { CommandOption } from './command-schema.ts';
import { commandType, type Command, optionsOf } from './commands.ts';
import type { Gateway } from './gateway.ts';
import { type Choice, type FakeInteraction, InteractionKind } from './interaction.ts';
import { isCalled } from './localized-names.ts';
import { FakeMessage } from './message.ts';
import { messageJson } from './messages.ts';
import { modalAnswers, type ModalInputs } from './modal-values.ts';
import { fillOptions, nestOptions, type OptionInputs, type SentOption } from './option-values.ts';
import { resolvePicks } from './picks.ts';
import type { Places } from './places.ts';
import { userJson } from './render.ts';
import { createStage } from './stage.ts';
import { changed } from '../wait.ts';
import { known, type Channel, type FakeFile, type User, type World } from './world.ts';

interface SlashInput extends Actor {
  readonly name: string;
  /** Of two of this name; the guild's own one unless told. */
  readonly entry?: Entry;
  /** "add", or "group add". */
  readonly subcommand?: string;
  readonly options?: OptionInputs;
}

interface AutocompleteInput extends SlashInput {
  /** The option being typed into, and what is in it so far. */
  readonly focused: string;
  readonly value: string;
}

interface ClickInput extends Actor {
  readonly message: FakeMessage;
  readonly customId: string;
}

interface MenuInput extends Actor {
  readonly name: string;
  /** The message, or the id of the user, that the command is used on. */
  readonly target: FakeMessage | string;
}

interface ModalInput extends Actor {
  /** The interaction that the bot answered with a modal. */
  readonly interaction: FakeInteraction;
  readonly values: ModalInputs;
}

interface DirectInput {
  readonly content: string;
  readonly user?: string;
  readonly files?: readonly FakeFile[];
  readonly again?: boolean;
}

export interface People {
  slash(input: SlashInput): Promise<FakeInteraction>;
  autocomplete(input: AutocompleteInput): Promise<readonly Choice[]>;
  click(input: ClickInput): Promise<FakeInteraction>;
  select(input: ClickInput & { readonly values: readonly string[] }): Promise<FakeInteraction>;
  contextMenu(input: MenuInput): Promise<FakeInteraction>;
  submitModal(input: ModalInput): Promise<FakeInteraction>;
  /**
   * Writes to the bot directly. It is told only if it asked to be (the intent DIRECT_MESSAGES); `isTold` says so. `again`: the
   * gateway tells of it twice, as it may after a resume.
   */
  directMessage(input: DirectInput): { message: FakeMessage; isTold: boolean };
  /** Changes what they have written to the bot directly. */
  editDirectMessage(message: FakeMessage, content: string): void;
  /** A message in a channel of a server: bots that did not ask for those are told of none. */
  say(input: { content: string; channel?: string }): FakeMessage;
}

/** What a person picked by the names that their app shows them: it sends the default ones. */
function byDefault(command: Command, typed: SlashInput): SlashInput {
  const { locale, subcommand, options = {} } = typed;
  let below: readonly CommandOption[] = 'options' in command && command.options ? command.options : [];
  const named = (name: string) => below.find((one) => isCalled(one, name, locale))?.name ?? name;
  const path = subcommand?.split(' ').map((name) => {
    const picked = named(name);
    const found = below.find((one) => one.name === picked);
    below = found && 'options' in found && found.options ? found.options : [];
    return picked;
  });
  const entries = Object.entries(options).map(([name, value]) => [named(name), value] as const);
  return {
    ...typed,
    name: command.name,
    ...(path && { subcommand: path.join(' ') }),
    options: Object.fromEntries(entries),
  };
}

export function createPeople(world: World, gateway: Gateway, places: Places): People {
  const act = createStage(world, gateway, places);
  const findCommand = createCommandMenu(world, places);

  const commandData = (
    command: Command,
    input: SlashInput,
    options: readonly SentOption[],
    resolved: Record<string, unknown>,
  ): Record<string, unknown> => ({
    id: command.id,
    name: command.name,
    type: commandType(command),
    ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    options: nestOptions(options, input.subcommand),
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
  });

  const useComponent = (
    input: ClickInput,
    kinds: readonly number[],
    picked: Record<string, unknown>,
  ): FakeInteraction => {
    const { message, customId } = input;
    if (message.deleted) throw new Error(`message ${message.id} was deleted`);
    const component = message.flatComponents.find((one) => one.custom_id === customId);
    const ids = message.flatComponents.flatMap((one) => one.custom_id ?? []);
    if (!component || !kinds.includes(component.type))
      throw new Error(
        `message ${message.id} has no such component ${customId}; it has ${ids.join(', ') || 'none'}`,
      );

    if (component.disabled) throw new Error(`the component ${customId} is disabled`);
    const invoker = message.origin.interaction?.user.id;
    const user = input.user ?? invoker ?? places.person.id;
    if (message.ephemeral && user !== invoker)
      throw new Error(`${user} cannot see the message ${message.id}`);
    const actor = { ...input, user, guild: message.origin.guildId ?? null, channel: message.channelId };
    const data = { custom_id: customId, component_type: component.type, ...picked };
    return act(InteractionKind.component, `component ${customId}`, actor, data, message);
  };

  const written = (
    user: User,
    channel: Channel,
    content: string,
    files: readonly FakeFile[],
  ): FakeMessage => {
    const origin = {
      id: world.nextId(),
      channelId: channel.id,
      guildId: channel.guildId,
      author: user,
      type: 0,
    };
    const version = { at: Date.now(), content, embeds: [], components: [], attachments: files, flags: 0 };
    const message = new FakeMessage(origin, version);
    world.messages.set(message.id, message);
    changed(world);
    return message;
  };
  // 1: a direct message
  const told = (message: FakeMessage, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'): boolean =>
    gateway.dispatchDirect(event, { ...messageJson(world, message), channel_type: 1 });
  world.changes.on('said', (message: FakeMessage, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE') => {
    if (world.channels.get(message.channelId)?.recipientId !== undefined) told(message, event);
  });

  return {
    directMessage({ content, user, files = [], again = false }) {
      const author = known(world.users, user ?? places.person.id, 'user');
      const message = written(author, places.directChannel(author.id), content, files);
      const isTold = told(message, 'MESSAGE_CREATE');
      if (again) told(message, 'MESSAGE_CREATE');
      return { message, isTold };
    },
    editDirectMessage(message, content) {
      message.edits.push({ ...message.now, content, at: Date.now() });
      told(message, 'MESSAGE_UPDATE');
    },
    say: ({ content, channel }) =>
      written(places.person, known(world.channels, channel ?? places.channel.id, 'channel'), content, []),
    async slash(typed) {
      const command = findCommand(typed.name, 1, typed, typed.entry);
      const input = byDefault(command, typed);
      const label = `/${[input.name, input.subcommand].filter(Boolean).join(' ')}`;
      const options = optionsOf(command, input.subcommand);
      const { sent, resolved } = fillOptions(world, options, input.options ?? {}, label);
      return act(InteractionKind.command, label, input, commandData(command, input, sent, resolved));
    },
    async autocomplete(typed) {
      const command = findCommand(typed.name, 1, typed, typed.entry);
      const input = { ...typed, ...byDefault(command, typed) };
      const label = `/${input.name} (typing ${input.focused})`;
      const options = optionsOf(command, input.subcommand);
      const focused = options.find((option) => option.name === input.focused);
      if (!focused || !('autocomplete' in focused) || !focused.autocomplete)
        throw new Error(`/${input.name} has no option ${input.focused} with autocomplete`);

      const others = options.map((option) => ({ ...option, required: false }));
      const { sent, resolved } = fillOptions(world, others, input.options ?? {}, label);
      const typing: SentOption = {
        name: focused.name,
        type: focused.type,
        value: input.value,
        focused: true,
      };
      const data = commandData(command, input, [...sent, typing], resolved);
      const interaction = act(InteractionKind.autocomplete, label, input, data);
      await interaction.acknowledged;
      return interaction.choices ?? [];
    },
    click: async (input) => useComponent(input, [2], {}),
    async select(input) {
      const component = input.message.flatComponents.find((one) => one.custom_id === input.customId);
      const resolved = component ? resolvePicks(world, component, input.values) : {};
      return useComponent(input, [3, 5, 6, 7, 8], { values: input.values, ...resolved });
    },
    async contextMenu(input) {
      const onMessage = typeof input.target !== 'string';
      const command = findCommand(input.name, onMessage ? 3 : 2, input);
      const target =
        typeof input.target === 'string' ? known(world.users, input.target, 'user') : input.target;
      const resolved =
        'edits' in target
          ? { messages: { [target.id]: messageJson(world, target) } }
          : { users: { [target.id]: userJson(target) } };
      const data = { ...commandData(command, input, [], resolved), target_id: target.id };
      return act(InteractionKind.command, input.name, input, data);
    },
    async submitModal(input) {
      const { modal, facts } = input.interaction;
      if (!modal) throw new Error(`${facts.label} opened no modal`);
      const { components, attachments } = modalAnswers(modal.components, input.values);
      const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
      const place = { user: facts.user.id, guild: facts.guild?.id ?? null, channel: facts.channel.id };
      const data = { custom_id: modal.custom_id, components, ...resolved };
      return act(
        InteractionKind.modal,
        `modal ${modal.custom_id}`,
        { ...facts.rights, ...place, ...input },
        data,
        facts.source,
      );
    },
  };
}
