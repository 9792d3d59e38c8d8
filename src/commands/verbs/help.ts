/** What somebody can do here, a line a command. */
import type { Caller } from '../../core/caller.ts';
import type { Template } from '../../core/template.ts';
import { catalogue } from '../../i18n/index.ts';
import { VERBS } from './table.ts';

/** `call`: how a command is typed there, be it a template or Easel's own. */
export function helpLines(
  { locale, admin }: Caller,
  templates: readonly Template[],
  call: (name: string) => string,
): string[] {
  const words = catalogue(locale);
  const { help, commands } = words;
  const entries = templates.map(({ name, description, slots }) => {
    const usage = Object.entries(slots).map(([slot, { required }]) =>
      required ? `${slot}:…` : `[${slot}:…]`,
    );
    return { usage: [call(name), ...usage].join(' '), description };
  });
  for (const [name, { about }] of Object.entries(VERBS))
    if (name !== 'help') entries.push({ usage: call(name), description: about(words) });
  if (admin) {
    entries.push({ usage: call('template'), description: commands.template() });
    entries.push({ usage: call('settings'), description: commands.settings() });
  }
  return [help.heading(), ...entries.map((entry) => help.line(entry))];
}
