import { describe, expect, it } from 'vitest';
import type { Problem, ProblemCode } from '../../../src/core/errors.ts';
import type { Rank } from '../../../src/core/rank.ts';
import { catalogue, languages, sentence } from '../../../src/i18n/index.ts';
import { backend, examples } from './examples.ts';

const words = catalogue('en-US');

describe.each(languages())('in $name, the sentence for', ({ tag }) => {
  const said = (problem: Problem) => sentence(catalogue(tag), problem, 'person');

  it.each(examples)('$code is one that a person can read', (problem) => {
    expect(said(problem)).toMatch(tag === 'en' ? /^[\p{Lu}\d"/a].{10,}/u : /^.{5,}/u);
    expect(said(problem)).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
  });

  it.each(examples.filter((problem) => 'slot' in problem))('$code names the slot', (problem) => {
    expect(said(problem)).toContain('slot' in problem ? problem.slot : '');
  });

  it('every problem stays short whatever somebody typed', () => {
    for (const problem of examples) {
      const kept = ['unknown-template', 'template-broken', 'bad-command'].includes(problem.code);
      const typed = kept ? ['value'] : ['value', 'detail', 'node', 'name'];
      const long = Object.fromEntries(
        Object.entries(problem).map(([key, value]) => [key, typed.includes(key) ? 'x '.repeat(5000) : value]),
      ) as Problem;
      expect(said(long).length, problem.code).toBeLessThan(600);
    }
  });
});

it('a fault of another version leaves the sentence of its problem', () => {
  const known = { code: 'backend-unreachable', backend } as const;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it was stored by a version after this one
  const later = { ...known, fault: 'toString' } as unknown as Problem;
  for (const reader of ['person', 'admin', 'operator'] as const)
    expect(sentence(words, later, reader)).toBe(sentence(words, known, reader));
});

describe('languages', () => {
  const others = languages().filter(({ tag }) => tag !== 'en');

  /** Of languages that are not written in Latin letters. */
  const SCRIPTS: Record<string, RegExp> = {
    ja: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u,
    ko: /\p{sc=Hangul}/u,
    zh: /\p{sc=Han}/u,
    'zh-TW': /\p{sc=Han}/u,
  };

  it.each(others)('$name has every sentence in its own words and script', ({ tag }) => {
    const foreign = examples.filter((problem) => {
      const said = sentence(catalogue(tag), problem, 'person');
      return said === sentence(words, problem, 'person') || SCRIPTS[tag]?.test(said) === false;
    });
    // it only says where, and what the file says
    expect(foreign.filter(({ code }) => code !== 'template-broken')).toEqual([]);
  });

  it.each([
    ['ja', 'ja'],
    ['zh-CN', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['ko', 'ko'],
    ['ja_JP', 'ja'],
    ['fr', 'en'],
    ['en-GB', 'en'],
    ['', 'en'],
    ['constructor', 'en'],
  ])('of the locale "%s" is %s', (locale, tag) => {
    expect(catalogue(locale)).toBe(catalogue(tag));
  });
});

describe('advice', () => {
  /** Somebody is told to turn to an admin, or to who runs Easel. */
  const ASKS: Record<string, RegExp> = {
    en: /(ask|tell) (an admin|them|the person who runs me)|An admin (needs|should)/,
    ja: /管理者(が|に(確認|依頼|知らせ))|運営者に/,
    ko: /관리자가|관리자에게 (문의|물어|알려|설치)|운영자에게/,
    zh: /需要管理员|(联系|请|问)管理员|请告知|告知这个|联系运营者/,
    'zh-TW': /需要管理員|(洽|請|詢問|告知)管理員|請告知|告知營運者|洽營運者/,
  };
  /** What no admin is told: they are never kept out so. */
  const NEVER: readonly ProblemCode[] = [
    'outsider',
    'not-your-role',
    'not-this-channel',
    'blocked-by-operator',
    'not-publishable',
    'template-unfit',
  ];

  describe.each(languages())('in $name', ({ tag }) => {
    const asking = (rank: Rank) =>
      examples
        .filter(({ code }) => !NEVER.includes(code))
        .filter((problem) => ASKS[tag]?.test(sentence(catalogue(tag), problem, rank)))
        .map(({ code }) => code);

    it('sends no admin to an admin, and who runs Easel to nobody', () => {
      expect(asking('admin')).toEqual([]);
      expect(asking('operator')).toEqual([]);
      expect(asking('person').length).toBeGreaterThan(10);
    });

    it('is given within what explains a problem, too', () => {
      const unfit: Problem = {
        code: 'template-unfit',
        name: 'fox',
        findings: [{ code: 'missing-node', node: 'A' }],
      };
      expect(sentence(catalogue(tag), unfit, 'admin')).not.toMatch(ASKS[tag] ?? '');
      const { called } = catalogue(tag).commandNames;
      const edit = `/${called('command', 'template')} ${called('template', 'edit')} fox`;
      expect(sentence(catalogue(tag), unfit, 'admin')).toContain(edit);
    });
  });
});

describe('the sentence for', () => {
  it('bounds says which there are', () => {
    const said = (bounds: { min?: string; max?: string }) =>
      sentence(words, { code: 'out-of-bounds', slot: 's', value: '5', ...bounds }, 'person');
    expect(said({ min: '1', max: '4' })).toContain('between 1 and 4');
    expect(said({ min: '6' })).toContain('at least 6');
    expect(said({ max: '4' })).toContain('at most 4');
  });

  it.each(languages())('a refused token names it where the platform has several: $name', ({ tag }) => {
    const said = (platform: string) =>
      sentence(catalogue(tag), { code: 'token-refused', platform }, 'person');
    expect(said('discord')).toContain('DISCORD_TOKEN');
    expect(said('slack')).toContain('SLACK_BOT_TOKEN');
    expect(said('another')).toContain('another');
  });

  it('a refusal says how much else is wrong, and that no reason was given', () => {
    const said = (detail: string, others?: number) =>
      sentence(words, { code: 'workflow-refused', detail, ...(others && { others }) }, 'person');
    expect(said('no', 3)).toBe('The backend refused the workflow: no (and 3 more)');
    expect(said('')).toBe('The backend refused the workflow: no reason given');
  });

  it('a list shows some and counts the rest', () => {
    const choices = Array.from({ length: 40 }, (_none, n) => `c${n}`);
    const said = sentence(words, { code: 'not-a-choice', slot: 's', value: 'x', choices }, 'person');
    expect(said).toContain('c11');
    expect(said).not.toContain('c12');
    expect(said).toContain('28 more');
  });
});
