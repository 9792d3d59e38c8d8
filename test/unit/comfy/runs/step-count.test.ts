/** Steps of what is expanded, of what counts twice, and of what is told twice: together they never go back. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createStepCount } from '../../../../src/comfy/runs/step-count.ts';
import { parseFrame } from '../../../../src/comfy/wire/frames.ts';
import { follow } from '../../../contract/backend.ts';
import { createRandom } from '../../../fakes/random.ts';
import { soon } from '../backends.ts';
import { recordedFrames } from '../fixtures.ts';
import { expand, openPair } from '../sandboxes.ts';

const step = (part: string, value: number, max: number, node = part.split('.')[0]!) =>
  ({ kind: 'step', node, part, value, max }) as const;

function counted(steps: ReturnType<typeof step>[]): string[] {
  const count = createStepCount();
  return steps.flatMap((each) => {
    const news = count(each);
    return news ? [`${news.node} ${news.value}/${news.max}`] : [];
  });
}

describe('the steps of a node', () => {
  it('count once, though they are told twice', () => {
    expect(counted([step('4', 1, 3), step('4', 1, 3), step('4', 2, 3), step('4', 2, 3)])).toEqual([
      '4 1/3',
      '4 2/3',
    ]);
  });

  it('add up over those that it was expanded to', () => {
    expect(
      counted([step('1.0.0.1', 1, 2), step('1.0.0.1', 2, 2), step('1.0.0.2', 0, 2), step('1.0.0.2', 2, 2)]),
    ).toEqual(['1 1/2', '1 2/2', '1 2/4', '1 4/4']);
  });

  it('go on where it counts once more', () => {
    const twice = [1, 2, 3, 0, 1, 2, 3].map((value) => step('4', value, 3));
    expect(counted(twice)).toEqual(['4 1/3', '4 2/3', '4 3/3', '4 3/6', '4 4/6', '4 5/6', '4 6/6']);
    expect(counted([step('4', 2, 9), step('4', 1, 5)])).toEqual(['4 2/9', '4 10/14']);
  });

  it('stay where they are when it is just a little behind, and grow with what there is to do', () => {
    expect(counted([step('4', 45, 100), step('4', 44, 100), step('4', 46, 100), step('4', 47, 120)])).toEqual(
      ['4 45/100', '4 46/100', '4 47/120'],
    );
  });

  it('never go back, nor beyond what there is, whatever is said', () => {
    const random = createRandom(7);
    const count = createStepCount();
    const last = new Map<string, number>();
    for (let round = 0; round < 5_000; round += 1) {
      const max = 1 + random.below(6);
      const news = count(step(`${random.below(3)}.0.0.${random.below(40)}`, random.below(max + 1), max));
      if (!news) continue;
      expect(news.value).toBeGreaterThanOrEqual(last.get(news.node) ?? 0);
      expect(news.value).toBeLessThanOrEqual(news.max);
      last.set(news.node, news.value);
    }
  });

  it('are not kept of more nodes than people could look at', () => {
    const count = createStepCount();
    for (let part = 0; part < 10_000; part += 1) count(step(`1.0.0.${part}`, 1, 2));
    expect(count(step('1.0.0.10000', 1, 2))).toBeUndefined();
    expect(count(step('1.0.0.3', 2, 2))).toMatchObject({ value: 501, max: 1000 });
  });
});

it('are added up in what a real server sent of an expanded node', () => {
  const frames = recordedFrames('expanded.jsonl').flatMap((data) => parseFrame(data, false) ?? []);
  const steps = frames.flatMap(({ events }) => events.filter((event) => event.kind === 'step'));
  expect(counted(steps)).toEqual(['1 1/2', '1 2/2', '1 3/4', '1 4/4']);
});

it('are added up in a run', async () => {
  const { backend } = await openPair();
  const { promptId } = await backend.submit({ promptId: randomUUID(), workflow: expand(3, 2) }, soon());
  const run = follow(backend, promptId);
  await run.end;
  const steps = run.events.flatMap((event) => (event.kind === 'step' ? [event] : []));
  expect(steps.map(({ node, value, max }) => `${node} ${value}/${max}`)).toEqual([
    '7 1/2',
    '7 2/2',
    '7 3/4',
    '7 4/4',
    '7 5/6',
    '7 6/6',
    '7 7/8',
    '7 8/8',
    '7 9/10',
    '7 10/10',
  ]);
});
