import { describe, expect, it } from 'vitest';
import { BORDERS } from './borders.ts';
import { fuzz } from './harness.ts';

/** The short form of `npm run fuzz`. */
const SHORT = { seed: 20261122, count: 150 };

describe('what comes in from outside', () => {
  it.each(BORDERS)('is taken or refused at the border of $name, and crashes nothing', async (border) => {
    const { first, accepted, refused, crashes } = await fuzz(border, SHORT);
    expect(first, `seed ${SHORT.seed}`).toEqual([]);
    expect(crashes).toBe(0);
    // neither all nor nothing of it is right
    expect(Math.min(accepted, refused)).toBeGreaterThan(SHORT.count / 50);
  });
});
