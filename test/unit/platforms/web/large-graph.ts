/** Workflows as large as people have: loaders, a chain of samplers with detailers, and branches that are put together. */

import type { Json } from '../../../../src/core/json.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';

/** So many nodes at least; all of them are of classes that the sandbox knows. */
export function largeWorkflow(count: number): Workflow {
  const workflow: Workflow = {};
  const size = () => Object.keys(workflow).length;
  const add = (type: string, title: string, inputs: Record<string, Json>): [string, number] => {
    const id = `${size() + 1}`;
    workflow[id] = { class_type: type, inputs, _meta: { title } };
    return [id, 0];
  };
  const model = add('CheckpointLoaderSimple', 'Load Checkpoint', { ckpt_name: 'sd_xl_base_1.0.safetensors' });
  const at = (output: number): [string, number] => [model[0], output];
  let latent = add('EmptyLatentImage', 'Empty Latent Image', { width: 1024, height: 1024, batch_size: 1 });
  for (let stage = 1; size() < count - 2; stage += 1) {
    const positive = add('CLIPTextEncode', `Prompt ${stage}`, {
      text: `a red fox, stage ${stage}`,
      clip: at(1),
    });
    const negative = add('CLIPTextEncode', `Negative ${stage}`, { text: 'blurry', clip: at(1) });
    latent = add('KSampler', `Sampler ${stage}`, {
      seed: stage,
      steps: 20,
      cfg: 7,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: at(0),
      positive,
      negative,
      latent_image: latent,
    });
    // a look at what is there so far
    const image = add('VAEDecode', `Decode ${stage}`, { samples: latent, vae: at(2) });
    add('SaveImage', `Save ${stage}`, { filename_prefix: `stage-${stage}`, images: image });
  }
  return workflow;
}
