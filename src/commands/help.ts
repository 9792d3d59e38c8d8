/** What somebody can do here, a line a command. */
import type { Caller } from '../core/chat.ts';
import type { Template } from '../core/template.ts';
import { catalogue } from '../i18n/index.ts';
import { VERBS } from './verbs.ts';

/** `verb`: how the platform calls Easel's own commands. */
export function helpLines(
  { locale, admin }: Caller,
  templates: readonly Template[],
  verb: (name: string) => string,
): string[] {
  const words = catalogue(locale);
  const { help, commands } = words;
  const entries = templates.map(({ name, description, slots }) => {
    const usage = Object.entries(slots).map(([slot, { required }]) =>
      required ? `${slot}:…` : `[${slot}:…]`,
    );
    return { usage: help.usage(name, usage), description };
  });
  for (const [name, { about }] of Object.entries(VERBS))
    if (name !== 'help') entries.push({ usage: verb(name), description: about(words) });
  if (admin) {
    entries.push({ usage: verb('template'), description: commands.template() });
    entries.push({ usage: verb('settings'), description: commands.settings() });
  }
  return [help.heading(), ...entries.map((entry) => help.line(entry))];
}
