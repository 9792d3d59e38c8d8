/**
 * Files on the backend that a template or a filled graph names and may not: the backend's folders are everybody's, so a
 * guild may name only what it sent through Easel. Pure.
 */
import { filesNamed, saysNothing, takesFile } from '../core/file-inputs.ts';
import type { Problem } from '../core/errors.ts';
import { writeJson, type Json } from '../core/json.ts';
import type { NodeClasses } from '../core/nodes.ts';
import type { Slot, Template } from '../core/template.ts';
import { clip, oneLine } from '../core/text.ts';
import { nodeAt, nodeTitle, pathKey, type InputPath, type Workflow } from '../core/workflow.ts';
import { inputsOf, typeOf } from './slots/index.ts';
import { valuesAt } from './values-at.ts';

export type MayName = (file: string) => boolean;
type ForeignFile = Extract<Problem, { code: 'foreign-file' }>;

/** Names in problems are cut to this. */
const MAX_SHOWN = 100;

/** In a graph as it would run. `uploads`: inputs that get an uploaded file. */
export function foreignIn(
  workflow: Workflow,
  nodes: NodeClasses | undefined,
  uploads: readonly InputPath[],
  mayName: MayName,
): ForeignFile[] {
  const exempt = new Set(uploads.map(pathKey));
  return filesNamed(workflow, nodes)
    .filter(({ path }) => !exempt.has(pathKey(path)))
    .filter(({ value }) => !mayName(asName(value)))
    .map(({ path, value }) => problemAt(workflow, path, value));
}

interface Declared {
  path: InputPath;
  slot?: string | undefined;
  /** Undefined: whatever somebody types. */
  value?: Json | undefined;
}

/** What may land in a template's file inputs. */
export function declaredFiles(
  { slots, workflow }: Pick<Template, 'slots' | 'workflow'>,
  nodes: NodeClasses | undefined,
): Declared[] {
  const writers = new Map<string, { path: InputPath; name: string; slot: Slot }>();
  for (const [name, slot] of Object.entries(slots))
    for (const path of inputsOf(slot)) writers.set(pathKey(path), { path, name, slot });
  const found: Declared[] = [];
  for (const { path, value } of filesNamed(workflow, nodes)) {
    const writer = writers.get(pathKey(path));
    // what is written over always need not be looked at
    if (writer && alwaysWrites(writer.slot, path)) continue;
    if (writer && typeof value === 'string') continue;
    found.push({ path, value });
  }
  for (const { path, name, slot } of writers.values()) {
    if (!takesFile(nodeAt(workflow, path[0])?.class_type ?? '', path[1], nodes)) continue;
    for (const value of valuesAt(path, workflow, slot))
      if (!saysNothing(value)) found.push({ path, slot: name, value });
    if (typeOf(slot).isOpen?.(slot)) found.push({ path, slot: name });
  }
  return found;
}

/** What a template that keeps its files may name: everything that stands in it. */
export function namesIn(
  template: Pick<Template, 'slots' | 'workflow'>,
  nodes: NodeClasses | undefined,
): string[] {
  return declaredFiles(template, nodes).flatMap(({ value }) => (value === undefined ? [] : [asName(value)]));
}

/** In a template, before it is published. */
export function foreignFiles(
  template: Pick<Template, 'slots' | 'workflow'>,
  nodes: NodeClasses | undefined,
  mayName: MayName,
): ForeignFile[] {
  return declaredFiles(template, nodes)
    .filter(({ value }) => value === undefined || !mayName(asName(value)))
    .map(({ path, slot, value }) => problemAt(template.workflow, path, value, slot));
}

/** Also of what is no text: a link, or a name in a wrapping. */
function asName(value: Json): string {
  return typeof value === 'string' ? value : writeJson(value);
}

function alwaysWrites(slot: Slot, path: InputPath): boolean {
  if (!slot.required && !('default' in slot && slot.default !== undefined)) return false;
  return slot.into?.some((to) => pathKey(to) === pathKey(path)) === true;
}

function problemAt(workflow: Workflow, path: InputPath, value: Json | undefined, slot?: string): ForeignFile {
  return {
    code: 'foreign-file',
    ...(slot !== undefined && { slot }),
    node: nodeTitle(workflow, path[0]),
    ...(value !== undefined && { value: clip(oneLine(asName(value)), MAX_SHOWN) }),
  };
}
