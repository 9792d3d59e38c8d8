/** One Discord interaction → one verb. Acknowledged first; what goes wrong is told privately. */
import {
  MessageFlags,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';
import type { Commands, QueueItem } from '../../commands/index.ts';
import { EaselError, problemOf } from '../../core/errors.ts';
import { jobTitle } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import { choiceNames } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import { addressOf, callerOf, rawValues } from './context.ts';
import { escape } from './render.ts';
import { MAX_CHOICES } from './register.ts';

export interface HandlerOptions {
  commands: Commands;
  log: Log;
  /** Where attachments may be fetched from. */
  origins: readonly string[];
  /** Aborts downloads at shutdown. */
  signal: AbortSignal;
  /** True once no more work is taken. */
  paused: () => boolean;
}

/** Discord's: characters of a choice's name, of a message. */
const MAX_CHOICE_NAME = 100;
const MAX_CONTENT = 2000;
/** Of a job's title in the queue. */
const MAX_TITLE = 80;

/** Never throws. */
export async function handleInteraction(interaction: Interaction, options: HandlerOptions): Promise<void> {
  const { log, paused } = options;
  try {
    if (interaction.isAutocomplete()) return await complete(interaction, options);
    if (!interaction.isChatInputCommand() && !interaction.isButton()) return;
    if (paused()) throw new EaselError({ code: 'shutting-down' });
    await (interaction.isButton() ? press(interaction, options) : command(interaction, options));
  } catch (error) {
    log.warn({ ...factsOf(interaction), err: error }, 'command refused');
    await refuse(interaction, error, log);
  }
}

async function command(interaction: ChatInputCommandInteraction, options: HandlerOptions): Promise<void> {
  const { commands } = options;
  const caller = callerOf(interaction);
  const words = catalogue(caller.locale);
  switch (interaction.commandName) {
    case 'queue': {
      const { heading, items } = commands.queue(caller);
      return tell(interaction, [escape(heading), ...items.map(queueLine)].join('\n'));
    }
    case 'help':
      return tell(interaction, commands.help(caller).map(escape).join('\n'));
    case 'cancel': {
      const wanted = interaction.options.getString('job')?.trim();
      const job = await commands.cancel(caller, wanted || undefined);
      return tell(interaction, escape(words.cancel.done(jobTitle(job))));
    }
    default:
      return runTemplate(interaction, options);
  }
}

async function runTemplate(interaction: ChatInputCommandInteraction, options: HandlerOptions): Promise<void> {
  const { commands, origins, signal } = options;
  const prepared = commands.prepare(
    callerOf(interaction),
    interaction.commandName,
    rawValues(interaction, origins),
  );
  const { resource } = await interaction.deferReply({ withResponse: true });
  const message = resource?.message?.id ?? (await interaction.fetchReply()).id;
  await commands.run(prepared, addressOf(interaction, message), signal);
}

async function press(interaction: ButtonInteraction, { commands }: HandlerOptions): Promise<void> {
  const [action, job] = interaction.customId.split(':');
  if (action !== 'cancel' || job === undefined) throw new EaselError({ code: 'no-such-job' });
  // acknowledged first; the reply itself shows what comes of it
  await interaction.deferUpdate();
  await commands.cancel(callerOf(interaction), job);
}

/** Discord's: at most 25 suggestions, names of at most 100 characters. */
async function complete(interaction: AutocompleteInteraction, { commands }: HandlerOptions): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const typed = value.toLowerCase();
  const offered = (): { name: string; value: string }[] => {
    if (interaction.commandName === 'cancel')
      return commands
        .own(callerOf(interaction))
        .map((item) => ({ name: `${item.title} — ${item.where}`, value: item.job.id }));
    const slot = commands.template(interaction.commandName)?.slots[name];
    return slot?.type === 'choice'
      ? choiceNames(slot).map((choice) => ({ name: choice, value: choice }))
      : [];
  };
  const matching = offered().filter((choice) => choice.name.toLowerCase().includes(typed));
  await interaction.respond(
    matching.slice(0, MAX_CHOICES).map((choice) => ({ ...choice, name: clip(choice.name, MAX_CHOICE_NAME) })),
  );
}

function queueLine({ title, job, where }: QueueItem): string {
  return `• ${escape(clip(title, MAX_TITLE))} — <@${job.user}> — ${escape(where)}`;
}

async function tell(interaction: ChatInputCommandInteraction, content: string): Promise<void> {
  await interaction.reply({
    content: clip(content, MAX_CONTENT),
    flags: MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
  });
}

/** Tells the problem privately; a public "thinking…" that came to nothing is taken away. */
async function refuse(interaction: Interaction, error: unknown, log: Log): Promise<void> {
  if (!interaction.isRepliable()) return;
  const content = escape(sentence(catalogue(interaction.locale), problemOf(error, interaction.id)));
  const message = { content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } } as const;
  try {
    if (!interaction.deferred && !interaction.replied) await interaction.reply(message);
    else {
      if (interaction.isChatInputCommand()) await interaction.deleteReply();
      await interaction.followUp(message);
    }
  } catch (failure) {
    log.error({ ...factsOf(interaction), err: failure }, 'the problem could not be told');
  }
}

function factsOf(interaction: Interaction): Record<string, unknown> {
  const name = 'commandName' in interaction ? { command: interaction.commandName } : {};
  return { interaction: interaction.id, guild: interaction.guildId, ...name };
}
