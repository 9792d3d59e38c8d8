/** What may stand in a node input when a template runs, as far as the template says. Pure. */
import type { Slot } from '../core/template.ts';
import { inputAt, type InputPath, type Workflow } from '../core/workflow.ts';
import { typeOf } from './slots/index.ts';

/** Every value that may land in a combo input without anybody having picked it from the backend's own list. */
export function valuesAt(path: InputPath, workflow: Workflow, slot: Slot | undefined): string[] {
  const own = inputAt(workflow, path);
  const literal =
    typeof own === 'string' || typeof own === 'number' || typeof own === 'boolean' ? [String(own)] : [];
  return slot ? typeOf(slot).lands(slot, path, literal, slot.required ? [] : literal) : literal;
}
