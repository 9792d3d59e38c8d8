/** What may stand in a node input when a template runs, as far as the template says. Pure. */
import type { Slot } from '../core/template.ts';
import { inputAt, pathKey, type InputPath, type Workflow } from '../core/workflow.ts';

/** Every value that may land in a combo input without anybody having picked it from the backend's own list. */
export function valuesAt(path: InputPath, workflow: Workflow, slot: Slot | undefined): string[] {
  const own = inputAt(workflow, path);
  const literal =
    typeof own === 'string' || typeof own === 'number' || typeof own === 'boolean' ? [String(own)] : [];
  if (!slot) return literal;
  const unasked = slot.required ? [] : literal;
  switch (slot.type) {
    case 'image':
      return unasked;
    case 'seed':
      return [];
    case 'choice': {
      const { choices, default: standard } = slot;
      if (choices && !Array.isArray(choices)) {
        const here = pathKey(path);
        const named = slot.into?.some((to) => pathKey(to) === here) === true;
        const sets = Object.entries(choices).flatMap(([name, set]) => {
          const written = set.filter(([to]) => pathKey(to) === here).map(([, value]) => String(value));
          if (written.length > 0) return written.slice(-1);
          // a choice that leaves this input alone leaves what stands there
          return named ? [name] : literal;
        });
        return [...new Set([...sets, ...(standard === undefined ? unasked : [])])];
      }
      return [...new Set([...(choices ?? []), ...(standard === undefined ? unasked : [standard])])];
    }
    case 'text':
    case 'integer':
    case 'number':
    case 'boolean': {
      if (slot.default === undefined) return unasked;
      const standard = String(slot.default);
      const format = slot.type === 'text' ? slot.format : undefined;
      return [format?.replaceAll('{value}', () => standard) ?? standard];
    }
  }
}
