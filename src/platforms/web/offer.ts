/** What can be typed after `/`, as the page completes it: templates with their fields, then Easel's own verbs. */
import type { Commands } from '../../commands/index.ts';
import type { Caller } from '../../core/chat.ts';
import { choiceNames, mainTextSlot, type Slot, type Template } from '../../core/template.ts';
import { catalogue, type Catalogue } from '../../i18n/index.ts';
import type { Command, Field } from './api.ts';

/** Of one field; the rest is asked for while somebody types. */
export const MAX_CHOICES = 25;

/** `admin` in verbs: the page has places of their own for what they do. */
const VERBS = ['queue', 'cancel', 'again', 'help', 'template', 'settings'] as const;

export async function offeredCommands(commands: Commands, caller: Caller): Promise<Command[]> {
  const words = catalogue(caller.locale);
  const templates = await commands.templates(caller);
  const verbs = VERBS.map((name): Command => {
    return { name, description: words.commands[name](), kind: 'verb', fields: [] };
  });
  return [...templates.map((template) => templateCommand(template, words)), ...verbs];
}

function templateCommand(template: Template, words: Catalogue): Command {
  const main = mainTextSlot(template);
  const fields = Object.entries(template.slots)
    .map(([name, slot]) => slotField(name, slot, { main: name === main, words }))
    .toSorted((a, b) => Number(b.required) - Number(a.required));
  return { name: template.name, description: template.description, kind: 'template', fields };
}

export function slotField(
  name: string,
  slot: Slot,
  { main, words }: { main: boolean; words: Catalogue },
): Field {
  const standard = slot.type === 'seed' ? words.commands.seed() : words.commands.slot(name);
  const field: Field = {
    name,
    type: slot.type,
    description: slot.description ?? standard,
    required: slot.required === true,
    main,
  };
  if ('default' in slot && slot.default !== undefined) field.default = String(slot.default);
  if ('min' in slot && slot.min !== undefined) field.min = String(slot.min);
  if ('max' in slot && slot.max !== undefined) field.max = String(slot.max);
  if ('maxLength' in slot && slot.maxLength !== undefined) field.maxLength = slot.maxLength;
  if (slot.type === 'choice') {
    const names = choiceNames(slot);
    field.choices = names.slice(0, MAX_CHOICES);
    // without a list the backend decides, and has not been asked
    field.open = names.length === 0 || names.length > MAX_CHOICES;
  }
  return field;
}
