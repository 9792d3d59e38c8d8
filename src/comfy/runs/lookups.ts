/**
 * The routes that tell what became of a run. ComfyUI before 0.5.1 has no `/api/jobs/{id}` (its 404 has no JSON body, unlike
 * "no such job"); its `/history/{id}` is `{}` for a run that waits, runs or never was, so the queue is asked too. Comfy
 * Cloud's `/api/jobs/{id}` is backed by `/api/job/{id}/status`. `history` is the path of the server's history: outputs are there
 * when the job's own route has none.
 */
import type { Cost } from '../../core/cost.ts';
import type { Output } from '../../core/run.ts';
import { costOf, type Priced } from '../wire/costs.ts';
import { getHistoryEntry } from '../wire/history.ts';
import type { Http } from '../wire/http.ts';
import { getJob, getJobStatus } from '../wire/jobs.ts';
import { getQueue } from '../wire/queue.ts';
import { RunError, type ExecutionStatus, type HistoryEntry } from '../wire/schema.ts';
import { cachedIn } from './cached.ts';
import type { Lookup } from './dialect.ts';
import { readOutputs } from './outputs.ts';
import { isInterrupt, problemOfRun } from './run-errors.ts';
import { stateOf, wordOf, type RunStatus } from './run-status.ts';

/** `reasons`: where to ask why a run failed of which the job's own route says no more than that. */
export const byJob =
  (history: string, reasons?: Lookup): Lookup =>
  async (http, promptId, signal) => {
    const job = await getJob(http, promptId, signal);
    if (job === 'no-route') return 'no-route';
    if (job === 'no-job') return { state: 'unknown' };
    const { status, outputs, outputs_count: count, execution_error: error, execution_status: facts } = job;
    const state = stateOf(status);
    if (state === undefined) return { state: 'odd', word: wordOf(status) };
    if (state === 'failure') {
      const told = { ...failure(http, error ?? undefined, facts, outputs), ...costIn(job) };
      if (error || facts?.messages?.length || !reasons) return told;
      const why = await reasons(http, promptId, signal);
      if (why === 'no-route' || why.state !== 'failure') return told;
      return { ...why, outputs: outputsOf(told), ...costIn(job) };
    }
    if (state === 'cancelled') return { state, outputs: readOutputs(outputs ?? {}) };
    if (state !== 'success') return { state };
    const found = readOutputs(outputs ?? {});
    if (found.length > 0 || count === 0)
      return { state, outputs: found, settled: true, cached: cachedIn(facts), ...costIn(job) };
    return { ...(await withHistory(http, history, promptId, signal)), ...costIn(job) };
  };

export const byJobStatus =
  (history: string): Lookup =>
  async (http, promptId, signal) => {
    const job = await getJobStatus(http, promptId, signal);
    if (job === 'no-route') return 'no-route';
    if (job === 'no-job') return { state: 'unknown' };
    const state = stateOf(job.status);
    if (state === undefined) return { state: 'odd', word: wordOf(job.status) };
    if (state === 'success')
      return { ...(await withHistory(http, history, promptId, signal)), ...costIn(job) };
    if (state === 'cancelled') return { state, outputs: [] };
    if (state !== 'failure') return { state };
    // of some it says no more than the word: `lost`, `expired`
    const message = job.error_message ?? wordOf(job.status);
    // Comfy Cloud's messages begin with the kind of error where there is one.
    const type = /^\w+Error\b/.exec(message ?? '')?.[0];
    const error = { exception_message: message, exception_type: type };
    return { ...failure(http, error, undefined, undefined), ...costIn(job) };
  };

export const byHistory =
  (history: string): Lookup =>
  async (http, promptId, signal) => {
    const entry = await getHistoryEntry(http, history, promptId, signal);
    if (entry === 'no-route') return 'no-route';
    if (entry) return ended(http, entry);
    const queue = await getQueue(http, signal);
    if (queue.running.some((each) => each.id === promptId)) return { state: 'running' };
    if (queue.pending.some((each) => each.id === promptId)) return { state: 'pending' };
    // between the two questions it may have ended
    const late = await getHistoryEntry(http, history, promptId, signal);
    return late && late !== 'no-route' ? ended(http, late) : { state: 'unknown' };
  };

/** A finished run's outputs from its history. */
async function withHistory(
  http: Http,
  history: string,
  promptId: string,
  signal: AbortSignal,
): Promise<RunStatus> {
  const entry = await getHistoryEntry(http, history, promptId, signal);
  const outputs = entry === 'no-route' || !entry?.outputs ? [] : readOutputs(entry.outputs);
  const cached = entry === 'no-route' ? undefined : cachedIn(entry?.status);
  const cost = entry === 'no-route' || !entry ? {} : costIn(entry);
  return { state: 'success', outputs, settled: outputs.length > 0, cached, ...cost };
}

/** What ended says besides its word how it went, so that a word never seen is not needed. */
function ended(http: Http, { status, outputs }: HistoryEntry): RunStatus {
  const word = status?.status_str ?? undefined;
  const events = (status?.messages ?? []).map((each) => (Array.isArray(each) ? String(each[0]) : ''));
  const went = status?.completed ?? events.includes('execution_success');
  const state = stateOf(word) ?? (word === undefined || went ? 'success' : undefined);
  switch (state) {
    case 'pending':
    case 'running':
    case 'cancelling':
      return { state };
    case 'success':
      return { state, outputs: readOutputs(outputs ?? {}), settled: true, cached: cachedIn(status) };
    case 'cancelled':
      return { state, outputs: readOutputs(outputs ?? {}) };
    case 'failure':
      return failure(http, undefined, status ?? undefined, outputs);
    case undefined:
      return events.some((event) => event === 'execution_error' || event === 'execution_interrupted')
        ? failure(http, undefined, status ?? undefined, outputs)
        : { state: 'odd', word: wordOf(word) };
  }
}

/** What an answer says of it; nothing where it says nothing, so that another one's word stays. */
function costIn(answer: Priced): { cost?: Cost } {
  const cost = costOf(answer);
  return cost ? { cost } : {};
}

function outputsOf(status: RunStatus): Output[] {
  return 'outputs' in status ? status.outputs : [];
}

/** History says `error` for interrupts too; what really happened is among its messages. */
function failure(
  http: Http,
  error: RunError | undefined,
  facts: ExecutionStatus | null | undefined,
  outputs: Readonly<Record<string, unknown>> | null | undefined,
): RunStatus {
  const messages = (facts?.messages ?? []).filter((each): each is [string, unknown] => Array.isArray(each));
  if (isInterrupt(error) || messages.some(([name]) => name === 'execution_interrupted'))
    return { state: 'cancelled', outputs: readOutputs(outputs ?? {}) };

  const recorded = RunError.safeParse(messages.findLast(([name]) => name === 'execution_error')?.[1]);
  const cause = error ?? (recorded.success ? recorded.data : {});
  return { state: 'failure', ...problemOfRun(http.server, cause), outputs: readOutputs(outputs ?? {}) };
}
