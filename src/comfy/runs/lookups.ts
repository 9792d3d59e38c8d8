/**
 * Asks a backend what became of a run, by the best route that it has. ComfyUI before 0.5.1 has no `/api/jobs/{id}`
 * (its 404 has no JSON body, unlike "no such job"); its `/history/{id}` is `{}` for a run that waits, runs or never
 * was, so the queue is asked too. Comfy Cloud's `/api/jobs/{id}` is backed by `/api/job/{id}/status`.
 */
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Output } from '../../core/run.ts';
import { stateOf, type Lookup } from '../dialects/index.ts';
import { errorOfAnswer, errorOfSilence } from '../wire/refusals.ts';
import { jsonOf, segment, type Answer } from '../wire/transport.ts';
import { readOutputs } from './outputs.ts';
import { readQueue } from '../wire/queue.ts';
import { isInterrupt, problemOfRun } from './run-errors.ts';
import { HistoryEntry, JobAnswer, JobStatusAnswer, RunError, type ExecutionStatus } from '../wire/schema.ts';
import type { Server } from './deps.ts';

export type Sight =
  | { state: 'unknown' | 'pending' | 'running' }
  /** `outputs`: what it had saved before. */
  | { state: 'cancelled'; outputs: Output[] }
  /** `settled`: there is no reason to think that outputs will still turn up. */
  | { state: 'success'; outputs: Output[]; settled: boolean }
  | { state: 'failure'; problem: Problem; detail: string; outputs: Output[] };

export interface Looker {
  /** Throws EaselError when the backend does not answer, or not with an answer. */
  look(promptId: string, signal: AbortSignal): Promise<Sight>;
  /** Forgets which routes are missing: another server may answer from now on. */
  forget(): void;
}

export function createLooker(server: Server): Looker {
  const absent = new Set<Lookup>();

  return {
    async look(promptId, signal) {
      const missing: Lookup[] = [];
      for (const lookup of server.dialect.lookups) {
        if (absent.has(lookup)) continue;
        const sight = await lookups[lookup](server, promptId, signal);
        if (sight === 'absent') {
          missing.push(lookup);
          continue;
        }
        if (sight.state === 'unknown' && lookup === 'jobs' && server.dialect.lookups.includes('job-status')) {
          const second = absent.has('job-status') ? sight : await byStatus(server, promptId, signal);
          return second === 'absent' ? sight : second;
        }
        // Believed only now that another route has answered sensibly: a proxy without its server says 404 to all.
        for (const each of missing) absent.add(each);
        return sight;
      }
      absent.clear();
      throw new EaselError({ code: 'backend-broken', backend: server.name, status: 404 });
    },
    forget: () => absent.clear(),
  };
}

type LookupResult = Promise<Sight | 'absent'>;

const lookups: Record<Lookup, (server: Server, promptId: string, signal: AbortSignal) => LookupResult> = {
  jobs: byJob,
  'job-status': byStatus,
  history: byHistory,
};

async function byJob(server: Server, promptId: string, signal: AbortSignal): LookupResult {
  const answer = await ask(server, `api/jobs/${segment(promptId)}`, signal);
  if (isRouteMissing(answer)) return 'absent';
  if (answer.status === 404) return { state: 'unknown' };
  const job = JobAnswer.safeParse(read(server, answer));
  if (!job.success) throw broken(server, answer);
  const { status, outputs, outputs_count: count, execution_error: error, execution_status: facts } = job.data;
  const state = stateOf(status);
  if (state === 'failure') return failure(server, error ?? undefined, facts, outputs);
  if (state === 'cancelled') return { state, outputs: readOutputs(outputs ?? {}) };
  if (state !== 'success') return { state };
  const found = readOutputs(outputs ?? {});
  if (found.length > 0 || count === 0) return { state, outputs: found, settled: true };
  return await withHistory(server, promptId, signal);
}

