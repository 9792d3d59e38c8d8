import { describe, expect, it } from 'vitest';
import { linkedNode, nodeTitle, pathKey } from '../../../src/core/workflow.ts';

describe('a link', () => {
  it.each([
    [['4', 0], '4'],
    [['12:3', 1], '12:3'],
    ['4', undefined],
    [[4, 0], undefined],
    [['4'], undefined],
    [['4', 0, 1], undefined],
    [[], undefined],
    [null, undefined],
    [undefined, undefined],
    [{ 0: '4' }, undefined],
  ])('%j names %s', (input, id) => {
    expect(linkedNode(input)).toBe(id);
  });
});

describe('a node', () => {
  it('is called by its title, else by its class, else by its id', () => {
    const graph = {
      a: { class_type: 'KSampler', inputs: {}, _meta: { title: 'My sampler' } },
      b: { class_type: 'KSampler', inputs: {}, _meta: {} },
    };
    expect(['a', 'b', 'c', 'constructor', '__proto__'].map((id) => nodeTitle(graph, id))).toEqual([
      'My sampler',
      'KSampler',
      'c',
      'constructor',
      '__proto__',
    ]);
  });
});

describe('an input', () => {
  it('is told from every other, wherever the spaces are', () => {
    expect(pathKey(['a b', 'c'])).not.toBe(pathKey(['a', 'b c']));
    expect(pathKey(['a', 'b'])).toBe(pathKey(['a', 'b']));
  });
});
