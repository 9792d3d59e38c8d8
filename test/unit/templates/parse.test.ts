import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/core/reason.ts';
import { RESERVED_NAMES } from '../../../src/templates/names.ts';
import { SLOT_TYPE_NAMES } from '../../../src/templates/slots/index.ts';
import { parse, parseTexts, problemIn } from './sources.ts';

const TEMPLATE = 'imagine/template.json';
const WORKFLOW = 'imagine/workflow.json';
const into = [['3', 'text']];
const text = { type: 'text', into };
const integer = { type: 'integer', into: [['3', 'steps']] };

describe('a right template', () => {
  it('is taken over with its slots, workflow and outputs', () => {
    const template = parse({ prompt: { ...text, required: true } }, { outputs: ['3'] });
    expect(template).toMatchObject({ name: 'imagine', description: 'Draw', outputs: ['3'] });
    expect(template.slots['prompt']).toEqual({ ...text, required: true });
  });

  it('has a version that changes with either of its files', () => {
    const versions = [parse({}), parse({ a: text }), parse({}, {}, { '1': { class_type: 'A', inputs: {} } })];
    expect(new Set(versions.map(({ version }) => version)).size).toBe(3);
    expect(parse({}).version).toBe(parse({}).version);
  });

  it('may have 100 slots', () => {
    const slots = Object.fromEntries(Array.from({ length: 100 }, (_none, n) => [`s${n}`, text]));
    expect(Object.keys(parse(slots).slots)).toHaveLength(100);
  });

  it('keeps 64-bit numbers of the workflow digit for digit', () => {
    const { workflow } = parseTexts(
      '{"description":"d","slots":{}}',
      '{"1":{"class_type":"A","inputs":{"seed":18446744073709551615}}}',
    );
    expect(workflow['1']?.inputs['seed']).toBe(18446744073709551615n);
  });
});

