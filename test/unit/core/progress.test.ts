import { describe, expect, it } from 'vitest';
import { advance, NO_PROGRESS, type Progress } from '../../../src/core/progress.ts';
import type { RunEvent } from '../../../src/core/run.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { createRandom, type Random } from '../../fakes/random.ts';

const node = (inputs: Workflow[string]['inputs'] = {}, title?: string) => ({
  class_type: 'Node',
  inputs,
  ...(title !== undefined && { _meta: { title } }),
});
/** One sampler of 16 steps and four nodes beside it: twenty parts in all. */
const workflow: Workflow = {
  a: node(),
  b: node({}, 'Prompt'),
  s: node({ steps: 16 }, 'Sampler'),
  d: node(),
  e: node(),
};
const run = (events: RunEvent[], graph = workflow): Progress =>
  events.reduce((progress, event) => advance(graph, progress, event), NO_PROGRESS);

describe('progress', () => {
  it('counts nodes that are done, a sampler as much as its steps', () => {
    expect(run([{ kind: 'finished', nodes: ['a'] }]).fraction).toBe(0.05);
    expect(run([{ kind: 'finished', nodes: ['s'] }]).fraction).toBe(0.8);
    expect(run([{ kind: 'step', node: 's', value: 8, max: 16 }])).toMatchObject({
      fraction: 0.4,
      node: 'Sampler',
      step: { value: 8, max: 16 },
    });
  });

  it('weighs a sampler whose steps come through a link', () => {
    const graph = { p: node({ value: 18 }), s: node({ steps: ['p', 0] }), e: node() };
    expect(run([{ kind: 'finished', nodes: ['s'] }], graph).fraction).toBe(0.9);
  });

  it('does not let a private unit of steps outweigh everything', () => {
    const graph = { s: node({ steps: 1e9 }), e: node({ steps: 200 }) };
    expect(run([{ kind: 'finished', nodes: ['e'] }], graph).fraction).toBe(0.5);
  });

  it('keeps what is said until the run begins, or the next node begins or counts', () => {
    const said = { kind: 'said', text: 'Loading' } as const;
    const after = (...events: RunEvent[]) => run([{ kind: 'node', node: 'b' }, said, ...events]).said;
    expect(after()).toBe('Loading');
    expect(after({ kind: 'node', node: 'b' }, { kind: 'finished', nodes: ['a'] })).toBe('Loading');
    expect(after({ kind: 'said', text: 'Price: 3' })).toBe('Price: 3');
    expect(after({ kind: 'started' })).toBeUndefined();
    expect(after({ kind: 'node', node: 's' })).toBeUndefined();
    expect(after({ kind: 'step', node: 'b', value: 1, max: 2 })).toBeUndefined();
    const before = run([said]);
    expect(advance(workflow, before, said)).toBe(before);
  });

  it('takes cached nodes as done', () => {
    expect(run([{ kind: 'cached', nodes: ['a', 'b', 'd'] }]).fraction).toBeCloseTo(0.15);
  });

  it('takes a node as done when the next one begins, and names the one that runs', () => {
    const progress = run([
      { kind: 'node', node: 'a' },
      { kind: 'node', node: 'b' },
    ]);
    expect(progress).toMatchObject({ fraction: 0.05, node: 'Prompt', step: undefined });
    expect([...progress.done]).toEqual(['a']);
  });

  it('ignores nodes that are not in the graph, such as those of an expansion', () => {
    const progress = run([
      { kind: 'finished', nodes: ['a', '1.0.0.1', 'constructor', '__proto__'] },
      { kind: 'step', node: '1.0.0.1', value: 1, max: 2 },
      { kind: 'node', node: '__proto__' },
    ]);
    expect(progress.fraction).toBe(0.05);
    expect([...progress.done]).toEqual(['a']);
    expect(progress).not.toHaveProperty('current');
    expect(progress.node).toBeUndefined();
  });

  it('is bounded by the graph, however many nodes are named', () => {
    let progress = run([{ kind: 'step', node: 's', value: 4, max: 16 }]);
    const before = progress;
    for (let n = 0; n < 12_000; n += 1) {
      progress = advance(workflow, progress, { kind: 'node', node: `stranger ${n}` });
      progress = advance(workflow, progress, { kind: 'step', node: `stranger ${n}`, value: 1, max: 2 });
      progress = advance(workflow, progress, { kind: 'finished', nodes: [`stranger ${n}`, 'a'] });
      progress = advance(workflow, progress, { kind: 'cached', nodes: ['b', `stranger ${n}`] });
    }
    expect(progress).toMatchObject({ node: 'Sampler', current: 's', step: { value: 4, max: 16 } });
    expect(progress.done.size).toBe(2);
    expect(before.done.size).toBe(0);
    for (const id of Object.keys(workflow)) {
      progress = advance(workflow, progress, { kind: 'node', node: id });
      progress = advance(workflow, progress, { kind: 'finished', nodes: [id, id] });
    }
    expect(progress.done.size).toBe(Object.keys(workflow).length);
  });

  it('looks at the graph once, not at every event', () => {
    let looks = 0;
    const graph = new Proxy(workflow, {
      ownKeys: (target) => {
        looks += 1;
        return Reflect.ownKeys(target);
      },
    });
    let progress = NO_PROGRESS;
    for (let n = 0; n < 1_000; n += 1) {
      const id = ['a', 'b', 's', '99'][n % 4]!;
      progress = advance(graph, progress, { kind: 'node', node: id });
      progress = advance(graph, progress, { kind: 'step', node: id, value: n % 16, max: 16 });
      progress = advance(graph, progress, { kind: 'finished', nodes: [id] });
    }
    expect(looks).toBe(1);
  });

  it('stays the same where it changes nothing', () => {
    const before = run([{ kind: 'finished', nodes: ['a'] }]);
    expect(advance(workflow, before, { kind: 'finished', nodes: ['a', 'x'] })).toBe(before);
    expect(advance(workflow, before, { kind: 'node', node: 'x' })).toBe(before);
    expect(advance(workflow, before, { kind: 'step', node: 'x', value: 1, max: 2 })).toBe(before);
  });

  it('may go on from one place in two ways', () => {
    const start = run([{ kind: 'finished', nodes: ['a'] }]);
    const left = advance(workflow, start, { kind: 'finished', nodes: ['b', 's'] });
    const right = advance(workflow, start, { kind: 'finished', nodes: ['d'] });
    const further = advance(workflow, right, { kind: 'finished', nodes: ['s', 'e'] });
    expect([start, left, right, further].map(({ done }) => [...done])).toEqual([
      ['a'],
      ['a', 'b', 's'],
      ['a', 'd'],
      ['a', 'd', 's', 'e'],
    ]);
    expect([start, left, right].map(({ done }) => done.has('d'))).toEqual([false, false, true]);
    expect([start, left, right].map(({ fraction }) => fraction)).toEqual([0.05, 0.9, 0.1]);
  });

  it('is counted anew for another graph', () => {
    const before = run([{ kind: 'finished', nodes: ['a', 's'] }]);
    const other = { a: node(), z: node(), y: node(), x: node() };
    const after = advance(other, { ...before, fraction: 0 }, { kind: 'finished', nodes: ['z'] });
    expect([...after.done]).toEqual(['a', 'z']);
    expect(after.fraction).toBe(0.5);
  });

  it('is whole when every node is done, also in an empty graph', () => {
    expect(run([{ kind: 'finished', nodes: Object.keys(workflow) }]).fraction).toBe(1);
    expect(run([{ kind: 'finished', nodes: ['a'] }], {}).fraction).toBe(0);
  });

  it.each([
    { kind: 'step', node: 's', value: Number.NaN, max: 20 },
    { kind: 'step', node: 's', value: 1, max: Number.NaN },
    { kind: 'step', node: 's', value: Infinity, max: Infinity },
    { kind: 'step', node: 's', value: -5, max: 20 },
    { kind: 'step', node: 's', value: 5, max: 0 },
    { kind: 'step', node: 's', value: 50, max: 20 },
  ] satisfies RunEvent[])('stays between 0 and 1 at $value of $max steps', (event) => {
    const { fraction, step } = run([event]);
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThanOrEqual(1);
    expect(step?.value ?? 0).toBeLessThanOrEqual(step?.max ?? 0);
  });

  it('leaves what it was given as it was', () => {
    const before = run([{ kind: 'finished', nodes: ['a'] }]);
    advance(workflow, before, { kind: 'finished', nodes: ['b'] });
    expect([...before.done]).toEqual(['a']);
    expect(NO_PROGRESS.done.size).toBe(0);
  });
});

function anyEvent(random: Random): RunEvent {
  const id = random.pick(['a', 'b', 's', 'd', 'e', '99', '', 'toString']);
  const number = random.pick([0, 1, 5, 16, -3, 1e12, 0.5, Number.NaN, Infinity]);
  return random.pick<RunEvent>([
    { kind: 'queued', ahead: number },
    { kind: 'started' },
    { kind: 'cached', nodes: [id] },
    { kind: 'node', node: id },
    { kind: 'step', node: id, value: number, max: random.pick([16, 1, 0, -1, Number.NaN, Infinity]) },
    { kind: 'finished', nodes: [id, id] },
    { kind: 'said', text: id },
  ]);
}

describe('any events in any order', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('never move it backwards or out of bounds (seed %i)', (seed) => {
    const random = createRandom(seed);
    let progress = NO_PROGRESS;
    for (let n = 0; n < 400; n += 1) {
      const next = advance(workflow, progress, anyEvent(random));
      expect(next.fraction).toBeGreaterThanOrEqual(progress.fraction);
      expect(next.fraction).toBeLessThanOrEqual(1);
      progress = next;
    }
  });
});
