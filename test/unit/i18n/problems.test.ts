/** Sentences for problems that are made of more than one message. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/errors.ts';
import type { Rank } from '../../../src/core/rank.ts';
import { catalogue, languages, sentence } from '../../../src/i18n/index.ts';

const said = (problem: Problem, { reader = 'person', tag = 'en' }: { reader?: Rank; tag?: string } = {}) =>
  sentence(catalogue(tag), problem, reader);

describe('what explains another problem', () => {
  const explained = (...findings: Problem[]) => said({ code: 'not-publishable', findings });

  it('is said in its order', () => {
    expect(explained({ code: 'not-text', slot: 'a' }, { code: 'not-text', slot: 'b' })).toBe(
      'It can’t be published yet. "a" takes text, not a file. "b" takes text, not a file.',
    );
  });

  it('is said once where it is alike, and what is left out is counted', () => {
    const nodes: Problem[] = ['A', 'B', 'C'].map((node) => ({ code: 'missing-node', node }));
    const slots: Problem[] = Array.from({ length: 9 }, (_none, n) => ({
      code: 'slot-exists',
      slot: `s${n}`,
    }));
    const all = explained(...nodes, ...slots);
    expect(all).toContain('A, B, and C');
    expect(all).toContain('"s3"');
    expect(all).not.toContain('"s4"');
    expect(all).toMatch(/… and 5 more; \/template edit shows them all\.$/);
  });

  it.each(['brush-dry', 'toString'])('leaves out what this version does not know: %s', (code) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as a version after this one stored it
    const later = { code } as unknown as Problem;
    expect(explained(later, { code: 'not-text', slot: 'a' })).toBe(
      'It can’t be published yet. "a" takes text, not a file.',
    );
    expect(said({ code: 'template-unfit', name: 'fox', findings: [later] })).toContain('/fox');
  });

  it.each(languages().map(({ tag }) => tag))('has no gap between sentences where %s has none', (tag) => {
    const findings: Problem[] = ['a', 'b'].map((slot) => ({ code: 'slot-exists', slot }));
    expect(said({ code: 'not-publishable', findings }, { tag }).includes('。 ')).toBe(false);
  });
});

describe('a command that there is not', () => {
  it('is told with those that there are, or how to see them where none can be named', () => {
    const fly = { code: 'unknown-template', name: 'fly' } as const;
    expect(said({ ...fly, known: ['imagine', 'upscale'] })).toBe(
      'There is no /fly here. You can use /imagine and /upscale.',
    );
    expect(said({ ...fly, known: [] })).toBe('There is no /fly here. Type /help to see what there is.');
  });
});

describe('a problem that was stored damaged', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a broken record may hold
  const damaged = (facts: object) => facts as unknown as Problem;

  it.each([
    { code: 'missing-value' },
    { code: 'too-long', slot: 'prompt', length: 3 },
    { code: 'too-long', slot: 'prompt', length: 3, maxLength: NaN },
    { code: 'image-too-large', slot: 'image', size: 3 },
    { code: 'not-publishable', findings: [{ code: 'backend-busy' }] },
    { code: 'which-job', titles: 'a red fox' },
    { code: 'too-large-for-backend', backend: 'Comfy Cloud', limit: 'toString', max: 3 },
    { code: 'toString' },
  ])('is the general one: $code', (facts) => {
    for (const { tag } of languages()) {
      expect(said(damaged({}), { tag })).toBe(said({ code: 'internal', ref: '' }, { tag }));
      const general = said({ code: 'internal', ref: facts.code }, { tag });
      expect(said(damaged(facts), { tag })).toBe(general);
    }
  });
});

it('what the backend said is read by who runs Easel, and stands beside the sentence where it is shown', () => {
  const broken = { code: 'backend-broken', backend: 'Comfy Cloud', status: 502 } as const;
  const words = { ...broken, words: 'Bad Gateway' };
  expect(said(words)).toBe(said(broken));
  expect(said(words, { reader: 'admin' })).toBe(said(broken, { reader: 'admin' }));
  expect(said(words, { reader: 'operator' })).toContain('It said: "Bad Gateway".');
  expect(said({ ...broken, words: '' }, { reader: 'operator' })).toMatch(/\(HTTP 502\)\.$/);
  expect(said({ ...broken, status: 0 })).not.toContain('HTTP');
});

it('millions of pixels are counted as each language does', () => {
  const large: Problem = {
    code: 'image-too-many-pixels',
    slot: 's',
    width: 9,
    height: 9,
    maxPixels: 67_108_864,
  };
  expect(said(large)).toContain('67 megapixels');
  expect(said(large, { tag: 'zh' })).toContain('6,711 万像素');
});

it.each([
  ['en', '"a" or "b"'],
  ['ja', '「a」、「b」'],
  ['ko', '"a" 및 "b"'],
  ['zh', '“a”或“b”'],
  ['zh-TW', '「a」或「b」'],
])('what a template has none of is listed as %s denies it', (tag, list) => {
  expect(said({ code: 'options-left-out', name: 'fox', slots: ['a', 'b'] }, { tag })).toContain(list);
});
