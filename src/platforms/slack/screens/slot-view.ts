/** The form of one slot, which lies on the editor: everything is text, as people type it. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Slot, SlotType } from '../../../core/template.ts';
import { catalogue } from '../../../i18n/index.ts';
import { slotFields, type SlotChange, type SlotFields } from '../../../templates/slots/change.ts';
import { definitionOf, SLOT_TYPE_NAMES } from '../../../templates/slots/index.ts';
import { fitsInput, input, modal, option, section, textInput, VALUE } from './blocks.ts';
import { EditorMemory } from './editor-view.ts';
import { spoken } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import type { answers } from '../events/state.ts';

export const SLOT = 'slot-form';
/** Another type has other fields, so that this field is listened to. */
export const TYPE_FIELD = 'type';
const REQUIRED = 'required';
const NAME = 'name';
/** A slot begins with a letter and has 32 characters; what is too long is said at the field. */
const MAX_NAME = 60;

const FIELDS = ['description', 'default', 'min', 'max', 'maxLength', 'format', 'choices'] as const;
const LONG: readonly (keyof SlotFields)[] = ['choices', 'format'];

export const SlotMemory = EditorMemory.extend({ slot: z.string(), type: z.enum(SLOT_TYPE_NAMES) });
export type SlotMemory = z.infer<typeof SlotMemory>;

/** `memory.type` may be another one than the slot's: then its own fields are empty. */
export function slotView(slot: Slot, memory: SlotMemory, locale: string): types.ModalView {
  const { editor: say, form, slack } = catalogue(locale);
  const { type } = memory;
  const present = slotFields(slot, type);
  const wanted = FIELDS.filter((field) => present[field] !== undefined);
  const fields = wanted.filter((field) => fitsInput(present[field] ?? ''));
  const left = wanted.filter((field) => !fields.includes(field));
  const isLong = (field: keyof SlotFields) =>
    LONG.includes(field) || (type === 'text' && field === 'default');
  return modal({
    title: say.slotForm(memory.slot),
    callback: SLOT,
    memory,
    submit: slack.slotSubmit(),
    close: form.close(),
    blocks: [
      {
        ...input(TYPE_FIELD, say.changeType(), typeSelect(type, locale), { required: true }),
        dispatch_action: true,
      },
      input(NAME, say.field('name'), textInput({ value: memory.slot, max: MAX_NAME }), {
        hint: say.hint('name'),
        required: true,
      }),
      ...fields.map((field) =>
        input(field, say.field(field), textInput({ value: present[field], multiline: isLong(field) }), {
          hint: say.hint(field),
        }),
      ),
      // a switch that must be set, or a seed that must be given, is nothing that anybody wants
      ...(definitionOf(type).neverRequired ? [] : [requiredBox(slot.required === true, locale)]),
      ...(left.length > 0
        ? [section(escape(spoken(say.tooLongForForm(left.map((field) => say.field(field))))))]
        : []),
    ],
  });
}

/** The type that was picked, if it is one. */
export function typeOf(value: string | undefined): SlotType | undefined {
  return SLOT_TYPE_NAMES.find((type) => type === value);
}

/** What was entered. A field that the form does not have stays as it is. */
export function slotChange(answer: ReturnType<typeof answers>, { type }: SlotMemory): SlotChange {
  const change: SlotChange = { type: typeOf(answer(TYPE_FIELD).option) ?? type };
  const name = answer(NAME).text;
  if (name !== undefined) change.name = name;
  for (const field of FIELDS) {
    const { asked, text = '' } = answer(field);
    if (asked) change[field] = text;
  }
  const required = answer(REQUIRED);
  if (required.asked) change.required = (required.options ?? []).length > 0;
  return change;
}

/** The block to show an error about this field at: every slot has a name. */
export function slotBlock(field: string, asked: (block: string) => boolean): string {
  return asked(field) ? field : NAME;
}

function typeSelect(type: SlotType, locale: string): types.StaticSelect {
  const { editor: say } = catalogue(locale);
  const options = SLOT_TYPE_NAMES.map((one) => option(say.type(one), one));
  const picked = options[SLOT_TYPE_NAMES.indexOf(type)];
  return {
    type: 'static_select',
    action_id: VALUE,
    options,
    ...(picked && { initial_option: picked }),
  };
}

function requiredBox(on: boolean, locale: string): types.InputBlock {
  const tick = option(catalogue(locale).editor.required(), 'true');
  return input(REQUIRED, catalogue(locale).editor.makeRequired(), {
    type: 'checkboxes',
    action_id: VALUE,
    options: [tick],
    ...(on && { initial_options: [tick] }),
  });
}
