/** The port through which jobs reach a ComfyUI-compatible server; implemented in `comfy/`. */
import type { Account } from './account.ts';
import type { NodeClasses } from './nodes.ts';
import type { FileAbout, StoredFile } from './files.ts';
import type { Output, RunEnd, RunEvent, Unmade } from './run.ts';
import type { UploadLimits } from './upload-limits.ts';
import type { Workflow } from './workflow.ts';

export type CancelResult =
  /** It is stopped or will stop at its next step; the end must still be read from `follow`. */
  | 'stopping'
  /** It runs on: stopping it would stop somebody else's run too. */
  | 'unstoppable'
  /** The backend no longer has it, or it has ended. */
  | 'gone';

/** Where an uploaded file is. */
export interface Uploaded {
  /** With the folders before it, as an input that reads it names it. */
  name: string;
  /** Not in the input folder but in this one, which only some node classes can be told of. */
  elsewhere?: 'output' | 'temp' | undefined;
}

/** Puts an output where it is kept, as it comes; called again when what came was not whole. */
export type Save = (about: FileAbout, bytes: AsyncIterable<Uint8Array>) => Promise<StoredFile>;

export interface Backend {
  /** For people: `Comfy Cloud`, `ComfyUI`; or a name that every language has its own word for (`core/backend-name.ts`). */
  readonly name: string;
  /** For logs and who runs Easel: `ComfyUI at 127.0.0.1:8188`. */
  readonly address: string;
  /** Opens the socket in the background; resolves at once, also when the backend is down. */
  start(): Promise<void>;
  /** Closes the socket and idle connections. Idempotent. */
  stop(): Promise<void>;
  /** Resolves when the backend answers; throws EaselError otherwise. */
  check(signal: AbortSignal): Promise<void>;
  /** As `check`, and what it says of itself: its version, where it has one. */
  about(signal: AbortSignal): Promise<{ version?: string }>;
  /** What it says of the account that it runs jobs for; undefined: it has none. Throws EaselError. */
  account(signal: AbortSignal): Promise<Account | undefined>;
  /**
   * The node classes that it was last seen with, at once; undefined until the first reading. They are read in the
   * background: at the start, after its socket was lost, and when somebody looks at what is older than a minute.
   * Never throws.
   */
  knownNodes(): NodeClasses | undefined;
  /**
   * Its node classes, asked for at most `maxAgeMs` ago; 0: now. Default: whenever, so only the first reading is
   * waited for. Callers share requests. Throws EaselError when they can't be read, even if older ones are known.
   */
  nodes(signal: AbortSignal, maxAgeMs?: number): Promise<NodeClasses>;
  /**
   * Stores an input file on the backend, in a folder of its input folder where one is named and the backend has folders;
   * resolves to where it is, which the backend decides. Throws EaselError.
   */
  upload(file: StoredFile, signal: AbortSignal, folder?: string): Promise<Uploaded>;
  /**
   * What it takes as one upload, as far as it says so: known, or asked for every now and then. `upload` throws
   * `too-large-for-backend` for what is over, before anything is sent. Throws EaselError where nothing can be known.
   */
  uploadLimits(signal: AbortSignal): Promise<UploadLimits>;
  /**
   * Queues a graph under our own prompt id (a lowercase UUID). Resolves to the id that the backend uses, which
   * may be another one. Throws EaselError; as `UncertainSubmit` when the run may have been queued all the same:
   * then `find` before submitting again. `unmade`: output nodes that it refused while it took the others;
   * absent: it did not say.
   */
  submit(
    run: { promptId: string; workflow: Workflow },
    signal: AbortSignal,
  ): Promise<{ promptId: string; unmade?: Unmade[] }>;
  /**
   * Looks for a run that may have been queued: by our prompt id, then, where the backend chooses ids itself, by the
   * mark that `submit` left in `extra_data`. Undefined: not there.
   */
  find(promptId: string, signal: AbortSignal): Promise<{ promptId: string } | undefined>;
  /**
   * Reports a run's progress until its verified end. Polls as well as listens, so it ends also when the socket
   * never says a word. Survives an unreachable backend for as long as it takes: each question that had no answer is an
   * event `silent`. Aborting `signal` stops following (not the run) and rejects with the signal's reason.
   */
  follow(promptId: string, onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<RunEnd>;
  /**
   * Fetches one output's file; throws `output-gone` for a 404, `output-too-large` beyond the limit, and what `save`
   * throws, as it is.
   */
  fetch(output: Output, save: Save, signal: AbortSignal): Promise<StoredFile>;
  /** Stops exactly this run. The promise settles when the backend has answered, not when the run has stopped. */
  cancel(promptId: string, signal: AbortSignal): Promise<CancelResult>;
}
