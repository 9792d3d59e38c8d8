/** What a backend tells about one run of a workflow: its events, its outputs and its end. */
import type { Cost } from './cost.ts';
import type { Problem } from './errors.ts';
import type { NodeId } from './workflow.ts';

export type OutputKind = 'image' | 'video' | 'audio' | 'text' | 'file';

/** A file that a run left on the backend, addressed as `/api/view` wants it; or a text, which is its own content. */
export interface Output {
  node: NodeId;
  kind: OutputKind;
  filename: string;
  subfolder: string;
  /** ComfyUI's folder: `output`, `temp` or `input`. */
  type: string;
  /** Only for `kind: 'text'`: the text itself; there is no file to fetch. */
  text?: string;
  /** It came over the socket, is on no backend, and lies in its job's outbox under this name. */
  kept?: string;
}

/** An output node that a backend refused while it took the others, and why, where it said so. */
export interface Unmade {
  node: NodeId;
  problem?: Problem | undefined;
}

/** A file that is small enough to be held in memory: a preview, a picture that a person attached. */
export interface MediaFile {
  name: string;
  /** MIME type, e.g. `image/png`. */
  type: string;
  bytes: Uint8Array;
}

/** Progress of one run, already routed to it. Any may be missing or repeated: the socket is decoration. */
export type RunEvent =
  /** The backend was asked and says so; `silent`: it was asked and did not say. Repeated at every question. */
  | { kind: 'asked'; state: 'pending' | 'running' | 'cancelling' }
  | { kind: 'silent'; error: unknown }
  | { kind: 'queued'; ahead?: number }
  | { kind: 'started' }
  | { kind: 'cached'; nodes: NodeId[] }
  /** `node` has begun. An expanded node ("1.0.0.1") is reported as the node in the graph that it belongs to. */
  | { kind: 'node'; node: NodeId }
  /** `value` of `max` sampler steps (or whatever `node` counts) are done. */
  | { kind: 'step'; node: NodeId; value: number; max: number }
  | { kind: 'finished'; nodes: NodeId[] }
  /** `node`: whose it is, where that is told. Of a node that sends its results over the socket it is one (core/socket-outputs). */
  | { kind: 'preview'; image: MediaFile; node?: NodeId }
  /** In its own words, in one line: what the backend or a node of the run is doing, or costs. */
  | { kind: 'said'; text: string };

/** How a run ended, verified by asking the backend; `cost`: where it said so. */
export type RunEnd = Verified & { cost?: Cost };

type Verified =
  /** `cached`: nodes that were not run, so that their files are of an earlier run and may be gone; absent: none. */
  | { kind: 'success'; outputs: Output[]; cached?: NodeId[] }
  | { kind: 'failure'; problem: Problem; detail?: string; outputs: Output[] }
  /** Interrupted or deleted, by us or by somebody at the backend; `outputs`: what it had saved before, where that is told. */
  | { kind: 'cancelled'; outputs?: Output[] }
  /** The backend does not know the run: it was restarted, or its history was cleared. */
  | { kind: 'lost' };
