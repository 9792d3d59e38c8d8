/** Frames and answers recorded from real ComfyUI servers (0.33, where not said otherwise). */
import { readFileSync } from 'node:fs';

const folder = new URL('../../fixtures/comfy-frames/', import.meta.url);

export function recordedFrames(name: string): Uint8Array[] {
  const lines = readFileSync(new URL(name, folder), 'utf8').trim().split('\n');
  return lines.map((line) => Buffer.from(line));
}

export function recordedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

export interface Refusal {
  status: number;
  body: Record<string, unknown>;
}

export function recordedRefusal(label: string): Refusal {
  const all = JSON.parse(readFileSync(new URL('refusals.json', folder), 'utf8')) as Record<string, Refusal>;
  return all[label]!;
}
