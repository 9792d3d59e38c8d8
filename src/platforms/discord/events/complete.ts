/** What Discord suggests while somebody types an option. */
import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import type { Commands } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import { catalogue } from '../../../i18n/index.ts';
import { optionLabels } from '../../kit/option-label.ts';
import { optionValue } from '../../kit/option-value.ts';
import { COMMAND } from '../limits.ts';
import { TEMPLATE } from '../menu/own-commands.ts';

type Choice = ApplicationCommandOptionChoiceData;

/** Rejects when Discord does not take the answer; a problem of `commands/` offers nothing. */
export async function complete(
  interaction: AutocompleteInteraction,
  caller: Caller,
  commands: Commands,
): Promise<void> {
  const choices = await suggestions(interaction, caller, commands);
  const shown = choices.slice(0, COMMAND.choices);
  const labels = optionLabels(
    shown.map(({ name }) => name),
    COMMAND.choice,
  );
  await interaction.respond(shown.map((choice, index) => ({ ...choice, name: labels[index] ?? '' })));
}

async function suggestions(
  { commandName, options }: AutocompleteInteraction,
  caller: Caller,
  commands: Commands,
): Promise<Choice[]> {
  const { name: option, value: typed } = options.getFocused(true);
  if (commandName === 'cancel') {
    const jobs = commands.own(caller);
    return holding(
      jobs.map(({ title, where, job }) => ({ name: `${title} — ${where}`, value: job.id })),
      typed,
    );
  }
  if (commandName !== TEMPLATE) {
    const found = await commands.complete(caller, commandName, option, typed, COMMAND.choices);
    return found.map(({ label, value }) => ({ name: label, value: optionValue(value, COMMAND.choice) }));
  }
  if (option === 'version')
    return holding(await versions(caller, commands, options.getString('name') ?? ''), typed);
  const entries = await commands.shelf.list(caller);
  return holding(
    entries.map(({ name, description }) => ({ name: `${name} — ${description}`, value: name })),
    typed.replace(/^\//, ''),
  );
}

/** Newest first. Times are in UTC: nobody knows the reader's zone here. */
async function versions(caller: Caller, commands: Commands, name: string): Promise<Choice[]> {
  const found = await commands.shelf.history(caller, name.trim().replace(/^\//, '')).catch(() => []);
  const { utc } = catalogue(caller.locale).amounts;
  return found.map(({ number, at }) => ({
    name: `${number} — ${utc(at)}`,
    value: number,
  }));
}

/** Those that begin with it come first. */
function holding(choices: Choice[], typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase();
  const begins = ({ name }: Choice) => name.toLowerCase().startsWith(wanted);
  return choices
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}
