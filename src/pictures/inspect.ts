/** What a picture is, and whether it is whole. */
import { MAX_PIXELS } from '../core/pictures.ts';
import { decoded, header, isOutOfMemory } from './decoder.ts';
import type { Refusal, Value } from './tasks.ts';

/** A header alone proves little: it is decoded, at the cost of as few pixels as the format allows. */
const PROOF_WIDTH = 16;

export async function inspect(path: string): Promise<Value<'inspect'> | Refusal> {
  const found = await header(path);
  if (!found) return { trouble: 'not-a-picture' };
  const { format, pages, metadata } = found;
  const { width, height } = metadata;
  const facts = { format, width, height, pages };
  if (width * height > MAX_PIXELS) return { ...facts, whole: false };
  try {
    await decoded(path).resize(PROOF_WIDTH).toBuffer();
    return { ...facts, whole: true };
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    return { ...facts, whole: false };
  }
}
