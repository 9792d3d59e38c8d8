import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/errors.ts';
import { grouped, groupedProblems, type Finding } from '../../../src/core/finding.ts';

const node = (name: string): Problem => ({ code: 'missing-node', node: name });
const value = (name: string): Problem => ({
  code: 'value-unavailable',
  node: 'Load VAE',
  input: 'vae_name',
  value: name,
});
const at = (problem: Problem, blocking = true): Finding => ({ at: 'workflow', problem, blocking });

describe('findings together', () => {
  it('say once which nodes are missing, and once which files', () => {
    const found = [at(node('A')), at(value('x')), at(node('B')), at(value('y')), at(node('C'))];
    expect(grouped(found).map(({ problem }) => problem)).toEqual([
      { code: 'missing-nodes', nodes: ['A', 'B', 'C'] },
      {
        code: 'values-unavailable',
        values: [
          { node: 'Load VAE', input: 'vae_name', value: 'x' },
          { node: 'Load VAE', input: 'vae_name', value: 'y' },
        ],
      },
    ]);
  });

  it('leave one of a kind as it is, and what blocks apart from what does not', () => {
    const found = [at(value('x')), at(value('y'), false), at(node('A'))];
    expect(grouped(found)).toEqual(found);
  });

  it('say the very same only once', () => {
    const many: Problem = { code: 'too-many-slots', count: 30, max: 25 };
    const found: Finding[] = ['a', 'b'].map((slot) => ({ at: { slot }, problem: many, blocking: true }));
    expect(grouped(found)).toEqual(found.slice(0, 1));
    expect(groupedProblems([many, node('A'), many, node('B')])).toEqual([
      many,
      { code: 'missing-nodes', nodes: ['A', 'B'] },
    ]);
    expect(groupedProblems([])).toEqual([]);
  });
});
