/** What a file is, written beside its bytes. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../core/json.ts';
import { atOnce, sizeOf } from './measure.ts';

const About = z.object({
  name: z.string(),
  type: z.string(),
  size: z.number().int().nonnegative(),
  /** In ms since 1970. */
  until: z.number().optional(),
});
export type About = z.infer<typeof About>;

/** Rejects as `fs` does, and when it says something else. */
export async function aboutIn(path: string): Promise<About> {
  return About.parse(parseJson(await readFile(path, 'utf8')));
}

/** What is there under a key, in bytes, its description's among them, and until when. */
export async function takenBy(
  path: string,
): Promise<{ bytes: number; about: number; until: number | undefined }> {
  const about = await sizeOf(`${path}.json`, atOnce);
  const bytes = about + (await sizeOf(`${path}.bin`, atOnce));
  const until = about === 0 ? undefined : (await aboutIn(`${path}.json`).catch(() => undefined))?.until; // `get` tells of it
  return { bytes, about, until };
}
