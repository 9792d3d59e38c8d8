/** What only the terminal takes: a file as its path, and the draft that was seen last where none is named. */
import type { Intent } from '../../commands/index.ts';
import { readWords } from '../../commands/typed/typed-words.ts';

export const ADD_USAGE = 'PATH [--name NAME] [--settings PATH]';

/** `draft`: the last one. `once`: nobody is asked whether they are sure. */
export function readOwnLine(
  line: string,
  { draft, once }: { draft: string; once: boolean },
): Extract<Intent, { kind: 'act' }> | undefined {
  const [, verb = '', rest = ''] = /^\s*\/template\s+(\S+)\s*(.*)$/is.exec(line) ?? [];
  const { args, flags } = withFlags(readWords(rest), ['name', 'settings']);
  const [first] = args;
  switch (verb.toLowerCase()) {
    case 'add':
      if (first === undefined) return undefined;
      return { kind: 'act', at: 'add', action: 'add', entered: { workflow: first, ...flags } };
    case 'test':
    case 'publish':
      return { kind: 'act', at: `draft/${first ?? draft}`, action: verb.toLowerCase(), entered: {} };
    case 'remove': {
      if (!once || first === undefined) return undefined;
      const name = first.replace(/^\//, '').toLowerCase();
      return { kind: 'act', at: `remove/${name}`, action: 'remove', entered: {} };
    }
    default:
      return undefined;
  }
}

/** A flag without a value is none. */
function withFlags(
  typed: string[],
  known: readonly string[],
): { args: string[]; flags: Record<string, string> } {
  const args: string[] = [];
  const flags: Record<string, string> = {};
  const words = typed.values();
  for (const word of words) {
    const [, flag = '', given] = /^--([a-z]+)(?:=(.*))?$/s.exec(word) ?? [];
    const value = known.includes(flag) ? (given ?? words.next().value) : undefined;
    if (!known.includes(flag)) args.push(word);
    else if (value !== undefined) flags[flag] = value;
  }
  return { args, flags };
}
