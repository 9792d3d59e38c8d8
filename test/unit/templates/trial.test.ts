import { describe, expect, it } from 'vitest';
import { trialValues } from '../../../src/templates/trial.ts';
import { readValues, type Attachment } from '../../../src/templates/values.ts';
import { NODES, parse } from './sources.ts';

const picture: Attachment = { name: 'test.png', load: async () => Uint8Array.of() };
const needs = { required: true };

function trial(slots: object, inputs: object = {}) {
  const workflow = { ...NODES, '3': { class_type: 'KSampler', inputs: { ...NODES['3'].inputs, ...inputs } } };
  const template = parse(slots, {}, workflow);
  const raw = trialValues(template, { image: picture });
  readValues(template, raw, () => 1n); // whatever it is, it is allowed
  return raw;
}

describe('a trial', () => {
  it('leaves out what need not be given', () => {
    const slots = {
      text: { type: 'text', into: [['3', 'text']], format: '{value}!' },
      steps: { type: 'integer', into: [['3', 'steps']], max: 5 },
      size: { type: 'choice', into: [['3', 'size']], choices: ['y'] },
      seed: { type: 'seed', into: [['3', 'seed']], ...needs },
      cfg: { type: 'number', into: [['3', 'cfg']], default: 3, ...needs },
    };
    expect(trial(slots)).toEqual({});
  });

  it('gives every image the picture', () => {
    const image = { type: 'image', into: [['10', 'image']] };
    expect(trial({ one: image, two: { ...image, ...needs } })).toEqual({ one: picture, two: picture });
  });

  it('gives what must be given as the workflow has it', () => {
    const slots = {
      text: { type: 'text', into: [['3', 'text']], ...needs },
      steps: { type: 'integer', into: [['3', 'steps']], ...needs },
      on: { type: 'boolean', into: [['3', 'on']], ...needs },
      size: { type: 'choice', into: [['3', 'size']], ...needs },
    };
    expect(trial(slots, { text: 'a keep' })).toEqual({ text: 'a keep', steps: 20, on: false, size: 'x' });
  });

  it('gives something that is allowed where the workflow has nothing of the kind', () => {
    const text = { type: 'text', into: [['3', 'text']], ...needs };
    expect(trial({ s: text })).toEqual({ s: 'test' });
    expect(trial({ s: { ...text, maxLength: 2 } })).toEqual({ s: 'te' });
    expect(trial({ s: { ...text, maxLength: 3 } }, { text: 'a keep' })).toEqual({ s: 'a k' });
    const steps = { type: 'integer', into: [['3', 'steps']], ...needs };
    expect(trial({ s: { ...steps, max: 5 } })).toEqual({ s: 5 });
    expect(trial({ s: { ...steps, min: 30 } })).toEqual({ s: 30 });
    expect(trial({ s: { ...steps, min: 3 } }, { steps: ['4', 0] })).toEqual({ s: 3 });
    expect(trial({ s: { type: 'boolean', into: [['3', 'on']], ...needs } }, { on: ['4', 0] })).toEqual({
      s: false,
    });
    const size = { type: 'choice', into: [['3', 'size']], ...needs };
    expect(trial({ s: { ...size, choices: ['a', 'b'] } })).toEqual({ s: 'a' });
    const named = { a: [[['5', 'width'], 1]], b: [[['5', 'width'], 2]] };
    expect(trial({ s: { type: 'choice', choices: named, ...needs } })).toEqual({ s: 'a' });
  });
});
