/** How one of Easel's own commands is typed, for who reads that: in their language and, where that differs, in English. */
import type { NameAt } from '../../i18n/command-names.ts';
import type { Catalogue } from '../../i18n/index.ts';

type Below = { template: NameAt<'template'>; settings: NameAt<'settings'> };
type Path<C extends NameAt<'command'>> = C extends keyof Below ? [below?: Below[C]] : [];

/** In their language alone; `call`: how a command is typed there. */
export function calledAs<C extends NameAt<'command'>>(
  { commandNames: { called } }: Catalogue,
  command: C,
  ...[below]: Path<C>
): string {
  const first = called('command', command);
  if (below === undefined) return first;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Path` lets nothing else have a second word
  return `${first} ${called(command as keyof Below, below)}`;
}

/** `call`: how a command is typed there, be it a template or Easel's own. */
export function typedAs<C extends NameAt<'command'>>(
  words: Catalogue,
  call: (name: string) => string,
  command: C,
  ...path: Path<C>
): string {
  const standard = [command, ...path].filter(Boolean).join(' ');
  return words.commandNames.both(call(calledAs(words, command, ...path)), call(standard));
}
