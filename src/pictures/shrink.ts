/** A picture as a WebP that fits: encoded anew, then smaller, until it does. What plays still plays. */
import { writeFile } from 'node:fs/promises';
import { MAX_PIXELS } from '../core/pictures.ts';
import { decoded, header, isAnimatedPng, isOutOfMemory, type Header } from './decoder.ts';
import { isBetter, nextStep, type Step, type Try } from './steps.ts';
import type { Refusal, Tasks, Value } from './tasks.ts';

/** A WebP's edges, in pixels. */
const MAX_EDGE = 16_383;
/** Above it an encoder's effort costs five times the time and twice the memory for a few percent. */
const EFFORTLESS_PIXELS = 8_000_000;
/** After so long in ms, what fits is good enough. */
const HURRY_MS = 6000;

export async function shrink({ path, into, limit }: Tasks['shrink']): Promise<Value<'shrink'> | Refusal> {
  const start = performance.now();
  const found = await header(path);
  if (!found) return { trouble: 'not-a-picture' };
  const { width, height, pages, format } = found;
  if (width * height * pages > MAX_PIXELS) return { trouble: 'too-many-pixels' };
  if (format === 'png' && (await isAnimatedPng(path)))
    return { trouble: 'cannot', detail: 'an animated PNG would stand still' };

  const edge = Math.min(MAX_EDGE, Math.max(width, height));
  const base = edge / Math.max(width, height);
  const pixels = width * height * pages * base ** 2;
  const tried: Try[] = [];
  let best: { step: Step; bytes: Buffer } | undefined;
  let failure: unknown;
  const large = pixels > EFFORTLESS_PIXELS;
  const picture = { pixels, edge, limit, sampled: large ? await sample(path, found) : undefined };
  for (;;) {
    const step = nextStep(picture, tried, performance.now() - start > HURRY_MS);
    if (!step) break;
    try {
      const bytes = await encoded(path, found, { ...step, scale: step.scale * base });
      tried.push({ ...step, size: bytes.length });
      if (bytes.length <= limit && (!best || isBetter(step, best.step))) best = { step, bytes };
    } catch (error) {
      if (!isOutOfMemory(error)) return { trouble: 'not-a-picture', detail: String(error).slice(0, 500) };
      failure = error;
      tried.push({ ...step, size: Infinity });
    }
  }
  if (!best) {
    if (failure !== undefined) throw failure;
    return { trouble: 'cannot', detail: `${tried.at(-1)?.size} bytes at the least` };
  }
  await writeFile(into, best.bytes);
  return { size: best.bytes.length };
}

/** In pixels. */
const SAMPLE_EDGE = 1024;

/** Of what plays, the first of its pages. */
const SAMPLE_PAGES = 6;

/** Bytes a pixel of what is in the middle; undefined where that cannot be read, which encoding it will tell of. */
async function sample(path: string, { width, height, pages }: Header): Promise<number | undefined> {
  const part = { width: Math.min(width, SAMPLE_EDGE), height: Math.min(height, SAMPLE_EDGE) };
  const left = Math.floor((width - part.width) / 2);
  const top = Math.floor((height - part.height) / 2);
  const first = Math.min(pages, SAMPLE_PAGES);
  try {
    const picture =
      pages > 1
        ? decoded(path, first).resize({ width: part.width })
        : decoded(path).extract({ left, top, ...part });
    const { data, info } = await picture
      .webp({ quality: 80, effort: pages > 1 ? 0 : 2 })
      .toBuffer({ resolveWithObject: true });
    return data.length / (info.width * info.height);
  } catch {
    return undefined;
  }
}

function encoded(path: string, { width, height, pages }: Header, { scale, quality }: Step): Promise<Buffer> {
  const animated = pages > 1;
  const picture = decoded(path, pages);
  const large = width * height * pages * scale ** 2 > EFFORTLESS_PIXELS;
  // of what plays, effort 2 makes more than 0 does, in twice the time
  const effort = large ? (animated ? 0 : 2) : 4;
  const sized = scale === 1 ? picture : picture.resize({ width: Math.max(1, Math.round(width * scale)) });
  return sized.webp({ quality, effort }).toBuffer();
}
