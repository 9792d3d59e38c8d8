/** Templates as text, right except for what a test changes. */
import { EaselError, type Problem } from '../../../src/core/errors.ts';
import type { Template } from '../../../src/core/template.ts';
import { parseTemplate } from '../../../src/templates/parse.ts';

export const NODES = {
  '3': { class_type: 'KSampler', inputs: { seed: 1, steps: 20, cfg: 7, text: '', size: 'x', on: false } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64 } },
  '10': { class_type: 'LoadImage', inputs: { image: 'example.png' } },
};

export function parse(
  slots: unknown,
  rest: object = {},
  workflow: unknown = NODES,
  name = 'imagine',
): Template {
  return parseTexts(JSON.stringify({ description: 'Draw', slots, ...rest }), JSON.stringify(workflow), name);
}

export function parseTexts(template: string, workflow = JSON.stringify(NODES), name = 'imagine'): Template {
  return parseTemplate({
    name,
    template: { text: template, file: `${name}/template.json` },
    workflow: { text: workflow, file: `${name}/workflow.json` },
  });
}

/** What an EaselError says; anything else that is thrown, or nothing, fails the test. */
export function problemIn(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof EaselError) return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}
