/** One Discord interaction → one verb. Acknowledged first; what goes wrong is told privately. */
import {
  MessageFlags,
  type AnySelectMenuInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Commands } from '../../../commands/index.ts';
import type { QueueItem } from '../../../commands/queue-item.ts';
import { OPERATOR_WORD } from '../../../commands/operator-line.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError, problemOf } from '../../../core/errors.ts';
import { jobTitle } from '../../../core/job.ts';
import type { Log } from '../../../core/log.ts';
import { clip } from '../../../core/text.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import { complete } from './complete.ts';
import { callerOf } from './context.ts';
import { EDITOR } from '../screens/editor-view.ts';
import { handleEditor } from '../screens/editor.ts';
import { explained } from '../errors.ts';
import { EASEL, SETTINGS, TEMPLATE } from '../menu/own-commands.ts';
import type { Places } from '../channels.ts';
import { mindsContent } from '../replies/refusals.ts';
import { escape, escapeStatus } from '../replies/render.ts';
import { postAll, runAgain, runTemplate, runTyped } from './run.ts';
import { handleSettings, handleSettingsCommand } from '../screens/settings.ts';
import { MESSAGE } from '../limits.ts';
import { SETTINGS_TOPIC } from '../screens/settings-view.ts';
import { SHELF } from '../screens/shelf-view.ts';
import { handleShelf, handleTemplateCommand } from '../screens/template-commands.ts';

export interface HandlerOptions {
  commands: Commands;
  places: Places;
  log: Log;
  /** Where attachments may be fetched from. */
  origins: readonly string[];
  /** Aborts downloads at shutdown. */
  signal: AbortSignal;
  /** True once no more work is taken. */
  paused: () => boolean;
}

/** Of a job's title in the queue. */
const MAX_TITLE = 80;

/** Never throws. */
export async function handleInteraction(interaction: Interaction, options: HandlerOptions): Promise<void> {
  const { commands, places, log, paused } = options;
  let caller: Caller | undefined;
  try {
    caller = commands.recognise(callerOf(interaction, places));
    if (interaction.isAutocomplete()) return await complete(interaction, caller, commands);
    if (paused()) throw new EaselError({ code: 'shutting-down' });
    if (interaction.isChatInputCommand()) return await command(interaction, caller, options);
    if (interaction.isMessageComponent() || interaction.isModalSubmit())
      return await use(interaction, caller, options);
  } catch (error) {
    log.warn({ ...factsOf(interaction), err: error }, 'command refused');
    await refuse(interaction, caller, error, log);
  }
}

