/** Sandboxes with a few node classes that make a run slow, fail or want a partner's key, stopped after each test. */
import { onTestFinished } from 'vitest';
import {
  startSandbox,
  type NodeTable,
  type Sandbox,
  type SandboxOptions,
} from '../../../src/sandbox/index.ts';
import { NodeFailure } from '../../../src/sandbox/nodes/node.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { openBackend, type Fixture } from './backends.ts';
import type { BackendOptions } from '../../../src/comfy/index.ts';

export const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);
/** A preview that says by its last bytes whose it is. */
const jpegOf = (seed: number) =>
  Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.from(` of ${seed}`)]);

const nodes: NodeTable = {
  Steps: {
    title: 'Steps',
    category: 'test',
    required: {
      steps: ['INT', { default: 3, min: 1, max: 10_000 }],
      seed: ['INT', { default: 0, min: 0, max: 18_446_744_073_709_551_615n }],
    },
    outputs: [],
    isOutput: true,
    run: async (inputs, run) => {
      const max = inputs.number('steps');
      for (let step = 1; step <= max; step += 1) {
        await run.pause(run.stepMs);
        const bytes = jpegOf(Number(inputs.integer('seed')));
        run.progress(step, max, run.previews ? { bytes, type: 'image/jpeg' } : undefined);
      }
      return { ui: { images: [{ ...run.files.save('output', 'steps', 'png', PNG) }] } };
    },
  },
  /** Says something before each of its steps. */
  Tell: {
    title: 'Tell',
    category: 'test',
    required: {
      text: ['STRING', {}],
      times: ['INT', { default: 1 }],
      seed: ['INT', {}],
      notify: ['BOOLEAN', {}],
    },
    outputs: [],
    isOutput: true,
    run: async (inputs, run) => {
      for (let time = 1; time <= inputs.number('times'); time += 1) {
        await run.pause(run.stepMs);
        if (inputs.flag('notify')) run.notify(inputs.text('text'));
        else run.text(inputs.text('text'));
      }
      return { ui: { text: ['told'] } };
    },
  },
  /** Is expanded to so many nodes, each of which counts to `steps`, and counts itself twice after that. */
  Expand: {
    title: 'Expand',
    category: 'test',
    required: { nodes: ['INT', {}], steps: ['INT', {}], seed: ['INT', {}] },
    outputs: [],
    isOutput: true,
    run: async (inputs, run) => {
      const max = inputs.number('steps');
      for (let inner = 1; inner <= inputs.number('nodes'); inner += 1) {
        const node = run.inner(inner);
        for (let step = 1; step <= max; step += 1) node.progress(step, max);
        node.finish();
      }
      for (let step = 1; step <= 2 * max; step += 1) run.progress(((step - 1) % max) + 1, max);
      return { ui: { text: ['done'] } };
    },
  },
  Raise: {
    title: 'Raise',
    category: 'test',
    required: { type: ['STRING', {}], message: ['STRING', {}] },
    outputs: [],
    isOutput: true,
    run: async (inputs) => {
      throw new NodeFailure(inputs.text('type'), inputs.text('message'));
    },
  },
  Partner: {
    title: 'Partner',
    category: 'test',
    required: { prompt: ['STRING', {}] },
    hidden: { api_key_comfy_org: 'API_KEY_COMFY_ORG' },
    outputs: [],
    isOutput: true,
    run: async (inputs) => ({ ui: { text: [inputs.text('prompt')] } }),
  },
};

export const KEY = 'the-secret-key';

export interface Pair extends Fixture {
  sandbox: Sandbox;
}

export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ stepMs: 5, nodeMs: 1, apiKey: KEY, extraNodes: nodes, ...options });
  onTestFinished(async () => {
    await sandbox.stop();
  });
  return sandbox;
}

/** A sandbox and a backend for it whose socket is open. */
export async function openPair(
  options: SandboxOptions = {},
  more: Partial<BackendOptions> = {},
): Promise<Pair> {
  const sandbox = await openSandbox(options);
  const apiKey = options.dialect === 'cloud' ? KEY : undefined;
  const fixture = openBackend({
    url: sandbox.url,
    apiKey,
    fileHosts: [new URL(sandbox.filesUrl ?? sandbox.url).host],
    ...more,
  });
  await fixture.backend.start();
  await fixture.log.saw('socket open');
  return { ...fixture, sandbox };
}

/** Not cached with another seed. */
export function steps(count: number, seed: Json = Math.floor(Math.random() * 1e9)): Workflow {
  return { '7': { class_type: 'Steps', inputs: { steps: count, seed }, _meta: { title: 'The picture' } } };
}

/** Not cached; `notify`: by `notification` frames, else by binary event 3. */
export function tell(text: string, times = 1, notify = false): Workflow {
  const seed = Math.floor(Math.random() * 1e9);
  return { '7': { class_type: 'Tell', inputs: { text, times, notify, seed } } };
}

export function expand(inner: number, count: number): Workflow {
  const seed = Math.floor(Math.random() * 1e9);
  return { '7': { class_type: 'Expand', inputs: { nodes: inner, steps: count, seed } } };
}

export function raise(type: string, message: string): Workflow {
  return { '1': { class_type: 'Raise', inputs: { type, message } } };
}

export function partner(prompt: string): Workflow {
  return { '1': { class_type: 'Partner', inputs: { prompt } } };
}
