/** The form of a template: its slots, as whoever wants to run it fills them in. */
import { EaselError } from '../../core/errors.ts';
import { words as line, type FieldShape } from '../../core/screen.ts';
import { choiceNames, MAX_SEED, type Slot, type Template } from '../../core/template.ts';
import type { RawValues } from '../../templates/values.ts';
import { unknownAction, wordsOf, type Entered, type ScreenDeps, type ScreenKind } from './kind.ts';

/** Bytes of a picture that a form takes. */
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
const PICTURES = {
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  endings: ['png', 'jpg', 'jpeg', 'webp', 'gif'],
};

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
          fields: Object.entries(found.slots).map(([slot, about]) => ({
            key: slot,
            label: slot,
            ...(about.description !== undefined && { hint: about.description }),
            // a required box would have to be ticked
            required: about.required === true && about.type !== 'boolean',
            group: 'values',
            ...shape(about),
          })),
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

/** What a person fills in. A long text is one that must be given: mostly the prompt. */
function shape(slot: Slot): FieldShape {
  switch (slot.type) {
    case 'text':
      return {
        kind: slot.required ? 'long-text' : 'text',
        value: slot.default ?? '',
        max: slot.maxLength,
      };
    case 'integer':
    case 'number':
      return {
        kind: 'number',
        whole: slot.type === 'integer',
        value: decimal(slot.default) ?? '',
        min: decimal(slot.min),
        max: decimal(slot.max),
      };
    case 'boolean':
      return { kind: 'yes-no', value: slot.default === true };
    case 'choice': {
      const names = choiceNames(slot);
      // nobody knows the backend's own list: what is typed is taken
      return {
        kind: 'one-of',
        value: slot.default ?? '',
        options: names.map((name) => ({ value: name, label: name })),
        open: names.length === 0,
      };
    }
    case 'seed':
      return { kind: 'number', whole: true, value: '', min: '0', max: String(MAX_SEED) };
    case 'image':
      return { kind: 'file', ...PICTURES, maxBytes: MAX_IMAGE_BYTES };
  }
}

/** Without an exponent. */
function decimal(value: number | undefined): string | undefined {
  return value?.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
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
    const isEmptied = slot?.type === 'text' && (slot.default ?? '') !== '';
    if (!isList(value) && (value !== '' || isEmptied)) raw[name] = value;
  }
  return raw;
}
