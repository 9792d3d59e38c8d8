import { describe, expect, it } from 'vitest';
import type { EditorView } from '../../../../src/commands/verbs/editor.ts';
import { parseJson } from '../../../../src/core/json.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import type { Slot } from '../../../../src/core/template.ts';
import { graphNodes } from '../../../../src/platforms/web/studio/graph.ts';
import { measured } from '../../../fakes/cpu-time.ts';

function viewOf(slots: Record<string, Slot>, outputs: EditorView['outputs'] = []): EditorView {
  return {
    draft: { id: '', guild: '', platform: '', user: '', name: '', description: '', slots: [], workflow: '' },
    workflow: {},
    slots: Object.entries(slots).map(([name, slot]) => ({ name, slot, into: [], choices: [] })),
    findings: [],
    publishable: true,
    testable: true,
    outputs,
  };
}

const none = viewOf({});

describe('The graph of a workflow', () => {
  it('has every node after those that feed it', () => {
    const workflow: Workflow = {
      save: { class_type: 'SaveImage', inputs: { images: ['draw', 0], mask: ['load', 0] } },
      draw: { class_type: 'KSampler', inputs: { model: ['load', 0], again: ['load', 1] } },
      alone: { class_type: 'Note', inputs: {} },
      load: { class_type: 'Loader', inputs: {} },
    };
    const ids = graphNodes(workflow, none, []).map(({ id }) => id);
    expect(ids).toEqual(['alone', 'load', 'draw', 'save']);
  });

  it('shows values on one line, and where links come from', () => {
    const workflow: Workflow = {
      '1': { class_type: 'Loader', inputs: {}, _meta: { title: 'My\nloader' } },
      '2': {
        class_type: 'Node',
        inputs: {
          text: 'two\nlines',
          long: 'x'.repeat(500),
          seed: parseJson('18446744073709551615'),
          list: [1, 2, 3],
          link: ['1', 0],
          lost: ['77', 0],
          odd: ['constructor', 0],
        },
      },
    };
    const [loader, node] = graphNodes(workflow, none, []);
    expect(loader?.title).toBe('My loader');
    expect(node).toMatchObject({ title: 'Node', type: 'Node' });
    const inputs = Object.fromEntries(node?.inputs.map(({ name, ...rest }) => [name, rest]) ?? []);
    expect(inputs).toEqual({
      text: { value: 'two lines', free: false },
      long: { value: `${'x'.repeat(79)}…`, free: false },
      seed: { value: '18446744073709551615', free: false },
      list: { value: '[1,2,3]', free: false },
      link: { from: '1', free: false },
      // leads to nowhere, so it is not drawn
      lost: { value: '["77",0]', free: false },
      odd: { value: '["constructor",0]', free: false },
    });
  });

  it('marks what slots fill, the first of them, and what a new one could', () => {
    const workflow: Workflow = { '1': { class_type: 'Size', inputs: { width: 1, height: 2, depth: 3 } } };
    const view = viewOf({
      size: { type: 'choice', choices: { wide: [[['1', 'width'], 9]], tall: [[['1', 'height'], 9]] } },
      width: { type: 'integer', into: [['1', 'width']] },
    });
    const [node] = graphNodes(workflow, view, [{ path: ['1', 'depth'], node: 'Size', value: '3' }]);
    expect(node?.inputs).toEqual([
      { name: 'width', value: '1', slot: 'size', free: false },
      { name: 'height', value: '2', slot: 'size', free: false },
      { name: 'depth', value: '3', free: true },
    ]);
  });

  it('tells whose outputs are posted', () => {
    const workflow: Workflow = {
      '1': { class_type: 'Preview', inputs: {} },
      '2': { class_type: 'Save', inputs: {} },
      '3': { class_type: 'Note', inputs: {} },
    };
    const view = viewOf({}, [
      { id: '1', title: '', posted: false },
      { id: '2', title: '', posted: true },
    ]);
    expect(graphNodes(workflow, view, []).map(({ output }) => output?.posted)).toEqual([
      false,
      true,
      undefined,
    ]);
  });

  it('takes little time for the largest workflow there may be', () => {
    const nodes = Array.from({ length: 3000 }, (_none, n) => [
      String(n),
      { class_type: 'Node', inputs: n === 0 ? {} : { a: [String(n - 1), 0], b: ['0', 0], c: n } },
    ]);
    const workflow = Object.fromEntries(nodes.toReversed()) as Workflow;
    const { result, cpuMs } = measured(() => graphNodes(workflow, none, []));
    expect(result).toHaveLength(3000);
    expect(cpuMs).toBeLessThan(500);
  });
});
