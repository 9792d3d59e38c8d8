/**
 * The running server behind the routes: takes prompts, runs them one after the other (or several at once, on Comfy
 * Cloud) and tells the sockets. A restart is a new engine over the same files.
 */
import type { JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';
import type { ResultCache } from './cache.ts';
import { execute } from './execute.ts';
import type { Faults } from '../faults/faults.ts';
import type { FileStore } from '../files.ts';
import { Queue } from './queue.ts';
import type { InstalledNodes } from '../nodes/node.ts';
import type { Ended, Run } from './run.ts';
import { SocketHub } from '../routes/sockets.ts';
import type { Counters } from '../faults/stats.ts';

/** What it says of itself, by `/features` and in a socket's first message. */
export function featuresOf({ maxUploadBytes, billing }: Faults): JsonObject {
  return {
    supports_preview_metadata: true,
    supports_model_type_tags: true,
    max_upload_size: maxUploadBytes,
    extension: { manager: { supports_v4: true } },
    node_replacements: true,
    assets: false,
    ...billing.features,
  };
}

export interface EngineOptions {
  nodes: InstalledNodes;
  files: FileStore;
  faults: Faults;
  stats: Counters;
  parallel: number;
  stepMs: number;
  nodeMs: number;
  previews: boolean;
  /** As ComfyUI before July 2025: neither feature flags nor previews with metadata nor `progress_state`. */
  old: boolean;
  /** Texts say whose they are to clients that ask for it. */
  namedTexts: boolean;
  /** Every socket hears everything (Comfy Cloud). */
  socketsHearAll: boolean;
}

export class Engine {
  readonly queue: Queue;
  readonly hub: SocketHub;
  readonly #options: EngineOptions;
  readonly #cache: ResultCache = new Map();
  readonly #stop = new AbortController();
  #number = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.queue = new Queue(options.parallel);
    this.hub = new SocketHub({
      faults: options.faults,
      stats: options.stats,
      toEveryone: options.socketsHearAll,
      metadata: !options.old,
      namedTexts: options.namedTexts,
      features: () => ({
        ...featuresOf(options.faults),
        ...(options.namedTexts && { supports_progress_text_metadata: true }),
      }),
      greet: (sid) => ({ status: this.status(), executing: this.#nodeOf(sid) }),
    });
  }

  status(): JsonObject {
    return { exec_info: { queue_remaining: this.queue.remaining } };
  }

  /** The number of the next prompt; counts refused ones too. */
  nextNumber(): number {
    return this.#number++;
  }

  submit(run: Run): void {
    this.#options.stats.submitted += 1;
    this.queue.put(run);
    this.statusToAll();
    const { notification } = this.#options.faults.socket;
    if (notification !== undefined)
      this.hub.send('notification', { value: notification, id: run.promptId }, run.clientId);
    setImmediate(() => this.#pump());
  }

  statusToAll(): void {
    this.hub.send('status', { status: this.status() }, undefined);
  }

  /** Interrupts what runs: one run, or all of them. Takes effect at the next step or node. */
  interrupt(promptId?: string): boolean {
    const runs = this.queue.running.filter((run) => promptId === undefined || run.promptId === promptId);
    for (const run of runs) run.interrupted = true;
    this.#options.stats.interrupts += runs.length;
    return runs.length > 0;
  }

  /** Ends everything at once, telling nobody. */
  stop(): void {
    this.#stop.abort(new Error('the sandbox stopped'));
    this.hub.dropAll();
  }

  #nodeOf(clientId: string): NodeId | undefined {
    return this.queue.running.find((run) => run.clientId === clientId)?.node;
  }

  #pump(): void {
    for (let run = this.#next(); run; run = this.#next()) {
      this.#options.stats.started(run.promptId, this.queue.running.length);
      this.statusToAll();
      void this.#run(run);
    }
  }

  #next(): Run | undefined {
    return this.#stop.signal.aborted ? undefined : this.queue.take();
  }

  async #run(run: Run): Promise<void> {
    const { faults, files, nodeMs, nodes, old, previews, stepMs } = this.#options;
    const { signal } = this.#stop;
    const deps = {
      nodes,
      files,
      cache: this.#cache,
      outbox: this.hub,
      stepMs,
      nodeMs,
      old,
      previews,
      signal,
    };
    const execution = faults.panics > 0 ? panicked(run) : execute(run, deps);
    if (faults.panics > 0) faults.panics -= 1;
    const ended = await execution.catch((error: unknown) => {
      // the stop ends a run this way; then there is nobody left to tell
      if (signal.aborted) return undefined;
      return brokenRun(run, error);
    });
    if (!ended) return;
    this.queue.finish({ ...ended, visibleAt: faults.settleMs > 0 ? performance.now() + faults.settleMs : 0 });
    if (faults.forgetHistory) this.queue.forget(run.promptId);
    this.statusToAll();
    if (run.clientId !== undefined)
      this.hub.send('executing', { node: null, prompt_id: run.promptId }, run.clientId);

    this.#pump();
  }
}

/** Comfy Cloud's executor is no more: there is nothing of the run but that. */
async function panicked(run: Run): Promise<Omit<Ended, 'visibleAt'>> {
  return { run, outputs: {}, success: false, messages: [], panic: 'PanicError: the executor went away' };
}

/** A fault of the sandbox's own: the run fails as if a node had. */
function brokenRun(run: Run, error: unknown): Omit<Ended, 'visibleAt'> {
  const data: JsonObject = {
    prompt_id: run.promptId,
    node_id: run.node ?? '',
    node_type: run.graph[run.node ?? '']?.class_type ?? '',
    executed: [],
    exception_message: `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    exception_type: 'RuntimeError',
    traceback: [],
    current_inputs: {},
    current_outputs: [],
    timestamp: Date.now(),
  };
  return { run, outputs: {}, success: false, messages: [['execution_error', data]] };
}
