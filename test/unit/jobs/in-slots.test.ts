/** What a backend refuses, in the words of whoever filled the slots. */
import { expect, it } from 'vitest';
import { EaselError, type Problem } from '../../../src/core/errors.ts';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import { sampleRequest } from './sample.ts';
import { createStage } from './stage.ts';

const NODES: NodeClasses = new Map([
  [
    'KSampler',
    {
      title: 'KSampler',
      isOutput: false,
      outputs: [],
      inputs: new Map([
        [
          'sampler_name',
          { type: 'COMBO', required: true, options: ['euler', 'euler_ancestral', 'dpmpp_2m'] },
        ],
        ['steps', { type: 'INT', required: true, min: 1, max: 100 }],
      ]),
    },
  ],
]);
const refusedAs = (input: string, more: object = {}): Problem => ({
  code: 'workflow-refused',
  detail: 'KSampler (#3): no',
  node: '3',
  input,
  ...more,
});

it.each<[said: Problem, told: object]>([
  [
    refusedAs('sampler_name', { why: 'value_not_in_list', value: 'euler_a' }),
    {
      code: 'not-a-choice',
      slot: 'sampler',
      value: 'euler_a',
      choices: ['euler', 'euler_ancestral', 'dpmpp_2m'],
    },
  ],
  [
    refusedAs('steps', { why: 'value_bigger_than_max', value: '500' }),
    { code: 'out-of-bounds', slot: 'steps', value: '500', min: '1', max: '100' },
  ],
  [
    refusedAs('steps', { why: 'invalid_input_type', value: 'x' }),
    { code: 'workflow-refused', slot: 'steps' },
  ],
  [
    refusedAs('cfg', { why: 'value_bigger_than_max', value: '5' }),
    refusedAs('cfg', { why: 'value_bigger_than_max', value: '5' }),
  ],
  [
    { code: 'model-missing', node: '3', input: 'sampler_name', value: 'euler_a' },
    { code: 'model-missing', slot: 'sampler', choices: ['euler', 'euler_ancestral', 'dpmpp_2m'] },
  ],
  [
    { code: 'missing-node', node: 'X' },
    { code: 'missing-node', node: 'X' },
  ],
])('%o is told as %o', async (said, told) => {
  const stage = await createStage();
  stage.backend.classes = NODES;
  stage.backend.submits.push(new EaselError(said));
  const { manager } = stage.open();
  await manager.start();
  const request = sampleRequest(
    {},
    {
      graph: { '3': { class_type: 'KSampler', inputs: { sampler_name: 'a', steps: 1, cfg: 1 } } },
      changes: [],
      inputs: { sampler: [['3', 'sampler_name']], steps: [['3', 'steps']] },
    },
  );
  const { id } = await manager.submit(request);
  const { end } = await stage.ended(id);
  expect(end).toMatchObject({ kind: 'failed', problem: told });
});