describe('a broken template names its file and the place in it', () => {
  it.each<[string, unknown, string, Reason]>([
    [
      'a slot pointing at a missing node',
      { a: { ...text, into: [['99', 'text']] } },
      'slots.a',
      { code: 'no-such-node', node: '99' },
    ],
    [
      'a slot pointing at a missing input',
      { a: { ...text, into: [['3', 'nope']] } },
      'slots.a',
      { code: 'no-such-input', node: '3', type: 'KSampler', input: 'nope' },
    ],
    [
      'a node that only objects inherit',
      { a: { ...text, into: [['constructor', 'x']] } },
      'slots.a',
      { code: 'no-such-node', node: 'constructor' },
    ],
    [
      'an input that only objects inherit',
      { a: { ...text, into: [['3', 'toString']] } },
      'slots.a',
      { code: 'no-such-input', node: '3', type: 'KSampler', input: 'toString' },
    ],
    [
      'a choice pointing at a missing node',
      { a: { type: 'choice', choices: { x: [[['99', 'w'], 1]] } } },
      'slots.a',
      { code: 'no-such-node', node: '99' },
    ],
    ['min above max', { a: { ...integer, min: 5, max: 4 } }, 'slots.a.min', { code: 'min-above-max' }],
    [
      'a default below min',
      { a: { ...integer, min: 5, default: 4 } },
      'slots.a.default',
      { code: 'default-outside' },
    ],
    [
      'a default above max',
      { a: { ...integer, max: 5, default: 6 } },
      'slots.a.default',
      { code: 'default-outside' },
    ],
    [
      'an integer slot with a fraction',
      { a: { ...integer, default: 1.5 } },
      'slots.a',
      { code: 'whole-numbers-only' },
    ],
    [
      'a default that is no choice',
      { a: { type: 'choice', into, choices: ['x'], default: 'y' } },
      'slots.a.default',
      { code: 'default-no-choice' },
    ],
    [
      'an inherited default',
      { a: { type: 'choice', choices: { x: [[['3', 'cfg'], 1]] }, default: 'constructor' } },
      'slots.a.default',
      { code: 'default-no-choice' },
    ],
    [
      'a list of choices that go nowhere',
      { a: { type: 'choice', choices: ['x'] } },
      'slots.a.into',
      { code: 'needs-inputs' },
    ],
    [
      'the same choice twice',
      { a: { type: 'choice', into, choices: ['x', 'x'] } },
      'slots.a.choices',
      { code: 'same-choice-twice' },
    ],
    ['no choices', { a: { type: 'choice', choices: {} } }, 'slots.a.choices', { code: 'no-choices' }],
    [
      'an unknown type',
      { a: { type: 'colour', into } },
      'slots.a.type',
      { code: 'not-one-of', values: [...SLOT_TYPE_NAMES] },
    ],
    [
      'an unknown key',
      { a: { ...text, maxlength: 4 } },
      'slots.a',
      { code: 'unknown-keys', keys: ['maxlength'] },
    ],
    [
      'a format without the value',
      { a: { ...text, format: 'nice' } },
      'slots.a.format',
      { code: 'lacks-text', text: '{value}' },
    ],
    [
      'a default that is too long',
      { a: { ...text, maxLength: 3, default: 'long' } },
      'slots.a.default',
      { code: 'default-too-long' },
    ],
    [
      'a slot that goes nowhere',
      { a: { ...text, into: [] } },
      'slots.a.into',
      { code: 'item-count', min: 1 },
    ],
    ['a slot name with capitals', { 'A b': text }, 'slots.A b', { code: 'slot-name-rule' }],
    [
      'a slot name that is too long',
      { ['x'.repeat(33)]: text },
      `slots.${'x'.repeat(33)}`,
      { code: 'slot-name-rule' },
    ],
    [
      'a description of a number',
      { a: { ...text, description: 5 } },
      'slots.a.description',
      { code: 'wrong-kind', wanted: ['text'] },
    ],
    ['no type', { a: { into } }, 'slots.a.type', { code: 'missing' }],
    [
      'inputs in words',
      { a: { ...text, into: 'nowhere' } },
      'slots.a.into',
      { code: 'wrong-kind', wanted: ['list'] },
    ],
    [
      'choices that are neither',
      { a: { type: 'choice', into, choices: 5 } },
      'slots.a.choices',
      { code: 'wrong-kind', wanted: ['list', 'object'] },
    ],
    [
      'a choice without inputs',
      { a: { type: 'choice', choices: { x: [] } } },
      'slots.a.choices.x',
      { code: 'item-count', min: 1 },
    ],
    ['half an input', { a: { ...text, into: [['3']] } }, 'slots.a.into.0', { code: 'item-count', min: 2 }],
    ['half a character', { a: { ...text, maxLength: 1.5 } }, 'slots.a.maxLength', { code: 'not-whole' }],
    [
      'no characters',
      { a: { ...text, maxLength: 0 } },
      'slots.a.maxLength',
      { code: 'out-of-range', min: '1' },
    ],
    [
      'too many characters',
      { a: { ...text, maxLength: 9000 } },
      'slots.a.maxLength',
      { code: 'out-of-range', max: '6000' },
    ],
    ['an empty description', { a: { ...text, description: '' } }, 'slots.a.description', { code: 'empty' }],
    [
      'a long description',
      { a: { ...text, description: 'x'.repeat(201) } },
      'slots.a.description',
      { code: 'text-too-long', max: 200 },
    ],
    ['a slot that is none', { a: 5 }, 'slots.a', { code: 'wrong-kind', wanted: ['object'] }],
  ])('%s', (_name, slots, path, reason) => {
    expect(problemIn(() => parse(slots))).toEqual({
      code: 'template-broken',
      file: TEMPLATE,
      path,
      reason,
    });
  });

  it.each(['two\nlines', 'nul\0', 'txt.\u202egnp', 'left\u200e', 'zero\u200bwidth', 'half \ud83e'])(
    'something unshowable in what a chat shows: %j',
    (shown) => {
      const reason = { code: 'hidden-mark', mark: expect.stringMatching(/^U\+[0-9A-F]{4}/) };
      expect(problemIn(() => parse({}, { description: shown }))).toMatchObject({
        path: 'description',
        reason,
      });
      expect(problemIn(() => parse({ a: { ...text, description: shown } }))).toMatchObject({
        path: 'slots.a.description',
        reason,
      });
      const named = { type: 'choice', choices: { [shown]: [[['3', 'cfg'], 1]] } };
      for (const slot of [{ type: 'choice', into, choices: [shown] }, named])
        expect(problemIn(() => parse({ a: slot }))).toMatchObject({ code: 'template-broken' });
    },
  );

  it.each(['{value}\0', '{value}\u202e', '{value}\ud83e'])('a format that hides something: %j', (format) => {
    expect(problemIn(() => parse({ a: { ...text, format } }))).toMatchObject({ path: 'slots.a.format' });
    expect(parse({ a: { ...text, format: '{value},\n\tשלום\u200f 👩‍🚀' } }).slots).toHaveProperty('a');
  });

  it('more than 100 slots', () => {
    const slots = Object.fromEntries(Array.from({ length: 101 }, (_none, n) => [`s${n}`, text]));
    expect(problemIn(() => parse(slots))).toMatchObject({
      file: TEMPLATE,
      path: 'slots',
      reason: { code: 'too-many-slots', max: 100 },
    });
  });

  it('an output node that is missing', () => {
    expect(problemIn(() => parse({}, { outputs: ['99'] }))).toMatchObject({
      file: TEMPLATE,
      path: 'outputs',
    });
  });

  it.each([
    ['a syntax error', '{"description": "x",', 'invalid-json'],
    ['an empty file', '', 'empty-file'],
    ['a list', '[]', 'template-broken'],
    ['no description', '{"slots":{}}', 'template-broken'],
    [
      'a name that would be lost',
      '{"description":"d","slots":{"__proto__":{"type":"text","into":[["3","text"]]}}}',
      'template-broken',
    ],
    [
      'a choice that would be lost',
      '{"description":"d","slots":{"a":{"type":"choice","choices":{"__proto__":[[["3","cfg"],1]]}}}}',
      'template-broken',
    ],
  ])('%s in template.json', (_name, template, code) => {
    expect(problemIn(() => parseTexts(template))).toMatchObject({ code, file: TEMPLATE });
  });

  it.each([
    ['a syntax error', '{"1": {', 'invalid-json'],
    ['a node without a class', '{"1":{"inputs":{}},"2":{"class_type":"A","inputs":{}}}', 'template-broken'],
    ['only nodes without a class', '{"1":{"inputs":{}}}', 'not-a-workflow'],
    ['a node without inputs', '{"1":{"class_type":"A"}}', 'template-broken'],
    ['a number', '7', 'not-a-workflow'],
    ['a node that would be lost', '{"__proto__":{"class_type":"A","inputs":{}}}', 'template-broken'],
    [
      'an input that would be lost',
      '{"1":{"class_type":"A","inputs":{"\\u005f_proto__":1}}}',
      'template-broken',
    ],
    [
      'a title as long as a book',
      `{"1":{"class_type":"${'A'.repeat(1001)}","inputs":{}}}`,
      'template-broken',
    ],
    ['brackets without end', '['.repeat(200_000), 'json-too-complex'],
  ])('%s in workflow.json', (_name, workflow, code) => {
    expect(problemIn(() => parseTexts('{"description":"d","slots":{}}', workflow))).toMatchObject({
      code,
      file: WORKFLOW,
    });
  });

  it('a workflow as the editor saves it', () => {
    expect(problemIn(() => parse({}, {}, { nodes: [], links: [], version: 0.4 }))).toEqual({
      code: 'ui-format-workflow',
      file: WORKFLOW,
    });
  });

  it.each([...RESERVED_NAMES, 'Has Capitals', '', 'x'.repeat(33), '../up', 'a.b'])(
    'the name "%s"',
    (name) => {
      expect(problemIn(() => parse({}, {}, undefined, name))).toMatchObject({ code: 'template-broken' });
    },
  );
});

describe('names that objects inherit', () => {
  it('are names like any other for slots, nodes, inputs and choices', () => {
    const workflow = { constructor: { class_type: 'A', inputs: { constructor: 1, valueof: 2 } } };
    const path = ['constructor', 'constructor'];
    const template = parse(
      {
        constructor: { ...text, into: [path] },
        hasownproperty: { type: 'choice', choices: { constructor: [[path, 1]] } },
      },
      { outputs: ['constructor'] },
      workflow,
    );
    expect(Object.keys(template.slots)).toEqual(['constructor', 'hasownproperty']);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});
