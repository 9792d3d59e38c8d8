/** How a video is encoded so that it fits: its rate from its length, its size from its rate. */

export interface Probe {
  /** In seconds. */
  duration: number;
  /** In pixels. */
  width: number;
  height: number;
  /** Pictures a second. */
  rate: number;
  sound: boolean;
}

export interface Plan {
  width: number;
  height: number;
  rate: number;
  /** In bits a second; without sound 0. */
  video: number;
  audio: number;
}

/** What of the limit is for the streams, the rest for their container. */
const STREAMS = 0.95;
const AUDIO_PART = 0.12;
const MIN_AUDIO = 24_000;
const MAX_AUDIO = 128_000;
/** Below it a video is a slide show of blocks. */
const MIN_VIDEO = 40_000;
/** Bits a pixel at which H.264 still looks well. */
const GOOD = 0.05;
const MAX_RATE = 30;
/** Of the shorter edge. */
const EDGES = [1080, 720, 540, 480, 360, 240];

/** `limit` in bytes; `part` of it is aimed at. Undefined: it would be no video any more. */
export function planOf(
  { duration, width, height, rate, sound }: Probe,
  limit: number,
  part = 1,
): Plan | undefined {
  const total = (limit * 8 * STREAMS * part) / duration;
  const audio = sound ? Math.round(Math.min(MAX_AUDIO, Math.max(MIN_AUDIO, total * AUDIO_PART))) : 0;
  const video = Math.floor(total - audio);
  if (video < MIN_VIDEO) return undefined;
  const shown = Math.min(rate, MAX_RATE);
  const short = Math.min(width, height);
  const edges = [short, ...EDGES.filter((edge) => edge < short)];
  const sizes = edges.map((edge) => ({
    width: even((width * edge) / short),
    height: even((height * edge) / short),
  }));
  const size = sizes.find((one) => video / (one.width * one.height * shown) >= GOOD) ?? sizes.at(-1);
  return size && { ...size, rate: shown, video, audio };
}

/** Encoders want even numbers. */
function even(pixels: number): number {
  return Math.max(2, 2 * Math.round(pixels / 2));
}
