/** What is known of a run, and the words in which backends say so. */
import type { Cost } from '../../core/cost.ts';
import type { Problem } from '../../core/errors.ts';
import type { Output } from '../../core/run.ts';
import { clip, oneLine } from '../../core/text.ts';
import type { NodeId } from '../../core/workflow.ts';

/** `cost`: what an ended one cost, where that is told. */
export type RunStatus = Told & { cost?: Cost };

type Told =
  /** `cancelling`: somebody has asked for its end, which is still to come. */
  | { state: 'unknown' | 'pending' | 'running' | 'cancelling' }
  /** It is there, and `word` says how it is, which we do not know: it may go on or be over. */
  | { state: 'odd'; word: string }
  /** `outputs`: what it had saved before. */
  | { state: 'cancelled'; outputs: Output[] }
  /**
   * `settled`: there is no reason to think that outputs will still turn up. `cached`: nodes that were not run; absent: it is
   * not told.
   */
  | { state: 'success'; outputs: Output[]; settled: boolean; cached?: NodeId[] | undefined }
  | { state: 'failure'; problem: Problem; detail: string; outputs: Output[] };

type RunState = 'pending' | 'running' | 'cancelling' | 'success' | 'failure' | 'cancelled';

/**
 * Those of ComfyUI's and Comfy Cloud's documents, and the raw ones that Cloud's `/api/job/{id}/status` passes on. `submitted` is
 * among those that wait: Cloud's own grouping of them says so, and one that is said to wait can be taken out of the queue,
 * which does nothing to one that runs, while its run's time is not counted yet.
 */
const WORDS: Readonly<Record<RunState, readonly string[]>> = {
  pending: [
    'pending',
    'queued',
    'waiting_to_dispatch',
    'submitted',
    'queued_limited',
    'queued_waiting',
    'allocated',
    'preparing',
    'pending_execution',
  ],
  running: ['in_progress', 'running', 'executing', 'executed'],
  cancelling: ['cancel_requested', 'cancel_pending', 'cancelling_preparing', 'cancelling', 'canceling'],
  success: ['completed', 'success', 'succeeded'],
  failure: ['failed', 'error', 'retryable_error', 'non_retryable_error', 'erroring', 'lost', 'expired'],
  cancelled: ['cancelled', 'canceled', 'interrupted'],
};

const STATES: readonly RunState[] = ['pending', 'running', 'cancelling', 'success', 'failure', 'cancelled'];

/** In whatever case, and with whatever between its parts. Undefined: a word never seen, or none. */
export function stateOf(word: unknown): RunState | undefined {
  if (typeof word !== 'string') return undefined;
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return STATES.find((state) => WORDS[state].includes(plain));
}

const MAX_WORD = 60;

/** What was said instead of a word that is known, as it can be shown. */
export function wordOf(said: unknown): string {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? 'nothing');
  return clip(oneLine(text).trim(), MAX_WORD) || '""';
}
