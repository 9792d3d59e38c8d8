import { describe, expect, it } from 'vitest';
import { detectedWords } from '../../../src/commands/verbs/detected-words.ts';
import type { Problem } from '../../../src/core/errors.ts';
import type { Template } from '../../../src/core/template.ts';
import { english, sentence } from '../../../src/i18n/index.ts';
import { TAGS } from '../../../src/i18n/languages.ts';
import { detect, inWords } from '../../../src/templates/detect/index.ts';
import {
  applyEdit,
  contentsOf,
  documentsOf,
  parseDocuments,
  templateOf,
  type Edit,
} from '../../../src/templates/draft.ts';
import { calledIn } from '../../../src/templates/languages/called.ts';
import { isLanguageTag } from '../../../src/templates/languages/schema.ts';
import { missingWords } from '../../../src/templates/languages/missing.ts';
import { wordsFor } from '../../../src/templates/languages/words.ts';
import { Documents, Draft } from '../../../src/templates/library/records.ts';
import { loadTemplates } from '../../../src/templates/library/load.ts';
import { graph, TEXT_TO_IMAGE } from './graphs.ts';
import { parse, problemIn } from './sources.ts';

const text = { type: 'text', into: [['3', 'text']], description: 'What to draw' };
const size = { type: 'choice', into: [['3', 'text']], choices: ['wide', 'tall'] };
const japanese = {
  name: '画像',
  description: '画像を生成します',
  slots: {
    prompt: { name: 'プロンプト', description: '描きたいもの' },
    size: { name: 'サイズ', choices: { wide: '横長', tall: '縦長' } },
  },
};
const slots = { prompt: text, size };
/** `en-AA`, `ja-AA`, `en-AB` …: each is a tag. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const TAGS_OF_REGIONS = LETTERS.flatMap((a) => LETTERS.flatMap((b) => [`en-${a}${b}`, `ja-${a}${b}`])).filter(
  (tag) => isLanguageTag(tag),
);
const template = parse(slots, { languages: { ja: japanese, 'zh-TW': { description: '產生圖像' } } });

describe('a template with words in other languages', () => {
  it('says them to who reads one, and its own to everybody else', () => {
    const said = wordsFor(template, 'ja-JP');
    expect([said.name, said.description]).toEqual(['画像', '画像を生成します']);
    const { name, description, choice } = said.slot('size', template.slots['size']);
    expect([name, description, choice('wide'), choice('round')]).toEqual([
      'サイズ',
      undefined,
      '横長',
      'round',
    ]);
    expect(said.slot('prompt', template.slots['prompt']).description).toBe('描きたいもの');
    for (const locale of ['fr', 'en-US', '', 'no tag', 'x'.repeat(300), 'zh-CN'])
      expect(wordsFor(template, locale)).toMatchObject({ name: 'imagine', description: 'Draw' });
  });

  it('has the nearest language, and what that leaves out from itself', () => {
    expect(wordsFor(template, 'zh-HK').description).toBe('產生圖像');
    expect(wordsFor(template, 'zh-HK').slot('prompt', template.slots['prompt'])).toMatchObject({
      name: 'prompt',
      description: 'What to draw',
    });
    const two = parse(slots, {
      languages: { pt: { description: 'de lá' }, 'pt-BR': { description: 'daqui' } },
    });
    expect(['pt-BR', 'pt-PT', 'pt'].map((tag) => wordsFor(two, tag).description)).toEqual([
      'daqui',
      'de lá',
      'de lá',
    ]);
  });

  it('has words of its own language too, as any other', () => {
    const both = parse({ prompt: text }, { languages: { en: { description: 'Draw it' } } });
    expect(wordsFor(both, 'en-GB').description).toBe('Draw it');
    expect(wordsFor(both, 'de').description).toBe('Draw');
  });

  it('is no place for what objects inherit', () => {
    const said = wordsFor(template, 'ja');
    expect(said.slot('constructor', undefined)).toMatchObject({
      name: 'constructor',
      description: undefined,
    });
    expect(said.slot('size', undefined).choice('toString')).toBe('toString');
    expect(calledIn(template, 'ja').slot('constructor')).toBeUndefined();
  });

  it('is typed by its names in any language, full-width or composed as they come', () => {
    const called = calledIn(template, 'en');
    expect([called.slot('サイズ'), called.slot('ｻｲｽﾞ'), called.slot('size')]).toEqual([
      'size',
      'size',
      undefined,
    ]);
    expect([called.choice('size', '横長'), called.choice('prompt', '横長')]).toEqual(['wide', undefined]);
  });

  it('means what its reader’s language calls so, where two call two things alike', () => {
    const both = parse(
      { a: text, b: text },
      { languages: { ja: { slots: { a: { name: '値' } } }, zh: { slots: { b: { name: '値' } } } } },
    );
    expect(['ja', 'zh', 'en'].map((tag) => calledIn(both, tag).slot('値'))).toEqual(['a', 'b', 'a']);
  });

  it('of built-in ones have every slot in every language, and choices as well', async () => {
    const { templates } = await loadTemplates('templates');
    expect(templates.length).toBeGreaterThan(3);
    for (const one of templates) expect(missing(one)).toEqual([]);
  });
});

/** What a built-in template does not say. */
function missing({ name, slots: own, languages = {} }: Template): string[] {
  return [...new Set([...TAGS, 'zh-TW'])]
    .filter((tag) => tag !== 'en')
    .flatMap((tag) => {
      const words = languages[tag];
      const lacking = Object.entries(own).filter(([slot, about]) => {
        const said = words?.slots?.[slot];
        const choices =
          about.type === 'choice' && about.choices && !Array.isArray(about.choices)
            ? Object.keys(about.choices)
            : [];
        return (
          (about.description !== undefined && !said?.description) ||
          choices.some((one) => !said?.choices?.[one])
        );
      });
      return [
        ...(words?.name === undefined || words.description === undefined ? [`${name} ${tag}`] : []),
        ...lacking.map(([slot]) => `${name} ${tag} ${slot}`),
      ];
    });
}

