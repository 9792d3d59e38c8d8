/**
 * Output nodes of ComfyUI that leave nothing which could be posted: a run goes well, and its record has no file of theirs.
 * Decided class by class for all that its `GET /object_info` calls output nodes; what is not here is left to a test run.
 */
import type { NodeClasses } from '../core/nodes.ts';
import { nodeAt, type NodeId, type Workflow } from '../core/workflow.ts';

const UNSEEN: ReadonlySet<string> = new Set([
  // models: written into the output folder, and told nobody (`return {}`)
  'CheckpointSave',
  'ImageOnlyCheckpointSave',
  'CLIPSave',
  'ModelSave',
  'VAESave',
  'LoraSave',
  'SaveLoRA',
  // a folder for a training, likewise
  'SaveImageDataSetToFolder',
  'SaveImageTextDataSetToFolder',
  'SaveTrainingDataset',
  // a path for the viewer in ComfyUI's editor, which may be of any file there
  'Preview3D',
  // a partner's: the model is downloaded into the output folder, and its path handed to the next node only
  'MeshyTextToModelNode',
  'MeshyRefineNode',
  'MeshyImageToModelNode',
  'MeshyMultiImageToModelNode',
  'MeshyRigModelNode',
  'MeshyAnimateModelNode',
  'MeshyTextureNode',
]);

/** Whether a node leaves nothing, as far as is known: one of a class that the backend lacks, or of a pack, may leave anything. */
export function isUnseen(workflow: Workflow, id: NodeId, nodes: NodeClasses): boolean {
  const type = nodeAt(workflow, id)?.class_type;
  if (type === undefined) return false;
  const info = nodes.get(type);
  if (!info) return false;
  return UNSEEN.has(type) || !(info.isOutput || info.shows === true);
}
