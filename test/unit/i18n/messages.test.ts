import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/i18n/index.ts';
import { readTexts, TAGS } from '../../../src/i18n/languages.ts';
import { speaker } from '../../../src/i18n/speaker.ts';
import { nearestTag } from '../../../src/core/nearest-tag.ts';
import { faultsIn } from '../../../src/i18n/tool/faults.ts';
import { keyTypes } from '../../../src/i18n/tool/key-types.ts';

describe('The nearest language', () => {
  const tags = ['en', 'ja', 'zh', 'zh-TW', 'pt', 'pt-BR', 'sr-Latn'];

  it.each([
    ['zh-CN', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh_TW', 'zh-TW'],
    ['pt-BR', 'pt-BR'],
    ['pt-AO', 'pt'],
    ['JA-jp', 'ja'],
    ['en-GB-oxendict', 'en'],
    ['sr-Latn-RS', 'sr-Latn'],
  ])('to %s is %s', (locale, tag) => {
    expect(nearestTag(locale, tags)).toBe(tag);
  });

  it.each(['sr', 'fr', '', '*', 'x'.repeat(10_000), '__proto__', 'en-'])('to “%s” is none', (locale) => {
    expect(nearestTag(locale, tags)).toBeUndefined();
  });

  it('in other characters is another one', () => {
    expect(nearestTag('zh-TW', ['en', 'zh'])).toBeUndefined();
  });
});

describe('Messages', () => {
  const english = {
    hello: 'Hello, {name}.',
    jobs: '{jobs, plural, one {# job of {name}} other {# jobs of {name}}}',
    told: '{reader, select, person {Ask an admin.} other {Look at the log.}}',
    '@told': 'Who reads it.',
  };
  const polish =
    '{jobs, plural, one {# zadanie {name}} few {# zadania {name}} many {# zadań {name}} other {# zadania {name}}}';
  const right = { hello: '{name}, cześć.', jobs: polish, told: 'Zapytaj.' };
  const faults = (changed: Record<string, string>) => faultsIn('pl', { ...right, ...changed }, english);

  it('that are all there, with what they take, have no fault', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    ['not in English', { more: 'Więcej' }, 'more: is not in en.json'],
    ['empty', { hello: ' ' }, 'hello: has no words'],
    [
      'of another parameter',
      { hello: 'Cześć, {nane}.' },
      'hello: takes {nane}, which the English text does not have',
    ],
    ['without a parameter', { hello: 'Cześć.' }, 'hello: does not say {name}'],
    ['of another kind', { hello: 'Cześć, {name, number}.' }, 'hello: takes {name} as number, and it is text'],
    [
      'without a plural category',
      { jobs: '{jobs, plural, one {# zadanie {name}} other {# zadań {name}}}' },
      'jobs: has no words for {jobs} in the plural category "few"',
    ],
    ['not readable', { hello: 'Cześć, {name' }, 'hello: cannot be read: EXPECT_ARGUMENT_CLOSING_BRACE'],
    ['about another note', { '@hullo': '' }, '@hullo: is not in en.json'],
  ])('%s are a fault', (_, changed, fault) => {
    expect(faults(changed)).toContain(fault);
  });

  it('that are missing are named', () => {
    expect(faultsIn('pl', {}, english)).toEqual([
      'hello: is missing',
      'jobs: is missing',
      'told: is missing',
    ]);
  });

  it('have types by what they take', () => {
    expect(keyTypes(english)).toContain(`  'hello': { name: string | number };
  'jobs': { jobs: number; name: string | number };
  'told': { reader: string | boolean };
}`);
  });

  it.each(TAGS)('of %s are whole', (tag) => {
    expect(faultsIn(tag, readTexts(tag), readTexts('en'))).toEqual([]);
  });
});

describe('A sentence', () => {
  const { say, list } = speaker('en', readTexts('en'));

  it('is not reordered by words from right to left', () => {
    expect(say('bodies.said', { backend: 'box', text: 'שלום 5' })).toBe('box: \u2068שלום 5\u2069');
    expect(say('bodies.said', { backend: 'box', text: 'hello' })).toBe('box: hello');
    expect(list([say('quoted', { name: 'مرحبا' }), 'b'])).toBe('"\u2068مرحبا\u2069" and b');
  });

  it('counts as its language does', () => {
    expect([1, 2, 1234].map((files) => say('bodies.pictures', { files }))).toEqual([
      '1 picture:',
      '2 pictures:',
      '1,234 pictures:',
    ]);
  });
});

describe('A backend is called', () => {
  it.each([
    ['ja', 'ComfyUI at 127.0.0.1:8188', 'ComfyUI（127.0.0.1:8188）'],
    ['en', 'ComfyUI at 127.0.0.1:8188', 'ComfyUI at 127.0.0.1:8188'],
    ['ko', 'Comfy Cloud', 'Comfy Cloud'],
    ['zh', 'sandbox', '内置沙盒'],
    ['zh-TW', 'sandbox', '內建沙盒'],
    ['ja', 'the sandbox', 'サンドボックス'],
    ['ja', '', 'バックエンド'],
  ])('in %s, where a record says “%s”, %s', (tag, name, called) => {
    expect(catalogue(tag).backendName(name)).toBe(called);
  });
});
