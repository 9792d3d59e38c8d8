/** `/object_info`: the node classes as clients and editors read them. */
import type { JsonObject } from '../../core/json.ts';
import type { FileStore } from '../files.ts';
import type { InputSpec, InputTable, NodeClass, InstalledNodes } from './node.ts';

/** The inputs as they are now: a drop-down of files changes with the files. */
export function liveInputs(
  node: NodeClass,
  files: FileStore,
): { required: InputTable; optional: InputTable } {
  const choices = node.choices?.(files) ?? {};
  const required = Object.fromEntries(
    Object.entries(node.required).map(([name, spec]): [string, InputSpec] => {
      const list = choices[name];
      return [name, list ? withChoices(spec, list) : spec];
    }),
  );
  return { required, optional: node.optional ?? {} };
}

/** A drop-down comes in two spellings: a list as the type, or `COMBO` with `options`. */
function withChoices([type, options]: InputSpec, list: readonly string[]): InputSpec {
  return type === 'COMBO' ? [type, { ...options, options: [...list] }] : [list, options ?? {}];
}

export function describe(name: string, node: NodeClass, files: FileStore): JsonObject {
  const { required } = liveInputs(node, files);
  const groups = { required, optional: node.optional, hidden: node.hidden };
  const present = Object.entries(groups).flatMap(([group, table]) =>
    table ? [[group, table] as const] : [],
  );
  const outputNames = node.outputNames ?? node.outputs;
  return {
    input: Object.fromEntries(present.map(([group, table]) => [group, plain(table)])),
    input_order: Object.fromEntries(present.map(([group, table]) => [group, Object.keys(table)])),
    is_input_list: false,
    output: [...node.outputs],
    output_is_list: node.outputs.map(() => false),
    output_name: [...outputNames],
    name,
    display_name: node.title,
    description: '',
    python_module: 'nodes',
    category: node.category,
    output_node: node.isOutput ?? false,
    has_intermediate_output: false,
  };
}

export function describeAll(nodes: InstalledNodes, files: FileStore): JsonObject {
  return Object.fromEntries(nodes.entries().map(([name, node]) => [name, describe(name, node, files)]));
}

/** An input's spec as JSON, as `/object_info` and refusals (`input_config`) show it. */
export function specJson(spec: InputSpec): JsonObject[string] {
  const [type, options] = spec;
  return [typeof type === 'string' ? type : [...type], { ...options }];
}

function plain(table: Readonly<Record<string, InputSpec | string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(table).map(([name, spec]) => [name, typeof spec === 'string' ? spec : specJson(spec)]),
  );
}
