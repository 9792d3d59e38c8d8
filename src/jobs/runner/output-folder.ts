/**
 * Puts what a run saves into the folder of its guild, whatever its workflow says. What is written there stays inside:
 * no way up, no absolute path, no drive, no character that a file system minds.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import type { Workflow } from '../../core/workflow.ts';

const PREFIX = 'filename_prefix';
/** Of node packs: where to save, besides or instead of the prefix. */
const PLACE =
  /^(output_?(path|folder|dir|directory)|save_?(path|folder|dir|directory)|foldername_prefix|folder_prefix)$/i;
/** Of ComfyUI's own dataset nodes, below the output folder: by default the same for everybody. */
const SHARED_PLACE = /^folder_?name$/i;
const FALLBACK = 'ComfyUI';
const MAX_SEGMENT = 100;
const MAX_SEGMENTS = 8;

/** A copy of the graph. `folder`: as `easel/4f0a…`. */
export function intoFolder(workflow: Workflow, folder: string, nodes: NodeClasses | undefined): Workflow {
  const copy = structuredClone(workflow);
  for (const { class_type: type, inputs } of Object.values(copy))
    for (const [input, value] of Object.entries(inputs))
      // what a link brings is known only when it runs
      if (input === PREFIX)
        inputs[input] = `${folder}/${typeof value === 'string' ? inside(value) || FALLBACK : FALLBACK}`;
      else if ((nodes?.get(type)?.isOutput ?? true) && mustMove(input, value))
        inputs[input] = `${folder}/${typeof value === 'string' ? inside(value) : ''}`.replace(/\/$/, '');

  return copy;
}

/** `../../etc/C:\a%date:yyyy%` → `etc/a%date-yyyy%`: ComfyUI's tokens stay, and none of them brings a folder. */
function inside(path: string): string {
  return path
    .slice(0, MAX_SEGMENT * MAX_SEGMENTS)
    .split(/[/\\]/)
    .map((segment) =>
      segment
        .replace(/^[a-z]:/i, '')
        // oxlint-disable-next-line no-control-regex -- they are what is taken out
        .replaceAll(/[\u0000-\u001f\u007f"<>|?*]/g, '_')
        .replaceAll(':', '-')
        .trim()
        // Windows forgets dots and spaces at the end, and `~` is a home for some packs
        .replace(/[. ]+$/, '')
        .replace(/^~/, '_')
        .slice(0, MAX_SEGMENT),
    )
    .filter((segment) => segment !== '')
    .slice(0, MAX_SEGMENTS)
    .join('/');
}

function mustMove(input: string, value: unknown): boolean {
  return SHARED_PLACE.test(input) || (PLACE.test(input) && leaves(value));
}

/** A path that may not be below the output folder; what is computed may be anything. */
function leaves(value: unknown): boolean {
  if (typeof value !== 'string') return true;
  return /^([/\\~]|[a-z]:)/i.test(value.trim()) || value.split(/[/\\]/).some((part) => part.trim() === '..');
}
