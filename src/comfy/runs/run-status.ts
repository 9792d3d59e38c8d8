/** What is known of a run, and the words in which backends say so. */
import type { Cost } from '../../core/cost.ts';
import type { Problem } from '../../core/errors.ts';
import type { Output } from '../../core/run.ts';
import type { NodeId } from '../../core/workflow.ts';

/** `cost`: what an ended one cost, where that is told. */
export type RunStatus = { cost?: Cost } & (
  | { state: 'unknown' | 'pending' | 'running' }
  /** `outputs`: what it had saved before. */
  | { state: 'cancelled'; outputs: Output[] }
  /**
   * `settled`: there is no reason to think that outputs will still turn up. `cached`: nodes that were not run; absent: it is
   * not told.
   */
  | { state: 'success'; outputs: Output[]; settled: boolean; cached?: NodeId[] | undefined }
  | { state: 'failure'; problem: Problem; detail: string; outputs: Output[] }
);

type RunState = 'pending' | 'running' | 'success' | 'failure' | 'cancelled';

const WORDS: Readonly<Record<string, RunState>> = {
  waiting_to_dispatch: 'pending',
  pending: 'pending',
  queued: 'pending',
  submitted: 'pending',
  in_progress: 'running',
  running: 'running',
  executing: 'running',
  completed: 'success',
  success: 'success',
  succeeded: 'success',
  failed: 'failure',
  error: 'failure',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  interrupted: 'cancelled',
};

/** Cloud's documents disagree on the words, so all are taken; one never seen before means "not finished". */
export function stateOf(word: string): RunState {
  return Object.hasOwn(WORDS, word.toLowerCase()) ? (WORDS[word.toLowerCase()] ?? 'running') : 'running';
}
