import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_VALUES, readClassesJson, readJson } from '../../../../src/comfy/wire/json.ts';

const read = (text: string) => readJson(Buffer.from(text));

describe('Python’s words for what is no number', () => {
  it.each([
    ['[NaN, Infinity, -Infinity]', [null, null, null]],
    ['NaN', null],
    ['{"is_changed": [NaN], "n": {"b": -Infinity}}', { is_changed: [null], n: { b: null } }],
    ['[NaN,1,NaN,NaN]', [null, 1, null, null]],
  ])('%s are null', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    '["NaN", "-Infinity", "a, NaN, b", "[NaN]"]',
    String.raw`["say \"NaN\", please", NaN, "\\", NaN, "\\\"", "\\\\\" NaN,"]`,
    String.raw`{"NaN": ["\u0022NaN", NaN], "a\\": "Infinity: NaN"}`,
  ])('stay as they are within a text: %s', (text) => {
    // each lone NaN of these stands behind a blank and before a comma or a bracket, and none within a text does
    expect(read(text)).toEqual(JSON.parse(text.replaceAll(/(?<=", )NaN(?=[,\]])/g, 'null')));
  });

  it.each([
    '{NaN: 1}',
    '[1NaN]',
    '[NaNNaN]',
    '[-NaN]',
    '[+Infinity]',
    '[nan]',
    '[Nano]',
    '[Infinite]',
    '[NaN',
  ])('are none in %s', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

describe('an answer', () => {
  it.each(['', '<!doctype html>', '{"a":', '"half a text', '"ends in \\', '[1,]', 'undefined', '\u0000'])(
    'is no JSON: %j',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it('may begin with a byte order mark, and have wrong bytes', () => {
    expect(read('\ufeff{"a": NaN}')).toEqual({ a: null });
    expect(readClassesJson('\ufeff{"a": NaN}')).toEqual({ a: null });
    expect(readJson(Uint8Array.of(0x22, 0xff, 0x22))).toBe('\ufffd');
  });

  it('keeps the digits of what a number does not hold, also beside a NaN', () => {
    expect(read('{"seed": 18446744073709551615, "a": NaN, "b": 0.1234567890123456}')).toEqual({
      seed: 18_446_744_073_709_551_615n,
      a: null,
      b: 0.123_456_789_012_345_6,
    });
  });

  it('may name things as JavaScript does, and twice', () => {
    const answer = read('{"__proto__": {"admin": true}, "a": NaN, "a": 2}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
    expect(answer['admin']).toBeUndefined();
    expect(Object.keys(answer)).toEqual(['__proto__', 'a']);
    expect(answer['a']).toBe(2);
  });

  it('is as deep as it may be, and no deeper', () => {
    const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}NaN${'}]'.repeat(depth / 2)}`;
    expect(read(nested(MAX_DEPTH))).toBeDefined();
    expect(read(nested(MAX_DEPTH + 2))).toBeUndefined();
    expect(read(nested(100_000))).toBeUndefined();
    expect(read('['.repeat(100_000))).toBeUndefined();
  });

  it('has as many values as it may, and no more', () => {
    const list = (count: number): string => `[${'1,'.repeat(count - 1)}NaN]`;
    expect(read(list(MAX_VALUES))).toHaveLength(MAX_VALUES);
    expect(read(list(MAX_VALUES + 1))).toBeUndefined();
    expect(read(`{${'"a":1,'.repeat(MAX_VALUES / 2)}"b":1}`)).toBeUndefined();
    // node classes are more
    expect(readClassesJson(list(MAX_VALUES + 1))).toHaveLength(MAX_VALUES + 1);
  });

  it('may have long texts of whatever was thought to end them', () => {
    const text = String.raw`\"\\NaN,`.repeat(100_000);
    expect(read(`["${text}", NaN]`)).toEqual([JSON.parse(`"${text}"`), null]);
  });
});
