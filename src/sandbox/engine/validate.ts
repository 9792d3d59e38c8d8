/**
 * Refuses graphs exactly as ComfyUI's `validate_prompt` does. Valid values are converted in place (`"12"` becomes 12
 * for an INT), as the real server does, so the history shows what was run.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';
import { checkInput, inputError, type InputError } from './check-input.ts';
import type { FileStore } from '../files.ts';
import type { InputSpec, NodeClass, InstalledNodes } from '../nodes/node.ts';
import { liveInputs } from '../nodes/object-info.ts';
import { ConversionError, repr, str } from './python.ts';

/** A graph as it came: only known to be an object of objects. */
export type RawGraph = Record<NodeId, JsonObject>;

export interface Validation {
  /** Why nothing runs; undefined when at least one output is good. */
  error?: JsonObject;
  nodeErrors: JsonObject;
  outputs: NodeId[];
}

interface Walk {
  graph: RawGraph;
  nodes: InstalledNodes;
  files: FileStore;
  /** Errors by node; a node is in here once it was looked at. Bad without errors: something above it is bad. */
  done: Map<NodeId, { good: boolean; errors: InputError[] }>;
}

/** An exception in the real server's validation, where ours cannot be Python's. */
class PythonError extends Error {
  override readonly name = 'PythonError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** `only`: the output nodes to run (`partial_execution_targets`). */
export function validate(
  graph: RawGraph,
  nodes: InstalledNodes,
  files: FileStore,
  only?: readonly string[],
): Validation {
  const refuse = (error: JsonObject, nodeErrors: JsonObject = {}): Validation => ({
    error,
    nodeErrors,
    outputs: [],
  });
  const outputs: NodeId[] = [];
  for (const [id, node] of Object.entries(graph)) {
    const type = node['class_type'] ?? null;
    const known = typeof type === 'string' ? nodes.get(type) : undefined;
    if (!known) return refuse(missingNode(id, node));
    if (known.isOutput && (!only || only.includes(id))) outputs.push(id);
  }
  if (outputs.length === 0) return refuse(problem('prompt_no_outputs', 'Prompt has no outputs'));
  // the real server keeps outputs in a Python set, which has no order; the recordings show this one
  outputs.reverse();

  const walk: Walk = { graph, nodes, files, done: new Map() };
  const good: NodeId[] = [];
  const sentences: string[] = [];
  const nodeErrors: Record<NodeId, { errors: InputError[]; dependent_outputs: NodeId[]; class_type: Json }> =
    {};
  for (const output of outputs) {
    const errors = validateOutput(walk, output);
    if (errors === undefined) {
      good.push(output);
      continue;
    }
    sentences.push(...errors.map((error) => `${error.message}: ${error.details}`));
    for (const [id, seen] of walk.done) {
      if (seen.good || seen.errors.length === 0) continue;
      const type = graph[id]?.['class_type'] ?? null;
      const entry = (nodeErrors[id] ??= { errors: seen.errors, dependent_outputs: [], class_type: type });
      entry.dependent_outputs.push(output);
    }
  }
  const shown: JsonObject = Object.fromEntries(
    Object.entries(nodeErrors).map(([id, entry]) => [id, { ...entry }]),
  );
  if (good.length > 0) return { nodeErrors: shown, outputs: good };
  const message = 'Prompt outputs failed validation';
  return refuse(problem('prompt_outputs_failed_validation', message, sentences.join('\n')), shown);
}

/** Undefined: good. Otherwise the output's own errors, which may be none. */
function validateOutput(walk: Walk, output: NodeId): InputError[] | undefined {
  try {
    return validateNode(walk, output, []) ? undefined : (walk.done.get(output)?.errors ?? []);
  } catch (error) {
    const { type, message } = pythonError(error);
    const errors = [
      {
        type: 'exception_during_validation',
        message: 'Exception when validating node',
        details: message,
        extra_info: { exception_type: type, traceback: [] },
      },
    ];
    walk.done.set(output, { good: false, errors });
    return errors;
  }
}

function validateNode(walk: Walk, id: NodeId, path: readonly NodeId[]): boolean {
  const seen = walk.done.get(id);
  if (seen) return seen.good;
  if (path.includes(id)) {
    reportCycle(walk, [...path.slice(path.indexOf(id)), id]);
    return false;
  }
  const { inputs, node } = nodeOf(walk, id);
  const { required, optional } = liveInputs(node, walk.files);
  const errors: InputError[] = [];
  let good = true;
  for (const [name, spec] of Object.entries({ ...required, ...optional })) {
    const given = inputs[name];
    if (given === undefined) {
      if (name in required) errors.push(requiredMissing(name));
    } else if (Array.isArray(given)) {
      const { error, bad } = checkLink(walk, name, spec, given, [...path, id]);
      if (error) errors.push(error);
      if (bad) good = false;
    } else {
      const result = checkInput(name, spec, given, node.check?.input !== name);
      if ('error' in result) errors.push(result.error);
      else inputs[name] = result.value;
    }
  }
  if (node.check && errors.length === 0) {
    const { input, run } = node.check;
    const wrong = run(inputs[input] ?? null, walk.files);
    if (wrong !== undefined) errors.push(customFailure(input, wrong));
  }
  good &&= errors.length === 0;
  // Node errors of a cycle were set from within.
  if (!walk.done.has(id)) walk.done.set(id, { good, errors });
  return good;
}

function checkLink(
  walk: Walk,
  name: string,
  spec: InputSpec,
  link: Json[],
  path: readonly NodeId[],
): { error?: InputError; bad?: true } {
  if (link.length !== 2) {
    const message = 'Bad linked input, must be a length-2 list of [node_id, slot_index]';
    return { error: inputError(name, spec, link, { type: 'bad_linked_input', message, details: name }) };
  }
  const [from = null, slot = null] = link;
  if (Array.isArray(from) || isJsonObject(from))
    throw new PythonError('TypeError', `unhashable type: '${Array.isArray(from) ? 'list' : 'dict'}'`);

  const source = typeof from === 'string' ? walk.graph[from] : undefined;
  if (typeof from !== 'string' || !source) throw new PythonError('KeyError', repr(from));
  const type = typeof slot === 'number' ? nodeClass(walk, source).outputs[slot] : undefined;
  if (type === undefined) throw new PythonError('IndexError', 'tuple index out of range');
  const wanted = spec[0];
  if (type !== wanted && wanted !== '*' && type !== '*') {
    const shown = typeof wanted === 'string' ? wanted : repr([...wanted]);
    const error = inputError(name, spec, null, {
      type: 'return_type_mismatch',
      message: 'Return type mismatch between linked nodes',
      details: `${name}, received_type(${type}) mismatch input_type(${shown})`,
      extra: { received_type: type, linked_node: link },
    });
    delete error.extra_info['received_value'];
    return { error };
  }
  try {
    return validateNode(walk, from, path) ? {} : { bad: true };
  } catch (error) {
    walk.done.set(from, { good: false, errors: [innerFailure(name, spec, link, pythonError(error))] });
    return { bad: true };
  }
}

function nodeOf(walk: Walk, id: NodeId): { inputs: JsonObject; node: NodeClass } {
  const raw = walk.graph[id];
  const inputs = raw?.['inputs'];
  if (!raw || !isJsonObject(inputs)) throw new PythonError('KeyError', "'inputs'");
  return { inputs, node: nodeClass(walk, raw) };
}

function nodeClass(walk: Walk, raw: JsonObject): NodeClass {
  const type = raw['class_type'];
  const node = typeof type === 'string' ? walk.nodes.get(type) : undefined;
  if (!node) throw new PythonError('KeyError', repr(type ?? null));
  return node;
}

function reportCycle(walk: Walk, loop: readonly NodeId[]): void {
  const nodes = [...new Set(loop)];
  const details = loop.map((id) => `${id} (${str(walk.graph[id]?.['class_type'] ?? null)})`).join(' -> ');
  for (const id of nodes) {
    const error = {
      type: 'dependency_cycle',
      message: 'Dependency cycle detected',
      details,
      extra_info: { node_id: id, cycle_nodes: nodes },
    };
    walk.done.set(id, { good: false, errors: [error] });
  }
}

function missingNode(id: NodeId, node: JsonObject): JsonObject {
  const type = node['class_type'] ?? null;
  const meta = node['_meta'];
  const title = isJsonObject(meta) && typeof meta['title'] === 'string' ? meta['title'] : null;
  const message =
    'class_type' in node
      ? `Node '${title ?? str(type)}' not found. The custom node may not be installed.`
      : `Node '${title ?? `ID #${id}`}' has no class_type. The workflow may be corrupted or a custom node is missing.`;
  return problem('missing_node_type', message, `Node ID '#${id}'`, {
    node_id: id,
    class_type: type,
    node_title: title,
  });
}

export function problem(type: string, message: string, details = '', extra: JsonObject = {}): JsonObject {
  return { type, message, details, extra_info: extra };
}

function requiredMissing(name: string): InputError {
  return {
    type: 'required_input_missing',
    message: 'Required input is missing',
    details: name,
    extra_info: { input_name: name },
  };
}

function customFailure(name: string, wrong: string): InputError {
  return {
    type: 'custom_validation_failed',
    message: 'Custom validation failed for node',
    details: `${name} - ${wrong}`,
    extra_info: { input_name: name },
  };
}

function innerFailure(name: string, spec: InputSpec, link: Json[], error: PythonError): InputError {
  const failure = inputError(name, spec, null, {
    type: 'exception_during_inner_validation',
    message: 'Exception when validating inner node',
    details: error.message,
    extra: {
      exception_message: error.message,
      exception_type: error.type,
      traceback: [],
      linked_node: link,
    },
  });
  delete failure.extra_info['received_value'];
  return failure;
}

function pythonError(error: unknown): PythonError {
  if (error instanceof PythonError) return error;
  if (error instanceof ConversionError) return new PythonError('ValueError', error.message);
  throw error;
}
