/**
 * What was filled in of an entry in Discord's menu → values of the template that has the name here. The entry may be another
 * one's: a server's own template stands beside the global one of its name, and a client keeps old entries for a while.
 */
import { MessageFlags, type ChatInputCommandInteraction } from 'discord.js';
import type { Commands, Prepared } from '../../../commands/index.ts';
import { publicLocaleOf, type Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import { choicesOf } from '../../../templates/choices.ts';
import type { RawValues } from '../../../templates/values.ts';
import { HASHED, meantBy } from '../../kit/option-value.ts';
import { COMMAND } from '../limits.ts';
import { escape } from '../replies/render.ts';
import { showScreen } from '../screens/handle-screen.ts';
import { rawValues } from './context.ts';
import { runPrepared, type RunOptions } from './run.ts';

interface Entered {
  raw: RawValues;
  /** Options that the template has no slot for. */
  dropped: string[];
}

/** Rejects with what `commands/` says. */
export async function runEntry(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  options: RunOptions,
): Promise<void> {
  const { commandName: name } = interaction;
  const { commands, log } = options;
  const given = rawValues(interaction, options.origins);
  const entering = entered(caller, name, given, commands);
  const preparing = entering.then(({ raw }): Promise<Prepared> => commands.prepare(caller, name, raw));
  const telling = async () => tellDropped(interaction, caller, (await entering).dropped, log);
  try {
    await runPrepared(interaction, preparing, options, false, telling);
  } catch (error) {
    const { raw } = await entering;
    const isUnasked = lackOf(error, raw) && !interaction.deferred && !interaction.replied;
    if (!isUnasked) throw error;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return showScreen(interaction, caller, `run/${name}`, options);
  }
}

/** Privately. The job goes on all the same: never rejects. */
async function tellDropped(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  slots: string[],
  log: Log,
): Promise<void> {
  if (slots.length === 0) return;
  const words = catalogue(caller.locale);
  const { commandName: name } = interaction;
  const left = sentence(words, { code: 'options-left-out', name, slots }, 'person');
  const quiet = { allowedMentions: { parse: [] } } as const;
  try {
    // the first message after "thinking…" takes its place, and is as public
    await interaction.editReply({ ...quiet, content: catalogue(publicLocaleOf(caller)).status.accepted() });
    await interaction.followUp({ ...quiet, content: escape(left), flags: MessageFlags.Ephemeral });
  } catch (error) {
    log.warn({ interaction: interaction.id, slots, err: error }, 'not told which options were left out');
  }
}

async function entered(
  caller: Caller,
  name: string,
  given: RawValues,
  commands: Pick<Commands, 'template'>,
): Promise<Entered> {
  const template = await commands.template(caller, name);
  // why not is said when it is prepared
  if (!template) return { raw: given, dropped: [] };
  const raw: RawValues = {};
  const dropped: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    const slot = Object.hasOwn(template.slots, key) ? template.slots[key] : undefined;
    if (!slot) dropped.push(key);
    else if (typeof value === 'string' && value.startsWith(HASHED))
      raw[key] = meantBy(choicesOf(slot), value, COMMAND.choice);
    else raw[key] = value;
  }
  return { raw, dropped };
}

/** A value is needed that the entry did not ask for. */
function lackOf(error: unknown, raw: RawValues): boolean {
  return (
    error instanceof EaselError &&
    error.problem.code === 'missing-value' &&
    !Object.hasOwn(raw, error.problem.slot)
  );
}
