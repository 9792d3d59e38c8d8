/** Recordings of a real ComfyUI 0.33.0, trimmed; one JSON object a line. */
import { readFileSync } from 'node:fs';
import { isJsonObject, parseJson, type JsonObject } from '../../../src/core/json.ts';

export function recording(name: string): JsonObject[] {
  const file = new URL(`../../fixtures/comfy-wire/${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8').trim().split('\n').map(parseJson).filter(isJsonObject);
}
