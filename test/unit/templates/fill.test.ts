import { describe, expect, it } from 'vitest';
import { parseJson, writeJson } from '../../../src/core/json.ts';
import type { Template } from '../../../src/core/template.ts';
import { fill, withFile } from '../../../src/templates/fill.ts';
import { parse } from './sources.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

const template: Template = frozen(
  parse({
    prompt: { type: 'text', into: [['3', 'text']], format: '{value}, very detailed; {value}' },
    plain: { type: 'text', into: [['3', 'size']] },
    seed: { type: 'seed', into: [['3', 'seed']] },
    size: {
      type: 'choice',
      choices: {
        square: [
          [['5', 'width'], 512],
          [['5', 'height'], 512],
        ],
        wide: [[['5', 'width'], 1024]],
      },
    },
    named: { type: 'choice', into: [['10', 'image']], choices: { fast: [[['3', 'steps'], 4]] } },
    model: { type: 'choice', into: [['3', 'size']], choices: ['a', 'b'] },
    hires: { type: 'boolean', into: [['3', 'on']] },
    both: {
      type: 'integer',
      into: [
        ['5', 'width'],
        ['5', 'height'],
      ],
    },
    image: { type: 'image', into: [['10', 'image']] },
  }),
);

describe('filling a template', () => {
  it('never changes it', () => {
    const before = writeJson(template);
    const { workflow } = fill(template, { prompt: 'a fox', seed: 5, size: 'wide', hires: true });
    expect(writeJson(template)).toBe(before);
    workflow['3']!.inputs['text'] = 'changed'; // the copy is free
    expect(fill(template, {}).workflow['3']?.inputs['text']).toBe('');
  });

  it('with nothing gives the workflow as it was exported', () => {
    expect(fill(template, {})).toMatchObject({ workflow: template.workflow, changes: [], images: [] });
  });

  it.each([
    'a "quoted" \\ fox',
    "$& $1 $$ $` $'",
    '{value}',
    'two\nlines\ttab',
    '\u0000 \u2028 🦊 ](){}',
    '","class_type":"Evil","x":"',
  ])('puts %j into the graph as one JSON value', (text) => {
    const { workflow } = fill(template, { plain: text, prompt: text });
    expect(workflow['3']?.inputs).toMatchObject({ size: text, text: `${text}, very detailed; ${text}` });
    expect(parseJson(writeJson(workflow))).toEqual(workflow);
  });

  it('keeps a 64-bit seed through to the JSON that is sent', () => {
    const { workflow } = fill(template, { seed: 18446744073709551615n });
    expect(writeJson(workflow)).toContain('"seed":18446744073709551615');
  });

  it('writes every assignment of a choice, the name where the template wants it, and a listed one itself', () => {
    expect(fill(template, { size: 'square' }).workflow['5']?.inputs).toEqual({ width: 512, height: 512 });
    expect(fill(template, { size: 'wide' }).workflow['5']?.inputs).toEqual({ width: 1024, height: 64 });
    const { workflow } = fill(template, { named: 'fast', model: 'b' });
    expect(workflow['10']?.inputs['image']).toBe('fast');
    expect(workflow['3']?.inputs).toMatchObject({ steps: 4, size: 'b' });
  });

  it('writes one value into several inputs, and false and zero too', () => {
    expect(fill(template, { both: 0 }).workflow['5']?.inputs).toEqual({ width: 0, height: 0 });
    expect(fill(template, { hires: false }).workflow['3']?.inputs['on']).toBe(false);
  });

  it('leaves images for later, and places them without changing what it was given', () => {
    const { workflow, images } = fill(template, { image: 'cat.png' });
    expect(images).toEqual([{ slot: 'image', into: [['10', 'image']] }]);
    expect(workflow['10']?.inputs['image']).toBe('example.png');
    const placed = withFile(frozen(workflow), images[0]!, 'easel/1.png');
    expect(placed['10']?.inputs['image']).toBe('easel/1.png');
    expect(workflow['10']?.inputs['image']).toBe('example.png');
  });

  it('ignores values that only objects inherit', () => {
    const odd = parse({ constructor: { type: 'text', into: [['3', 'text']] } });
    expect(fill(odd, {}).workflow['3']?.inputs['text']).toBe('');
  });
});