describe('words that are refused', () => {
  const of = (ja: unknown) => ({ ja });
  it.each<[string, unknown, RegExp, RegExp?]>([
    ['a language that is none', { klingonese: {} }, /^languages/],
    ['a language in another spelling', { zh_TW: {} }, /^languages/],
    ['a language twice', { JA: {}, ja: {} }, /^languages/],
    ['no tag at all', { '': {} }, /^languages/],
    ['what all objects have', { constructor: {} }, /^languages/],
    [
      '1000 languages',
      Object.fromEntries(TAGS_OF_REGIONS.slice(0, 1000).map((tag) => [tag, {}])),
      /^languages$/,
      /40/,
    ],
    ['a description that is too long', of({ description: 'x'.repeat(201) }), /^languages.ja.description$/],
    ['an empty description', of({ description: '' }), /^languages.ja.description$/],
    [
      'a mark that turns text round',
      of({ description: 'שלום\u202e' }),
      /^languages.ja.description$/,
      /U\+202E/,
    ],
    [
      'a mark from right to left',
      of({ slots: { prompt: { description: '\u200fשלום' } } }),
      /prompt.description$/,
      /U\+200F/,
    ],
    ['two lines', of({ description: 'a\nb' }), /description$/],
    ['a name with a space', of({ slots: { prompt: { name: 'two words' } } }), /prompt.name$/],
    ['a name in capitals', of({ slots: { prompt: { name: 'Prompt' } } }), /prompt.name$/],
    ['a name that is too long', of({ slots: { prompt: { name: 'あ'.repeat(33) } } }), /prompt.name$/],
    ['one of Easel’s commands', of({ name: 'help' }), /^languages.ja.name$/, /own commands/],
    ['a slot that is not there', of({ slots: { nope: { name: 'x' } } }), /slots.nope$/, /no such slot/],
    ['a slot that only objects have', of({ slots: { constructor: { name: 'x' } } }), /slots.constructor$/],
    [
      'two slots with one name',
      of({ slots: { prompt: { name: '値' }, size: { name: '値' } } }),
      /size.name$/,
      /prompt/,
    ],
    ['another slot’s own name', of({ slots: { prompt: { name: 'size' } } }), /prompt.name$/, /size/],
    ['the same in other letters', of({ slots: { prompt: { name: 'ｓｉｚｅ' } } }), /prompt.name$/, /size/],
    [
      'a choice that is not there',
      of({ slots: { size: { choices: { round: '丸' } } } }),
      /size.choices$/,
      /round/,
    ],
    [
      'two choices with one name',
      of({ slots: { size: { choices: { wide: '長', tall: '長' } } } }),
      /size.choices$/,
    ],
    ['another choice’s own name', of({ slots: { size: { choices: { wide: 'tall' } } } }), /size.choices$/],
    ['choices of what has none', of({ slots: { prompt: { choices: { a: 'b' } } } }), /prompt.choices$/],
    ['a field of another kind', of({ label: 'x' }), /^languages.ja/],
    ['words that are none', { ja: 'はい' }, /^languages.ja/],
  ])('%s', (_what, languages, path, detail = /./) => {
    const problem = problemIn(() => parse(slots, { languages }));
    expect(problem).toMatchObject({ code: 'template-broken', file: 'imagine/template.json' });
    if (problem.code !== 'template-broken') throw new Error('of another kind');
    expect(problem.path).toMatch(path);
    expect(sentence(english(), problem, 'admin')).toMatch(detail);
  });

  it('are none where there are 40 languages, or names with marks of their script', () => {
    const forty = Object.fromEntries(TAGS_OF_REGIONS.slice(0, 40).map((tag) => [tag, { description: 'x' }]));
    expect(Object.keys(parse(slots, { languages: forty }).languages ?? {})).toHaveLength(40);
    expect(parse({ サンプラー: text }).slots).toHaveProperty('サンプラー');
  });
});

