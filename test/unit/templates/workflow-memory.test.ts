import { describe, expect, it } from 'vitest';
import { createWorkflowMemory } from '../../../src/templates/files/workflow-memory.ts';

const sourceOf = (text: string) => JSON.stringify({ '1': { class_type: 'Note', inputs: { text } } });
const draftOf = (text: string) => ({ name: 'fox', workflow: sourceOf(text) });

describe('the memory of workflows', () => {
  it('parses the same source once, whatever draft it is of', () => {
    const workflows = createWorkflowMemory();
    const workflow = workflows.of(draftOf('a'));
    expect(workflow['1']?.inputs['text']).toBe('a');
    expect(workflows.of({ ...draftOf('a'), name: 'owl' })).toBe(workflow);
    expect(workflows.of(draftOf('b'))).not.toBe(workflow);
  });

  it('takes what was parsed already', () => {
    const workflows = createWorkflowMemory();
    const workflow = { '1': { class_type: 'Note', inputs: {} } };
    workflows.keep(sourceOf('a'), workflow);
    expect(workflows.of(draftOf('a'))).toBe(workflow);
  });

  it('forgets what was used longest ago rather than grow', () => {
    const workflows = createWorkflowMemory();
    const [first, second] = [workflows.of(draftOf('a')), workflows.of(draftOf('b'))];
    const large = (mark: string) => draftOf(mark.repeat(4_000_000));
    for (const mark of ['c', 'd', 'e', 'f']) {
      workflows.of(large(mark));
      workflows.of(draftOf('b'));
    }
    workflows.of(large('g'));
    expect(workflows.of(draftOf('b'))).toBe(second);
    expect(workflows.of(draftOf('a'))).toEqual(first);
    expect(workflows.of(draftOf('a'))).not.toBe(first);
  });

  it('says each time what is wrong with a source', () => {
    const workflows = createWorkflowMemory();
    for (const name of ['fox', 'owl'])
      expect(() => workflows.of({ name, workflow: '{' })).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ file: `${name}/workflow.json` }) }),
      );
  });
});
