/**
 * Which node inputs name files on the backend. Its folders are one for everybody, so whoever may write such a name sees
 * what others have sent. Found by what a class declares; where the classes are unknown, by names. Pure.
 */
import type { Json } from './json.ts';
import type { InputInfo, NodeClasses } from './nodes.ts';
import type { InputPath, Workflow } from './workflow.ts';

export interface NamedFile {
  path: InputPath;
  /** A name, or whatever else stands there: a link, or a value in a wrapping. */
  value: Json;
}

/** Loaders of ComfyUI and of node packs: `LoadImage`, `VHS_LoadVideoPath`, `LoadAndResizeImage`, `Load Image Batch`. */
const LOADER =
  /load.{0,12}(image|mask|video|audio|latent|frames|media|3d|mesh|gif|dataset)|(image|video|audio|media|gif).?(load|upload)|inputfiles$|webcam|record.?audio/i;
/** What they are given is in the graph itself, or on another server. */
const ELSEWHERE = /base64|url|http|model|lora|vae|checkpoint/i;
const FILE_INPUT =
  /^(image|images|mask|video|audio|latent|file|files|filename|file_?name|folder|folder_?name|dir|directory|path|source|gif|mesh|.+_(file|files|path|paths|folder|dir|directory))$/i;
/** ComfyUI's own, which take a name and nothing else where they take a link in such an input. */
const CORE =
  /^(LoadImage|LoadImageMask|LoadImageOutput|LoadVideo|LoadAudio|LoadLatent|Load3D|Load3DAnimation)$/;
/** Drop-downs list files under these endings; models have others, and an ending alone is a format. */
const MEDIA =
  /[^.]\.(png|jpe?g|jfif|webp|gif|bmp|tiff?|avif|heic|mp4|webm|mkv|mov|avi|m4v|mp3|wav|ogg|opus|flac|m4a|aac|latent|glb|gltf|obj|fbx|stl|ply|psd|exr)$/i;
/** Easel's own uploads, and their folder: a list that has them is a list of files. */
const OURS = /^easel([/-]|$)/;
/** ComfyUI: `get_annotated_filepath` looks for the rest in the folder that stands there. */
const ANNOTATED = /\.\w{1,5} ?\[(input|output|temp)\]\s*$/;
/** No file: what drop-downs offer beside files. */
const NONE = /^(none|null|disabled?|off|default|auto|-*)$/i;

/** Whether what stands in this input of such a node is taken as the name of a file. */
export function takesFile(type: string, input: string, nodes: NodeClasses | undefined): boolean {
  const about = nodes?.get(type)?.inputs.get(input);
  return looksLikeOne(type, input) || (about !== undefined && (about.upload === true || listsFiles(about)));
}

/** Every such input of a graph that says something, links among them. */
export function filesNamed(workflow: Workflow, nodes: NodeClasses | undefined): NamedFile[] {
  const found: NamedFile[] = [];
  for (const [id, { class_type: type, inputs }] of Object.entries(workflow))
    for (const [input, value] of Object.entries(inputs)) {
      if (!(takesFile(type, input, nodes) || isAnnotated(value)) || saysNothing(value)) continue;
      // an input of such a name may just take what another node made
      if (Array.isArray(value) && !takesLinkedNames(type, input, nodes)) continue;
      found.push({ path: [id, input], value });
    }
  return found;
}

/** Its value is the same as none. */
export function saysNothing(value: Json): boolean {
  if (typeof value === 'string') return NONE.test(value.trim());
  return value === null || typeof value === 'boolean' || typeof value === 'number';
}

/** A link that brings a name: what brings pictures and the like is another matter. */
function takesLinkedNames(type: string, input: string, nodes: NodeClasses | undefined): boolean {
  const info = nodes?.get(type);
  if (!info) return CORE.test(type);
  const about = info.inputs.get(input);
  return about !== undefined && (about.upload === true || isPlain(about));
}

/** It names a file wherever it stands, in a wrapping too. */
function isAnnotated(value: Json): boolean {
  if (typeof value === 'string') return ANNOTATED.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isAnnotated);
}

function looksLikeOne(type: string, input: string): boolean {
  return LOADER.test(type) && !ELSEWHERE.test(type) && FILE_INPUT.test(input);
}

/** Folders stand in such a list, too. Known of each, since there may be thousands of models in one. */
const listing = new WeakMap<InputInfo, boolean>();
function listsFiles(about: InputInfo): boolean {
  if (about.type !== 'COMBO') return false;
  const known =
    listing.get(about) ??
    (about.options ?? []).some((option) => MEDIA.test(String(option)) || OURS.test(String(option)));
  listing.set(about, known);
  return known;
}

/** Something that stands in the graph, rather than what only a link brings. */
function isPlain({ type }: InputInfo): boolean {
  return type === 'COMBO' || type === 'STRING' || type === '*';
}
