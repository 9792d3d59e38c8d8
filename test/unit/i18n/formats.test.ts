/** Times and sizes inside sentences: a carry or a cut that is wrong here is wrong in all of them. */
import { describe, expect, it } from 'vitest';
import { readTexts, type Tag } from '../../../src/i18n/languages.ts';
import { speaker } from '../../../src/i18n/speaker.ts';

const speaking = (tag: Tag) => speaker(tag, readTexts(tag));

describe('A time', () => {
  it.each([
    [940, '0.9 s'],
    [9999, '10.0 s'],
    [12_345, '12 s'],
    [59_700, '1 min 0 s'],
    [119_800, '2 min 0 s'],
    [3_723_000, '62 min 3 s'],
    [100_000_000, '1,666 min 40 s'],
  ])('of %i ms never has 60 seconds', (ms, said) => {
    expect(speaking('en').duration(ms)).toBe(said);
  });
});

describe('A size', () => {
  it.each([
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1 KB'],
    [26_214_400, '25.0 MB'],
  ])('of %i bytes is counted in powers of 1024', (size, said) => {
    expect(speaking('en').bytes(size)).toBe(said);
  });

  it.each([
    [1, '1 MB'],
    [999_000_001, '1,000 MB'],
    [5e9, '5 GB'],
    [12_345_678_901, '12.3 GB'],
    [1.23e12, '1,230 GB'],
  ])('of %i bytes in the data folder is counted in powers of ten', (size, said) => {
    expect(speaking('en').gigabytes(size)).toBe(said);
  });
});
