/** What holds of every slot type, whatever it is: that it has all its parts, and that they agree with each other. */
// oxlint-disable vitest/no-conditional-expect -- what is expected depends on what the type has
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../../src/core/errors.ts';
import type { Slot, SlotType } from '../../../../src/core/template.ts';
import { catalogue, sentence } from '../../../../src/i18n/index.ts';
import { fill, withFile } from '../../../../src/templates/fill.ts';
import { changeSlot, editFields, slotFields } from '../../../../src/templates/slots/change.ts';
import {
  definitionOf,
  inputsOf,
  mainTextSlot,
  SLOT_TYPE_NAMES,
  SlotSchema,
  slotTaking,
  typeOf,
} from '../../../../src/templates/slots/index.ts';
import { trialValues } from '../../../../src/templates/trial.ts';
import { readValues, type RawValue } from '../../../../src/templates/values.ts';
import { parse, problemIn } from '../sources.ts';

const into: [string, string][] = [['3', 'text']];
/** One of each, with all that it can have. */
const FULL: Record<SlotType, object> = {
  text: { default: 'a fox', maxLength: 50, format: '{value}, fine' },
  integer: { default: 2, min: 1, max: 3 },
  number: { default: 2.5, min: 0.0000001, max: 1e21 },
  boolean: { default: true },
  choice: { default: 'b', choices: ['a', 'b'] },
  seed: {},
  image: {},
  video: {},
  audio: {},
};
const full = (type: SlotType): Slot =>
  SlotSchema.parse({ type, into, description: 'What', required: true, ...FULL[type] });
const plain = (type: SlotType): Slot => SlotSchema.parse({ type, into });
const FILE_TYPES = SLOT_TYPE_NAMES.filter((type) => definitionOf(type).file);
const file = { name: 'a.bin', load: async () => new Uint8Array() };
const template = (slot: Slot) => ({ ...parse({}), slots: { it: slot } });

