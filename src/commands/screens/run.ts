/** The form of a template: its slots, as whoever wants to run it fills them in. */
import { EaselError } from '../../core/errors.ts';
import { words as line, type Field } from '../../core/screen.ts';
import type { Slot, Template } from '../../core/template.ts';
import { typeOf } from '../../templates/slots/index.ts';
import type { RawValues } from '../../templates/values.ts';
import { unknownAction, wordsOf, type Entered, type ScreenDeps, type ScreenKind } from './kind.ts';

export function runScreens({ template, prepare }: Pick<ScreenDeps, 'template' | 'prepare'>): {
  run: ScreenKind;
} {
  return {
    run: {
      async open(caller, [name = '']) {
        // nobody fills in a form to be told that they may not
        const found = await template(caller, name);
        if (!found) {
          await prepare(caller, name, {});
          throw new EaselError({ code: 'unknown-template', name, known: [] });
        }
        const { form } = wordsOf(caller);
        return {
          at: `run/${name}`,
          title: `/${name}`,
          lines: [line(found.description)],
          fields: Object.entries(found.slots).map(([slot, about]) => fieldOf(slot, about)),
          groups: { values: form.submit() },
          save: 'run',
          atOnce: true,
          actions: [{ key: 'run', label: form.submit(), style: 'primary' }],
        };
      },
      async act({ caller, of: [name = ''], action, entered }) {
        if (action !== 'run') return unknownAction();
        const { slots = {} } = (await template(caller, name)) ?? {};
        return { done: [], prepared: await prepare(caller, name, rawOf(entered, slots)) };
      },
    },
  };
}

function fieldOf(name: string, slot: Slot): Field {
  const shape = typeOf(slot).field(slot);
  return {
    key: name,
    label: name,
    ...(slot.description !== undefined && { hint: slot.description }),
    // a required box would have to be ticked
    required: slot.required === true && shape.kind !== 'yes-no',
    group: 'values',
    ...shape,
  };
}

/** No slot takes a list. */
function isList(value: Entered[string] | undefined): value is readonly string[] {
  return Array.isArray(value);
}

/** What was left empty is not given; a text that had a default was emptied. */
function rawOf(entered: Entered, slots: Template['slots']): RawValues {
  const raw: RawValues = {};
  for (const [name, value] of Object.entries(entered)) {
    const slot = slots[name];
    const isEmptied = slot && typeOf(slot).words && 'default' in slot && (slot.default ?? '') !== '';
    if (!isList(value) && (value !== '' || isEmptied)) raw[name] = value;
  }
  return raw;
}