async function byStatus(server: Server, promptId: string, signal: AbortSignal): LookupResult {
  const answer = await ask(server, `api/job/${segment(promptId)}/status`, signal);
  if (isRouteMissing(answer)) return 'absent';
  if (answer.status === 404) return { state: 'unknown' };
  const job = JobStatusAnswer.safeParse(read(server, answer));
  if (!job.success) throw broken(server, answer);
  const state = stateOf(job.data.status);
  if (state === 'success') return await withHistory(server, promptId, signal);
  if (state === 'cancelled') return { state, outputs: [] };
  if (state !== 'failure') return { state };
  const message = job.data.error_message ?? undefined;
  // Comfy Cloud's messages begin with the kind of error where there is one.
  const type = /^\w+Error\b/.exec(message ?? '')?.[0];
  return failure(server, { exception_message: message, exception_type: type }, undefined, undefined);
}

/** A finished run's outputs from its history. */
async function withHistory(server: Server, promptId: string, signal: AbortSignal): Promise<Sight> {
  const entry = await historyEntry(server, promptId, signal);
  const outputs = entry === 'absent' || !entry?.outputs ? [] : readOutputs(entry.outputs);
  return { state: 'success', outputs, settled: outputs.length > 0 };
}

async function byHistory(server: Server, promptId: string, signal: AbortSignal): LookupResult {
  const entry = await historyEntry(server, promptId, signal);
  if (entry === 'absent') return 'absent';
  if (entry) return ended(server, entry);
  const queue = await readQueue(server, signal);
  if (queue.running.some((each) => each.id === promptId)) return { state: 'running' };
  if (queue.pending.some((each) => each.id === promptId)) return { state: 'pending' };
  // Between the two questions it may have ended.
  const late = await historyEntry(server, promptId, signal);
  return late && late !== 'absent' ? ended(server, late) : { state: 'unknown' };
}

function ended(server: Server, { status, outputs }: HistoryEntry): Sight {
  const word = status?.status_str;
  if (word !== undefined && stateOf(word) !== 'success')
    return failure(server, undefined, status ?? undefined, outputs);
  return { state: 'success', outputs: readOutputs(outputs ?? {}), settled: true };
}

/** The entry, keyed by the prompt id or flat (Comfy Cloud has had both); undefined: none yet. */
async function historyEntry(
  server: Server,
  promptId: string,
  signal: AbortSignal,
): Promise<HistoryEntry | 'absent' | undefined> {
  const answer = await ask(server, `${server.dialect.history}/${segment(promptId)}`, signal);
  if (isRouteMissing(answer)) return 'absent';
  if (answer.status === 404) return undefined;
  const body = read(server, answer);
  if (typeof body !== 'object' || body === null) throw broken(server, answer);
  const keyed: unknown = Object.entries(body).find(([key]) => key === promptId)?.[1];
  const entry = HistoryEntry.safeParse(keyed ?? body);
  return entry.success && (entry.data.outputs || entry.data.status) ? entry.data : undefined;
}

/** History says `error` for interrupts too; what really happened is among its messages. */
function failure(
  server: Server,
  error: RunError | undefined,
  facts: ExecutionStatus | null | undefined,
  outputs: Readonly<Record<string, unknown>> | null | undefined,
): Sight {
  const messages = (facts?.messages ?? []).filter((each): each is [string, unknown] => Array.isArray(each));
  if (isInterrupt(error) || messages.some(([name]) => name === 'execution_interrupted')) {
    return { state: 'cancelled', outputs: readOutputs(outputs ?? {}) };
  }
  const told = RunError.safeParse(messages.findLast(([name]) => name === 'execution_error')?.[1]);
  const cause = error ?? (told.success ? told.data : {});
  return { state: 'failure', ...problemOfRun(server, cause), outputs: readOutputs(outputs ?? {}) };
}

async function ask(server: Server, path: string, signal: AbortSignal): Promise<Answer> {
  try {
    return await server.http.ask(path, { signal });
  } catch (error) {
    throw errorOfSilence(server, error);
  }
}

/** "No such run" has a JSON body; "no such route" has none. 405: the path exists for another method only. */
function isRouteMissing(answer: Answer): boolean {
  return answer.status === 405 || (answer.status === 404 && typeof jsonOf(answer) !== 'object');
}

function read(server: Server, answer: Answer): unknown {
  if (answer.status !== 200) throw broken(server, answer);
  return jsonOf(answer);
}

function broken(server: Server, answer: Answer): EaselError {
  return errorOfAnswer(server, answer);
}
