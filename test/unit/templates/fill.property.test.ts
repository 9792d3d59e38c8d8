/** Whatever somebody gives: it lands exactly in its inputs and nowhere else, or it is refused by its slot's name. */
// oxlint-disable vitest/no-conditional-expect -- what is expected depends on what was generated
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { parseJson, writeJson, type Json } from '../../../src/core/json.ts';
import type { Slot, SlotValues, Template } from '../../../src/core/template.ts';
import type { InputPath, Workflow } from '../../../src/core/workflow.ts';
import { fill, withFile, type FileInput } from '../../../src/templates/fill.ts';
import { inputsOf } from '../../../src/templates/slots/index.ts';
import { readValues, type RawValues } from '../../../src/templates/values.ts';
import { parseTexts } from './sources.ts';

const RUNS = { seed: 20261122, numRuns: 200 };

/** Nodes and inputs with names that objects have anyway; a number that no double holds; links, lists and nothing. */
const GRAPH = {
  '1': { class_type: 'A', inputs: { text: 'as exported', other: '', constructor: 1, link: ['2', 0] } },
  '2': { class_type: 'B', inputs: { seed: 0, steps: 20, cfg: 7.5, on: false, list: [1, [2]], none: null } },
  '12:3': { class_type: 'C', inputs: { width: 64, height: 64, model: 'a', image: 'x.png', toString: 'own' } },
  hasOwnProperty: { class_type: 'D', inputs: { text: '{value}', '': 'an input without a name' } },
};
const WORKFLOW = JSON.stringify(GRAPH).replace('"seed":0', '"seed":18446744073709551615');

const IMAGE: FileInput = { slot: 'image', into: [['12:3', 'image']] };

const FORMATS = ['{value}, highly detailed', '({value}:1.2) {value}', '$& {value} $1', '{value}'];

function template(format: string): Template {
  const slots: Record<string, Slot> = {
    prompt: { type: 'text', into: [['1', 'text']], required: true, format },
    plain: {
      type: 'text',
      into: [
        ['1', 'other'],
        ['hasOwnProperty', 'text'],
      ],
      maxLength: 200,
    },
    unnamed: { type: 'text', into: [['hasOwnProperty', '']] },
    steps: { type: 'integer', into: [['2', 'steps']], min: -5, max: 60 },
    any: { type: 'integer', into: [['1', 'constructor']] },
    cfg: { type: 'number', into: [['2', 'cfg']] },
    seed: { type: 'seed', into: [['2', 'seed']] },
    on: { type: 'boolean', into: [['2', 'on']] },
    model: { type: 'choice', into: [['12:3', 'model']], choices: ['a', 'b $&', '{value}'] },
    told: { type: 'choice', into: [['12:3', 'toString']] },
    size: {
      type: 'choice',
      choices: {
        square: [
          [['12:3', 'width'], 512],
          [['12:3', 'height'], 512],
        ],
        wide: [[['12:3', 'width'], 1024]],
      },
    },
    image: { type: 'image', into: [['12:3', 'image']] },
  };
  return parseTexts(JSON.stringify({ description: 'Draw', slots }), WORKFLOW);
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme-composite' }),
  fc.constantFrom('{value}', '$&', "$'$`$1$$", '\ud800', '\u0000', '"},"9":{', '\\', '\u2028', ' ', ''),
  fc.string({ maxLength: 3 }).map((part) => part.repeat(2500)),
);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.constantFrom('1e999', '9'.repeat(400), '-0', '+5', '.5', '5.', '0x10', '1_000', '٣', 'NaN', 'Infinity'),
);
const seed = fc.oneof(
  fc.bigInt({ min: -1n, max: 2n ** 64n }),
  fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 2n }).map(String),
  fc.constantFrom('18446744073709551615', '18446744073709551616', `${'0'.repeat(60)}7`, '', '1.0', '-0'),
);
const attached = { name: '../x.png', load: async () => new Uint8Array() };
const SLOTS = ['prompt', 'plain', 'steps', 'any', 'cfg', 'seed', 'on', 'model', 'told', 'size', 'image'];
const odd = fc.oneof(text, number, seed, fc.boolean(), fc.constant(attached));

