/**
 * What a server says in words while a run goes on: `notification` frames of Comfy Cloud, whose `id` is the run's ("Waiting for a
 * machine"), and binary event 3 (`send_progress_text` in ComfyUI's `server.py`), by which nodes tell how far they are and what
 * they cost. Pure, and never throws.
 */
import { z } from 'zod';
import { Filled } from './schema.ts';

export interface Said {
  /** Undefined where it names no run. */
  promptId: string | undefined;
  /** As it came: with secrets, line breaks and of any length. */
  text: string;
}

const whose = Filled.nullish().catch(undefined);

const Notification = z.object({
  type: z.literal('notification'),
  data: z.object({ value: Filled, id: whose, prompt_id: whose }),
});

export function readNotification(json: unknown): Said | undefined {
  const parsed = Notification.safeParse(json);
  if (!parsed.success) return undefined;
  const { value, id, prompt_id: promptId } = parsed.data.data;
  return { promptId: promptId ?? id ?? undefined, text: value };
}

const TEXT = 3;
/** A prompt id; no node's id looks like it. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Big-endian u32 event, u32 length, node id, text. To who says `supports_progress_text_metadata` newer servers send u32
 * length and prompt id before that, and say of neither form which it is.
 */
export function readText(data: Uint8Array): Said | undefined {
  if (data.byteLength < 8 || wordAt(data, 0) !== TEXT) return undefined;
  const first = stringAt(data, 4);
  if (!first) return undefined;
  if (!UUID.test(first.text)) return told(data, first.end, undefined);
  const node = stringAt(data, first.end);
  return node && told(data, node.end, first.text);
}

function told(data: Uint8Array, from: number, promptId: string | undefined): Said | undefined {
  const text = new TextDecoder().decode(data.subarray(from));
  return text.trim() === '' ? undefined : { promptId, text };
}

function stringAt(data: Uint8Array, at: number): { text: string; end: number } | undefined {
  if (at + 4 > data.byteLength) return undefined;
  const end = at + 4 + wordAt(data, at);
  if (end > data.byteLength) return undefined;
  return { text: new TextDecoder().decode(data.subarray(at + 4, end)), end };
}

function wordAt(data: Uint8Array, at: number): number {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(at);
}
