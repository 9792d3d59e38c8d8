/** What can be typed after `/`, as the page completes it: templates with their fields, then Easel's own verbs. */
import type { Commands } from '../../commands/index.ts';
import type { Caller } from '../../core/caller.ts';
import type { Slot, Template } from '../../core/template.ts';
import { catalogue, type Catalogue } from '../../i18n/index.ts';
import type { SlotShape } from '../../templates/slots/definition.ts';
import { wordsFor, type ReadSlot } from '../../templates/languages/words.ts';
import { mainTextSlot, typeOf } from '../../templates/slots/index.ts';
import type { Command, Field } from './api.ts';

/** Of one field; the rest is asked for while somebody types. */
export const MAX_CHOICES = 25;

/** `admin` in verbs: the page has places of their own for what they do. */
const VERBS = ['queue', 'cancel', 'again', 'help', 'template', 'settings'] as const;

export async function offeredCommands(commands: Commands, caller: Caller): Promise<Command[]> {
  const words = catalogue(caller.locale);
  const templates = await commands.templates(caller);
  const verbs = VERBS.map((name): Command => {
    const label = words.commandNames.called('command', name);
    return { name, ...labelled(name, label), description: words.commands[name](), kind: 'verb', fields: [] };
  });
  return [...templates.map((template) => templateCommand(template, words, caller.locale)), ...verbs];
}

function templateCommand(template: Template, words: Catalogue, locale: string): Command {
  const main = mainTextSlot(template);
  const said = wordsFor(template, locale);
  const fields = Object.entries(template.slots)
    .map(([name, slot]) => slotField(name, slot, { main: name === main, words, said: said.slot(name, slot) }))
    .toSorted((a, b) => Number(b.required) - Number(a.required));
  const { name: label, description } = said;
  return { name: template.name, ...labelled(template.name, label), description, kind: 'template', fields };
}

export function slotField(
  name: string,
  slot: Slot,
  { main, words, said }: { main: boolean; words: Catalogue; said?: ReadSlot },
): Field {
  const { drawn } = typeOf(slot);
  const shape = typeOf(slot).field(slot);
  return {
    name,
    type: slot.type,
    kind: shape.kind === 'long-text' ? 'text' : shape.kind,
    ...labelled(name, said?.name),
    description:
      (said ?? slot).description ?? (drawn ? words.commands.seed() : words.commands.slot(said?.name ?? name)),
    required: slot.required === true,
    main,
    ...(drawn && { drawn }),
    ...('default' in slot && slot.default !== undefined && { default: String(slot.default) }),
    ...bounds(shape, said),
  };
}

/** Where something is shown under another name than it goes by. */
function labelled(name: string, label: string | undefined): { label?: string } {
  return label === undefined || label === name ? {} : { label };
}

function bounds(shape: SlotShape, said: ReadSlot | undefined): Partial<Field> {
  switch (shape.kind) {
    case 'text':
    case 'long-text':
      return { ...(shape.max !== undefined && { maxLength: shape.max }) };
    case 'number': {
      const { whole, min, max } = shape;
      return { whole, ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
    }
    case 'yes-no':
      return {};
    case 'one-of':
      return {
        ...listed(shape.options.map(({ value }) => value)),
        ...labels(
          shape.options.map(({ value }) => value),
          said,
        ),
      };
    case 'file':
      return { accept: [...shape.types, ...shape.endings.map((ending) => `.${ending}`)] };
  }
}

/** What its first choices are called, where that is something else. */
function labels(names: readonly string[], said: ReadSlot | undefined): Pick<Field, 'labels'> {
  const called = names
    .slice(0, MAX_CHOICES)
    .map((name) => [name, said?.choice(name) ?? name] as const)
    .filter(([name, label]) => label !== name);
  return called.length > 0 ? { labels: Object.fromEntries(called) } : {};
}

/** Without a list the backend decides, and has not been asked. */
export function listed(names: readonly string[]): Required<Pick<Field, 'choices' | 'open'>> {
  const open = names.length === 0 || names.length > MAX_CHOICES;
  return { choices: names.slice(0, MAX_CHOICES), open };
}
