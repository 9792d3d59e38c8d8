/** `template rename fox wolf`, as it is typed where a platform has no options for it: a screen, or something done in one. */
import type { Entered } from '../screens/index.ts';

/** What a typed line asks for: a screen, or what is done in one. */
export type TemplateLine =
  | { kind: 'open'; at: string }
  | { kind: 'act'; at: string; action: string; entered: Entered }
  /** It is no verb, or lacks what it needs. */
  | { kind: 'usage' };

/** Words in capitals are needed, those in brackets are not. */
export const TEMPLATE_USAGE = {
  add: '[NAME]',
  list: '',
  show: 'NAME',
  edit: 'NAME',
  rename: 'NAME TO',
  disable: 'NAME',
  enable: 'NAME',
  limit: 'NAME',
  export: 'NAME [VERSION]',
  history: 'NAME',
  rollback: 'NAME VERSION',
  remove: 'NAME',
} as const;

export type TemplateVerb = keyof typeof TEMPLATE_USAGE;

/** `rest`: what stands after `template`. Names are read as they are spoken of: `/Fox` is `fox`. */
export function readTemplateLine(rest: string): TemplateLine {
  const [word = '', ...typed] = rest.trim().split(/\s+/);
  const verb = verbOf(word);
  const args = typed.map((arg) => arg.replace(/^\//, '').toLowerCase());
  if (verb === undefined || args.length < neededBy(verb)) return { kind: 'usage' };
  const [name = '', more = ''] = args;
  return templateVerb(verb, name, more);
}

/** `more`: the new name, or a version. */
export function templateVerb(verb: TemplateVerb, name: string, more = ''): TemplateLine {
  const act = (action: string, entered: Entered = {}): TemplateLine => {
    return { kind: 'act', at: `template/${name}`, action, entered };
  };
  switch (verb) {
    case 'add':
      return { kind: 'open', at: name === '' ? 'add' : `add/${name}` };
    case 'list':
      return { kind: 'open', at: 'templates' };
    case 'show':
      return { kind: 'open', at: `template/${name}` };
    case 'limit':
      return { kind: 'open', at: `access/${name}` };
    case 'history':
      return { kind: 'open', at: `history/${name}` };
    case 'remove':
      return { kind: 'open', at: `remove/${name}` };
    case 'rollback':
      return { kind: 'act', at: `history/${name}`, action: 'rollback', entered: { chosen: more } };
    case 'rename':
      return act('rename', { to: more });
    case 'export':
      return act('export', more === '' ? {} : { version: more });
    case 'edit':
    case 'disable':
    case 'enable':
      return act(verb);
  }
}

export function verbOf(word: string): TemplateVerb | undefined {
  const wanted = word.toLowerCase();
  return TEMPLATE_VERBS.find((verb) => verb === wanted);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an object with exactly these keys
export const TEMPLATE_VERBS = Object.keys(TEMPLATE_USAGE) as TemplateVerb[];

function neededBy(verb: TemplateVerb): number {
  const [needed = ''] = TEMPLATE_USAGE[verb].split('[');
  return (needed.match(/[A-Z]+/g) ?? []).length;
}
