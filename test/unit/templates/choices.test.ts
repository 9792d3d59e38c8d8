import { describe, expect, it } from 'vitest';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import type { ChoiceSlot, Slot } from '../../../src/core/template.ts';
import { matchingChoices, withChoices } from '../../../src/templates/choices.ts';
import { readValues, type RawValue } from '../../../src/templates/values.ts';
import { backendWith } from './node-classes.ts';
import { parse, problemIn } from './sources.ts';

const into: [string, string][] = [['3', 'size']];
const template = (slot: object) => parse({ s: { type: 'choice', into, ...slot } });
const nodes = backendWith({ KSampler: { size: ['big', 3, true] } });

describe('choices that the backend decides', () => {
  const filled = (slot: object, known: NodeClasses | undefined): Slot | undefined =>
    withChoices(template(slot), known).slots['s'];

  it('are filled in as text, in a copy', () => {
    const given = template({ default: 'old' });
    expect(withChoices(given, nodes).slots['s']).toMatchObject({
      choices: ['big', '3', 'true'],
      default: 'old',
    });
    expect(given.slots['s']).not.toHaveProperty('choices');
  });

  it('are left open when they are not known, or there are none', () => {
    const none = backendWith({ KSampler: { size: [] } });
    for (const known of [undefined, none, backendWith({}), backendWith({ KSampler: {} })])
      expect(filled({}, known)).not.toHaveProperty('choices');
  });

  it('of the template itself stay', () => {
    expect(filled({ choices: ['a'] }, nodes)).toMatchObject({ choices: ['a'] });
  });

  it('come from a node of its own only', () => {
    const workflow = { constructor: { class_type: 'toString', inputs: { size: 'x' } } };
    const odd = parse({ s: { type: 'choice', into: [['constructor', 'size']] } }, {}, workflow);
    expect(withChoices(odd, nodes).slots['s']).not.toHaveProperty('choices');
  });
});

describe('what is offered while somebody types', () => {
  const slot: ChoiceSlot = { type: 'choice', choices: ['xl base', 'Base', 'basement', 'other'] };

  it('holds what was typed, those that begin with it first', () => {
    expect(matchingChoices(slot, ' BASE', 25)).toEqual(['Base', 'basement', 'xl base']);
    expect(matchingChoices(slot, 'base', 1)).toEqual(['Base']);
    expect(matchingChoices(slot, '', 2)).toEqual(['xl base', 'Base']);
    expect(matchingChoices(slot, 'zzz', 25)).toEqual([]);
    expect(matchingChoices({ type: 'choice' }, 'b', 25)).toEqual([]);
  });
});

describe('a choice that somebody gives', () => {
  const read = (slot: object, given: RawValue) => readValues(template(slot), { s: given }, () => 1n)['s'];
  const refused = (slot: object, given: RawValue) => problemIn(() => read(slot, given));
  const long = (end: string) => `${'folder/'.repeat(20)}${end}`;

  it('may be the beginning of one, where it is clear', () => {
    const choices = [long('a.safetensors'), 'short', 'Shorter', 'constructor'];
    const told = withChoices(template({}), backendWith({ KSampler: { size: choices } }));
    const cut = long('').slice(0, 100).toUpperCase();
    expect(readValues(told, { s: cut }, () => 1n)).toEqual({ s: choices[0] });
    expect(read({ choices: choices.slice(1) }, 'const')).toBe('constructor');
    expect(read({ choices: choices.slice(1) }, 'short')).toBe('short'); // whole before beginning
    expect(read({ choices: choices.slice(1) }, 'SHORTER')).toBe('Shorter');
  });

  it('is refused where several begin with it, or none', () => {
    const choices = [long('a'), long('b')].map((name) => name.slice(-100));
    expect(refused({ choices }, choices[0]?.slice(0, 50) ?? '')).toMatchObject({
      code: 'not-a-choice',
      choices,
    });
    expect(refused({ choices }, 'zzz')).toMatchObject({ code: 'not-a-choice', value: 'zzz' });
    expect(refused({ choices: ['a'] }, ' ')).toMatchObject({ code: 'not-a-choice' });
    expect(refused({ choices: { wide: [[into[0], 'x']] } }, 'toString')).toMatchObject({
      code: 'not-a-choice',
    });
  });

  it('is taken as it is where the backend has not told its own', () => {
    expect(read({}, ' any.safetensors ')).toBe('any.safetensors');
    expect(refused({}, '  ')).toEqual({ code: 'missing-value', slot: 's' });
    expect(refused({}, 'x'.repeat(301))).toEqual({
      code: 'too-long',
      slot: 's',
      length: 301,
      maxLength: 300,
    });
  });

  it('is its exact spelling where lower case does not tell two apart', () => {
    expect(read({ choices: ['a', 'A'] }, 'A')).toBe('A');
  });
});
