/** What somebody can do here, a line a command. */
import type { Caller } from '../../core/caller.ts';
import type { Template } from '../../core/template.ts';
import { catalogue } from '../../i18n/index.ts';
import { wordsFor } from '../../templates/languages/words.ts';
import { NAMED_VERBS } from './table.ts';
import { calledAs, typedAs } from './typed-as.ts';

export interface HelpOptions {
  /** How a command is typed there, be it a template or Easel's own. */
  call: (name: string) => string;
  /** Whether the platform tells so many lines whole. */
  holds: (lines: readonly string[]) => boolean;
  /** What matters most first, for where not all are told. */
  ranked: (templates: readonly Template[]) => Promise<Template[]>;
}

/**
 * Where there is no room for all templates, those that matter most, Easel's own commands in any case, and how many more there
 * are and where. `templates`: the default one first. Rejects with `store-failed`.
 */
export async function helpLines(
  { locale, admin }: Caller,
  templates: readonly Template[],
  { call, holds, ranked }: HelpOptions,
): Promise<string[]> {
  const words = catalogue(locale);
  const { help, commands } = words;
  const lineOf = (template: Template) => {
    const said = wordsFor(template, locale);
    const usage = Object.entries(template.slots).map(([name, slot]) => {
      const called = said.slot(name, slot).name;
      return slot.required ? `${called}:…` : `[${called}:…]`;
    });
    const { description } = said;
    const typed = words.commandNames.both(call(said.name), call(template.name));
    return help.line({ usage: [typed, ...usage].join(' '), description });
  };
  const own = NAMED_VERBS.filter(([name]) => name !== 'help').map(([name, { about }]) =>
    help.line({ usage: typedAs(words, call, name), description: about(words) }),
  );
  if (admin)
    own.push(
      help.line({ usage: typedAs(words, call, 'template'), description: commands.template() }),
      help.line({ usage: typedAs(words, call, 'settings'), description: commands.settings() }),
      help.line({
        usage: `${typedAs(words, call, 'settings', 'models')} ${words.usage.usualModels()}`,
        description: commands.usualModels(),
      }),
    );
  const all = [help.heading(), ...templates.map(lineOf), ...own];
  if (holds(all)) return all;
  const [first, ...others] = templates;
  const lines = [...(first ? [first] : []), ...(await ranked(others))].map(lineOf);
  const told = (count: number) => [
    help.heading(),
    ...lines.slice(0, count),
    help.more(lines.length - count, call(calledAs(words, 'template', 'list'))),
    ...own,
  ];
  // the largest number that is told whole: half of what is left at each look
  let [fits, over] = [0, lines.length];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (holds(told(middle))) fits = middle;
    else over = middle;
  }
  return told(fits);
}
