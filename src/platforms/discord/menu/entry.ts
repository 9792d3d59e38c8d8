/** A template → its entry in Discord's menu, whatever it is like: what has no room there is typed. Pure. */
import type { Command } from '../../../core/finding.ts';
import { clip } from '../../../core/text.ts';
import { COMMAND } from '../limits.ts';
import { longest } from './localizations.ts';
import { slotOptions, type Option } from './options.ts';
import { command, type SlashCommand } from './own-commands.ts';
import { inLanguages } from './template-words.ts';

export interface MenuEntry {
  command: SlashCommand;
  /** Slots without an option, in the template's order. */
  typedOnly: string[];
  /** Slots whose choices are not listed, but searched for. */
  searched: string[];
}

/** Where not all has room, translations are left out first, then lists of choices. */
export function menuEntry(template: Command): MenuEntry {
  const { name, description, slots } = template;
  const options = slotOptions(slots);
  const about = clip(description, COMMAND.description);
  const shown = options.slice(0, COMMAND.options);
  // 25 options without choices always have room
  while (weight(name, about, shown) > COMMAND.all) {
    const [heaviest] = shown.toSorted((a, b) => choicesWeight(b) - choicesWeight(a));
    if (!heaviest?.choices) break;
    shown.splice(shown.indexOf(heaviest), 1, unlisted(heaviest));
  }
  const plain = command(name, about, shown);
  const whole = inLanguages(plain, template);
  const left = new Set(options.slice(COMMAND.options).map((option) => option.name));
  return {
    command: totalWeight(whole) > COMMAND.all ? plain : whole,
    typedOnly: Object.keys(slots).filter((slot) => left.has(slot)),
    searched: shown.filter(({ autocomplete }) => autocomplete).map((option) => option.name),
  };
}

function unlisted({ choices: _listed, ...option }: Option): Option {
  return { ...option, autocomplete: true };
}

function weight(name: string, description: string, options: readonly Option[]): number {
  return totalWeight(command(name, description, [...options]));
}

type Texts = Pick<Option, 'name' | 'description' | 'name_localizations' | 'description_localizations'>;

function totalWeight(of: SlashCommand): number {
  return of.options.reduce((sum, option) => sum + textWeight(option) + choicesWeight(option), textWeight(of));
}

function textWeight(of: Texts): number {
  return longest(of.name, of.name_localizations) + longest(of.description, of.description_localizations);
}

function choicesWeight({ choices = [] }: Option): number {
  return choices.reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + choice.value.length,
    0,
  );
}
