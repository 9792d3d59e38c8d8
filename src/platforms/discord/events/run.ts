/** What was prepared, or a wish for another one → a job with its reply. */
import {
  MessageFlags,
  type ButtonInteraction,
  type ContextMenuCommandInteraction,
  type RepliableInteraction,
} from 'discord.js';
import type { Commands, Prepared } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import type { Log } from '../../../core/log.ts';
import { beginTold } from './begin.ts';
import { addressOf, UNKNOWN_MESSAGE } from './context.ts';
import { settlesWithin } from './in-time.ts';
import type { HeldForms } from '../screens/held-forms.ts';

export interface RunOptions {
  commands: Commands;
  /** Where attachments may be fetched from. */
  origins: readonly string[];
  held: HeldForms;
  /** Aborts downloads at shutdown. */
  signal: AbortSignal;
  log: Log;
}

/** How long the checks may take before the person sees that they were heard, in ms. */
const QUIET_MS = 700;

/** Another one like the job whose button was pressed, in a reply of its own. */
export async function runAgain(
  interaction: ButtonInteraction,
  caller: Caller,
  options: RunOptions,
): Promise<void> {
  const [, job = ''] = interaction.customId.split(':');
  await runPrepared(interaction, options.commands.prepareAgain(caller, job), options);
}

/** Every file of the job whose button was pressed, for whoever wants them alone. */
export async function postAll(
  interaction: ButtonInteraction,
  caller: Caller,
  options: RunOptions,
): Promise<void> {
  const [, job = ''] = interaction.customId.split(':');
  await runPrepared(interaction, options.commands.prepareAll(caller, job), options, true);
}

type RunInteraction = Exclude<RepliableInteraction, ContextMenuCommandInteraction>;

/**
 * Queues what `preparing` resolves to, in a reply of its own. `first`: once its person is told, before the job begins; never
 * rejects. Rejects with what `preparing` rejects with.
 */
export async function runPrepared(
  interaction: RunInteraction,
  preparing: Promise<Prepared>,
  { commands, signal, log }: RunOptions,
  isPrivate = false,
  first?: () => Promise<void>,
): Promise<void> {
  const noting = preparing.then((prepared) =>
    commands.note(prepared, addressOf(interaction, UNKNOWN_MESSAGE, isPrivate), signal),
  );
  // a refusal is private, and a job is written down before its person is told; but when that takes long, being heard
  // comes first
  const inTime = await settlesWithin(noting, QUIET_MS);
  const [early] = inTime ? [] : await Promise.allSettled([defer(interaction, isPrivate)]);
  // also where nobody could be told: what is noted is somebody's until it is dropped
  const noted = await noting;
  const tell = async () => {
    if (early?.status === 'rejected') throw early.reason;
    const message = early?.value ?? (await defer(interaction, isPrivate));
    await first?.();
    return message;
  };
  await beginTold(noted, {
    tell,
    addressOf: (message) => addressOf(interaction, message, isPrivate),
    about: { interaction: interaction.id },
    log,
  });
}

/** Resolves to the reply's id. */
async function defer(interaction: RunInteraction, isPrivate: boolean): Promise<string> {
  const { resource } = await interaction.deferReply({
    withResponse: true,
    ...(isPrivate && { flags: MessageFlags.Ephemeral }),
  });
  return resource?.message?.id ?? (await interaction.fetchReply()).id;
}
