/** The form of a template: its slots, as whoever wants to run it fills them in. */
import { EaselError } from '../../core/errors.ts';
import { words as line, type Field, type FieldShape } from '../../core/screen.ts';
import type { Slot, SlotValue, Template } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { wordsFor, type ReadSlot, type ReadWords } from '../../templates/languages/words.ts';
import { typeOf } from '../../templates/slots/index.ts';
import { randomSeed, readValues, type RawValue, type RawValues } from '../../templates/values.ts';
import {
  rawValuesOf,
  unknownAction,
  wordsOf,
  type Act,
  type ScreenDeps,
  type ScreenKind,
  type Typed,
} from './kind.ts';

type TextShape = Extract<FieldShape, { kind: 'text' | 'long-text' }>;

/** Characters of a text that a form begins with: a longer default works unseen. */
const MAX_SHOWN = 3000;

export function runScreens({
  template,
  prepare,
  welcome,
}: Pick<ScreenDeps, 'template' | 'prepare' | 'welcome'>): { run: ScreenKind } {
  return {
    run: {
      async open(caller, [name = ''], typed = {}) {
        await welcome(caller, name);
        const found = await template(caller, name);
        if (!found) {
          await prepare(caller, name, {}); // says why
          throw new EaselError({ code: 'unknown-template', name, known: [] });
        }
        const { form } = wordsOf(caller);
        const said = wordsFor(found, caller.locale);
        return {
          at: `run/${name}`,
          title: `/${said.name}`,
          lines: [line(said.description)],
          fields: Object.keys(found.slots).map((slot) => fieldOf(found, slot, typed, said)),
          groups: { values: form.submit() },
          save: 'run',
          atOnce: true,
          actions: [{ key: 'run', label: form.submit(), style: 'primary' }],
        };
      },
      async act(act) {
        const { caller, of, action } = act;
        const [name = ''] = of;
        if (action !== 'run') return unknownAction();
        const found = await template(caller, name);
        return { done: [], prepared: await prepare(caller, name, rawOf(act, found?.slots ?? {})) };
      },
    },
  };
}

/** `typed`: by slot; what a slot cannot take is not in its field. */
function fieldOf(template: Template, name: string, typed: Typed, words: ReadWords): Field {
  const slot = template.slots[name];
  if (!slot) throw new EaselError({ code: 'form-expired' });
  const rawValue = Object.hasOwn(typed, name) ? typed[name] : undefined;
  const shape = typeOf(slot).field(slot, understood(template, name, slot, rawValue));
  const said = words.slot(name, slot);
  return {
    key: name,
    label: said.name,
    ...(said.description !== undefined && { hint: said.description }),
    // a required box would have to be ticked
    required: slot.required === true && shape.kind !== 'yes-no',
    group: 'values',
    ...(isText(shape) ? { ...shape, value: textOf(shape, rawValue) } : withLabels(shape, said)),
  };
}

/** Choices are picked by their own names, whatever they are called. */
function withLabels<T extends FieldShape>(shape: T, { choice }: ReadSlot): T {
  if (shape.kind !== 'one-of') return shape;
  return { ...shape, options: shape.options.map((one) => ({ ...one, label: choice(one.label) })) };
}

function isText(shape: FieldShape): shape is TextShape {
  return shape.kind === 'text' || shape.kind === 'long-text';
}

/** As much of what was typed as fits. */
function textOf({ value, max = MAX_SHOWN }: TextShape, rawValue: RawValue | undefined): string {
  const most = Math.min(max, MAX_SHOWN);
  if (typeof rawValue === 'string') return clip(rawValue, most);
  return value.length > most ? '' : value;
}

/** What was typed, as the slot's value; undefined when it cannot be one. */
function understood(
  template: Template,
  name: string,
  slot: Slot,
  typed: RawValue | undefined,
): SlotValue | undefined {
  if (typed === undefined) return undefined;
  try {
    return readValues({ ...template, slots: { [name]: slot } }, { [name]: typed }, randomSeed)[name];
  } catch (error) {
    if (error instanceof EaselError) return undefined;
    throw error;
  }
}

/** What was left empty was not given. */
function rawOf({ entered, shown }: Act, slots: Readonly<Record<string, Slot>>): RawValues {
  return rawValuesOf(entered, (name, value) => value !== '' || isEmptied(name));

  /** Somebody took the default away, which is not the same as having left the field alone. */
  function isEmptied(name: string): boolean {
    const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (!slot || !typeOf(slot).words || shown?.[name] === '') return false;
    return 'default' in slot && Boolean(slot.default);
  }
}
