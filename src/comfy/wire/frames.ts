/**
 * Reads the socket's frames. Pure, and never throws: whatever a server sends, a frame is either understood or
 * undefined. Frames that name no run are undefined too, because they may be about a stranger's: `status`,
 * `feature_flags`, the `executing` after a reconnect; and previews and texts, of which `nameless` reads what they hold.
 */
import { z } from 'zod';
import type { RunEvent } from '../../core/run.ts';
import type { NodeId } from '../../core/workflow.ts';
import { readJson } from './json.ts';
import { previewOf } from './picture.ts';
import { readNotification, readText, type Said } from './said.ts';
import { Filled, RunError } from './schema.ts';

type Step = Extract<RunEvent, { kind: 'step' }>;

/** `part`: the node that counts, which may be one that `node` was expanded to. */
export type FrameEvent = Exclude<RunEvent, Step> | (Step & { part: NodeId });

export interface Frame {
  promptId: string;
  events: FrameEvent[];
  /** The run is said to have ended, well or not: worth asking the backend now. */
  ended: boolean;
  /** What an output node has left, under the keys that its record will have; in a text of so many bytes. */
  executed?: { node: NodeId; output: unknown; bytes: number };
  /** As what it is said to have ended. */
  end?: { kind: 'success' | 'cancelled' } | { kind: 'failure'; error: RunError };
}

const id = z.coerce.string();
const maybeId = id.nullish().catch(undefined);

const TextFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('execution_start'), data: z.object({ prompt_id: Filled }) }),
  z.object({
    type: z.literal('execution_cached'),
    data: z.object({ prompt_id: Filled, nodes: z.array(id) }),
  }),
  z.object({
    type: z.literal('executing'),
    data: z.object({ prompt_id: Filled, node: id.nullish(), display_node: maybeId }),
  }),
  z.object({
    type: z.literal('progress'),
    data: z.object({ prompt_id: Filled, node: id, value: z.number(), max: z.number() }),
  }),
  z.object({
    type: z.literal('progress_state'),
    data: z.object({
      prompt_id: Filled,
      nodes: z.record(
        z.string(),
        z.object({
          value: z.number().optional(),
          max: z.number().optional(),
          state: z.string().optional(),
          display_node_id: maybeId,
        }),
      ),
    }),
  }),
  z.object({
    type: z.literal('executed'),
    data: z.object({ prompt_id: Filled, node: id, display_node: maybeId, output: z.unknown() }),
  }),
  z.object({
    type: z.enum(['execution_success', 'execution_interrupted']),
    data: z.object({ prompt_id: Filled }),
  }),
  z.object({
    type: z.literal('execution_error'),
    data: RunError.extend({ prompt_id: Filled }),
  }),
]);
type TextFrame = z.infer<typeof TextFrame>;

/** It may say `image_type` too, which Comfy Cloud's documents leave out. */
const PreviewMeta = z.object({ prompt_id: Filled, node_id: maybeId, display_node_id: maybeId });

/**
 * A `progress_state` names every node that has begun, at every step: of thousands of nodes these would keep Easel busy
 * with nothing else. A larger frame is not read; the small ones beside it tell the same.
 */
export const MAX_TEXT = 256 * 1024;
/** These come once a node, or once a run: what a node left, and an error with all that its node was given. */
const MAY_BE_LONG = /"type": ?"(executed|execution_error)"/;
const MAX_LONG_TEXT = 8 * 1024 * 1024;
/** Of the nodes that run at once, as many are told of: people are shown one. */
const MAX_RUNNING = 8;

export function parseFrame(data: Uint8Array, isBinary: boolean): Frame | undefined {
  if (isBinary) return parsePreview(data) ?? wordsOf(data.byteLength > MAX_TEXT ? undefined : readText(data));
  if (data.byteLength > (mayBeLong(data) ? MAX_LONG_TEXT : MAX_TEXT)) return undefined;
  const json = readJson(data);
  const parsed = TextFrame.safeParse(json);
  return parsed.success ? frameOf(parsed.data, data.byteLength) : wordsOf(readNotification(json));
}

/** By its beginning, as ComfyUI writes it. */
function mayBeLong(data: Uint8Array): boolean {
  return MAY_BE_LONG.test(new TextDecoder('latin1').decode(data.subarray(0, 64)));
}

