/** How much a command is of the 8000 characters that Discord takes: names, descriptions, choices and all that is below it. Pure. */
import { COMMAND } from '../limits.ts';
import { longest } from './localizations.ts';
import type { Option } from './options.ts';

type Weighed = Pick<Option, 'name' | 'description' | 'name_localizations' | 'description_localizations'> & {
  options?: readonly Option[];
  choices?: Option['choices'] | undefined;
};

/** In characters; of a text and its translations the longest counts. */
export function weightOf(one: Weighed): number {
  const own =
    longest(one.name, one.name_localizations) + longest(one.description, one.description_localizations);
  return own + choicesWeight(one) + (one.options ?? []).reduce((sum, option) => sum + weightOf(option), 0);
}

export function choicesWeight({ choices = [] }: { choices?: Option['choices'] | undefined }): number {
  return choices.reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + choice.value.length,
    0,
  );
}

/** The whole where there is room for it, else without its translations. */
export function fitting<C extends Weighed>(whole: C, plain: () => C): C {
  return weightOf(whole) > COMMAND.all ? plain() : whole;
}

/** Without any translation, at any depth. */
export function untranslated<C extends Weighed>(one: C): C {
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = one;
  const bare = {
    ...rest,
    ...(one.options && { options: one.options.map(untranslated) }),
    ...(one.choices && {
      choices: one.choices.map(({ name, value }) => ({ name, value })),
    }),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what may be absent is
  return bare as unknown as C;
}
