import { describe, expect, it } from 'vitest';
import { parseJson, writeJson } from '../../../src/core/json.ts';

describe('exact JSON', () => {
  it('keeps the largest ComfyUI seed digit for digit', () => {
    const text = '{"seed":18446744073709551615,"cfg":7.5,"steps":20}';
    expect(parseJson(text)).toEqual({ seed: 18446744073709551615n, cfg: 7.5, steps: 20 });
    expect(writeJson(parseJson(text))).toBe(text);
  });

  it('leaves floats and small integers as numbers', () => {
    expect(parseJson('[1e300, 9007199254740991, -9007199254740993, 0.1]')).toEqual([
      1e300,
      9007199254740991,
      -9007199254740993n,
      0.1,
    ]);
  });
});
