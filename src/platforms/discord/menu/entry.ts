/** A template → its entry in Discord's menu, whatever it is like: what has no room there is typed. Pure. */
import type { Command } from '../../../core/finding.ts';
import { clip } from '../../../core/text.ts';
import { COMMAND } from '../limits.ts';
import { slotOptions, type Option } from './options.ts';
import { command, type SlashCommand } from './own-commands.ts';

export interface MenuEntry {
  command: SlashCommand;
  /** Slots without an option, in the template's order. */
  typedOnly: string[];
  /** Slots whose choices are not listed, but searched for. */
  searched: string[];
}

export function menuEntry({ name, description, slots }: Command): MenuEntry {
  const options = slotOptions(slots);
  const about = clip(description, COMMAND.description);
  const shown = options.slice(0, COMMAND.options);
  // 25 options without choices always have room
  while (weight(name, about, shown) > COMMAND.all) {
    const [heaviest] = shown.toSorted((a, b) => choicesWeight(b) - choicesWeight(a));
    if (!heaviest?.choices) break;
    shown.splice(shown.indexOf(heaviest), 1, unlisted(heaviest));
  }
  const left = new Set(options.slice(COMMAND.options).map((option) => option.name));
  return {
    command: command(name, about, shown),
    typedOnly: Object.keys(slots).filter((slot) => left.has(slot)),
    searched: shown.filter(({ autocomplete }) => autocomplete).map((option) => option.name),
  };
}

function unlisted({ choices: _listed, ...option }: Option): Option {
  return { ...option, autocomplete: true };
}

function weight(name: string, description: string, options: readonly Option[]): number {
  return options.reduce(
    (sum, option) => sum + option.name.length + option.description.length + choicesWeight(option),
    name.length + description.length,
  );
}

function choicesWeight({ choices = [] }: Option): number {
  return choices.reduce((sum, choice) => sum + choice.name.length + choice.value.length, 0);
}
