import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/finding.ts';
import type { Slot } from '../../../src/core/template.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { checkDraft, type DraftCircumstances } from '../../../src/templates/check.ts';
import type { Draft } from '../../../src/templates/library/records.ts';
import { backendWith } from './node-classes.ts';

const WORKFLOW: Workflow = {
  '1': { class_type: 'Paint', inputs: { text: '' } },
  '2': { class_type: 'Save', inputs: { images: ['1', 0] } },
};
const nodes = backendWith({ Paint: { text: { type: 'STRING' } }, Save: null });
const into: [string, string][] = [['1', 'text']];
const text: Slot = { type: 'text', into };

function findings(
  draft: Partial<Omit<Draft, 'slots'>> & { slots?: Record<string, Slot> } = {},
  circumstances: Partial<DraftCircumstances> = {},
  workflow = WORKFLOW,
) {
  const { slots = { prompt: text }, ...rest } = draft;
  const whole: Draft = {
    id: crypto.randomUUID(),
    guild: 'a',
    platform: 'test',
    user: 'ada',
    name: 'castle',
    description: 'Draws',
    workflow: '',
    ...rest,
    slots: Object.entries(slots).map(([name, slot]) => ({ name, slot })),
  };
  return checkDraft(whole, workflow, { nodes, backend: 'B', taken: undefined, ...circumstances });
}
const many = (count: number, slot: Slot = text) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, slot]));

describe('a draft', () => {
  it('that is right has no findings', () => {
    expect(findings()).toEqual([]);
  });

  it.each(['', 'My Fox', 'ünïcode!', 'a'.repeat(33), '/x', 'a\u200bb'])('cannot be called "%s"', (name) => {
    expect(findings({ name })).toEqual([{ at: 'name', problem: { code: 'bad-name', name }, blocking: true }]);
  });

  it.each(['queue', 'settings', 'template'])('cannot be called "%s" as Easel itself does', (name) => {
    expect(findings({ name })).toEqual([
      { at: 'name', problem: { code: 'reserved-name', name }, blocking: true },
    ]);
  });

  it('cannot take the name of another; a built-in one it may replace', () => {
    const name = 'castle';
    expect(findings({}, { taken: 'own' })).toEqual([
      { at: 'name', problem: { code: 'name-taken', name }, blocking: true },
    ]);
    expect(findings({}, { taken: 'builtin' })).toEqual([
      { at: 'name', problem: { code: 'overrides-builtin', name }, blocking: false },
    ]);
  });

  it('needs a description of 1–200 characters', () => {
    for (const length of [0, 201]) {
      const problem = { code: 'bad-description', length, max: 200 };
      expect(findings({ description: 'x'.repeat(length) })).toEqual([
        { at: 'description', problem, blocking: true },
      ]);
    }
    expect(findings({ description: 'x'.repeat(200) })).toEqual([]);
  });

  it('has 100 slots at most; each beyond is named', () => {
    expect(findings({ slots: many(100) })).toEqual([]);
    const problem = { code: 'too-many-slots', count: 102, max: 100 };
    expect(findings({ slots: many(102) })).toEqual([
      { at: { slot: 's100' }, problem, blocking: true },
      { at: { slot: 's101' }, problem, blocking: true },
    ]);
  });

  it('may ask for two pictures, but should know', () => {
    const image: Slot = { type: 'image', into, required: true };
    const slots: Record<string, Slot> = { first: image, spare: { type: 'image', into }, second: image };
    expect(findings({ slots })).toEqual([
      {
        at: { slot: 'second' },
        problem: { code: 'two-images', slot: 'second', first: 'first' },
        blocking: false,
      },
    ]);
  });

  it('may have as many choices, and words in all, as it likes', () => {
    const choices = Array.from({ length: 500 }, (_, at) => `${at}`.padEnd(100, 'x'));
    expect(findings({ slots: many(20, { type: 'choice', into, choices }) })).toEqual([]);
  });

  it('is told what its platform says of it, whose limits may be tighter; nothing twice', () => {
    const tighter: Finding = {
      at: 'description',
      problem: { code: 'bad-description', length: 300, max: 100 },
      blocking: true,
    };
    const notes: Finding = {
      at: { slot: 'prompt' },
      problem: { code: 'many-choices', slot: 'prompt', count: 26, max: 25 },
      blocking: false,
    };
    expect(findings({ description: 'x'.repeat(300) }, { platform: [notes, tighter] })).toEqual([
      tighter,
      notes,
    ]);
    expect(findings({ name: '' }, { platform: [notes] })).toMatchObject([
      { problem: { code: 'bad-name' } },
      notes,
    ]);
  });

  it('needs a node that saves or shows something; one that the backend lacks may be it', () => {
    const lonely: Workflow = { '1': { class_type: 'Paint', inputs: { text: '' } } };
    expect(findings({}, {}, lonely)).toEqual([
      { at: 'outputs', problem: { code: 'no-output-nodes' }, blocking: true },
    ]);
    const unknown: Workflow = { ...lonely, '2': { class_type: 'Novel', inputs: {} } };
    expect(findings({}, {}, unknown)).toEqual([
      { at: 'workflow', problem: { code: 'missing-node', node: 'Novel' }, blocking: true },
    ]);
  });

  it('says what blocks first, and that the backend was not asked', () => {
    expect(findings({ description: '' }, { nodes: undefined, taken: 'builtin' })).toMatchObject([
      { problem: { code: 'bad-description' }, blocking: true },
      { problem: { code: 'overrides-builtin' }, blocking: false },
      { at: 'workflow', problem: { code: 'backend-unasked', backend: 'B' }, blocking: false },
    ]);
  });
});
