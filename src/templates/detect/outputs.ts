/** Which nodes a run starts from, and which of their files are worth posting. */
import type { Medium } from '../../core/detected.ts';
import { socketClass } from '../../core/socket-outputs.ts';
import type { NodeId } from '../../core/workflow.ts';
import { classOf, inputsOf, linksInto, nodeInfo, type View } from './view.ts';

const SAVES = /save|VHS_VideoCombine/i;
const SHOWS = /preview|show|display/i;

/** A view of which it is known where runs start. */
export interface Ended extends View {
  readonly outputs: readonly NodeId[];
}

/** Pictures and the like go in, and nobody reads what comes out: it saves or shows them, whatever it is called. */
const TAKEN = /^(image|video|audio|mesh|trimesh)/i;

/** Nodes that save or show something. When none is known to, whatever nobody else uses. */
export function outputNodes(view: View): NodeId[] {
  const ids = Object.keys(view.workflow);
  const used = new Set<NodeId>();
  for (const id of ids) for (const { link } of linksInto(view, id)) used.add(link.from);
  const unused = ids.filter((id) => !used.has(id));
  const ends = new Set(unused.filter((id) => linksInto(view, id).some(({ name }) => TAKEN.test(name))));
  const outputs = ids.filter((id) => isOutput(view, id, ends));
  return outputs.length > 0 ? outputs : unused;
}

/** Saved files, and pictures that are sent, are the result and previews are not, unless there is nothing else. Undefined: all of them. */
export function postedOutputs(graph: Ended): NodeId[] | undefined {
  const all = graph.outputs;
  const saved = all.filter((id) => isSaved(graph, id));
  const posted = saved.length > 0 ? saved : all.filter((id) => isDisplay(graph, id));
  return posted.length === 0 || posted.length === all.length ? undefined : posted;
}

/** A node that only shows what it is given; its own literals are what it showed last. */
export function isDisplay(view: View, id: NodeId): boolean {
  return SHOWS.test(classOf(view, id));
}

function isOutput(view: View, id: NodeId, ends: ReadonlySet<NodeId>): boolean {
  const name = classOf(view, id);
  return nodeInfo(view, id)?.isOutput ?? (SAVES.test(name) || SHOWS.test(name) || ends.has(id));
}

function isSaved(view: View, id: NodeId): boolean {
  const off = inputsOf(view, id).some(({ name, value }) => name === 'save_output' && value === false);
  const name = classOf(view, id);
  return (SAVES.test(name) || socketClass(name) !== undefined) && !off;
}

/** What the template makes, for its description. */
export function mediumOf(graph: Ended): Medium {
  const words = (postedOutputs(graph) ?? graph.outputs)
    .flatMap((id) => [classOf(graph, id), ...inputsOf(graph, id).map(({ name }) => name)])
    .join(' ');
  if (/video|webm|animated|vhs_/i.test(words)) return 'video';
  if (/audio/i.test(words)) return 'sound';
  if (/3d|glb|mesh|splat|pointcloud/i.test(words)) return '3d';
  if (/image|mask|svg/i.test(words)) return 'picture';
  return /text|any/i.test(words) ? 'text' : 'something';
}
