/** `template rename fox wolf`, as it is typed where a platform has no options for it: a screen, or something done in one. */
import { meantBy, type NameAt } from '../../i18n/command-names.ts';
import type { Catalogue } from '../../i18n/index.ts';
import type { Entered } from '../screens/index.ts';
import { optionIn } from './typed-words.ts';

/** What a typed line asks for: a screen, or what is done in one. */
export type TemplateLine =
  | { kind: 'open'; at: string }
  | { kind: 'act'; at: string; action: string; entered: Entered }
  /** It is no verb, or lacks what it needs. */
  | { kind: 'usage' };

type Taken = Extract<NameAt<'option'>, 'name' | 'to' | 'version'>;

/** What each takes, in the order in which it is typed; it does not go without the first `needed` of them. */
const TEMPLATE_TAKES = {
  add: { takes: ['name'], needed: 0 },
  list: { takes: [], needed: 0 },
  show: { takes: ['name'], needed: 1 },
  edit: { takes: ['name'], needed: 1 },
  rename: { takes: ['name', 'to'], needed: 2 },
  disable: { takes: ['name'], needed: 1 },
  enable: { takes: ['name'], needed: 1 },
  limit: { takes: ['name'], needed: 1 },
  export: { takes: ['name', 'version'], needed: 1 },
  history: { takes: ['name'], needed: 1 },
  rollback: { takes: ['name', 'version'], needed: 2 },
  remove: { takes: ['name'], needed: 1 },
} as const satisfies Partial<Record<NameAt<'template'>, { takes: readonly Taken[]; needed: number }>>;

export type TemplateVerb = keyof typeof TEMPLATE_TAKES;

/**
 * `rest`: what stands after `template`. Names are read as they are spoken of: `/Fox` is `fox`. What is taken stands in its order, or with
 * the name of its option: `name:fox to:wolf`.
 */
export function readTemplateLine(rest: string): TemplateLine {
  const [word = '', ...typed] = rest.trim().split(/\s+/);
  const verb = verbOf(word);
  if (verb === undefined) return { kind: 'usage' };
  const { takes, needed } = TEMPLATE_TAKES[verb];
  const values = valuesOf(typed, takes).map((value) => value?.replace(/^\//, '').toLowerCase());
  if (values.slice(0, needed).includes(undefined)) return { kind: 'usage' };
  const [name = '', more = ''] = values;
  return templateVerb(verb, name, more);
}

/** For each of `takes`; undefined where there is none. */
function valuesOf(typed: readonly string[], takes: readonly Taken[]): (string | undefined)[] {
  const named = new Map<string, string>();
  const others = typed.filter((word) => {
    const given = optionIn(word);
    const isTaken = given !== undefined && takes.some((one) => one === given.option);
    if (isTaken) named.set(given.option, given.value);
    return !isTaken;
  });
  return takes.map((one) => named.get(one) ?? others.shift());
}

/** What is typed behind a verb; what it goes without stands in brackets. */
export function usageOf(verb: TemplateVerb, { usage }: Catalogue): string {
  const { takes, needed } = TEMPLATE_TAKES[verb];
  return takes.map((one, index) => (index < needed ? usage[one]() : `[${usage[one]()}]`)).join(' ');
}

/** How many words may stand behind a verb. */
export function mostWords(verb: TemplateVerb): number {
  return TEMPLATE_TAKES[verb].takes.length;
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

/** In whichever language it is typed. */
export function verbOf(word: string): TemplateVerb | undefined {
  const wanted = meantBy('template', word);
  return TEMPLATE_VERBS.find((verb) => verb === wanted);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an object with exactly these keys
export const TEMPLATE_VERBS = Object.keys(TEMPLATE_TAKES) as TemplateVerb[];
