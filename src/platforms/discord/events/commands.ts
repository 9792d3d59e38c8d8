/** One Discord interaction → one verb. Acknowledged first; what goes wrong is told privately. */
import {
  MessageFlags,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionEditReplyOptions,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  type RepliableInteraction,
} from 'discord.js';
import type { Commands } from '../../../commands/index.ts';
import { verbNamed } from '../../../commands/verbs/table.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError, problemOf } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { rankOf } from '../../../core/rank.ts';
import type { Line } from '../../../core/screen.ts';
import { clip } from '../../../core/text.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import type { Channels } from '../channels.ts';
import { explained } from '../errors.ts';
import { MESSAGE } from '../limits.ts';
import { EASEL, SETTINGS, TEMPLATE } from '../menu/own-commands.ts';
import { mindsContent } from '../replies/refusals.ts';
import { escape } from '../replies/render.ts';
import { handleAdminCommand } from '../screens/admin-commands.ts';
import { actTyped, handleScreen, isOfScreen, showScreen } from '../screens/handle-screen.ts';
import type { HeldForms } from '../screens/held-forms.ts';
import type { Panel } from '../screens/layout.ts';
import { lineText } from '../screens/lines.ts';
import { screenPanel } from '../screens/render-screen.ts';
import { complete } from './complete.ts';
import { callerOf } from './context.ts';
import { runEntry } from './entry.ts';
import { postAll, runAgain, runPrepared } from './run.ts';

export interface HandlerOptions {
  commands: Commands;
  channels: Channels;
  log: Log;
  /** Where attachments may be fetched from. */
  origins: readonly string[];
  /** What was sent with forms and not taken. */
  held: HeldForms;
  /** Aborts downloads at shutdown. */
  signal: AbortSignal;
  /** True once no more work is taken. */
  paused: () => boolean;
}

/** Never throws. */
export async function handleInteraction(interaction: Interaction, options: HandlerOptions): Promise<void> {
  const { commands, channels, log, paused } = options;
  let caller: Caller | undefined;
  try {
    caller = commands.recognise(callerOf(interaction, channels));
    if (interaction.isAutocomplete()) return await complete(interaction, caller, commands);
    if (paused()) throw new EaselError({ code: 'shutting-down' });
    if (interaction.isChatInputCommand()) return await command(interaction, caller, options);
    if (interaction.isMessageComponent() || interaction.isModalSubmit())
      return await use(interaction, caller, options);
  } catch (error) {
    log.warn({ ...factsOf(interaction), err: error }, 'command refused');
    await refuse(interaction, caller, error, options);
  }
}

async function command(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  options: HandlerOptions,
): Promise<void> {
  const { commands } = options;
  const { commandName, options: given } = interaction;
  const verb = verbNamed(commandName);
  if (verb) {
    const rest = (verb.takes && given.getString(verb.takes.name)?.trim()) ?? '';
    return tell(interaction, await verb.answer({ caller, rest, call: (name) => `/${name}` }, commands));
  }
  switch (commandName) {
    case TEMPLATE:
    case SETTINGS:
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      return handleAdminCommand(interaction, caller, options);
    case EASEL:
      return typed(interaction, caller, options);
    default:
      return runEntry(interaction, caller, options);
  }
}

