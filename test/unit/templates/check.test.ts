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

  describe('whose outputs can never be posted', () => {
    const saving: Workflow = {
      ...WORKFLOW,
      '3': { class_type: 'ModelSave', inputs: { model: ['1', 0] }, _meta: { title: 'Keep the model' } },
      '4': { class_type: 'Novel', inputs: {} },
    };
    const some = backendWith({
      Paint: { text: { type: 'STRING' } },
      Save: null,
      ModelSave: null,
      Novel: null,
    });
    const only = (...ids: string[]): Workflow =>
      Object.fromEntries(Object.entries(saving).filter(([id]) => id === '1' || ids.includes(id)));
    const unseen = (all: boolean, ...titles: string[]) => [
      { at: 'outputs', problem: { code: 'outputs-unseen', nodes: titles, all }, blocking: all },
    ];

    it('is not ready where its nodes save a model and nothing else', () => {
      expect(findings({}, { nodes: some }, only('3'))).toEqual(unseen(true, 'Keep the model'));
      expect(findings({}, { nodes: some }, only('2', '3'))).toEqual([]);
    });

    it('is not ready where it posts such a node, or one that is no output node', () => {
      expect(findings({ outputs: ['3'] }, { nodes: some }, saving)).toEqual(unseen(true, 'Keep the model'));
      expect(findings({ outputs: ['1'] }, { nodes: some }, saving)).toEqual(unseen(true, 'Paint'));
      expect(findings({ outputs: ['1', '3'] }, { nodes: some }, saving)).toEqual(
        unseen(true, 'Paint', 'Keep the model'),
      );
    });

    it('is told of it where something else is posted', () => {
      expect(findings({ outputs: ['2', '3'] }, { nodes: some }, saving)).toEqual(
        unseen(false, 'Keep the model'),
      );
    });

    it('is left alone where nobody knows what a node leaves', () => {
      expect(findings({ outputs: ['4'] }, { nodes: some }, saving)).toEqual([]);
      const lacking = backendWith({ Paint: { text: { type: 'STRING' } }, Save: null });
      expect(findings({ outputs: ['4'] }, { nodes: lacking }, only('2', '4'))).toMatchObject([
        { problem: { code: 'missing-node' } },
      ]);
      const paint = some.get('Paint');
      const showing = new Map(some).set('Paint', { ...paint!, shows: true });
      expect(findings({ outputs: ['1'] }, { nodes: showing }, saving)).toEqual([]);
    });

    it('is not ready after a test run that left nothing', () => {
      expect(findings({ bare: true })).toEqual([
        { at: 'outputs', problem: { code: 'trial-bare' }, blocking: true },
      ]);
    });
  });

  it('says what blocks first, and that the backend was not asked', () => {
    expect(findings({ description: '' }, { nodes: undefined, taken: 'builtin' })).toMatchObject([
      { problem: { code: 'bad-description' }, blocking: true },
      { problem: { code: 'overrides-builtin' }, blocking: false },
      { at: 'workflow', problem: { code: 'backend-unasked', backend: 'B' }, blocking: false },
    ]);
  });
});
