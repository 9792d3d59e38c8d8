import { describe, expect, it } from 'vitest';
import type { Slot } from '../../../src/core/template.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { keyOf, misfits } from '../../../src/templates/check.ts';
import { backendWith } from './node-classes.ts';

const nodes = backendWith({
  Loader: { name: ['a', 'b'], size: [1, 2, 0.5], on: [true, false] },
  Paint: { model: { type: 'MODEL' } },
  Save: null,
});
const inputs = { name: 'a', size: 1, on: true };
const graph = (given: object = {}): Workflow => ({
  '4': { class_type: 'Loader', inputs: { ...inputs, ...given }, _meta: { title: 'My models' } },
  '6': { class_type: 'Paint', inputs: { model: ['4', 0] } },
  '9': { class_type: 'Save', inputs: { images: ['6', 0] } },
});
const into: [string, string][] = [['4', 'name']];
/** Values that are missing, `SLOT:VALUE` or `VALUE`; with a mark where every run would fail. */
function missing(slots: Record<string, Slot>, workflow = graph(), classes = nodes): string[] {
  return misfits({ slots, workflow }, classes).map(({ at, problem, blocking }) => {
    if (problem.code !== 'value-unavailable') return `${problem.code}${blocking ? '!' : ''}`;
    expect(problem.slot).toBe(typeof at === 'object' ? at.slot : undefined);
    const said = typeof at === 'object' ? `${at.slot}:${problem.value}` : problem.value;
    return `${said}${blocking ? '!' : ''}`;
  });
}

describe('what the backend lacks', () => {
  it('is nothing when every value is among its options, numbers and switches too', () => {
    expect(missing({}, graph({ size: 0.5, on: false }))).toEqual([]);
  });

  it('is named by node, input and value', () => {
    expect(misfits({ slots: {}, workflow: graph({ name: 'old' }) }, nodes)).toEqual([
      {
        at: 'workflow',
        problem: { code: 'value-unavailable', node: 'My models', input: 'name', value: 'old' },
        blocking: true,
      },
    ]);
    expect(missing({}, graph({ size: 3, on: 'true' }))).toEqual(['3!']);
  });

  it('is a class once, however many nodes are of it', () => {
    const workflow = {
      ...graph(),
      '7': { class_type: 'Gone', inputs: {} },
      '8': { class_type: 'Gone', inputs: {} },
    };
    expect(missing({}, workflow)).toEqual(['missing-node!']);
  });

  it('is everything where its list is empty, and unknown where the list says nothing', () => {
    const with_ = (info: object) =>
      backendWith({ Loader: { name: { options: ['x'], ...info } }, Paint: {}, Save: null });
    expect(missing({}, graph(), with_({ options: [] }))).toEqual(['a']);
    expect(missing({}, graph(), with_({}))).toEqual(['a!']);
    expect(missing({}, graph(), with_({ upload: true }))).toEqual([]);
    expect(missing({}, graph(), with_({ remote: true }))).toEqual([]);
    expect(missing({}, graph({ name: ['6', 0] }), with_({}))).toEqual([]); // comes from another node
  });

  it('does not matter in nodes that no run reaches', () => {
    const spare = { class_type: 'Loader', inputs: { ...inputs, name: 'old' } };
    expect(missing({}, { ...graph(), '5': spare })).toEqual([]);
    const read: Workflow = {
      ...graph(),
      '5': spare,
      '10': { class_type: 'Save', inputs: { images: ['5', 0] } },
    };
    expect(missing({}, read)).toEqual(['old!']);
    // ComfyUI runs every node that saves, whatever is posted
    expect(misfits({ slots: {}, workflow: read, outputs: ['9'] }, nodes)).toHaveLength(1);
  });

  it('ends on circles, links into nothing and ids that every object has', () => {
    const workflow: Workflow = {
      constructor: { class_type: 'Save', inputs: { a: ['toString', 0], b: ['x', 0] } },
      x: { class_type: 'Paint', inputs: { model: ['y', 0] } },
      y: { class_type: 'Loader', inputs: { name: 'old', size: ['x', 0], on: true } },
      __proto: { class_type: 'constructor', inputs: {} },
    };
    expect(missing({}, workflow)).toEqual(['old!', 'missing-node!']);
    expect(misfits({ slots: {}, workflow, outputs: ['hasOwnProperty'] }, new Map())).toHaveLength(4);
  });
});

