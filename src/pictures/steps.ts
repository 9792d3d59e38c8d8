/** Which size and quality to try next, so that a picture fits after few encodings: each tells what the next will come to. */

export interface Step {
  scale: number;
  quality: number;
}

export interface Try extends Step {
  /** In bytes; Infinity: there was not enough memory for it. */
  size: number;
}

export interface Picture {
  /** Width × height × pages, at scale 1. */
  pixels: number;
  /** Of the longer edge, at scale 1. */
  edge: number;
  /** In bytes. */
  limit: number;
  /** Bytes a pixel at quality 80, of a part of it. */
  sampled?: number | undefined;
}

/** By quality: bytes, compared with 80, of pictures of all kinds. */
const WEIGHTS = new Map([
  [90, 1.7],
  [80, 1],
  [65, 0.72],
]);
const SCALES = [1, 0.75, 0.5, 0.35, 0.25, 0.18, 0.125];
/** Below a quarter only what is large then, too. */
const QUARTER = 0.25;
const MIN_EDGE = 512;
/** What is saved grows a little slower than the number of pixels. */
const GROWTH = 1.7;
/** Bytes a pixel, before anything is known. */
const USUAL = 0.125;
/** An estimate aims below the limit; what comes out at half of it or more is not tried again. */
const AIM = 0.92;
const ENOUGH = 0.5;
/** Smaller by this where memory has ended. */
const LESS = 0.6;
const MAX_TRIES = 5;

const cost = ({ scale, quality }: Step): number => (WEIGHTS.get(quality) ?? 1) * scale ** GROWTH;

/** From what is best to look at to what is smallest. Undefined: the smallest that fits, if any, is what there is. */
export function nextStep(
  { pixels, edge, limit, sampled = USUAL }: Picture,
  tried: readonly Try[],
  hurry = false,
): Step | undefined {
  const steps = SCALES.filter((scale) => scale >= QUARTER || scale * edge >= MIN_EDGE).flatMap((scale) =>
    [...WEIGHTS.keys()].map((quality) => ({ scale, quality })),
  );
  const last = tried.at(-1);
  const fitting = tried.filter(({ size }) => size <= limit);
  if (tried.length >= MAX_TRIES) return undefined;
  if (fitting.length > 0 && (hurry || !last || last.size > limit || last.size >= limit * ENOUGH))
    return undefined;
  const untried = steps.filter(
    (step) => !tried.some((one) => one.scale === step.scale && one.quality === step.quality),
  );
  if (last?.size === Infinity) return untried.find(({ scale }) => scale <= last.scale * LESS);
  const perCost = last ? last.size / cost(last) : pixels * sampled;
  const tooMuch = Math.min(...tried.filter(({ size }) => size > limit).map(cost));
  const found = untried.find((step) => cost(step) < tooMuch && perCost * cost(step) <= limit * AIM);
  const [best] = fitting;
  if (!best) return found ?? untried.findLast((step) => cost(step) < tooMuch);
  return found && isBetter(found, best) ? found : undefined;
}

export function isBetter(one: Step, other: Step): boolean {
  return one.scale > other.scale || (one.scale === other.scale && one.quality > other.quality);
}
