/**
 * A backend in memory that keeps the port's promises: a prompt id is one run, an unknown run is `lost`, aborting
 * `follow` leaves the run alone. Tests say how the next submits go, and end runs when they like.
 */
import { Readable } from 'node:stream';
import type { Account } from '../../../src/core/account.ts';
import type { Backend, CancelResult, Uploaded } from '../../../src/core/backend.ts';
import { EaselError, UncertainSubmit } from '../../../src/core/errors.ts';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import type { MediaFile, Output, RunEnd, RunEvent } from '../../../src/core/run.ts';
import type { UploadLimits } from '../../../src/core/upload-limits.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { loaded } from '../disk.ts';

export interface ScriptedRun {
  readonly promptId: string;
  readonly workflow: Workflow;
  end: RunEnd | undefined;
}

/** How one submit goes. */
export type SubmitScript =
  | 'accepted'
  /** The run is queued, its answer never arrives. */
  | 'answer-lost'
  /** Nothing is queued, and the client cannot know. */
  | 'request-lost'
  /** The answer takes until the signal aborts. */
  | 'silent'
  | EaselError;

export interface ScriptedBackend extends Backend {
  readonly runs: ReadonlyMap<string, ScriptedRun>;
  /** Every run that was ever queued, in order. */
  readonly queued: readonly string[];
  readonly calls: Record<
    'check' | 'submit' | 'find' | 'follow' | 'fetch' | 'cancel' | 'upload' | 'account',
    number
  >;
  readonly uploads: readonly MediaFile[];
  /** The most runs that were unended at once. */
  readonly peak: number;
  /** For the next submits, first in first out; then `accepted`. */
  readonly submits: SubmitScript[];
  /** For the next calls of `find`: thrown. */
  readonly findErrors: EaselError[];
  /** For the next fetches: thrown. */
  readonly fetchErrors: EaselError[];
  /** While true it answers nothing, and keeps what it has. */
  away: boolean;
  /** Runs without an end stand in its own line. */
  lineUp: boolean;
  /** What its probe says instead of yes. */
  probeError: EaselError | undefined;
  /** Its node classes. Undefined (at first): nothing was read, and `nodes` throws. */
  classes: NodeClasses | undefined;
  /** What cancelling does; `stopping` ends the run. */
  cancelling: CancelResult;
  /** Runs end at once, with this. */
  auto: RunEnd | undefined;
  /** Where it says that uploads are, besides what was asked for. */
  uploaded: Partial<Uploaded>;
  /** For whom it runs; undefined (at first): it has no accounts. */
  holder: Account | undefined;
  /** What it takes as one upload. */
  limits: UploadLimits;
  /** Files that `fetch` no longer finds. */
  readonly gone: Set<string>;
  emit(promptId: string, event: RunEvent): void;
  finish(promptId: string, end?: RunEnd): void;
  /** All followers ask again. */
  poll(): void;
  /** As if the backend had been restarted: the run is unknown now. */
  forget(promptId: string): void;
  /** How many follow this run now. */
  followers(promptId: string): number;
}

export const picture = (filename = 'a.png', node = '9'): Output => ({
  node,
  kind: 'image',
  filename,
  subfolder: '',
  type: 'output',
});

export const success = (...outputs: Output[]): RunEnd => ({
  kind: 'success',
  outputs: outputs.length > 0 ? outputs : [picture()],
});

interface Follower {
  promptId: string;
  onEvent: (event: RunEvent) => void;
  look: () => void;
}

