/** Which node inputs name a model, and of what kind. Pure. */
import type { InputInfo, NodeClasses } from '../../core/nodes.ts';
import { nodeAt, type InputPath, type Workflow } from '../../core/workflow.ts';
import { isModelFile } from './same-file.ts';

/** What a model is loaded for; `other`: nothing can take its place, such as a LoRA's or a ControlNet's. */
export type ModelKind = 'checkpoint' | 'unet' | 'vae' | 'clip' | 'upscale' | 'other';

const KINDS: readonly (readonly [kind: ModelKind, input: RegExp])[] = [
  ['checkpoint', /(^|_)(ckpt|checkpoint)(_name)?$/],
  ['unet', /(^|_)(unet|diffusion_model)(_name)?$/],
  ['vae', /(^|_)vae(_name)?$/],
  ['clip', /(^|_)(clip|text_encoder)(_name)?_?\d*$/],
  [
    'other',
    /(^|_)(lora|clip_vision|control_net|controlnet|style_model|gligen|hypernetwork|ipadapter|upscale_model|model)(_name)?_?\d*$/,
  ],
];

export interface ModelInput {
  path: InputPath;
  kind: ModelKind;
  /** What stands there: a file's name. */
  value: string;
  /** What the backend has; at least one. */
  installed: readonly string[];
}

/** What the backend offers in a drop-down of models; undefined where it is none, or where nothing is known of it. */
export function modelsAt(
  workflow: Workflow,
  [id, input]: InputPath,
  nodes: NodeClasses,
): { kind: ModelKind; installed: readonly string[] } | undefined {
  const info = nodes.get(nodeAt(workflow, id)?.class_type ?? '');
  const about = info?.inputs.get(input);
  if (!info || !about?.options || about.upload || about.remote) return undefined;
  const named = KINDS.find(([, pattern]) => pattern.test(input))?.[0];
  if (!named && !listsModels(about)) return undefined;
  const isUpscaler = info.outputs.includes('UPSCALE_MODEL');
  const kind = isUpscaler ? 'upscale' : (named ?? 'other');
  return { kind, installed: listed(about) };
}

/** Every such input of a graph in which a name stands. */
export function modelInputs(workflow: Workflow, nodes: NodeClasses): ModelInput[] {
  return Object.entries(workflow).flatMap(([id, { inputs }]) =>
    Object.entries(inputs).flatMap(([input, value]) => {
      const found = typeof value === 'string' ? modelsAt(workflow, [id, input], nodes) : undefined;
      if (!found || typeof value !== 'string' || found.installed.length === 0) return [];
      return [{ path: [id, input] as const, value, ...found }];
    }),
  );
}

/** Thousands of names may stand in one, and it is looked at for every job. */
const lists = new WeakMap<InputInfo, { names: readonly string[]; models: boolean }>();

function read(about: InputInfo): { names: readonly string[]; models: boolean } {
  const known = lists.get(about);
  if (known) return known;
  const names = (about.options ?? []).map(String);
  const found = { names, models: names.some(isModelFile) };
  lists.set(about, found);
  return found;
}

function listed(about: InputInfo): readonly string[] {
  return read(about).names;
}

function listsModels(about: InputInfo): boolean {
  return read(about).models;
}
