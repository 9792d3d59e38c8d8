/**
 * What a component of a screen is for, in its custom id (Discord's: 100 characters): `s:act:test:draft/…`. Everything that
 * an answer needs stands in it, so that it works as long as the message exists.
 */
import type { Screen } from '../../../core/screen.ts';

export const SCREEN = 's';

/**
 * act: a button. one: an item, or something of a menu, was picked. set: a field was picked in the panel itself.
 * on, off: a switch. form: opens a form of a group's fields. sent: that form. page: of the items.
 * list: pages of what is too long for a menu. look: opens the form that asks what to look for. found: that form.
 */
const VERBS = ['act', 'one', 'set', 'on', 'off', 'form', 'sent', 'page', 'list', 'look', 'found'] as const;
export type Verb = (typeof VERBS)[number];

export interface Address {
  verb: Verb;
  /** An action, a field or a group. */
  key: string;
  /** A page, or which part of a group that does not fit into one form. */
  part: number;
  at: string;
  /** What a form had; see `mark.ts`. */
  mark: string;
}

export function idFor(verb: Verb, key: string, { at }: Pick<Screen, 'at'>, part = 0, mark = ''): string {
  const head = part === 0 ? key : `${key}.${part}`;
  return [SCREEN, verb, head, at, ...(mark === '' ? [] : [mark])].join(':');
}

/** Undefined for what no screen of this version has. */
export function readId(id: string): Address | undefined {
  const [topic, verb, head = '', at = '', mark = ''] = id.split(':');
  const known = VERBS.find((one) => one === verb);
  if (topic !== SCREEN || !known) return undefined;
  const [key = '', part = '0'] = head.split('.');
  return { verb: known, key, part: Number(part) || 0, at, mark };
}

/** Topics of panels from before screens, and what each was about: their buttons open it as it is now. */
const BEFORE: Record<string, (action: string, first: string, second: string) => string> = {
  set: () => 'settings',
  shelf: (action, name) => {
    if (action === 'list') return 'templates';
    return `${action === 'remove' || action === 'keep' ? 'remove' : 'access'}/${name}`;
  },
  edit: (action, draft, slot) => {
    if (action === 'ask' || action === 'discard') return `discard/${draft}`;
    return ABOUT_SLOT.includes(action) ? `slot/${draft}/${slot}` : `draft/${draft}`;
  },
};
const ABOUT_SLOT = ['change', 'changed', 'type', 'required', 'optional', 'up', 'down'];

/** The screen that a component of the version before was about; undefined where it was about none. */
export function screenBefore(id: string): string | undefined {
  const [topic = '', action = '', first = '', second = ''] = id.split(':');
  return Object.hasOwn(BEFORE, topic) ? BEFORE[topic]?.(action, first, second) : undefined;
}
