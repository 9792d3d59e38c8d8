/**
 * What stands in a graph for a file that was uploaded. A file in another folder than `input` is named with that folder
 * behind it, `fox.png [output]` (ComfyUI's `folder_paths.annotated_filepath`), which a node class has to read: one that
 * does not would open another file of that name, or none.
 */
import type { Uploaded } from '../../core/backend.ts';
import { EaselError } from '../../core/errors.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import { nodeAt, type InputPath, type Workflow } from '../../core/workflow.ts';

/**
 * Classes that check their file by `exists_annotated_filepath` and open it by `get_annotated_filepath`, whatever they
 * list: ComfyUI's `nodes.py` and `comfy_extras`, and VideoHelperSuite's.
 */
const READS_ANNOTATED: readonly string[] = [
  'LoadImage',
  'LoadImageMask',
  'LoadImageOutput',
  'LoadAudio',
  'LoadVideo',
  'VHS_LoadVideo',
  'VHS_LoadVideoFFmpeg',
  'VHS_LoadAudioUpload',
];

export interface NamedIn {
  slot: string;
  into: readonly InputPath[];
  workflow: Workflow;
  /** The folder that was asked for. */
  folder: string | undefined;
}

/**
 * `nodes` reads the backend's classes as they are now, and is asked only where it matters: others than the above take what
 * they list. Rejects with EaselError `upload-misplaced`, and as `nodes` does.
 */
export async function uploadedName(
  { name, elsewhere }: Uploaded,
  { slot, into, workflow, folder }: NamedIn,
  nodes: () => Promise<NodeClasses>,
): Promise<string> {
  const written = elsewhere === undefined ? name : `${name} [${elsewhere}]`;
  const isWhereAsked = elsewhere === undefined && (folder !== undefined || !name.includes('/'));
  const unsure = isWhereAsked ? [] : into.filter(([id]) => !readsAnnotated(workflow, id));
  if (unsure.length === 0) return written;
  const known = await nodes();
  for (const [id, input] of unsure) {
    const type = nodeAt(workflow, id)?.class_type ?? '';
    const listed = known.get(type)?.inputs.get(input)?.options?.includes(written) === true;
    if (!listed)
      throw new EaselError({
        code: 'upload-misplaced',
        slot,
        node: known.get(type)?.title ?? type,
        name: written,
      });
  }
  return written;
}

function readsAnnotated(workflow: Workflow, id: string): boolean {
  return READS_ANNOTATED.includes(nodeAt(workflow, id)?.class_type ?? '');
}