/** Values that may be right, some of them left out; and in every second, something odd for one slot. */
const given: fc.Arbitrary<RawValues> = fc
  .tuple(
    fc.record(
      {
        prompt: text.map((typed) => `x${typed.slice(0, 2000)}`),
        plain: text.map((typed) => typed.slice(0, 200)),
        unnamed: text.map((typed) => typed.slice(0, 2000)),
        steps: fc.integer({ min: -5, max: 60 }),
        any: fc.maxSafeInteger(),
        cfg: fc.double({ noNaN: true, noDefaultInfinity: true }),
        seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
        on: fc.oneof(fc.boolean(), fc.constantFrom('yes', 'OFF', '1')),
        model: fc.constantFrom('a', 'A', 'b $&', '{value}', 'b'),
        told: fc.constantFrom('anything', '$&', '__proto__'),
        size: fc.constantFrom('square', 'WIDE', 's'),
        image: fc.constant(attached),
      },
      { requiredKeys: ['prompt'] },
    ),
    fc.option(fc.constantFrom(...SLOTS)),
    odd,
  )
  .map(([right, slot, wrong]) => (slot === null ? right : { ...right, [slot]: wrong }));

/** What must stand in an input; undefined where it must stand as it was exported. */
function expected(all: Template, values: SlotValues, [node, input]: InputPath): Json | undefined {
  for (const [name, slot] of Object.entries(all.slots)) {
    const value = values[name];
    const isMine = ([id, key]: InputPath) => id === node && key === input;
    if (value === undefined || slot.type === 'image' || !inputsOf(slot).some(isMine)) continue;
    if (slot.type === 'text') return (slot.format ?? '{value}').split('{value}').join(String(value));
    if (slot.type !== 'choice' || !slot.choices || Array.isArray(slot.choices)) return value;
    return slot.choices[String(value)]?.find(([path]) => isMine(path))?.[1];
  }
  return undefined;
}

function accepted(all: Template, raw: RawValues): SlotValues | undefined {
  try {
    return readValues(all, raw, () => 7n);
  } catch (error) {
    if (!(error instanceof EaselError)) throw error;
    expect(Object.keys(raw)).toContain('slot' in error.problem ? error.problem.slot : 'no slot is named');
    return undefined;
  }
}

/** Every input of the graph, with its value. */
function inputs(workflow: Workflow): [InputPath, Json][] {
  return Object.entries(workflow).flatMap(([id, node]) =>
    Object.entries(node.inputs).map(([input, value]): [InputPath, Json] => [[id, input], value]),
  );
}

/** As JSON has it, which knows no -0. */
const plain = (value: Json | undefined) => (Object.is(value, -0) ? 0 : value);

it('lands in its inputs alone, digit for digit, or is refused', () => {
  let filled = 0;
  const property = fc.property(fc.constantFrom(...FORMATS), given, (format, raw) => {
    const all = template(format);
    const before = writeJson(all);
    const values = accepted(all, raw);
    if (values === undefined) return;
    filled += 1;
    const { workflow, images } = fill(all, values);
    expect(Object.keys(workflow)).toEqual(Object.keys(all.workflow));
    for (const [path, value] of inputs(workflow)) {
      const [node, input] = path;
      const wanted = expected(all, values, path);
      expect(plain(value), path.join()).toEqual(plain(wanted ?? all.workflow[node]?.inputs[input]));
    }
    expect(inputs(workflow).length).toBe(inputs(all.workflow).length);
    const sent = parseJson(writeJson(workflow));
    expect(writeJson(sent)).toBe(writeJson(workflow));
    for (const [[node, input], value] of inputs(withFile(workflow, IMAGE, 'put.png')))
      expect(value).toEqual(input === 'image' ? 'put.png' : workflow[node]?.inputs[input]);
    expect(images.map(({ slot }) => slot)).toEqual(values['image'] === undefined ? [] : ['image']);
    expect(writeJson(all)).toBe(before);
  });
  fc.assert(property, RUNS);
  expect(filled).toBeGreaterThan(RUNS.numRuns / 3);
});

it('takes every seed that there is, and no other', () => {
  const all = template('{value}');
  const property = fc.property(fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }), (wanted) => {
    const values = accepted(all, { prompt: 'x', seed: wanted.toString() });
    expect(values !== undefined).toBe(wanted >= 0n && wanted < 2n ** 64n);
    if (values) expect(writeJson(fill(all, values).workflow)).toContain(`"seed":${wanted},`);
  });
  fc.assert(property, RUNS);
});

it('takes any text of its length as it is', () => {
  const all = template('$& {value} $1 {value}');
  const property = fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (typed) => {
    const values = accepted(all, { prompt: `x${typed}`, plain: typed });
    expect(values !== undefined).toBe(typed.length <= 200);
    if (!values) return;
    const { workflow } = fill(all, values);
    expect(workflow['1']?.inputs['text']).toBe(`$& x${typed} $1 x${typed}`);
    expect(workflow['hasOwnProperty']?.inputs['text']).toBe(typed);
  });
  fc.assert(property, RUNS);
});
