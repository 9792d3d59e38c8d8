/**
 * What a backend's node classes take and give, as its `GET /object_info` says. Both encodings of combo inputs
 * (`[["a","b"], {…}]` and `["COMBO", {"options": ["a","b"]}]`) read the same here.
 */
import type { Json } from './json.ts';

export interface InputInfo {
  /** ComfyUI's type: `STRING`, `INT`, `FLOAT`, `BOOLEAN`, `COMBO`, or what a link carries: `MODEL`, `IMAGE`, `*`. */
  type: string;
  required: boolean;
  /** Of a `COMBO` only: what may be chosen. Empty when the backend has none, as on a server without models. */
  options?: readonly (string | number | boolean)[] | undefined;
  default?: Json | undefined;
  /** Of `INT` and `FLOAT`; a bigint where a number would be rounded (seeds end at 2^64−1). */
  min?: number | bigint | undefined;
  max?: number | bigint | undefined;
  step?: number | undefined;
  multiline?: boolean | undefined;
  /** The options are files that can be uploaded (`image_upload` and its kind), so one that is not listed may be right. */
  upload?: boolean | undefined;
  /** The options are fetched by the editor from elsewhere (`remote`), so the list says nothing. */
  remote?: boolean | undefined;
}

export interface NodeInfo {
  /** For people: ComfyUI's `display_name`, or the class. */
  title: string;
  /** Saves or shows something: a run starts from these. */
  isOutput: boolean;
  /** Shows something although no run starts from it: ComfyUI's `has_intermediate_output`. */
  shows?: true;
  /** Calls a paid partner, at the cost of whose account the backend has. */
  partner?: true;
  /**
   * By name, in ComfyUI's order. Hidden inputs are left out; dynamic ones are flattened as in a graph, so a choice's
   * own are `resize_type.width` and a growing list's slots `images.image0`.
   */
  inputs: ReadonlyMap<string, InputInfo>;
  /** What each of its outputs carries. */
  outputs: readonly string[];
}

/** By class name. */
export type NodeClasses = ReadonlyMap<string, NodeInfo>;