/** `/easel what:imagine a red fox --steps 30`, and whatever else can be typed. */
async function typed(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  options: HandlerOptions,
): Promise<void> {
  const { commands } = options;
  const reading = commands.understand(caller, interaction.options.getString('what', true));
  const intent = await reading;
  if (intent.kind === 'run') {
    if (!intent.lacks)
      return runPrepared(interaction, commands.prepare(caller, intent.template.name, intent.values), options);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return showScreen(interaction, caller, `run/${intent.template.name}`, options);
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  switch (intent.kind) {
    case 'answer':
      await interaction.editReply(plainly(await intent.answer()));
      return;
    case 'open':
      return showScreen(interaction, caller, intent.at, options);
    case 'ask': {
      const { screen } = await commands.carryOut(caller, intent, { signal: options.signal });
      if (screen) await showScreen(interaction, caller, screen.at, options);
      return;
    }
    case 'act':
      return actTyped(interaction, caller, intent, options);
  }
}

/** A button, a menu or a form; what it is for stands first in its custom id. */
async function use(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  caller: Caller,
  options: HandlerOptions,
): Promise<void> {
  const { customId } = interaction;
  const isForm = interaction.isModalSubmit();
  // every form of Easel's opens from a message
  if (isForm && !interaction.isFromMessage()) throw new EaselError({ code: 'form-expired' });
  if (isOfScreen(customId) && (isForm || interaction.isButton() || interaction.isAnySelectMenu()))
    return handleScreen(interaction, caller, options);
  if (!isForm && interaction.isButton()) {
    const [topic = ''] = customId.split(':');
    if (topic === 'cancel') return press(interaction, caller, options.commands);
    if (topic === 'again') return runAgain(interaction, caller, options);
    if (topic === 'all') return postAll(interaction, caller, options);
  }
  throw new EaselError({ code: 'no-such-job' });
}

async function press(interaction: ButtonInteraction, caller: Caller, commands: Commands): Promise<void> {
  const [, job = ''] = interaction.customId.split(':');
  // acknowledged first; the reply itself shows what comes of it
  await interaction.deferUpdate();
  await commands.cancel(caller, job);
}

async function tell(interaction: ChatInputCommandInteraction, lines: readonly Line[]): Promise<void> {
  await interaction.reply({ ...plainly(lines), flags: MessageFlags.Ephemeral });
}

function plainly(lines: readonly Line[]) {
  const content = clip(lines.map(lineText).join('\n'), MESSAGE.content);
  return { content, allowedMentions: { parse: [] } } satisfies InteractionEditReplyOptions;
}

/**
 * Tells the problem privately; a public "thinking…" that came to nothing is taken away. A sentence that the place does not
 * let be said is told as that. Never rejects.
 */
async function refuse(
  interaction: Interaction,
  caller: Caller | undefined,
  error: unknown,
  { commands, log }: Pick<HandlerOptions, 'commands' | 'log'>,
): Promise<void> {
  if (!interaction.isRepliable()) return;
  const language = catalogue(caller?.locale ?? interaction.locale);
  const reader = caller ? rankOf(caller) : 'person';
  const problem = problemOf(explained(error), interaction.id);
  try {
    // null: a message that was there before, whose button was used
    const isHeard = interaction.deferred || interaction.replied;
    if (isHeard && interaction.ephemeral === false) await interaction.deleteReply();
    if (caller && error instanceof EaselError && error.ask !== undefined)
      return await showPrivately(
        interaction,
        screenPanel(await commands.screens.open(caller, error.ask), language),
      );
    await sayPrivately(interaction, sentence(language, problem, reader)).catch(async (failure: unknown) => {
      if (!mindsContent(failure) || problem.code === 'words-blocked') throw failure;
      log.warn({ ...factsOf(interaction), err: failure }, 'the problem may not be told here');
      await sayPrivately(interaction, sentence(language, { code: 'words-blocked' }, reader));
    });
  } catch (failure) {
    log.error({ ...factsOf(interaction), err: failure }, 'the problem could not be told');
  }
}

/** What has to be chosen, before anything comes of what was asked for. */
async function showPrivately(interaction: RepliableInteraction, panel: Panel): Promise<void> {
  const message = { ...panel, flags: panel.flags | MessageFlags.Ephemeral } as const;
  if (!interaction.deferred && !interaction.replied) await interaction.reply(message);
  else if (interaction.isChatInputCommand() && interaction.ephemeral) await interaction.editReply(panel);
  else await interaction.followUp(message);
}

async function sayPrivately(interaction: RepliableInteraction, text: string): Promise<void> {
  const reply = { content: clip(escape(text), MESSAGE.content), allowedMentions: { parse: [] } } as const;
  const message = { ...reply, flags: MessageFlags.Ephemeral } as const;
  if (!interaction.deferred && !interaction.replied) await interaction.reply(message);
  else if (interaction.isChatInputCommand() && interaction.ephemeral) await interaction.editReply(reply);
  else await interaction.followUp(message);
}

function factsOf(interaction: Interaction): Record<string, unknown> {
  const name = 'commandName' in interaction ? { command: interaction.commandName } : {};
  return { interaction: interaction.id, guild: interaction.guildId, ...name };
}