const TXT2IMG = graph(TEXT_TO_IMAGE);

function detected(locale = 'en'): Draft {
  const about = {
    id: crypto.randomUUID(),
    guild: 'g',
    platform: 'web',
    user: 'u',
    name: 'fox',
    workflow: JSON.stringify(TXT2IMG),
  };
  return { ...about, ...inWords(detect(TXT2IMG), detectedWords(locale)) };
}

function edited(draft: Draft, ...edits: Edit[]): Draft {
  let now = draft;
  for (const edit of edits) {
    now = applyEdit(now, TXT2IMG, edit, undefined, detectedWords('en'));
    // whatever was done to it, it can be kept and published
    expect(Draft.parse(now)).toEqual(now);
    templateOf(now, TXT2IMG);
  }
  return now;
}

function refusal(edit: Edit, draft = detected()): Problem {
  return problemIn(() => applyEdit(draft, TXT2IMG, edit, undefined, detectedWords('en')));
}

describe('a draft made of a workflow', () => {
  it('has words in all languages that Easel has, besides those of whoever adds it', () => {
    const draft = detected();
    expect(Object.keys(draft.languages ?? {}).toSorted()).toEqual(
      TAGS.filter((tag) => tag !== 'en').toSorted(),
    );
    expect(draft.description).toBe('Make a picture from a prompt');
    expect(draft.languages?.['ja']).toMatchObject({
      description: 'プロンプトから画像を作ります',
      slots: {
        size: { name: 'サイズ', choices: { square: '正方形', wide: '横長', tall: '縦長' } },
        prompt: { name: 'プロンプト', description: '描きたいもの' },
        steps: { name: 'ステップ' },
      },
    });
    for (const { slots: said = {} } of Object.values(draft.languages ?? {}))
      expect(Object.keys(said)).toEqual(draft.slots.map(({ name }) => name));
  });

  it('has English beside them where somebody else’s language is its own, whose names stand beside', () => {
    const draft = detected('ja-JP');
    expect(draft.description).toBe('プロンプトから画像を作ります');
    expect(draft.languages?.['en']).toMatchObject({ description: 'Make a picture from a prompt' });
    expect(draft.languages?.['ja']).toMatchObject({ slots: { prompt: { name: 'プロンプト' } } });
    expect(draft.languages?.['ja']).not.toHaveProperty('description');
    const prompt = { name: 'fox', description: draft.description, languages: draft.languages };
    expect(wordsFor(prompt, 'en').description).toBe('Make a picture from a prompt');
  });

  it('keeps them through being published, exported and taken in again', () => {
    const draft = detected();
    const documents = Documents.parse(JSON.parse(JSON.stringify(documentsOf(draft))));
    const published = parseDocuments('fox', documents);
    expect(contentsOf(published)).toMatchObject({ languages: draft.languages, suggested: draft.suggested });
    const { template: file, workflow } = documents;
    const again = parseDocuments('fox', { template: file, workflow });
    expect(again.languages).toEqual(draft.languages);
    expect(contentsOf(again)).not.toHaveProperty('suggested');
  });

  it('is as it was where it is from before there were any', () => {
    const { languages: _languages, suggested: _suggested, ...old } = detected();
    expect(Draft.parse(old)).toEqual(old);
    const documents = documentsOf(old);
    expect(JSON.parse(documents.template)).not.toHaveProperty('languages');
    expect(contentsOf(parseDocuments('fox', documents))).not.toHaveProperty('languages');
    expect(edited(old, { kind: 'drop', slot: 'seed' })).not.toHaveProperty('languages');
  });
});