export function createScriptedBackend(): ScriptedBackend {
  const name = 'the test backend';
  const runs = new Map<string, ScriptedRun>();
  const queued: string[] = [];
  const uploads: MediaFile[] = [];
  const followers = new Set<Follower>();
  const calls = { check: 0, submit: 0, find: 0, follow: 0, fetch: 0, cancel: 0, upload: 0, account: 0 };
  const unreachable = () => new EaselError({ code: 'backend-unreachable', backend: name });
  let peak = 0;

  const of = (promptId: string): Follower[] => [...followers].filter((one) => one.promptId === promptId);
  const wake = (promptId: string): void => of(promptId).forEach(({ look }) => look());

  function accept(promptId: string, workflow: Workflow): void {
    if (runs.has(promptId)) throw new Error(`${promptId} was queued twice`);
    runs.set(promptId, { promptId, workflow, end: backend.auto });
    queued.push(promptId);
    peak = Math.max(peak, [...runs.values()].filter(({ end }) => !end).length);
  }

  function follow(
    promptId: string,
    onEvent: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<RunEnd> {
    return new Promise<RunEnd>((resolve, reject) => {
      const leave = (): void => {
        followers.delete(follower);
        signal.removeEventListener('abort', abort);
      };
      const abort = (): void => {
        leave();
        reject(signal.reason);
      };
      const look = (): void => {
        if (backend.away) return onEvent({ kind: 'silent', error: unreachable() });
        const run = runs.get(promptId);
        const end: RunEnd | undefined = run ? run.end : { kind: 'lost' };
        if (!end) return onEvent({ kind: 'asked', state: backend.lineUp ? 'pending' : 'running' });
        leave();
        resolve(end);
      };
      const follower: Follower = { promptId, onEvent, look };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      followers.add(follower);
      look();
    });
  }

  const backend: ScriptedBackend = {
    name,
    address: `${name} at 10.9.8.7:8188`,
    async about(signal) {
      await backend.check(signal);
      return { version: '0.0.1' };
    },
    runs,
    queued,
    calls,
    uploads,
    submits: [],
    findErrors: [],
    fetchErrors: [],
    gone: new Set(),
    away: false,
    lineUp: false,
    probeError: undefined,
    classes: undefined,
    cancelling: 'stopping',
    auto: undefined,
    uploaded: {},
    holder: undefined,
    limits: {},
    get peak() {
      return peak;
    },
    start: async () => undefined,
    stop: async () => undefined,
    async check() {
      calls.check += 1;
      if (backend.away) throw unreachable();
      if (backend.probeError) throw backend.probeError;
    },
    async account(signal) {
      signal.throwIfAborted();
      calls.account += 1;
      if (backend.away) throw unreachable();
      return backend.holder;
    },
    knownNodes: () => backend.classes,
    async nodes(signal) {
      signal.throwIfAborted();
      if (!backend.classes) throw new EaselError({ code: 'backend-unreachable', backend: name });
      return backend.classes;
    },
    async upload(file, signal, folder) {
      signal.throwIfAborted();
      calls.upload += 1;
      if (backend.away) throw unreachable();
      uploads.push(await loaded(file));
      return { name: `${folder === undefined ? '' : `${folder}/`}${file.name}`, ...backend.uploaded };
    },
    async uploadLimits(signal) {
      signal.throwIfAborted();
      return backend.limits;
    },
    async submit({ promptId, workflow }, signal) {
      signal.throwIfAborted();
      calls.submit += 1;
      if (backend.away) throw unreachable();
      const script = backend.submits.shift() ?? 'accepted';
      if (script instanceof EaselError) throw script;
      if (script === 'silent')
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () =>
            reject(new UncertainSubmit({ code: 'backend-timeout', backend: name })),
          );
        });
      if (script !== 'request-lost') accept(promptId, structuredClone(workflow));
      if (script !== 'accepted') throw new UncertainSubmit({ code: 'backend-timeout', backend: name });
      return { promptId };
    },
    async find(promptId, signal) {
      signal.throwIfAborted();
      calls.find += 1;
      if (backend.away) throw unreachable();
      const error = backend.findErrors.shift();
      if (error) throw error;
      return runs.has(promptId) ? { promptId } : undefined;
    },
    follow(promptId, onEvent, signal) {
      calls.follow += 1;
      return follow(promptId, onEvent, signal);
    },
    async fetch(output, save, signal) {
      signal.throwIfAborted();
      calls.fetch += 1;
      if (backend.away) throw unreachable();
      const error = backend.fetchErrors.shift();
      if (error) throw error;
      if (backend.gone.has(output.filename))
        throw new EaselError({ code: 'output-gone', name: output.filename });
      const bytes = Readable.from([Buffer.from(output.filename)]);
      return save({ name: output.filename, type: 'image/png' }, bytes);
    },
    async cancel(promptId, signal) {
      signal.throwIfAborted();
      calls.cancel += 1;
      if (backend.away) throw unreachable();
      const run = runs.get(promptId);
      if (!run || run.end) return 'gone';
      if (backend.cancelling === 'stopping') backend.finish(promptId, { kind: 'cancelled' });
      return backend.cancelling;
    },
    emit: (promptId, event) => of(promptId).forEach(({ onEvent }) => onEvent(event)),
    finish(promptId, end = success()) {
      const run = runs.get(promptId);
      if (!run) throw new Error(`no run ${promptId}`);
      run.end ??= end;
      wake(promptId);
    },
    poll: () => followers.forEach(({ look }) => look()),
    forget(promptId) {
      runs.delete(promptId);
      wake(promptId);
    },
    followers: (promptId) => of(promptId).length,
  };
  return backend;
}
