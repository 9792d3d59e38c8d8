/** The nodes of a workflow and their inputs, beside what the backend says of them. Links may lead to nowhere. */
import type { Json } from '../../core/json.ts';
import type { InputInfo, NodeClasses, NodeInfo } from '../../core/nodes.ts';
import { linkedNode, nodeAt, nodeTitle } from '../../core/workflow.ts';
import type { InputPath, NodeId, Workflow } from '../../core/workflow.ts';

export interface Link {
  from: NodeId;
  output: number;
}

export interface Input {
  readonly path: InputPath;
  /** `model.prompt`, the prompt of the model that was chosen, is called `prompt`. */
  readonly name: string;
  readonly value: Json | undefined;
  /** Only where it leads to a node that exists. */
  readonly link: Link | undefined;
  readonly info: InputInfo | undefined;
  /** What it carries: its declared type, else that of the output linked to it. */
  readonly type: string | undefined;
}

/** An input that is linked to a node. */
export type Linked = Input & { readonly link: Link };

export interface View {
  readonly workflow: Workflow;
  readonly nodes: NodeClasses | undefined;
  /** Read once, since every rule asks for them. */
  readonly inputs: ReadonlyMap<NodeId, readonly Input[]>;
  readonly links: ReadonlyMap<NodeId, readonly Linked[]>;
  /** What `linksOf` found, by kind. */
  readonly carrying: Map<string, Map<NodeId, readonly Linked[]>>;
}

export function readView(workflow: Workflow, nodes?: NodeClasses): View {
  const inputs = new Map<NodeId, readonly Input[]>();
  const links = new Map<NodeId, readonly Linked[]>();
  for (const [id, node] of Object.entries(workflow)) {
    const info = nodes?.get(node.class_type);
    const read = Object.entries(node.inputs).map(([name, value]) =>
      readInput(workflow, nodes, [id, name], value, info),
    );
    inputs.set(id, read);
    links.set(id, read.filter(isLinked));
  }
  return { workflow, nodes, inputs, links, carrying: new Map() };
}

function isLinked(input: Input): input is Linked {
  return input.link !== undefined;
}

/** `*`, ComfyUI's matching and growing types, and unions. */
const OPEN_TYPE = /^\*$|^COMFY_|,/;

function readInput(
  workflow: Workflow,
  nodes: NodeClasses | undefined,
  path: InputPath,
  value: Json,
  node: NodeInfo | undefined,
): Input {
  const [, input] = path;
  const link = readLink(workflow, value);
  // `values.a` is one of the growing input `values`
  const info = node?.inputs.get(input) ?? node?.inputs.get(input.split('.', 1)[0] ?? '');
  const source = link && nodes?.get(nodeAt(workflow, link.from)?.class_type ?? '');
  const type = known(info?.type) ?? known(link && source?.outputs[link.output]);
  return { path, name: input.slice(input.lastIndexOf('.') + 1), value, link, info, type };
}

function known(type: string | undefined): string | undefined {
  return type !== undefined && OPEN_TYPE.test(type) ? undefined : type;
}

function readLink(workflow: Workflow, value: Json): Link | undefined {
  const from = linkedNode(value);
  if (from === undefined || !nodeAt(workflow, from) || !Array.isArray(value)) return undefined;
  // an object may not even be made a number of
  const output = typeof value[1] === 'object' ? 0 : Number(value[1]);
  return { from, output: Number.isInteger(output) && output > 0 && output < MAX_OUTPUTS ? output : 0 };
}

/** No node has as many; a made-up number must not have its node walked once more. */
const MAX_OUTPUTS = 64;

export function inputsOf(view: View, id: NodeId): readonly Input[] {
  return view.inputs.get(id) ?? [];
}

export function linksInto(view: View, id: NodeId): readonly Linked[] {
  return view.links.get(id) ?? [];
}

export function classOf({ workflow }: View, id: NodeId): string {
  return nodeAt(workflow, id)?.class_type ?? '';
}

export function nodeInfo(view: View, id: NodeId): NodeInfo | undefined {
  return view.nodes?.get(classOf(view, id));
}

/** The title that a person gave the node. Without the backend's word, nobody knows who wrote a title. */
export function ownTitle(view: View, id: NodeId): string | undefined {
  const title = nodeTitle(view.workflow, id);
  const info = nodeInfo(view, id);
  return info && title !== info.title && title !== classOf(view, id) ? title : undefined;
}
