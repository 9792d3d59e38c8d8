/**
 * Reads the inputs of a node class as `/object_info` spells them. Dynamic inputs are flattened to the names that a
 * graph in API format has: a choice's own inputs are `resize_type.width`, a growing list's slots `images.image0`.
 * Written by hand, without zod: an answer holds tens of thousands of inputs.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { InputInfo } from '../../core/nodes.ts';

export interface Notes {
  /** The integers that a number can't hold, by the number that they were rounded to. */
  exact: ReadonlyMap<number, bigint>;
  /** Takes the name of whatever was not understood. */
  odd: (name: string) => void;
}

/** ComfyUI's own bound of a growing list. */
const MAX_SLOTS = 100;
/** ComfyUI itself has three levels of choices in choices. */
const MAX_DEPTH = 8;

/** By name, required ones first. What is not understood is noted, and kept as an optional `*`. */
export function readInputs(input: Json | undefined, notes: Notes): Map<string, InputInfo> {
  const found = new Map<string, InputInfo>();
  if (isJsonObject(input)) addGroups(found, input, { prefix: '', required: true, depth: 0 }, notes);
  return found;
}

interface InputScope {
  prefix: string;
  /** Whether its required inputs are always required: a choice's own are so only when it is chosen. */
  required: boolean;
  depth: number;
}

function addGroups(found: Map<string, InputInfo>, groups: JsonObject, scope: InputScope, notes: Notes): void {
  for (const group of ['required', 'optional']) {
    const specs = groups[group];
    if (!isJsonObject(specs)) continue;
    for (const [name, spec] of Object.entries(specs)) {
      const required = scope.required && group === 'required';
      addInput(found, spec, { prefix: `${scope.prefix}${name}`, required, depth: scope.depth }, notes);
    }
  }
}

/** `scope.prefix` is the input's whole name here. */
function addInput(
  found: Map<string, InputInfo>,
  spec: Json | undefined,
  { prefix: name, required, depth }: InputScope,
  notes: Notes,
): void {
  const { type, options } = split(spec);
  if (type === 'COMFY_AUTOGROW_V3') {
    // the list itself is not in a graph, only its slots are
    const { least, each } = templateOf(options);
    for (const [index, slot] of slotsOf(options).entries())
      add(found, `${name}.${slot}`, plain(name, each, required && index < least, notes));

    return;
  }
  add(found, name, plain(name, spec, required, notes));
  if (type !== 'COMFY_DYNAMICCOMBO_V3' || depth >= MAX_DEPTH) return;
  for (const choice of listOf(options['options'])) {
    const inputs = isJsonObject(choice) ? choice['inputs'] : undefined;
    const scope = { prefix: `${name}.`, required: false, depth: depth + 1 };
    if (isJsonObject(inputs)) addGroups(found, inputs, scope, notes);
  }
}

/** Two choices may have an input of the same name: whatever suits one of them is right. */
function add(found: Map<string, InputInfo>, name: string, info: InputInfo): void {
  const before = found.get(name);
  found.set(name, before ? widen(before, info) : info);
}

function widen(a: InputInfo, b: InputInfo): InputInfo {
  if (a.type !== b.type) return { type: '*', required: a.required };
  return {
    ...a,
    options: a.options && b.options && [...new Set([...a.options, ...b.options])],
    min: a.min === undefined || b.min === undefined ? undefined : a.min < b.min ? a.min : b.min,
    max: a.max === undefined || b.max === undefined ? undefined : a.max > b.max ? a.max : b.max,
    step: a.step === b.step ? a.step : undefined,
    upload: a.upload === true || b.upload === true || undefined,
    remote: a.remote === true || b.remote === true || undefined,
  };
}

