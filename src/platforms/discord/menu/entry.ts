/** A template → its entry in Discord's menu, whatever it is like: what has no room there is typed. Pure. */
import type { Command } from '../../../core/finding.ts';
import { clip } from '../../../core/text.ts';
import { COMMAND } from '../limits.ts';
import { slotOptions, type Option } from './options.ts';
import { command, type SlashCommand } from './own-commands.ts';
import { inLanguages } from './template-words.ts';
import { choicesWeight, fitting, weightOf } from './weight.ts';

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
  while (weightOf(command(name, about, shown)) > COMMAND.all) {
    const [heaviest] = shown.toSorted((a, b) => choicesWeight(b) - choicesWeight(a));
    if (!heaviest?.choices) break;
    shown.splice(shown.indexOf(heaviest), 1, unlisted(heaviest));
  }
  const plain = command(name, about, shown);
  const whole = inLanguages(plain, template);
  const left = new Set(options.slice(COMMAND.options).map((option) => option.name));
  return {
    command: fitting(whole, () => plain),
    typedOnly: Object.keys(slots).filter((slot) => left.has(slot)),
    searched: shown.filter(({ autocomplete }) => autocomplete).map((option) => option.name),
  };
}

function unlisted({ choices: _listed, ...option }: Option): Option {
  return { ...option, autocomplete: true };
}