function wordsOf(said: Said | undefined): Frame | undefined {
  if (said?.promptId === undefined) return undefined;
  return { promptId: said.promptId, events: [{ kind: 'said', text: said.text }], ended: false };
}

/** The node of the graph that a node belongs to: a node expanded at run time from "1" is called "1.0.0.1". */
export function graphNode(node: NodeId): NodeId {
  return node.split('.', 1)[0] ?? node;
}

function frameOf({ type, data }: TextFrame, bytes: number): Frame {
  const frame: Frame = { promptId: data.prompt_id, events: [], ended: false };
  switch (type) {
    case 'execution_start':
      frame.events.push({ kind: 'started' });
      break;
    case 'execution_cached':
      frame.events.push({ kind: 'cached', nodes: data.nodes.map(graphNode) });
      break;
    case 'executing':
      // `node: null` ends successes, errors and interrupts alike.
      if (data.node === null || data.node === undefined) frame.ended = true;
      else frame.events.push({ kind: 'node', node: graphNode(data.display_node ?? data.node) });
      break;
    case 'progress':
      frame.events.push(...step(data.node, data.node, data.value, data.max));
      break;
    case 'progress_state':
      frame.events.push(...progress(data.nodes));
      break;
    case 'executed':
      frame.events.push({ kind: 'finished', nodes: [graphNode(data.display_node ?? data.node)] });
      frame.executed = { node: data.node, output: data.output, bytes };
      break;
    case 'execution_success':
      return { ...frame, ended: true, end: { kind: 'success' } };
    case 'execution_interrupted':
      return { ...frame, ended: true, end: { kind: 'cancelled' } };
    case 'execution_error': {
      const { prompt_id: _, ...error } = data;
      return { ...frame, ended: true, end: { kind: 'failure', error } };
    }
  }
  return frame;
}

type NodeStates = Extract<TextFrame, { type: 'progress_state' }>['data']['nodes'];

function progress(nodes: NodeStates): FrameEvent[] {
  const states = Object.entries(nodes);
  // an expanded node that is done says nothing about the node it was expanded from
  const finished = states.filter(([node, { state }]) => state === 'finished' && graphNode(node) === node);
  // 0 of 1 is what a node without steps of its own says; of an expanded one those that are done count too
  const counting = states
    .filter(([node, { state, max }]) => (max ?? 0) > 1 && (state === 'running' || isDonePart(node, state)))
    .slice(-MAX_RUNNING);
  const events: FrameEvent[] = counting.flatMap(([node, { value, max, display_node_id: shown }]) =>
    step(shown ?? node, node, value ?? 0, max ?? 0),
  );
  if (finished.length > 0) events.unshift({ kind: 'finished', nodes: finished.map(([node]) => node) });
  return events;
}

function isDonePart(node: NodeId, state: string | undefined): boolean {
  return state === 'finished' && graphNode(node) !== node;
}

function step(node: NodeId, part: NodeId, value: number, max: number): FrameEvent[] {
  if (!Number.isFinite(value) || !Number.isFinite(max) || max <= 0) return [];
  return [{ kind: 'step', node: graphNode(node), part, value: Math.min(Math.max(value, 0), max), max }];
}

const PREVIEW_WITH_METADATA = 4;

/** Event 4: big-endian u32 event, u32 length, JSON metadata, image. What kind of image its bytes say. */
function parsePreview(data: Uint8Array): Frame | undefined {
  if (data.byteLength < 8) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = 8 + view.getUint32(4);
  if (view.getUint32(0) !== PREVIEW_WITH_METADATA || end >= data.byteLength) return undefined;
  if (end > MAX_TEXT) return undefined;
  const meta = PreviewMeta.safeParse(readJson(data.subarray(8, end)));
  if (!meta.success) return undefined;
  const image = previewOf(data.subarray(end));
  if (!image) return undefined;
  const node = meta.data.display_node_id ?? meta.data.node_id;
  const whose = node !== null && node !== undefined && { node: graphNode(node) };
  return { promptId: meta.data.prompt_id, events: [{ kind: 'preview', image, ...whose }], ended: false };
}
