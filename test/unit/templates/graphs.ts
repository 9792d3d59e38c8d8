/** Small graphs for the slot detector, and what a backend would say of their classes. */
import type { InputInfo, NodeClasses, NodeInfo } from '../../../src/core/nodes.ts';
import type { Slot } from '../../../src/core/template.ts';
import type { Json } from '../../../src/core/json.ts';
import type { InputPath, Workflow } from '../../../src/core/workflow.ts';
import { detectedWords } from '../../../src/commands/verbs/detected-words.ts';
import { detect, inWords } from '../../../src/templates/detect/index.ts';

/** `['KSampler', { steps: 20 }, 'Title']` by node id. */
export type Sketch = Record<
  string,
  readonly [name: string, inputs?: Readonly<Record<string, Json>>, title?: string]
>;

export function graph(sketch: Sketch): Workflow {
  const nodes = Object.entries(sketch).map(([id, [class_type, inputs = {}, title]]) => {
    const node = { class_type, inputs, ...(title !== undefined && { _meta: { title } }) };
    return [id, node] as const;
  });
  return Object.fromEntries(nodes);
}

/** Text to image; `extra` replaces or adds nodes, inputs included. */
export const TEXT_TO_IMAGE: Sketch = {
  model: ['CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }],
  good: ['CLIPTextEncode', { text: 'a fox', clip: ['model', 1] }],
  bad: ['CLIPTextEncode', { text: 'blurry', clip: ['model', 1] }],
  latent: ['EmptyLatentImage', { width: 1024, height: 1024, batch_size: 1 }],
  sampler: [
    'KSampler',
    {
      model: ['model', 0],
      positive: ['good', 0],
      negative: ['bad', 0],
      latent_image: ['latent', 0],
      seed: 1,
      steps: 20,
      cfg: 7,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
    },
  ],
  decode: ['VAEDecode', { samples: ['sampler', 0], vae: ['model', 2] }],
  save: ['SaveImage', { images: ['decode', 0], filename_prefix: 'x' }],
};

/** The sampler of TEXT_TO_IMAGE with other inputs. */
export function sampler(inputs: Record<string, Json>): Sketch[string] {
  const [name, usual] = TEXT_TO_IMAGE['sampler'] ?? ['KSampler'];
  return [name, { ...usual, ...inputs }];
}

export function slotsOf(extra: Sketch, nodes?: NodeClasses): Record<string, Slot> {
  return suggested(graph({ ...TEXT_TO_IMAGE, ...extra }), nodes).slots;
}

/** What is suggested, in the words of `locale`; its slots by name. */
export function suggested(workflow: Workflow, nodes?: NodeClasses, locale = 'en') {
  const { slots, ...rest } = inWords(detect(workflow, nodes), detectedWords(locale));
  return { ...rest, slots: Object.fromEntries(slots.map(({ name, slot }) => [name, slot])) };
}

/** `node.input` of everything that a slot writes to. */
export function intoOf(slot: Slot | undefined): string[] {
  const named = slot?.type === 'choice' && slot.choices && !Array.isArray(slot.choices) ? slot.choices : {};
  const paths: readonly InputPath[] = [
    ...(slot?.into ?? []),
    ...(Object.values(named)[0] ?? []).map(([p]) => p),
  ];
  return paths.map(([id, input]) => `${id}.${input}`);
}

export type ClassSketch = [inputs: Record<string, string | InputInfo>, outputs: string[], title?: string];

export function classes(sketch: Record<string, ClassSketch>): NodeClasses {
  return new Map(
    Object.entries(sketch).map(([name, [inputs, outputs, title = name]]): [string, NodeInfo] => [
      name,
      {
        title,
        isOutput: /^(Save|Preview)/.test(name),
        inputs: new Map(
          Object.entries(inputs).map(([input, info]) => [
            input,
            typeof info === 'string' ? { type: info, required: true } : info,
          ]),
        ),
        outputs,
      },
    ]),
  );
}

/** A text encoder on TEXT_TO_IMAGE's model. */
export function encode(text: Json): readonly [string, Record<string, Json>] {
  return ['CLIPTextEncode', { text, clip: ['model', 1] }];
}
