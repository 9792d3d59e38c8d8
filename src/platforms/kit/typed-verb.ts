/** Template verbs where a platform has no typed options: what is written after each, and which one was meant. */

/** Words in capitals are needed, those in brackets are not. */
export const SHELF_USAGE = {
  list: '',
  show: 'NAME',
  rename: 'NAME TO',
  disable: 'NAME',
  enable: 'NAME',
  remove: 'NAME',
  export: 'NAME [VERSION]',
  history: 'NAME',
  rollback: 'NAME VERSION',
} as const;

/** Undefined when it is none of `usage`, or when what it needs is missing. */
export function typedVerb<Name extends string>(
  usage: Readonly<Record<Name, string>>,
  names: readonly Name[],
  word: string,
  args: readonly string[],
): Name | undefined {
  const verb = names.find((name) => name === word.toLowerCase());
  if (verb === undefined) return undefined;
  const [needed = ''] = usage[verb].split('[');
  return args.length < (needed.match(/[A-Z]+/g) ?? []).length ? undefined : verb;
}