describe.each(SLOT_TYPE_NAMES.map((type) => [type]))('a slot of type %s', (type) => {
  it('is read from a template’s file as it was written, and a field that it lacks is refused', () => {
    for (const slot of [full(type), plain(type)]) {
      expect(parse({ it: slot }).slots['it']).toEqual(slot);
      expect(slot.type).toBe(type);
    }
    expect(problemIn(() => parse({ it: { type, into, stray: 1 } }))).toMatchObject({
      code: 'template-broken',
    });
    expect(problemIn(() => parse({ it: { type, into: [] } }))).toMatchObject({ code: 'template-broken' });
    expect(problemIn(() => parse({ it: { type, into: [['9', 'text']] } }))).toMatchObject({
      code: 'template-broken',
    });
  });

  it('is asked for with what it holds, in words that a chat can show', () => {
    const shape = definitionOf(type).field(full(type));
    expect(shape.kind === 'file').toBe(definitionOf(type).file !== undefined);
    if (shape.kind === 'file') {
      expect(shape.endings.join(' ')).toMatch(/^[a-z0-9 ]+$/);
      for (const one of shape.types) expect(one).toMatch(new RegExp(`^${type}/[a-z0-9-]+$`));
      expect(shape.maxBytes).toBeGreaterThan(0);
    }
    // what is shown as its value is one of its values
    if (shape.kind !== 'file' && shape.value !== '') {
      const read = readValues(template(full(type)), { it: shape.value }, () => 7n);
      expect(read).toEqual(readValues(template({ ...full(type), required: false }), {}, () => 7n));
    }
    for (const key of ['min', 'max'] as const)
      expect('min' in shape && shape[key] !== undefined ? shape[key] : '0').toMatch(/^-?\d+(\.\d+)?$/);
  });

  it('shows and edits all that it has, and a form that nobody touched changes nothing', () => {
    for (const slot of [full(type), plain(type)]) {
      expect(changeSlot('it', slot, { ...slotFields(slot), type })).toEqual(slot);
      const keys = editFields(slot).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const held = Object.keys(slot).filter((key) => !['type', 'into', 'required'].includes(key));
      expect(keys).toEqual(expect.arrayContaining(held));
      // a new one has the same fields, empty
      const fresh = editFields(plain(type === 'text' ? 'seed' : 'text'), type);
      expect(fresh.map(({ key }) => key)).toEqual(keys);
      expect(fresh.every(({ value }) => value === '')).toBe(true);
    }
    expect(typeOf(full(type)).facts(full(type)).length).toBeGreaterThanOrEqual(
      Object.keys(FULL[type]).length > 0 ? 1 : 0,
    );
  });

  it('can be tried without anybody typing, or it says what is missing', () => {
    const files = Object.fromEntries(FILE_TYPES.map((one) => [one, file]));
    const of = template(full(type));
    const raw = trialValues(of, files);
    expect(() => readValues(of, raw, () => 7n)).not.toThrow();
    if (!definitionOf(type).file) return;
    expect(raw).toEqual({ it: file });
    expect(problemIn(() => trialValues(of, {}))).toEqual({ code: 'no-trial-file', slot: 'it', type });
    // what need not be given is not
    expect(trialValues(template(plain(type)), {})).toEqual({});
  });

  it('writes into its inputs and nowhere else', () => {
    const of = template(full(type));
    const raw = trialValues(of, Object.fromEntries(FILE_TYPES.map((one) => [one, file])));
    const filled = fill(
      of,
      readValues(of, raw, () => 7n),
    );
    const written = [
      ...filled.changes.map(([node, input]) => [node, input]),
      ...filled.images.flatMap(({ into: paths }) => paths),
    ];
    expect(written).toEqual(inputsOf(full(type)));
    const [image] = filled.images;
    expect(image !== undefined).toBe(definitionOf(type).file !== undefined);
    if (!image) return;
    expect(withFile(filled.workflow, image, 'easel/1.bin')['3']?.inputs['text']).toBe('easel/1.bin');
    expect(image.type ?? 'image').toBe(type);
  });

  it('has a name in every language, and every refusal of a value names the slot', () => {
    for (const language of ['en', 'ja', 'ko', 'zh', 'zh-TW'])
      expect(catalogue(language).editor.type(type)).toMatch(/\S/);
    const raws: RawValue[] = [file, '', 'x', -1, 1e300, 2n ** 70n, true, 'x'.repeat(7000)];
    for (const raw of raws) {
      let problem;
      try {
        readValues(template(full(type)), { it: raw }, () => 7n);
        continue;
      } catch (error) {
        if (!(error instanceof EaselError)) throw error;
        ({ problem } = error);
      }
      expect(problem).toMatchObject({ slot: 'it' });
      expect(sentence(catalogue('en'), problem, 'person')).toContain('it');
    }
  });

  it('is suggested for an input only with a schema that holds', () => {
    const values = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(values, (own) => {
        const slot = definitionOf(type).suggest({
          path: ['3', 'text'],
          name: 'text',
          own,
          info: undefined,
        });
        if (slot) expect(SlotSchema.safeParse(slot).error).toBeUndefined();
      }),
      { seed: 20261127, numRuns: 100 },
    );
  });
});

describe('bounds', () => {
  it('are decimal text of exactly the same number, however small or large', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (min) => {
        const shape = typeOf({ type: 'number', into, min }).field({ type: 'number', into, min });
        const text = shape.kind === 'number' ? (shape.min ?? '') : '';
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(min === 0 ? Number(text) : min);
      }),
      { seed: 20261127, numRuns: 500 },
    );
  });
});

describe('of several slots', () => {
  const slots: Record<string, Slot> = {
    note: { type: 'text', into },
    story: { type: 'text', into, required: true },
    sound: { type: 'audio', into },
    clip: { type: 'video', into },
    first: { type: 'image', into },
    second: { type: 'image', into },
  };

  it('free words belong to `prompt`, else to the first required text', () => {
    expect(mainTextSlot({ slots })).toBe('story');
    expect(mainTextSlot({ slots: { ...slots, prompt: { type: 'text', into } } })).toBe('prompt');
    expect(mainTextSlot({ slots: { clip: { type: 'video', into } } })).toBeUndefined();
  });

  it('a file belongs to the first one for its kind', () => {
    expect(slotTaking({ slots }, 'image/bmp')).toBe('first');
    expect(slotTaking({ slots }, 'video/mp4')).toBe('clip');
    expect(slotTaking({ slots }, 'audio/mpeg')).toBe('sound');
    expect(slotTaking({ slots }, 'text/plain')).toBeUndefined();
    // nobody says what it is
    expect(slotTaking({ slots }, undefined)).toBe('sound');
  });
});