function plain(name: string, spec: Json | undefined, required: boolean, notes: Notes): InputInfo {
  const { type, options } = split(spec);
  if (Array.isArray(type)) return describe('COMBO', choicesOf(type), options, required, notes);
  if (typeof type !== 'string' || type === '') {
    notes.odd(name);
    return { type: '*', required: false };
  }
  switch (type) {
    case 'COMBO':
      return describe('COMBO', choicesOf(options['options']), options, required, notes);
    case 'COMFY_DYNAMICCOMBO_V3':
      return describe('COMBO', keysOf(options['options']), options, required, notes);
    case 'COMFY_MATCHTYPE_V3': {
      const template = options['template'];
      const allowed = isJsonObject(template) ? template['allowed_types'] : undefined;
      return { type: typeof allowed === 'string' && allowed !== '' ? allowed : '*', required };
    }
    default:
      return describe(type, undefined, options, required, notes);
  }
}

function describe(
  type: string,
  choices: InputInfo['options'],
  options: JsonObject,
  required: boolean,
  { exact }: Notes,
): InputInfo {
  // what was a float on the server is one here; only an integer has digits to lose
  const number = (value: Json | undefined): number | bigint | undefined =>
    typeof value !== 'number' || !Number.isFinite(value)
      ? undefined
      : type === 'FLOAT'
        ? value
        : (exact.get(value) ?? value);
  const initial = options['default'];
  const step = options['step'];
  return {
    type,
    required,
    options: choices,
    default: number(initial) ?? initial,
    min: number(options['min']),
    max: number(options['max']),
    step: typeof step === 'number' ? step : undefined,
    multiline: options['multiline'] === true || undefined,
    upload: isUpload(options) || undefined,
    remote: options['remote'] === true || isJsonObject(options['remote']) || undefined,
  };
}

/**
 * `image_upload`, `audio_upload`, `video_upload`, `file_upload`, and those of custom nodes; lists of the backend's files that
 * its editor fetches (`remote: {route: '/internal/files/output'}`); VideoHelperSuite's paths.
 */
function isUpload(options: JsonObject): boolean {
  if (Object.keys(options).some((key) => key.endsWith('_upload') && options[key] === true)) return true;
  if ('image_folder' in options || 'vhs_path_extensions' in options) return true;
  const remote = options['remote'];
  const route = isJsonObject(remote) ? remote['route'] : undefined;
  return typeof route === 'string' && /\/files\b|\/(input|output|temp)\b/.test(route);
}

function split(spec: Json | undefined): { type: Json | undefined; options: JsonObject } {
  if (!Array.isArray(spec)) return { type: undefined, options: {} };
  const [type, options] = spec;
  return { type, options: isJsonObject(options) ? options : {} };
}

/** Undefined: not said. Choices that are neither text nor a number (some custom nodes') match no literal anyway. */
function choicesOf(list: Json | undefined): InputInfo['options'] {
  if (!Array.isArray(list)) return undefined;
  return list.filter(
    (item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean',
  );
}

/** A dynamic combo's choices are `{key, inputs}`. */
function keysOf(list: Json | undefined): InputInfo['options'] {
  return choicesOf(
    Array.isArray(list) ? list.map((item) => (isJsonObject(item) ? (item['key'] ?? null) : null)) : list,
  );
}

/** A growing list's slots: named one by one, or `prefix0`, `prefix1`, … */
function slotsOf({ template }: JsonObject): string[] {
  if (!isJsonObject(template)) return [];
  const { names, prefix, max } = template;
  if (Array.isArray(names)) return names.filter((name) => typeof name === 'string').slice(0, MAX_SLOTS);
  if (typeof prefix !== 'string' || typeof max !== 'number') return [];
  return Array.from(
    { length: Math.max(0, Math.min(Math.trunc(max), MAX_SLOTS)) },
    (_, at) => `${prefix}${at}`,
  );
}

function templateOf({ template }: JsonObject): { least: number; each: Json | undefined } {
  const { min = 0, input } = isJsonObject(template) ? template : {};
  const groups = isJsonObject(input) ? Object.entries(input) : [];
  const [group, specs] = groups.find(([, one]) => isJsonObject(one) && Object.keys(one).length > 0) ?? [];
  const least = group === 'required' && typeof min === 'number' ? min : 0;
  return { least, each: isJsonObject(specs) ? Object.values(specs)[0] : undefined };
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
