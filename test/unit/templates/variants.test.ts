/** Several workflows of one command, as a folder has them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/core/reason.ts';
import { parseDocuments } from '../../../src/templates/draft.ts';
import { loadTemplates } from '../../../src/templates/library/load.ts';
import { parseTemplate } from '../../../src/templates/parse.ts';
import { variantsOf } from '../../../src/templates/variants.ts';
import { temporaryFolder } from '../temporary.ts';
import { NODES, problemIn } from './sources.ts';

const OTHER = { '7': { class_type: 'Sampler', inputs: { words: '', steps: 4, model: 'a' } } };
const SLOTS = {
  prompt: { type: 'text', into: [['3', 'text']], required: true },
  steps: { type: 'integer', into: [['3', 'steps']], default: 20, max: 60 },
};
const THERE = {
  prompt: { into: [['7', 'words']] },
  steps: { into: [['7', 'steps']], default: 4 },
};

function parse(variants: object, files: Record<string, unknown> = { quick: OTHER }) {
  const texts = Object.entries(files).map(([name, graph]) => {
    return [name, { text: JSON.stringify(graph), file: `imagine/workflow.${name}.json` }] as const;
  });
  return parseTemplate({
    name: 'imagine',
    template: {
      text: JSON.stringify({ description: 'x', slots: SLOTS, variants }),
      file: 'imagine/template.json',
    },
    workflow: { text: JSON.stringify(NODES), file: 'imagine/workflow.json' },
    variants: Object.fromEntries(texts),
  });
}

describe('variants', () => {
  it('have the slots of the command with inputs of their own, and what else is other there', () => {
    const template = parse({ quick: { slots: THERE } });
    const [own, quick] = variantsOf(template);
    expect([own?.variant, quick?.variant]).toEqual(['workflow', 'quick']);
    expect(quick).toMatchObject({ name: 'imagine', description: 'x', version: template.version });
    expect(quick?.slots).toEqual({
      prompt: { type: 'text', into: [['7', 'words']], required: true },
      steps: { type: 'integer', into: [['7', 'steps']], default: 4, max: 60 },
    });
    expect(own?.slots).toEqual(template.slots);
  });

  it('come before workflow.json where they say so, and in their order', () => {
    const files = { late: OTHER, early: OTHER, soon: OTHER };
    const template = parse(
      { late: { slots: {} }, early: { slots: {}, first: true }, soon: { slots: {}, first: true } },
      files,
    );
    expect(variantsOf(template).map(({ variant }) => variant)).toEqual(['early', 'soon', 'workflow', 'late']);
  });

  it('may have slots that the others do not have: the command has them all', () => {
    const model = { type: 'choice', into: [['7', 'model']] };
    const template = parse({ quick: { slots: { ...THERE, model } } });
    expect(Object.keys(template.slots)).toEqual(['prompt', 'steps', 'model']);
    const [own, quick] = variantsOf(template);
    expect(Object.keys(own?.slots ?? {})).toEqual(['prompt', 'steps']);
    expect(quick?.slots['model']).toEqual(model);
  });

  it('are part of the version, and of what is written down', () => {
    const variants = { quick: { slots: THERE } };
    const template = parse(variants);
    const other = parse(variants, { quick: { '7': { ...OTHER['7'], class_type: 'Other' } } });
    expect(other.version).not.toBe(template.version);
    expect(parseDocuments('imagine', template.documents)).toEqual(template);
  });

  it.each<[why: string, variants: object, at: string, reason: Reason]>([
    [
      'whose file is missing',
      { slow: { slots: {} } },
      'variants.slow',
      { code: 'no-such-workflow', file: 'workflow.slow.json' },
    ],
    [
      'whose input is missing',
      { quick: { slots: { prompt: {} } } },
      'variants.quick.slots.prompt',
      { code: 'no-such-node', node: '3' },
    ],
    [
      'whose slot is of another type',
      { quick: { slots: { prompt: { type: 'seed', into: [['7', 'steps']] } } } },
      'variants.quick.slots.prompt',
      { code: 'other-type', type: 'text' },
    ],
    [
      'whose slot is broken',
      { quick: { slots: { steps: { into: [['7', 'steps']], min: 90 } } } },
      'variants.quick.slots.steps',
      { code: 'min-above-max' },
    ],
    [
      'whose output is missing',
      { quick: { slots: {}, outputs: ['3'] } },
      'variants.quick.outputs',
      { code: 'no-such-node', node: '3' },
    ],
    [
      'called as workflow.json is',
      { workflow: { slots: {} } },
      'variants.workflow',
      { code: 'own-workflow' },
    ],
    ['with a name of more than a word', { 'a b': { slots: {} } }, 'variants.a b', { code: 'name-rule' }],
  ])('are refused: one %s', (_, variants, at, reason) => {
    const problem = problemIn(() => parse(variants));
    expect(problem).toMatchObject({ code: 'template-broken', file: 'imagine/template.json' });
    expect('path' in problem && problem.path).toContain(at);
    expect(problem).toMatchObject({ reason });
  });

  it('are read from the files beside workflow.json, and a broken one is named', async () => {
    const root = await temporaryFolder();
    const write = async (name: string, text: string) => {
      await mkdir(join(root, 'fox'), { recursive: true });
      await writeFile(join(root, 'fox', name), text);
    };
    const template = { description: 'x', slots: SLOTS, variants: { quick: { slots: THERE } } };
    await write('template.json', JSON.stringify(template));
    await write('workflow.json', JSON.stringify(NODES));
    await write('workflow.quick.json', JSON.stringify(OTHER));
    const { templates } = await loadTemplates(root);
    expect(templates[0]?.variants?.map(({ name }) => name)).toEqual(['workflow', 'quick']);
    await write('workflow.quick.json', '{');
    const { broken } = await loadTemplates(root);
    expect(broken[0]?.problem).toMatchObject({ code: 'invalid-json', file: 'fox/workflow.quick.json' });
  });
});
