/** Which nodes a run starts from, and which of their files are worth posting. */
import type { NodeId } from '../../core/workflow.ts';
import { classOf, inputsOf, linksInto, nodeInfo, type View } from './view.ts';

const SAVES = /save|VHS_VideoCombine/i;
const SHOWS = /preview|show|display/i;

/** Nodes that save or show something. When none is known to, whatever nobody else uses. */
export function outputNodes(view: View): NodeId[] {
  const ids = Object.keys(view.workflow);
  const outputs = ids.filter((id) => isOutput(view, id));
  if (outputs.length > 0) return outputs;
  const used = new Set(ids.flatMap((id) => linksInto(view, id).map(({ link }) => link.from)));
  return ids.filter((id) => !used.has(id));
}

/** Saved files are the result and previews are not, unless there is nothing else. Undefined: all of them. */
export function postedOutputs(view: View): NodeId[] | undefined {
  const all = outputNodes(view);
  const saved = all.filter((id) => isSaved(view, id));
  const posted = saved.length > 0 ? saved : all.filter((id) => isDisplay(view, id));
  return posted.length === 0 || posted.length === all.length ? undefined : posted;
}

/** A node that only shows what it is given; its own literals are what it showed last. */
export function isDisplay(view: View, id: NodeId): boolean {
  return SHOWS.test(classOf(view, id));
}

function isOutput(view: View, id: NodeId): boolean {
  const name = classOf(view, id);
  return nodeInfo(view, id)?.isOutput ?? (SAVES.test(name) || SHOWS.test(name));
}

function isSaved(view: View, id: NodeId): boolean {
  const off = inputsOf(view, id).some(({ name, value }) => name === 'save_output' && value === false);
  return SAVES.test(classOf(view, id)) && !off;
}

/** What the template makes, for its description. */
export function mediumOf(view: View): string {
  const words = (postedOutputs(view) ?? outputNodes(view))
    .flatMap((id) => [classOf(view, id), ...inputsOf(view, id).map(({ name }) => name)])
    .join(' ');
  if (/video|webm|animated|vhs_/i.test(words)) return 'a video';
  if (/audio/i.test(words)) return 'a sound';
  if (/3d|glb|mesh|splat|pointcloud/i.test(words)) return 'a 3D model';
  if (/image|mask|svg/i.test(words)) return 'a picture';
  return /text|any/i.test(words) ? 'a text' : 'something';
}
