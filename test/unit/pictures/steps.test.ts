import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStep, type Step, type Try } from '../../../src/pictures/steps.ts';

const MP = 1_000_000;
const picture = { pixels: 64 * MP, edge: 8000, limit: 10 * MP };

/** Encodes with what a picture's bytes are at scale 1 and quality 80. */
function search(full: number, given = picture): { tried: Try[]; best: Step | undefined } {
  const weight = (quality: number) => ({ 90: 1.9, 80: 1, 65: 0.6 })[quality] ?? 1;
  const tried: Try[] = [];
  for (;;) {
    const step = nextStep(given, tried);
    if (!step) break;
    tried.push({ ...step, size: Math.round(full * weight(step.quality) * step.scale ** 1.9) });
  }
  const [best] = tried.filter(({ size }) => size <= given.limit).toSorted((a, b) => b.size - a.size);
  return { tried, best };
}

describe('the search for a size that fits', () => {
  it('takes few encodings, and comes near the limit', () => {
    for (const full of [2, 8, 12, 30, 90, 250].map((mb) => mb * MP)) {
      const { tried, best } = search(full);
      expect(best, `${full} bytes`).toBeDefined();
      expect(tried.length).toBeLessThanOrEqual(4);
    }
  });

  it('keeps quality and size where they fit', () => {
    expect(search(2 * MP).best).toMatchObject({ scale: 1, quality: 90 });
    expect(search(8 * MP).best).toMatchObject({ scale: 1, quality: 80 });
  });

  it('begins where a sample says, and asks no more than that', () => {
    expect(nextStep({ ...picture, sampled: 0.5 }, [])).toEqual({ scale: 0.5, quality: 65 });
    const first = { scale: 0.5, quality: 80, size: 9 * MP };
    expect(nextStep(picture, [first])).toBeUndefined();
    const small = { scale: 0.25, quality: 80, size: MP };
    expect(nextStep(picture, [small])).toEqual({ scale: 1, quality: 65 });
    expect(nextStep(picture, [small], true)).toBeUndefined();
  });

  it('goes on with less where memory has ended', () => {
    expect(nextStep(picture, [{ scale: 1, quality: 80, size: Infinity }])).toMatchObject({ scale: 0.5 });
  });

  it('leaves of a small picture no less than a quarter', () => {
    const { tried, best } = search(40_000, { pixels: 160_000, edge: 400, limit: 100 });
    expect(best).toBeUndefined();
    expect(Math.min(...tried.map(({ scale }) => scale))).toBe(0.25);
  });

  it('ends, whatever comes out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), fc.nat(), (sizes, limit) => {
        const tried: Try[] = [];
        for (const size of sizes) {
          const step = nextStep({ ...picture, limit }, tried);
          if (!step) return;
          expect(tried).not.toContainEqual(expect.objectContaining(step));
          tried.push({ ...step, size });
        }
        expect(nextStep({ ...picture, limit }, tried)).toBeUndefined();
      }),
    );
  });
});
