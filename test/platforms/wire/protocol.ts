/** What both ends of a wire say to each other: JSON, a line a frame. */
import { z } from 'zod';
import type { PossibleAct } from '../../../src/commands/typed/act-line.ts';
import type { Screen } from '../../../src/core/screen.ts';
import type { View } from '../../../src/core/view.ts';

const Files = z.record(z.string(), z.object({ name: z.string().max(200), base64: z.base64() })).default({});
const id = z.string().min(1).max(100);

/** From a person. `id`: of what they ask, which the answers repeat; `files`: by slot or field. */
export const Asked = z.union([
  z.object({ id, say: z.string().max(10_000), files: Files }),
  z.object({ id, press: z.enum(['cancel', 'again', 'all']), job: z.string() }),
  z.object({
    id,
    at: z.string().max(80),
    action: z.string().max(100),
    entered: z.record(z.string(), z.string().max(10_000)).default({}),
    files: Files,
  }),
]);
export type Asked = z.infer<typeof Asked>;
/** Every frame to a person is taken by them, or it is not there. */
export const Got = z.object({ got: z.number() });

/** A screen; each field is a box for text, or takes a file. */
export interface Card extends Pick<Screen, 'at' | 'title' | 'save'> {
  lines: string[];
  boxes: { key: string; lines: string[]; takes: 'text' | 'file'; problem?: string | undefined }[];
  acts: PossibleAct[];
}

export interface Message extends Pick<View, 'tone' | 'title' | 'buttons'> {
  id: string;
  lines: string[];
  files: { name: string; type: string; size: number }[];
}

/** To a person. `to`: what they asked. */
export type Told =
  | { to: string; begun: string }
  | { to: string; card: Card; failed?: boolean | undefined }
  | { to?: string; lines: string[] }
  /** That was all. */
  | { to: string; over: true }
  /** As it is now. */
  | { message: Message }
  /** A piece of a file, of a message or of an answer, that begins at a byte. */
  | { of: string; name: string; begins: number; base64: string }
  | { commands: string[] };
