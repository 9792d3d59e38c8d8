/** A backend's node classes as it would tell them with these models: the sandbox's, read by the client. */
import { readNodeClasses } from '../../../../src/comfy/wire/node-classes.ts';
import { writeJson } from '../../../../src/core/json.ts';
import type { NodeClasses } from '../../../../src/core/nodes.ts';
import { FileStore } from '../../../../src/sandbox/files.ts';
import { nodeTable } from '../../../../src/sandbox/nodes/index.ts';
import type { ModelFolder } from '../../../../src/sandbox/nodes/models.ts';
import { describe } from '../../../../src/sandbox/nodes/object-info.ts';

export type Installed = Partial<Record<ModelFolder, string[]>>;

/** `without`: classes that it lacks. */
export function nodesWith(installed: Installed, without: string[] = []): NodeClasses {
  const files = new FileStore();
  for (const folder of files.models.keys()) files.models.set(folder, installed[folder] ?? []);
  const table = Object.entries(nodeTable()).filter(([name]) => !without.includes(name));
  const told = table.map(([name, node]) => [name, describe(name, node, files)] as const);
  return readNodeClasses(writeJson(Object.fromEntries(told))).classes;
}

export const FLUX: Installed = {
  diffusion_models: ['flux1-dev-fp8.safetensors'],
  text_encoders: ['clip_l.safetensors', 't5xxl_fp8_e4m3fn.safetensors'],
  vae: ['ae.safetensors'],
};
