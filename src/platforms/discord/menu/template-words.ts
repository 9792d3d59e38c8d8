/**
 * A template's command in the languages that it has words for: Discord shows each of its people theirs, and the default to
 * everybody else. Pure.
 */
import type { Command } from '../../../core/finding.ts';
import { folded } from '../../../core/text.ts';
import { catalogue } from '../../../i18n/index.ts';
import { wordsFor, type ReadSlot } from '../../../templates/languages/words.ts';
import { typeOf } from '../../../templates/slots/index.ts';
import { optionLabels } from '../../kit/option-label.ts';
import { COMMAND, LOCALES, type Locale } from '../limits.ts';
import { localizedBy, type Localizations } from './localizations.ts';
import type { Option } from './options.ts';
import type { SlashCommand } from './own-commands.ts';

export function inLanguages(command: SlashCommand, template: Command): SlashCommand {
  const words = LOCALES.map((locale) => [locale, wordsFor(template, locale)] as const);
  return {
    ...command,
    ...localizedBy(
      'name',
      command.name,
      words.map(([locale, said]) => [locale, said.name]),
    ),
    ...localizedBy(
      'description',
      command.description,
      words.map(([locale, said]) => [locale, said.description]),
    ),
    options: command.options.map((option) => {
      const slot = Object.hasOwn(template.slots, option.name) ? template.slots[option.name] : undefined;
      const read = words.map(([locale, said]) => [locale, said.slot(option.name, slot)] as const);
      return {
        ...option,
        ...localizedBy(
          'name',
          option.name,
          read.map(([locale, { name }]) => [locale, name]),
        ),
        ...localizedBy(
          'description',
          option.description,
          read.map(([locale, said]) => [locale, descriptionOf(said, locale)]),
        ),
        ...(option.choices && { choices: choicesIn(option.choices, read) }),
      };

      function descriptionOf({ name, description }: ReadSlot, locale: Locale): string {
        if (description !== undefined) return description;
        const { commands } = catalogue(locale);
        return slot && typeOf(slot).drawn ? commands.seed() : commands.slot(name);
      }
    }),
  };
}

function choicesIn(
  choices: NonNullable<Option['choices']>,
  read: readonly (readonly [Locale, ReadSlot])[],
): NonNullable<Option['choices']> {
  // of one locale all together, since no two may be cut to the same
  const byLocale = read.map(([locale, { choice }]) => {
    return [
      locale,
      optionLabels(
        choices.map(({ name }) => choice(name)),
        COMMAND.choice,
      ),
    ] as const;
  });
  return choices.map((one, index) => ({
    ...one,
    ...localizedChoice(
      one.name,
      byLocale.map(([locale, labels]) => [locale, labels[index] ?? one.name]),
    ),
  }));
}

function localizedChoice(
  standard: string,
  said: readonly (readonly [Locale, string])[],
): { name_localizations?: Localizations } {
  const others = said.filter(([, text]) => text !== standard);
  return others.length > 0 ? { name_localizations: Object.fromEntries(others) } : {};
}

/**
 * Discord takes no two commands that a locale calls alike, be it by default or not: of these the first keeps its name there, and
 * the others have their default ones.
 */
export function withoutClashes(commands: readonly SlashCommand[]): SlashCommand[] {
  const standard = new Set(commands.map(({ name }) => folded(name)));
  const taken = new Set<string>();
  return commands.map((command) => {
    const { name_localizations: names, ...rest } = command;
    if (!names) return command;
    const kept = Object.entries(names).filter(([locale, name]) => {
      const key = `${locale} ${folded(name)}`;
      if (standard.has(folded(name)) || taken.has(key)) return false;
      taken.add(key);
      return true;
    });
    return kept.length > 0 ? { ...rest, name_localizations: Object.fromEntries(kept) } : rest;
  });
}
