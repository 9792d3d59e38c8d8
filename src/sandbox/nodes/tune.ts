/** The sandbox's sound: a plucked pentatonic tune whose key, pace and notes come from prompt and seed. */
import { setImmediate as immediate } from 'node:timers/promises';
import { hash, mixSeed, random } from './random.ts';
import type { Latent, Sound } from './values.ts';

const SAMPLE_RATE = 22_050;
/** Longer pieces are cut: the tune repeats itself anyway. */
const MAX_SECONDS = 30;
const PENTATONIC = [0, 2, 4, 7, 9, 12, 14, 16];
const SLOW = ['calm', 'slow', 'ambient', 'sad', 'lullaby', 'night', 'soft'];
const FAST = ['fast', 'dance', 'happy', 'techno', 'upbeat', 'energetic', 'rock'];

export async function playTune({ sampled, seconds = 8 }: Latent): Promise<Sound> {
  const words = (sampled?.positive ?? '').toLowerCase();
  const next = random(mixSeed(sampled?.seed ?? 0n, words));
  const has = (list: readonly string[]): boolean => list.some((word) => words.includes(word));
  const noteSeconds = has(SLOW) ? 0.55 : has(FAST) ? 0.17 : 0.28;
  const root = 196 * 2 ** ((hash(words) % 8) / 12);
  const length = Math.round(Math.min(seconds, MAX_SECONDS) * SAMPLE_RATE);
  const samples = new Float32Array(length);
  for (let at = 0; at < length; at += Math.round(noteSeconds * SAMPLE_RATE)) {
    const step = PENTATONIC[Math.floor(next() * PENTATONIC.length)] ?? 0;
    if (next() < 0.85) pluck(samples, at, root * 2 ** (step / 12), 0.28);
    if (next() < 0.3) pluck(samples, at, root / 2, 0.2);
    await immediate();
  }
  return { sampleRate: SAMPLE_RATE, samples };
}

/** A decaying tone with a soft attack and two overtones, added to what is there. */
function pluck(samples: Float32Array, start: number, frequency: number, volume: number): void {
  const length = Math.min(samples.length - start, SAMPLE_RATE);
  for (let at = 0; at < length; at += 1) {
    const time = at / SAMPLE_RATE;
    const envelope = Math.min(1, at / 120) * Math.exp(-time * 4.5) * (1 - at / SAMPLE_RATE);
    const phase = 2 * Math.PI * frequency * time;
    const wave = Math.sin(phase) + 0.35 * Math.sin(2 * phase) + 0.12 * Math.sin(3 * phase);
    samples[start + at] = (samples[start + at] ?? 0) + wave * envelope * volume;
  }
}
