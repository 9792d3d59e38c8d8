import { describe, expect, it } from 'vitest';
import { changed, linkedNode, nodeTitle, pathKey } from '../../../src/core/workflow.ts';

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

describe('a graph with changes', () => {
  const graph = {
    a: { class_type: 'KSampler', inputs: { seed: 1, steps: 2 } },
    b: { class_type: 'Save', inputs: {} },
  };

  it('shares what is not changed, and leaves the first as it was', () => {
    const before = structuredClone(graph);
    const after = changed(graph, [
      ['a', 'seed', 5],
      ['a', 'seed', 18446744073709551615n],
      ['a', '__proto__', 'odd'],
    ]);
    expect(after['a']?.inputs['seed']).toBe(18446744073709551615n);
    expect(Object.hasOwn(after['a']?.inputs ?? {}, '__proto__')).toBe(true);
    expect(after['b']).toBe(graph.b);
    expect(graph).toEqual(before);
  });

  it.each(['c', '__proto__', 'constructor'])('is refused for the node %s, which is not there', (id) => {
    expect(() => changed(graph, [[id, 'seed', 1]])).toThrow('has no node');
  });
});

describe('an input', () => {
  it('is told from every other, wherever the spaces are', () => {
    expect(pathKey(['a b', 'c'])).not.toBe(pathKey(['a', 'b c']));
    expect(pathKey(['a', 'b'])).toBe(pathKey(['a', 'b']));
  });
});