async function command(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  options: HandlerOptions,
): Promise<void> {
  const { commands } = options;
  const words = catalogue(caller.locale);
  switch (interaction.commandName) {
    case 'queue': {
      const { heading, items } = commands.queue(caller);
      return tell(interaction, [escape(heading), ...items.map(queueLine)].join('\n'));
    }
    case 'help':
      return tell(interaction, (await commands.help(caller)).map(escape).join('\n'));
    case 'cancel': {
      const wanted = interaction.options.getString('job')?.trim();
      const job = await commands.cancel(caller, wanted || undefined);
      return tell(interaction, escape(words.cancel.done(jobTitle(job))));
    }
    case TEMPLATE:
      return handleTemplateCommand(interaction, caller, options);
    case SETTINGS:
      return handleSettingsCommand(interaction, caller, commands);
    case EASEL: {
      const line = interaction.options.getString('what', true).trim().replace(/^\//, '');
      const [word = ''] = line.split(/\s/, 1);
      if (word.toLowerCase() !== OPERATOR_WORD || !(await commands.operates(caller)))
        return runTyped(interaction, caller, options);
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const said = await commands.operate(caller, line.slice(word.length));
      await interaction.editReply(clip(said.map(escape).join('\n'), MESSAGE.content));
      return;
    }
    default:
      return runTemplate(interaction, caller, options);
  }
}

/** A button, a menu or a form; what it is for stands first in its custom id. */
async function use(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  caller: Caller,
  options: HandlerOptions,
): Promise<void> {
  const { commands } = options;
  const [topic = ''] = interaction.customId.split(':');
  const isForm = interaction.isModalSubmit();
  // every form of Easel's opens from a message
  if (isForm && !interaction.isFromMessage()) throw new EaselError({ code: 'form-expired' });
  switch (topic) {
    case EDITOR:
      if (isForm || interaction.isButton() || interaction.isStringSelectMenu())
        return handleEditor(interaction, caller, options);
      break;
    case SETTINGS_TOPIC:
      if (isForm || interaction.isButton() || isEntityMenu(interaction))
        return handleSettings(interaction, caller, commands);
      break;
    case SHELF:
      if (
        !isForm &&
        (interaction.isButton() || interaction.isRoleSelectMenu() || interaction.isChannelSelectMenu())
      )
        return handleShelf(interaction, caller, options);
      break;
    case 'cancel':
      if (!isForm && interaction.isButton()) return press(interaction, caller, commands);
      break;
    case 'again':
      if (!isForm && interaction.isButton()) return runAgain(interaction, caller, options);
      break;
    case 'all':
      if (!isForm && interaction.isButton()) return postAll(interaction, caller, options);
      break;
    default:
      break;
  }
  throw new EaselError({ code: 'no-such-job' });
}

type EntityMenuInteraction = Exclude<AnySelectMenuInteraction, StringSelectMenuInteraction>;

/** Of people, roles or channels. */
function isEntityMenu(interaction: MessageComponentInteraction): interaction is EntityMenuInteraction {
  return interaction.isAnySelectMenu() && !interaction.isStringSelectMenu();
}

async function press(interaction: ButtonInteraction, caller: Caller, commands: Commands): Promise<void> {
  const [, job = ''] = interaction.customId.split(':');
  // acknowledged first; the reply itself shows what comes of it
  await interaction.deferUpdate();
  await commands.cancel(caller, job);
}

function queueLine({ title, job, where }: QueueItem): string {
  return `• ${escape(clip(title, MAX_TITLE))} — <@${job.user}> — ${escapeStatus(where)}`;
}

async function tell(interaction: ChatInputCommandInteraction, content: string): Promise<void> {
  await interaction.reply({
    content: clip(content, MESSAGE.content),
    flags: MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
  });
}

/**
 * Tells the problem privately; a public "thinking…" that came to nothing is taken away. A sentence that the place does not
 * let be said is told as that. Never rejects.
 */
async function refuse(
  interaction: Interaction,
  caller: Caller | undefined,
  error: unknown,
  log: Log,
): Promise<void> {
  if (!interaction.isRepliable()) return;
  const words = catalogue(caller?.locale ?? interaction.locale);
  const problem = problemOf(explained(error), interaction.id);
  try {
    // null: a message that was there before, whose button was used
    const isHeard = interaction.deferred || interaction.replied;
    if (isHeard && interaction.ephemeral === false) await interaction.deleteReply();
    await sayPrivately(interaction, sentence(words, problem)).catch(async (failure: unknown) => {
      if (!mindsContent(failure) || problem.code === 'words-blocked') throw failure;
      log.warn({ ...factsOf(interaction), err: failure }, 'the problem may not be told here');
      await sayPrivately(interaction, sentence(words, { code: 'words-blocked' }));
    });
  } catch (failure) {
    log.error({ ...factsOf(interaction), err: failure }, 'the problem could not be told');
  }
}

async function sayPrivately(interaction: RepliableInteraction, text: string): Promise<void> {
  const said = { content: clip(escape(text), MESSAGE.content), allowedMentions: { parse: [] } } as const;
  const message = { ...said, flags: MessageFlags.Ephemeral } as const;
  if (!interaction.deferred && !interaction.replied) await interaction.reply(message);
  else if (interaction.isChatInputCommand() && interaction.ephemeral) await interaction.editReply(said);
  else await interaction.followUp(message);
}

function factsOf(interaction: Interaction): Record<string, unknown> {
  const name = 'commandName' in interaction ? { command: interaction.commandName } : {};
  return { interaction: interaction.id, guild: interaction.guildId, ...name };
}