describe('of a slot', () => {
  const slot = (given: Partial<Slot> & { type: Slot['type'] }, workflow = graph({ name: 'old' })) =>
    missing({ s: { into, ...given } }, workflow);

  it('that must be filled, what the workflow holds does not matter', () => {
    expect(slot({ type: 'text', required: true })).toEqual([]);
    expect(slot({ type: 'choice', required: true })).toEqual([]);
    expect(slot({ type: 'image', required: true })).toEqual([]);
    expect(slot({ type: 'seed' })).toEqual([]); // always drawn
  });

  it('that may be left out, it does', () => {
    expect(slot({ type: 'text' })).toEqual(['s:old']);
    expect(slot({ type: 'choice' })).toEqual(['s:old']);
    expect(slot({ type: 'image' })).toEqual(['s:old']);
  });

  it('the default stands for it, as it would be written', () => {
    expect(slot({ type: 'text', default: 'a' })).toEqual([]);
    expect(slot({ type: 'text', default: 'gone' }, graph())).toEqual(['s:gone']);
    expect(slot({ type: 'text', default: 'a', format: '{value}.pt' }, graph())).toEqual(['s:a.pt']);
    expect(slot({ type: 'choice', default: 'b' })).toEqual([]);
    expect(slot({ type: 'choice', default: 'gone' })).toEqual(['s:gone']);
    const size: [string, string][] = [['4', 'size']];
    expect(slot({ type: 'integer', default: 2, into: size }, graph({ size: 9 }))).toEqual([]);
    expect(slot({ type: 'integer', default: 9, into: size }, graph())).toEqual(['s:9']);
  });

  it('every choice is looked at', () => {
    const choices = ['a', 'gone', 'b', 'lost'];
    expect(slot({ type: 'choice', choices, required: true })).toEqual(['s:gone', 's:lost']);
    expect(slot({ type: 'choice', choices: ['a'] })).toEqual(['s:old']);
    expect(slot({ type: 'choice', choices: ['a'], default: 'a' })).toEqual([]);
  });

  it('every named choice is, at the input that it sets', () => {
    const named = (...values: string[]) => ({
      type: 'choice' as const,
      into: undefined,
      choices: Object.fromEntries(
        values.map((value): [string, [[string, string], string][]] => [
          `c-${value}`,
          [[['4', 'name'], value]],
        ]),
      ),
    });
    expect(slot({ ...named('a', 'gone'), required: true })).toEqual(['s:gone']);
    expect(slot(named('a'))).toEqual(['s:old']);
    expect(slot({ ...named('a'), default: 'c-a' })).toEqual([]);
    const partly = { ...named('a').choices, rest: [[['4', 'size'], 2]] as [[string, string], number][] };
    expect(slot({ type: 'choice', into: undefined, choices: partly, default: 'rest' })).toEqual(['s:old']);
    expect(slot({ type: 'choice', choices: partly, default: 'rest' })).toEqual(['s:rest']); // its name is written
  });
});

describe('what blocks', () => {
  const vae = (options: string[]) =>
    backendWith({ Loader: { name: { options }, size: [1], on: [true] }, Paint: {}, Save: null });
  const holding = (name: string) => graph({ name });
  const pick: Slot = { type: 'choice', into };

  it('is a file that stands in the workflow and that no slot can change', () => {
    expect(missing({}, holding('old.safetensors'), vae(['new.safetensors']))).toEqual(['old.safetensors!']);
    expect(missing({}, holding('old.safetensors'), vae([]))).toEqual(['old.safetensors!']);
  });

  it('is no default that people can choose something else than', () => {
    expect(missing({ s: pick }, holding('old.pt'), vae(['new.pt']))).toEqual(['s:old.pt']);
    expect(missing({ s: { type: 'text', into } }, holding('old.pt'), vae(['new.pt']))).toEqual(['s:old.pt']);
  });

  it('is a list of choices of which nothing is there', () => {
    const of = (...choices: string[]) => missing({ s: { ...pick, choices, required: true } });
    expect(of('gone', 'lost')).toEqual(['s:gone!', 's:lost!']);
    expect(of('gone', 'a')).toEqual(['s:gone']);
  });

  it('is a choice of the backend’s files where it has none', () => {
    expect(missing({ s: pick }, holding('old.pt'), vae([]))).toEqual(['s:old.pt!']);
    expect(missing({ s: { ...pick, required: true } }, holding('old.pt'), vae([]))).toEqual([
      'nothing-to-pick!',
    ]);
    // a custom node may judge by itself what its editor lists
    expect(missing({ s: { ...pick, required: true } }, holding('word'), vae([]))).toEqual([
      'nothing-to-pick',
    ]);
  });
});

describe('the key of a misfit', () => {
  it('is the same whatever the slot and the node are called', () => {
    const keys = (slots: Record<string, Slot>, title: string) => {
      const workflow = graph({ name: 'old' });
      const loader = workflow['4'];
      if (loader) loader._meta = { title };
      return misfits({ slots, workflow }, nodes).map(keyOf);
    };
    const slot: Slot = { type: 'choice', into };
    expect(keys({ model: slot }, 'One')).toEqual(['value name old']);
    expect(keys({ checkpoint: slot }, 'Two')).toEqual(['value name old']);
    expect(keys({}, 'Three')).toEqual(['value name old']);
  });

  it('tells nodes and values apart', () => {
    const workflow: Workflow = {
      ...graph({ name: 'old', size: 3 }),
      '7': { class_type: 'Gone', inputs: {} },
    };
    expect(misfits({ slots: {}, workflow }, nodes).map(keyOf).toSorted()).toEqual([
      'node Gone',
      'value name old',
      'value size 3',
    ]);
  });
});
