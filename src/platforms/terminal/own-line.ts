/** What only the terminal takes: a file as its path, and the draft that was seen last where none is named. */
import type { Intent } from '../../commands/index.ts';
import { givenTo, readWords } from '../../commands/typed/typed-words.ts';
import { meantBy, type NameAt } from '../../i18n/command-names.ts';

/** `draft`: the last one. `once`: nobody is asked whether they are sure. */
export function readOwnLine(
  line: string,
  { draft, once }: { draft: string; once: boolean },
): Extract<Intent, { kind: 'act' }> | undefined {
  const [, command = '', word = '', rest = ''] = /^\s*\/(\S+)\s+(\S+)\s*(.*)$/s.exec(line) ?? [];
  if (meantBy('command', command) !== 'template') return undefined;
  const verb = meantBy('template', word);
  const { args, flags } = withFlags(readWords(rest), ['name', 'settings']);
  const [first] = args;
  const name = givenTo('name', first ?? '')
    .replace(/^\//, '')
    .toLowerCase();
  if (verb === 'add' && first !== undefined)
    return { kind: 'act', at: 'add', action: 'add', entered: { workflow: first, ...flags } };
  if (verb === 'test' || verb === 'publish')
    return { kind: 'act', at: `draft/${name || draft}`, action: verb, entered: {} };
  if (verb === 'remove' && once && name !== '')
    return { kind: 'act', at: `remove/${name}`, action: 'remove', entered: {} };
  return undefined;
}

/** A flag without a value is none. */
function withFlags(
  typed: string[],
  known: readonly NameAt<'option'>[],
): { args: string[]; flags: Record<string, string> } {
  const args: string[] = [];
  const flags: Record<string, string> = {};
  const words = typed.values();
  for (const word of words) {
    const [, name = '', given] = /^--([^\s=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const flag = known.find((one) => one === meantBy('option', name));
    if (flag === undefined) {
      args.push(word);
      continue;
    }
    const value = given ?? words.next().value;
    if (value !== undefined) flags[flag] = value;
  }
  return { args, flags };
}
