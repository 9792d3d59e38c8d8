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
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);

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
        run.progress(step, max, run.previews ? { bytes: JPEG, type: 'image/jpeg' } : undefined);
      }
      return { ui: { images: [{ ...run.files.save('output', 'steps', 'png', PNG) }] } };
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

export function raise(type: string, message: string): Workflow {
  return { '1': { class_type: 'Raise', inputs: { type, message } } };
}

export function partner(prompt: string): Workflow {
  return { '1': { class_type: 'Partner', inputs: { prompt } } };
}
