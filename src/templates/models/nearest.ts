/**
 * What takes a model's place where the backend lacks it: the nearest installed one that the graph can do with. Pure.
 */
import type { Workflow } from '../../core/workflow.ts';
import { decoderFamily, encoderOf, familyOf, kindOf, modelOf, type Family } from './family.ts';
import type { ModelKind } from './inputs.ts';
import { isModelFile, sameFile } from './same-file.ts';

/** What a graph is built for. */
export interface Needs {
  family: Family | undefined;
  /** Its nodes or loaders say so, and not only the model that stands there: nothing else can be drawn with. */
  strict: boolean;
}

/** Classes that draw with one family only. */
const BY_CLASS: Readonly<Record<string, Family>> = {
  FluxGuidance: 'flux',
  CLIPTextEncodeFlux: 'flux',
  ModelSamplingFlux: 'flux',
  CLIPTextEncodeSDXL: 'sdxl',
  CLIPTextEncodeSDXLRefiner: 'sdxl',
  TripleCLIPLoader: 'sd3',
  CLIPTextEncodeSD3: 'sd3',
};

/** `type` of ComfyUI's loaders of text encoders, where it is called otherwise than the family. */
const BY_TYPE: Readonly<Record<string, Family>> = {
  sdxl: 'sdxl',
  sd3: 'sd3',
  flux: 'flux',
  flux2: 'flux2',
  wan: 'wan',
  ltxv: 'ltxv',
  hidream: 'hidream',
  chroma: 'chroma',
  hunyuan_video: 'hunyuan',
  hunyuan_image: 'hunyuan',
  qwen_image: 'qwen',
  lumina2: 'lumina',
};

/** By the model that it names, else by what its other nodes and loaders are for. */
export function needsOf(workflow: Workflow): Needs {
  const nodes = Object.values(workflow);
  const named = (input: RegExp, of: (name: string) => Family | undefined) =>
    nodes
      .flatMap(({ inputs }) => Object.entries(inputs))
      .flatMap(([name, value]) => (typeof value === 'string' && input.test(name) ? [of(value)] : []))
      .find((family) => family !== undefined);
  const loaders = nodes.flatMap(({ class_type: type, inputs }) => {
    const said = /CLIPLoader/.test(type) && typeof inputs['type'] === 'string' ? inputs['type'] : '';
    return [BY_CLASS[type], BY_TYPE[said]].filter((family) => family !== undefined);
  });
  const family =
    named(/(ckpt|checkpoint|unet|diffusion_model)(_name)?$/, familyOf) ??
    loaders[0] ??
    named(/vae(_name)?$/, decoderFamily) ??
    named(/(lora|control_?net)(_name)?_?\d*$/, familyOf);
  return { family, strict: loaders.length > 0 };
}

/** Whether a graph can draw with it: undefined where its name does not say. */
export function fits(name: string, { family }: Needs): boolean | undefined {
  const own = familyOf(name);
  return own === undefined || family === undefined ? undefined : own === family;
}

/**
 * The installed one that is nearest to what is wanted, and that the graph can do with; undefined where none is known to.
 * `packed`: only the same model, however it is packed.
 */
export function nearest(
  { kind, value, installed }: { kind: ModelKind; value: string; installed: readonly string[] },
  needs: Needs,
  packed = false,
): string | undefined {
  if (kind === 'other') return undefined;
  const files = installed.filter(isModelFile);
  const same = files.filter((name) => modelOf(name) === modelOf(value));
  const fitting = same.length > 0 || packed ? same : files.filter((name) => takes(kind, value, name, needs));
  return ranked(value, fitting)[0];
}

/** What a fixed one of these is replaced by is the same model, packed in another way. */
const ONE_OF_A_KIND: readonly ModelKind[] = ['checkpoint', 'unet', 'upscale'];

/** The installed file for a name that stands fixed in a graph; undefined where there is none, or no one in particular. */
export function standIn(
  at: { kind: ModelKind; value: string; installed: readonly string[] },
  needs: Needs,
): string | undefined {
  const same = sameFile(at.value, at.installed);
  if (same) return 'one' in same ? same.one : undefined;
  return nearest(at, needs, ONE_OF_A_KIND.includes(at.kind));
}

function takes(kind: ModelKind, wanted: string, name: string, needs: Needs): boolean {
  switch (kind) {
    case 'checkpoint':
    case 'unet':
      return fits(name, needs) === true && !isUnlike(wanted, name);
    case 'vae': {
      const family = needs.family ?? decoderFamily(wanted);
      return family !== undefined && decoderFamily(name) === family;
    }
    case 'clip': {
      const role = encoderOf(wanted);
      return role !== undefined && encoderOf(name) === role;
    }
    case 'upscale':
      return true;
    case 'other':
      return false;
  }
}

/** What is made for a purpose of its own is no other's stand-in. */
function isUnlike(wanted: string, name: string): boolean {
  const kind = kindOf(name);
  return kind === 'special' && kindOf(wanted) !== kind;
}

/** The likest first: of one kind with what is wanted, then with the most words of its name, then by name. */
export function ranked(wanted: string, names: readonly string[]): string[] {
  const sought = wordsOf(wanted);
  const kind = kindOf(wanted);
  const score = (name: string) => {
    const shared = wordsOf(name).filter((word) => sought.includes(word)).length;
    return (kindOf(name) === kind ? 100 : 0) + shared;
  };
  const scores = new Map(names.map((name) => [name, score(name)]));
  return names.toSorted(
    (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || (a < b ? -1 : Number(a > b)),
  );
}

function wordsOf(name: string): string[] {
  return [...new Set(name.toLowerCase().match(/[a-z]+|\d+/g))];
}
