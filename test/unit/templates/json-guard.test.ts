import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/core/json.ts';
import { MAX_DEPTH, MAX_VALUES, readJson } from '../../../src/templates/files/json-guard.ts';
import { problemIn } from './sources.ts';

const problem = (text: string) => problemIn(() => readJson(text, 'a.json'));

describe('JSON of unknown origin', () => {
  it.each([
    '{}',
    ' [ ] ',
    'null',
    '"\\ud800\\u0000\\"\\\\\\/\\b\\f\\n\\r\\t é 🦊"',
    '[-0, 0, 1.5e+3, -1E-7, 18446744073709551615, 1e308]',
    '{"a":{"b":[true,false,null,{"":[[]]}]},"constructor":"NaN, Infinity"}',
  ])('%s is read as usual', (text) => {
    expect(readJson(text, 'a.json')).toEqual(parseJson(text));
    expect(readJson(`\ufeff${text}`, 'a.json')).toEqual(parseJson(text));
  });

  it('may say NaN and Infinity, as Python does, and means null', () => {
    const text = '{"is_changed":[NaN],"a":-Infinity,"b":[Infinity,"NaN \\"NaN",NaN]}';
    expect(readJson(text, 'a.json')).toEqual({ is_changed: [null], a: null, b: [null, 'NaN "NaN', null] });
    for (const wrong of ['NaNa', '-NaN', '[NaN NaN]', '{NaN:1}', 'nan', '+Infinity'])
      expect(problem(wrong)).toMatchObject({ code: 'invalid-json' });
  });

  it.each<[string, number, number]>([
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['[1, 2,, 3]', 1, 7],
    ["{'a': 1}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['[1}', 1, 3],
    ['{"a": tru}', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{} {}', 1, 4],
    ['"a\nb"', 1, 3],
    ['"a\u0000b"', 1, 3],
    ['"\\x"', 1, 2],
    ['// no\n{}', 1, 1],
    ['[1e999]', 1, 2],
    [`[${'9'.repeat(100_000)}]`, 1, 2],
    ['hello', 1, 1],
  ])('%j is refused at line %i, column %i', (text, line, column) => {
    expect(problem(text)).toEqual({ code: 'invalid-json', file: 'a.json', line, column, cutOff: false });
  });

  it.each(['{', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[1,\n', '"\\', '{}"', '1 "a'])(
    '%j is cut off',
    (text) => {
      expect(problem(text)).toMatchObject({ code: 'invalid-json', cutOff: true });
      expect(problem(text)).toMatchObject({ line: text.includes('\n') ? 2 : 1 });
    },
  );

  it('refuses exactly what JSON.parse refuses, but for NaN and Infinity', () => {
    const pieces = ['{', '}', '[', ']', ':', ',', '"a"', '"', '1', '-', '.5', 'e1', 'true', ' ', '\\', '0'];
    let state = 7;
    const random = (max: number) => (state = (state * 48_271) % 2_147_483_647) % max;
    const fits = (read: () => unknown) => {
      try {
        read();
        return true;
      } catch {
        return false;
      }
    };
    const texts = Array.from({ length: 3000 }, () =>
      Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)]).join(''),
    );
    expect(texts.filter((text) => fits(() => JSON.parse(text))).length).toBeGreaterThan(50);
    const differ = texts.filter((text) => fits(() => readJson(text, 'a')) !== fits(() => JSON.parse(text)));
    expect(differ).toEqual([]);
  });

  it('may be as deep and as large as the limits say, and no more', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const long = (values: number) => `[${'0,'.repeat(values - 2)}0]`;
    expect(() => readJson(nested(MAX_DEPTH), 'a.json')).not.toThrow();
    expect(() => readJson(long(MAX_VALUES), 'a.json')).not.toThrow();
    expect(problem(nested(MAX_DEPTH + 1))).toMatchObject({ code: 'json-too-complex', limit: 'depth' });
    expect(problem(long(MAX_VALUES + 1))).toMatchObject({ code: 'json-too-complex', limit: 'values' });
  });

  it('never has "__proto__" as a name, however it is written', () => {
    for (const text of ['{"__proto__":1}', '[{"a":{"\\u005f_proto__":{}}}]'])
      expect(problem(text)).toMatchObject({
        code: 'template-broken',
        reason: { code: 'proto-name' },
      });
  });

  it('is more than white space', () => {
    for (const text of ['', ' \n ', '\ufeff']) expect(problem(text).code).toBe('empty-file');
  });
});
