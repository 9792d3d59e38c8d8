/** What the process for pictures is asked, and what it answers: one task at a time, over its channel. */
import { z } from 'zod';
import type { UploadLimits } from '../core/upload-limits.ts';
import type { Layout } from './layout.ts';

/** Paths are absolute. What is written goes into a file that whoever asks removes where nothing came of it. */
export interface Tasks {
  inspect: { path: string };
  convert: { path: string; into: string; within?: UploadLimits | undefined };
  shrink: { path: string; into: string; limit: number };
  /** A sheet is a file of raw pixels until it is finished: all tiles empty, then one after another. */
  canvas: { canvas: string; layout: Layout };
  tile: { path: string; canvas: string; layout: Layout; index: number };
  finish: { canvas: string; layout: Layout; into: string };
  video: { path: string; into: string; limit: number; ffmpeg: string };
}

export type Kind = keyof Tasks;
export type Task = { [K in Kind]: { kind: K } & Tasks[K] }[Kind];

export const TROUBLES = [
  'not-a-picture',
  'not-a-video',
  'too-many-pixels',
  'too-slow',
  'no-memory',
  'cannot',
] as const;
export type Trouble = (typeof TROUBLES)[number];

const Size = z.object({ size: z.number().int().positive() });

const Done = z.object({ done: z.literal(true) });

/** What a task comes to. The process reads what strangers made: even its answers are checked. */
const VALUES = {
  inspect: z.object({
    format: z.enum(['png', 'jpeg', 'webp', 'gif', 'avif']),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    pages: z.number().int().positive(),
    whole: z.boolean(),
  }),
  /** Without `made`: it has more pixels than are tried. */
  convert: z.object({
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    shrunk: z.boolean(),
    made: Size.extend({ type: z.enum(['image/png', 'image/jpeg']) }).optional(),
  }),
  shrink: Size,
  canvas: Done,
  tile: Done,
  finish: Size,
  video: Size.extend({ type: z.enum(['video/mp4', 'video/webm']) }),
} satisfies Record<Kind, z.ZodType>;

export type Value<K extends Kind> = z.infer<(typeof VALUES)[K]>;

/** `detail` is for the log. */
export interface Refusal {
  trouble: Trouble;
  detail?: string | undefined;
}

const AnyRefusal = z.object({ trouble: z.enum(TROUBLES), detail: z.string().max(2000).optional() });

/** Undefined: no answer to such a task. */
export function readAnswer<K extends Kind>(kind: K, given: unknown): Value<K> | Refusal | undefined {
  const refusal = AnyRefusal.safeParse(given);
  if (refusal.success) return refusal.data;
  const value = VALUES[kind].safeParse(given);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this kind has just read it
  return value.success ? (value.data as Value<K>) : undefined;
}
