/** The workflows of drafts that somebody works on, by their source: not every press parses the same megabytes anew. */
import { LRUCache } from 'lru-cache';
import type { Workflow } from '../../core/workflow.ts';
import { workflowOf } from '../draft.ts';
import type { Draft } from '../library/records.ts';

export interface WorkflowMemory {
  /** Throws EaselError as `workflowOf`. Shared: nobody changes it. */
  of(draft: Pick<Draft, 'name' | 'workflow'>): Workflow;
  /** What was parsed from `source` already. */
  keep(source: string, workflow: Workflow): void;
}

/** Characters of all sources: four of the largest, hundreds of usual ones. Parsed they take a few times that. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

export function createWorkflowMemory(): WorkflowMemory {
  const known = new LRUCache<string, Workflow>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_workflow, source) => source.length + 1,
  });
  return {
    of(draft) {
      const before = known.get(draft.workflow);
      if (before) return before;
      const workflow = workflowOf(draft);
      known.set(draft.workflow, workflow);
      return workflow;
    },
    keep: (source, workflow) => void known.set(source, workflow),
  };
}
