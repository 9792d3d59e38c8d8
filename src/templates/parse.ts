/** Turns the two documents of a template into a checked Template; pure, so that chat and disk share it. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import { isJsonObject, parseJson, type Json } from '../core/json.ts';
import type { Slot, Template } from '../core/template.ts';
import type { InputPath, Workflow } from '../core/workflow.ts';
import { Name, TemplateFile, WorkflowSchema } from './schema.ts';

/** Commands that Easel itself has; a template may not take their names. */
export const RESERVED_NAMES = ['cancel', 'easel', 'exit', 'help', 'queue', 'quit', 'settings', 'template'];

export interface TemplateSource {
  name: string;
  /** Text of `template.json` and `workflow.json`, and what to call them in an error. */
  template: { text: string; file: string };
  workflow: { text: string; file: string };
}

/** Throws EaselError `template-broken` (file, path in the file, what is wrong) or `ui-format-workflow`. */
export function parseTemplate(source: TemplateSource): Template {
  const { file } = source.template;
  if (RESERVED_NAMES.includes(source.name))
    throw broken(file, '', `"${source.name}" is one of Easel's own commands`);
  check(Name, source.name, file, 'the folder name');
  const workflow = parseWorkflow(source.workflow.text, source.workflow.file);
  const { description, slots, outputs } = check(TemplateFile, json(source.template.text, file), file);

  for (const [name, slot] of Object.entries(slots))
    for (const [node, input] of inputsOf(slot)) checkInput(workflow, node, input, file, `slots.${name}`);
  for (const node of outputs ?? [])
    if (!Object.hasOwn(workflow, node)) throw broken(file, 'outputs', `the workflow has no node ${node}`);

  const version = createHash('sha256')
    .update(source.template.text)
    .update(source.workflow.text)
    .digest('hex');
  return { name: source.name, description, version: version.slice(0, 12), slots, workflow, outputs };
}

/** Parses an API-format workflow; throws as parseTemplate does. */
export function parseWorkflow(text: string, file: string): Workflow {
  const value = json(text, file);
  if (isJsonObject(value) && Array.isArray(value['nodes']) && !('class_type' in value))
    throw new EaselError({ code: 'ui-format-workflow', file });
  return check(WorkflowSchema, value, file);
}

/** Every node input that a slot may write. */
export function inputsOf(slot: Slot): InputPath[] {
  if (slot.type !== 'choice' || Array.isArray(slot.choices)) return slot.into ?? [];
  const assigned = Object.values(slot.choices).flatMap((assignments) => assignments.map(([path]) => path));
  return [...(slot.into ?? []), ...assigned];
}

function checkInput(workflow: Workflow, node: string, input: string, file: string, path: string): void {
  const found = Object.hasOwn(workflow, node) ? workflow[node] : undefined;
  if (!found) throw broken(file, path, `the workflow has no node ${node}`);
  if (!Object.hasOwn(found.inputs, input))
    throw broken(file, path, `node ${node} (${found.class_type}) has no input "${input}"`);
}

function json(text: string, file: string): Json {
  try {
    const value = parseJson(text);
    if (namesProto(value)) throw new SyntaxError('"__proto__" cannot be a name');
    return value;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new EaselError({ code: 'template-broken', file, path: '', detail }, { cause: error });
  }
}

/** Objects built from such a key would lose it, or take over its value as their prototype. */
function namesProto(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(namesProto);
}

function check<T>(schema: z.ZodType<T>, value: unknown, file: string, at = ''): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(file, issue?.path.join('.') || at, issue?.message ?? 'is not valid');
}

function broken(file: string, path: string, detail: string): EaselError {
  return new EaselError({ code: 'template-broken', file, path, detail });
}
