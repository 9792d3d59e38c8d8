/** Takes out of recordings and of the sandbox's messages what may differ: ids, times, counters, Python's innards. */
import { isJsonObject, parseJson, writeJson, type Json, type JsonObject } from '../../../src/core/json.ts';
import { str } from '../../../src/sandbox/engine/python.ts';
import type { Heard } from './listener.ts';

export function normalEvent(message: Heard): JsonObject {
  if (message.binary) return { binary: frameHead(message.binary) };
  const { data, type } = message;
  if (type === 'progress_state') {
    const nodes = isJsonObject(data['nodes']) ? Object.entries(data['nodes']) : [];
    const shown = nodes.map(([id, node]) => [
      id,
      isJsonObject(node) ? [node['state'], node['value'], node['max']] : node,
    ]);
    return normal({ type, nodes: Object.fromEntries(shown) });
  }
  return normal({ type, data });
}

/** `normal` of a recorded event as well, so that both sides went the same way. */
export function normal(value: JsonObject): JsonObject {
  const done = walk(value, '');
  return isJsonObject(done) ? done : {};
}

function walk(value: Json, name: string): Json {
  if (name === 'prompt_id') return value === null ? null : 'ID';
  if (name === 'timestamp' || name === 'number') return 0;
  if (name === 'sid') return 'SID';
  if (name === 'traceback') return [];
  // sets in Python: no order
  if (name === 'current_inputs')
    return (isJsonObject(value) ? Object.keys(value) : list(value).map(str)).toSorted();
  if (name === 'executed' || name === 'current_outputs') return list(value).map(str).toSorted();
  if (name === 'errors')
    return list(value)
      .map((item) => walk(item, ''))
      .toSorted((a, b) => (writeJson(a) < writeJson(b) ? -1 : 1));

  // bounds and choices matter; tooltips and the like do not
  if (name === 'input_config' && Array.isArray(value)) return walk(value[0] ?? null, '');
  if (typeof value === 'string')
    return value.replace(/_\d{5}_\./, '_N_.').replace(/ComfyUI_temp_[a-z]{5}_/, 'ComfyUI_temp_LETTERS_');

  if (Array.isArray(value)) return value.map((item) => walk(item, ''));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, key)]));
}

function list(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

function frameHead(bytes: Buffer): JsonObject {
  const event = bytes.readUInt32BE(0);
  if (event === 1) return { event, image_type: bytes.readUInt32BE(4) };
  const length = bytes.readUInt32BE(4);
  const head = bytes.toString('utf8', 8, 8 + length);
  if (event === 3) return { event, node_id: head, text: bytes.toString('utf8', 8 + length) };
  const metadata = parseJson(head);
  return { event, metadata: isJsonObject(metadata) ? { ...metadata, prompt_id: 'ID' } : metadata };
}
