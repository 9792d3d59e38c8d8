/** One slot of a draft: what it is called, of what type it is, and its bounds. */
import type { Field, FieldShape, Screen } from '../../core/screen.ts';
import { words as line } from '../../core/screen.ts';
import type { Slot, SlotType } from '../../core/template.ts';
import { EaselError } from '../../core/errors.ts';
import type { Catalogue } from '../../i18n/index.ts';
import { cleanName } from '../../templates/names.ts';
import { editFields, type SlotChange, type SlotFields } from '../../templates/slots/change.ts';
import type { EditField } from '../../templates/slots/definition.ts';
import { definitionOf, isSlotType, SLOT_TYPE_NAMES } from '../../templates/slots/index.ts';
import type { EditorView } from '../verbs/editor.ts';
import { findingLine } from './lines.ts';
import {
  again,
  textOf,
  unknownAction,
  wordsOf,
  yesOf,
  type Act,
  type Entered,
  type GoTo,
  type Outcome,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

const FIELDS = ['description', 'default', 'min', 'max', 'maxLength', 'format', 'choices'] as const;

/**
 * Its address is `slot/DRAFT/NAME`, with another type at the end once that was picked and not saved: two letters of it, since
 * the longest names leave no more.
 */
export function slotScreens({ editor }: ScreenDeps, goTo: GoTo): Record<'slot', ScreenKind> {
  async function change(act: Act): Promise<Outcome> {
    const { caller, of, entered } = act;
    const [id = '', name = '', picked] = of;
    const typed = textOf(entered, 'name');
    // emptied, it keeps its name
    const called = typed?.trim() ? cleanName(typed) : name;
    const changes: SlotChange = { ...changeOf(name, entered), name: called };
    const type = changes.type ?? pickedType(picked);
    if (type) changes.type = type;
    await editor.change(caller, id, { kind: 'slot', slot: name, change: changes });
    return goTo(caller, `slot/${id}/${called}`);
  }

  async function moved(act: Act, by: -1 | 1): Promise<Outcome> {
    const [id = '', name = ''] = act.of;
    await editor.change(act.caller, id, { kind: 'move', slot: name, by });
    return again(slot, act);
  }

  const slot: ScreenKind = {
    async open(caller, [id = '', name = '', type]) {
      return slotScreen(await editor.open(caller, id), name, pickedType(type), wordsOf(caller));
    },
    async act(act) {
      const { caller, of, action, entered } = act;
      const [id = '', name = ''] = of;
      switch (action) {
        case 'change':
          return change(act);
        case 'redraw':
          return goTo(caller, `slot/${id}/${name}/${textOf(entered, 'type') ?? ''}`);
        case 'up':
          return moved(act, -1);
        case 'down':
          return moved(act, 1);
        case 'drop':
          await editor.change(caller, id, { kind: 'drop', slot: name });
          return goTo(caller, `draft/${id}`);
        case 'back':
          return goTo(caller, `draft/${id}`);
        default:
          return unknownAction();
      }
    },
  };
  return { slot };
}

/** Throws EaselError `unknown-slot`. `picked`: another type than the slot's, whose own fields are empty then. */
function slotScreen(
  { draft, slots, findings }: EditorView,
  name: string,
  picked: SlotType | undefined,
  words: Catalogue,
): Screen {
  const index = slots.findIndex((slot) => slot.name === name);
  const found = slots[index];
  const known = slots.map((slot) => slot.name);
  if (!found) throw new EaselError({ code: 'unknown-slot', slot: name, known });
  const { editor: say } = words;
  const { slot, into } = found;
  const mine = findings.filter(({ at }) => typeof at === 'object' && at.slot === name);
  return {
    at: ['slot', draft.id, name, ...(picked && picked !== slot.type ? [picked.slice(0, 2)] : [])].join('/'),
    title: say.slotForm(name),
    lines: [
      line(say.heading(draft.name, name), 'heading'),
      line(say.fills(into), 'minor'),
      ...mine.map((finding) => findingLine(finding, words)),
    ],
    fields: fieldsOf(name, slot, picked ?? slot.type, words),
    groups: { slot: say.change(), type: say.changeType(), required: say.required() },
    save: 'change',
    actions: [
      { key: 'change', label: say.done(), style: 'primary' },
      { key: 'up', label: say.up(), disabled: index === 0 },
      { key: 'down', label: say.down(), disabled: index === slots.length - 1 },
      { key: 'drop', label: say.drop(), style: 'danger' },
      { key: 'back', label: say.back() },
    ],
    parent: `draft/${draft.id}`,
  };
}

function fieldsOf(name: string, slot: Slot, type: SlotType, words: Catalogue): Field[] {
  const { editor: say } = words;
  const label = (key: keyof SlotFields | 'name') => ({
    label: say.field(key),
    hint: say.hint(key),
    group: 'slot',
  });
  return [
    {
      key: 'type',
      kind: 'one-of',
      value: type,
      options: SLOT_TYPE_NAMES.map((one) => ({ value: one, label: say.type(one) })),
      label: say.changeType(),
      redraws: true,
      required: true,
      group: 'type',
    },
    { key: 'name', kind: 'text', value: name, required: true, ...label('name') },
    ...editFields(slot, type).map((field) => ({ ...asText(field, type, words), ...label(field.key) })),
    ...(definitionOf(type).neverRequired
      ? []
      : [
          {
            key: 'required',
            kind: 'yes-no',
            value: slot.required === true,
            label: say.required(),
            group: 'required',
          } as const,
        ]),
  ];
}

/** As a text, whatever it holds: what is wrong with it is said at the field. */
function asText(
  { key, kind, value }: EditField,
  type: SlotType,
  { editor: { yesOrNo } }: Catalogue,
): { key: EditField['key'] } & FieldShape {
  // as its reader would type it
  if (type === 'boolean' && value !== '') return { key, kind: 'text', value: yesOrNo(value === 'yes') };
  return { key, kind: kind === 'long-text' ? kind : 'text', value };
}

/** A field that a form does not have stays as it is. */
function changeOf(slot: string, entered: Entered): SlotChange {
  const change: SlotChange = {};
  const picked = textOf(entered, 'type')?.trim();
  const type = typeOf(picked);
  if (picked && !type)
    throw new EaselError({
      code: 'slot-broken',
      slot,
      field: 'type',
      reason: { code: 'no-such-type', value: picked, types: [...SLOT_TYPE_NAMES] },
    });
  if (type) change.type = type;
  for (const field of FIELDS) {
    const text = textOf(entered, field);
    if (text !== undefined) change[field] = text;
  }
  const required = yesOf(entered, 'required');
  if (required !== undefined) change.required = required;
  return change;
}

function typeOf(value: string | undefined): SlotType | undefined {
  return value !== undefined && isSlotType(value) ? value : undefined;
}

/** By its beginning. */
function pickedType(typed = ''): SlotType | undefined {
  return SLOT_TYPE_NAMES.find((type) => typed.length > 1 && type.startsWith(typed));
}