describe('what an admin changes by hand', () => {
  it('takes back what was suggested of it in other languages, and nothing else', () => {
    const draft = edited(
      detected(),
      { kind: 'about', name: 'fox', description: 'Draw our fox' },
      { kind: 'slot', slot: 'steps', change: { description: 'Leave it' } },
    );
    for (const words of Object.values(draft.languages ?? {})) {
      expect(words).not.toHaveProperty('description');
      expect(words.slots?.['steps']).not.toHaveProperty('description');
      expect(words.slots?.['prompt']).toHaveProperty('description');
    }
    expect(wordsFor(draft, 'ja').description).toBe('Draw our fox');
  });

  it('leaves what somebody wrote in another language, also after it was published', () => {
    const written = edited(detected(), {
      kind: 'words',
      language: 'ja',
      change: { description: '狐を描きます' },
    });
    const published = parseDocuments('fox', documentsOf(written));
    const next = { ...written, ...contentsOf(published) };
    const draft = edited(next, { kind: 'about', name: 'fox', description: 'Draw our fox' });
    expect(draft.languages?.['ja']?.description).toBe('狐を描きます');
    expect(draft.languages?.['ko']).not.toHaveProperty('description');
  });

  it('is a new name: suggested ones in other languages go, and written words come along', () => {
    const draft = edited(
      detected(),
      { kind: 'words', language: 'ja', slot: 'steps', change: { description: '歩数' } },
      { kind: 'slot', slot: 'steps', change: { name: 'effort' } },
    );
    expect(draft.languages?.['ja']?.slots).not.toHaveProperty('steps');
    expect(draft.languages?.['ja']?.slots?.['effort']).toEqual({ description: '歩数' });
    expect(draft.languages?.['ko']?.slots?.['effort']).not.toHaveProperty('name');
  });

  it('leaves no words of a slot, a type or a choice that is gone', () => {
    const labels = {
      kind: 'words',
      language: 'ja',
      slot: 'size',
      change: { choices: 'square = 真四角\nwide = 横長\ntall' },
    } as const;
    const draft = edited(detected(), labels);
    expect(draft.languages?.['ja']?.slots?.['size']?.choices).toEqual({ square: '真四角', wide: '横長' });
    const dropped = edited(draft, { kind: 'drop', slot: 'size' });
    expect(JSON.stringify([dropped.languages, dropped.suggested])).not.toContain('size');
    const renamed = edited(draft, {
      kind: 'slot',
      slot: 'size',
      change: { choices: '真四角 = 512, 512', default: '' },
    });
    expect(renamed.languages?.['ja']?.slots?.['size']).not.toHaveProperty('choices');
  });

  it('is a slot more, with words in every language, and names that are free there', () => {
    const without = edited(detected(), { kind: 'drop', slot: 'steps' });
    const sampler =
      Object.entries(TXT2IMG).find(([, { class_type: type }]) => type === 'KSampler')?.[0] ?? '';
    const draft = edited(
      without,
      { kind: 'words', language: 'ja', slot: 'prompt', change: { name: 'ステップ' } },
      { kind: 'add', path: [sampler, 'steps'] },
    );
    expect(draft.languages?.['ja']?.slots?.['steps']).not.toHaveProperty('name');
    expect(draft.languages?.['ko']?.slots?.['steps']).toMatchObject({ name: '스텝' });
  });

  it('takes a language away, and the words of one field with an empty text', () => {
    const draft = edited(
      detected(),
      { kind: 'drop-language', language: 'ko' },
      { kind: 'words', language: 'ja', change: { description: '  ' } },
      { kind: 'words', language: 'ja', slot: 'prompt', change: { name: '', description: '' } },
    );
    expect(draft.languages).not.toHaveProperty('ko');
    expect(draft.languages?.['ja']).not.toHaveProperty('description');
    expect(draft.languages?.['ja']?.slots).not.toHaveProperty('prompt');
  });

  it('may be written in any language, in any spelling of its tag, and from right to left', () => {
    const draft = edited(detected(), {
      kind: 'words',
      language: 'FA_ir',
      change: { description: '\u200fمی\u200cکشد' },
    });
    expect(draft.languages?.['fa-IR']).toEqual({ description: 'می\u200cکشد' });
  });

  it('is refused where it cannot be, naming the field', () => {
    const words = (change: object, slot?: string): Edit => ({
      kind: 'words',
      language: 'ja',
      change,
      ...(slot && { slot }),
    });
    expect(refusal({ kind: 'words', language: 'klingonese', change: {} })).toEqual({
      code: 'bad-language',
      language: 'klingonese',
    });
    expect(refusal(words({ name: 'hälp!' }))).toMatchObject({ code: 'bad-name' });
    expect(refusal(words({ name: '/help' }))).toMatchObject({ code: 'reserved-name' });
    expect(refusal(words({ description: 'x'.repeat(201) }))).toMatchObject({
      code: 'bad-description',
      max: 200,
    });
    expect(refusal(words({ name: 'ス テップ!' }, 'steps'))).toMatchObject({
      code: 'slot-broken',
      field: 'name',
    });
    expect(refusal(words({ name: 'seed' }, 'steps'))).toEqual({ code: 'slot-exists', slot: 'seed' });
    expect(refusal(words({ name: 'シード' }, 'steps'))).toEqual({ code: 'slot-exists', slot: 'シード' });
    expect(refusal(words({ description: 'x'.repeat(201) }, 'steps'))).toMatchObject({ field: 'description' });
    expect(refusal(words({ choices: 'nope = x' }, 'size'))).toMatchObject({
      code: 'slot-broken',
      field: 'choices',
    });
    expect(refusal(words({}, 'nope'))).toMatchObject({ code: 'unknown-slot' });
    expect(refusal({ kind: 'slot', slot: 'steps', change: { name: 'シード' } })).toEqual({
      code: 'slot-exists',
      slot: 'シード',
    });
  });

  it('is refused in the 41st language', () => {
    const many = Object.fromEntries(TAGS_OF_REGIONS.slice(0, 40).map((tag) => [tag, { description: 'x' }]));
    const full = { ...detected(), languages: many };
    expect(refusal({ kind: 'words', language: 'ja', change: {} }, full)).toEqual({
      code: 'too-many-languages',
      max: 40,
    });
  });
});

describe('a language that is begun', () => {
  it('is a remark with what it lacks, once somebody writes in it', () => {
    expect(missingWords(detected())).toEqual([]);
    const about: Edit = { kind: 'about', name: 'fox', description: 'Draw our fox' };
    expect(missingWords(edited(detected(), about))).toEqual([]);
    const draft = edited(detected(), about, {
      kind: 'words',
      language: 'ja',
      slot: 'seed',
      change: { description: '種' },
    });
    expect(missingWords(draft)).toEqual([
      {
        at: 'description',
        problem: { code: 'words-missing', language: 'ja', parts: ['/fox'] },
        blocking: false,
      },
    ]);
  });
});
