/** What the sandbox offers while it runs: models come and go, extensions are installed and removed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { get, picture, post, type Answer } from './requests.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ stepMs: 0, nodeMs: 0 });
});
afterEach(() => sandbox.stop());

/** A class's required inputs. */
async function required(name: string): Promise<JsonObject> {
  const { json } = await get(`${sandbox.url}/object_info/${name}`);
  const info = json as Record<string, { input: { required: JsonObject } }>;
  return info[name]!.input.required;
}

const run = async (): Promise<Answer> => post(`${sandbox.url}/prompt`, { prompt: picture('a fox') });

it('a model that is removed is neither listed nor taken, also after a restart', async () => {
  expect((await run()).status).toBe(200);
  sandbox.models.set('checkpoints', ['other.safetensors']);
  await sandbox.restart();
  expect(await required('CheckpointLoaderSimple')).toEqual({ ckpt_name: [['other.safetensors'], {}] });
  const { json, status } = await run();
  expect(status).toBe(400);
  expect(json['node_errors']).toMatchObject({
    '4': {
      errors: [{ type: 'value_not_in_list', extra_info: { input_config: [['other.safetensors'], {}] } }],
    },
  });
});

it('each folder has its drop-down, in the spelling that ComfyUI has for it', async () => {
  for (const folder of ['loras', 'vae', 'upscale_models'] as const) sandbox.models.set(folder, [folder]);
  expect((await required('LoraLoader'))['lora_name']).toEqual([['loras'], {}]);
  expect((await required('VAELoader'))['vae_name']).toEqual([['vae', 'pixel_space'], {}]);
  expect((await required('UpscaleModelLoader'))['model_name']).toEqual([
    'COMBO',
    { multiselect: false, options: ['upscale_models'] },
  ]);
  sandbox.models.delete('loras');
  expect((await required('LoraLoader'))['lora_name']).toEqual([[], {}]);
});

it('a node class that is removed is missing, until it is there again', async () => {
  const sampler = sandbox.nodes.get('KSampler')!;
  sandbox.nodes.delete('KSampler');
  expect((await get(`${sandbox.url}/object_info`)).json['KSampler']).toBeUndefined();
  expect(await run()).toMatchObject({
    status: 400,
    json: { error: { type: 'missing_node_type', extra_info: { class_type: 'KSampler' } } },
  });
  sandbox.nodes.set('KSampler', sampler);
  expect((await run()).status).toBe(200);
});
