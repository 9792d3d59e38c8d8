/**
 * What flows along a graph's links. Nothing is computed until a picture is needed: conditioning carries its text
 * and a latent carries what it was sampled from, so that VAEDecode can paint it.
 */

/** 8-bit RGB, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Latent {
  width: number;
  height: number;
  batch: number;
  /** More than one: a moving picture. */
  frames: number;
  /** Sound instead of a picture: its length. */
  seconds?: number;
  /** Present after a sampler. */
  sampled?: {
    positive: string;
    negative: string;
    model: string;
    seed: bigint;
    cfg: number;
    /** Share of the picture that is new; below 1 the source shows through. */
    denoise: number;
  };
  /** What VAEEncode put in. */
  source?: readonly Picture[];
}

export interface Sound {
  sampleRate: number;
  /** One channel, −1…1. */
  samples: Float32Array;
}

export type Value =
  | { type: 'INT'; value: number }
  | { type: 'MODEL'; name: string }
  | { type: 'CLIP'; name: string }
  | { type: 'VAE'; name: string }
  | { type: 'UPSCALE_MODEL'; name: string }
  | { type: 'CONDITIONING'; text: string }
  | { type: 'LATENT'; latent: Latent }
  | { type: 'IMAGE'; pictures: readonly Picture[] }
  | { type: 'MASK'; pictures: readonly Picture[] }
  | { type: 'AUDIO'; sound: Sound };
