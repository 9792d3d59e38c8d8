/** What a node class is: its inputs as `/object_info` lists them, and how it runs. */
import type { Json, JsonObject } from '../../core/json.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import type { FileStore } from '../files.ts';
import type { Picture, Value } from './values.ts';

/** A type name, or the choices of a drop-down; then its bounds and default. */
export type InputSpec = readonly [type: string | readonly string[], options?: Readonly<JsonObject>];
export type InputTable = Readonly<Record<string, InputSpec>>;

export interface NodeClass {
  title: string;
  category: string;
  required: InputTable;
  optional?: InputTable;
  hidden?: Readonly<Record<string, string>>;
  outputs: readonly string[];
  outputNames?: readonly string[];
  /** Its results are what a prompt is run for. */
  isOutput?: boolean;
  /** Choices that depend on the files and models present; they replace those in `required`. */
  choices?: (files: FileStore) => Readonly<Record<string, readonly string[]>>;
  /** ComfyUI's VALIDATE_INPUTS: takes over the checks of `input`; returns what is wrong with it. */
  check?: { input: string; run: (value: Json, files: FileStore) => string | undefined };
  /** ComfyUI's IS_CHANGED: part of the cache key besides the inputs. */
  fingerprint?: (inputs: Inputs, files: FileStore) => string;
  run: (inputs: Inputs, run: NodeRun) => Promise<NodeResult>;
}

export interface NodeResult {
  values?: readonly Value[];
  /** What `executed` and the history show: `{images: […]}`. */
  ui?: JsonObject;
}

/** What a running node may do. Every wait in it ends when the run is interrupted or the server stops. */
export interface NodeRun {
  nodeId: NodeId;
  graph: Workflow;
  /** The prompt's `extra_data`. */
  extra: JsonObject;
  files: FileStore;
  /** Time of one sampler step in milliseconds, as the sandbox was told. */
  stepMs: number;
  /** Whether previews are wanted, so that nobody draws them for nothing. */
  previews: boolean;
  /** Waits; throws when the run was interrupted, at the end of the wait as ComfyUI's nodes do. */
  pause: (ms: number) => Promise<void>;
  /** Waits without looking at the interrupt flag. */
  sleep: (ms: number) => Promise<void>;
  progress: (value: number, max: number, preview?: Preview) => void;
  /** Sends a picture as binary event 1, which says nothing of whose it is, also to clients that know better. */
  send: (picture: Preview) => void;
  /** Begins a node that this one was expanded to, `ID.0.0.NUMBER`. */
  inner: (number: number) => InnerNode;
  /** Sends a text frame (binary event 3). */
  text: (text: string) => void;
  /** Sends a `notification` that does not say whose it is. */
  notify: (text: string) => void;
}

export interface InnerNode {
  progress: (value: number, max: number) => void;
  finish: () => void;
}

export interface Preview {
  bytes: Uint8Array;
  type: 'image/jpeg' | 'image/png';
}

export type NodeTable = Readonly<Record<string, NodeClass>>;
/** By name: what a running sandbox has. */
export type InstalledNodes = ReadonlyMap<string, NodeClass>;

/** A node's failure as ComfyUI reports it: `ValueError`, `torch.OutOfMemoryError`. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** A node's inputs after links were followed; each reader throws what a broken node would. */
export class Inputs {
  readonly #plain: Readonly<Record<string, Json>>;
  readonly #linked: ReadonlyMap<string, Value>;

  constructor(plain: Readonly<Record<string, Json>>, linked: ReadonlyMap<string, Value>) {
    this.#plain = plain;
    this.#linked = linked;
  }

  text(name: string, fallback = ''): string {
    const value = this.#plain[name];
    return typeof value === 'string' ? value : fallback;
  }

  number(name: string, fallback = 0): number {
    const linked = this.#linked.get(name);
    if (linked?.type === 'INT') return linked.value;
    const value = this.#plain[name];
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : fallback;
  }

  /** An integer that may exceed 2^53: a seed. */
  integer(name: string): bigint {
    const value = this.#plain[name];
    if (typeof value === 'bigint') return value;
    return typeof value === 'number' ? BigInt(Math.trunc(value)) : 0n;
  }

  flag(name: string, fallback = false): boolean {
    const value = this.#plain[name];
    return typeof value === 'boolean' ? value : fallback;
  }

  link<T extends Value['type']>(name: string, type: T): Extract<Value, { type: T }> {
    const value = this.#linked.get(name);
    if (!value || !isType(value, type)) throw new NodeFailure('TypeError', `${name} is not a ${type}`);

    return value;
  }

  pictures(name: string): readonly Picture[] {
    return this.link(name, 'IMAGE').pictures;
  }
}

function isType<T extends Value['type']>(value: Value, type: T): value is Extract<Value, { type: T }> {
  return value.type === type;
}
