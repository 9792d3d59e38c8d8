import { readdir, readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateSchema } from '../../../src/templates/json-schema.ts';
import { TemplateFile } from '../../../src/templates/schema.ts';
import { withSchemaLink } from '../../../src/templates/schema-link.ts';
import { parseTexts } from './sources.ts';

const root = new URL('../../../', import.meta.url);
const KEPT = 'src/templates/template.schema.json';
const read = (path: string) => readFile(new URL(path, root), 'utf8');

/** As strict as ajv is: an unknown keyword or format throws. Two words of types in one place are zod's way. */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false });
const validate: ValidateFunction = ajv.compile(JSON.parse(templateSchema()));
const takes = (template: unknown): boolean => validate(template);

const template = (slots: unknown, rest: object = {}) => ({ description: 'Draw', slots, ...rest });
const into = [['3', 'text']];
const text = { type: 'text', into };
const choice = { type: 'choice', into };
const integer = { type: 'integer', into };

async function templatesIn(folder: string): Promise<string[]> {
  const names = await readdir(new URL(folder, root));
  return names.map((name) => `${folder}/${name}/template.json`);
}

describe('template.schema.json', () => {
  it('is what the code says now; if not, npm run schema', async () => {
    expect(await read(KEPT)).toBe(templateSchema());
  });

  it('takes every template that is here', async () => {
    const folders = ['templates', 'test/fixtures/templates', 'test/fixtures/crowd', 'test/chaos/templates'];
    const files = (await Promise.all(folders.map(templatesIn))).flat();
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      validate(JSON.parse(await read(file)));
      expect(validate.errors, file).toBeNull();
    }
  });

  it('is named by the built-in ones, and lies where they say', async () => {
    for (const file of await templatesIn('templates')) {
      const { $schema } = TemplateFile.parse(JSON.parse(await read(file)));
      expect(new URL($schema ?? '', new URL(file, root)).href).toBe(new URL(KEPT, root).href);
    }
  });

  it('has a hint for every field whose name does not say all', () => {
    const hints = templateSchema().match(/"description": "[A-Z][^"]+\."/g) ?? [];
    expect(new Set(hints).size).toBeGreaterThan(14);
  });
});

describe('what a template may not be', () => {
  it.each<[string, unknown]>([
    ['no object', []],
    ['one without a description', { slots: {} }],
    ['one without slots', { description: 'Draw' }],
    ['one with another field', template({}, { author: 'ann' })],
    ['a description that is empty', template({}, { description: '' })],
    ['a description that is too long', template({}, { description: 'x'.repeat(201) })],
    ['a description of two lines', template({}, { description: 'a\nb' })],
    ['a description that reorders text', template({}, { description: 'a\u202eb' })],
    ['no output', template({}, { outputs: [] })],
    ['a run of no time', template({}, { runLimitMinutes: 0 })],
    ['a run of more than a week', template({}, { runLimitMinutes: 10_081 })],
    ['a slot called like no option', template({ 'My slot': text })],
    ['a slot that begins with a digit', template({ '1a': text })],
    ['101 slots', template(Object.fromEntries(Array.from({ length: 101 }, (_none, n) => [`s${n}`, text])))],
    ['a slot of an unknown type', template({ a: { ...text, type: 'video-of-my-cat' } })],
    ['a slot without a type', template({ a: { into } })],
    ['a slot that goes nowhere', template({ a: { type: 'text' } })],
    ['a slot with an empty into', template({ a: { ...text, into: [] } })],
    ['a path of three', template({ a: { ...text, into: [['3', 'text', 'x']] } })],
    ['a path that is a number', template({ a: { ...text, into: [[3, 'text']] } })],
    ['a misspelt field of a slot', template({ a: { ...text, defualt: 'x' } })],
    ['a text with a number', template({ a: { ...text, default: 1 } })],
    ['a text that is longer than any', template({ a: { ...text, maxLength: 6001 } })],
    ['a default that is longer than any', template({ a: { ...text, default: 'x'.repeat(6001) } })],
    ['a format without the value', template({ a: { ...text, format: 'nice' } })],
    ['a format with a control character', template({ a: { ...text, format: '{value}\u0007' } })],
    ['an integer with a fraction', template({ a: { ...integer, default: 1.5 } })],
    ['an integer that no number holds', template({ a: { ...integer, max: 1e16 } })],
    ['a choice that sets nothing', template({ a: { type: 'choice', choices: ['x'] } })],
    ['a choice without choices and inputs', template({ a: { type: 'choice' } })],
    ['the same choice twice', template({ a: { ...choice, choices: ['x', 'x'] } })],
    ['no choices', template({ a: { ...choice, choices: [] } })],
    ['no named choices', template({ a: { ...choice, choices: {} } })],
    ['a choice with an object', template({ a: { type: 'choice', choices: { x: [[['3', 'a'], {}]] } } })],
    ['a seed with a default', template({ a: { type: 'seed', into, default: 1 } })],
  ])('%s is refused by both', (_name, wrong) => {
    expect(TemplateFile.safeParse(wrong).success).toBe(false);
    expect(takes(wrong)).toBe(false);
  });

  it('a slot of the name __proto__, of which zod sees nothing and the reading of the file does', () => {
    const given = '{"description":"d","slots":{"__proto__":{"type":"seed","into":[["3","seed"]]}}}';
    expect(() => parseTexts(given)).toThrow('template-broken');
    expect(takes(JSON.parse(given))).toBe(false);
  });

  const words = fc.oneof(
    fc.constantFrom('x', '', 'a\nb', '{value}', 'y'.repeat(201), '\u00ad', '🦊', 'é'),
    fc.string({ maxLength: 8, unit: 'binary' }),
  );
  const numbers = fc.oneof(fc.constantFrom(0, 1, 1.5, -1, 6000, 6001, 2 ** 53), fc.integer());
  const anything = fc.oneof(
    words,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.array(words, { maxLength: 2 }),
  );
  const path = fc.oneof(fc.tuple(words, words), fc.array(anything, { maxLength: 3 }));
  const field = <T>(...right: fc.Arbitrary<T>[]) =>
    fc.oneof({ weight: 9, arbitrary: fc.oneof(...right) }, { weight: 1, arbitrary: anything });
  const slot = fc.record(
    {
      type: fc.constantFrom('text', 'integer', 'number', 'boolean', 'choice', 'seed', 'image', 'other'),
      into: field(fc.array(path, { maxLength: 2 })),
      default: field<unknown>(words, numbers, fc.boolean()),
      min: field(numbers),
      max: field(numbers),
      maxLength: field(numbers),
      format: field(words),
      description: field(words),
      required: field(fc.boolean()),
      choices: field<unknown>(
        fc.array(words, { maxLength: 3 }),
        fc.dictionary(words, fc.array(fc.tuple(path, anything), { maxLength: 2 }), { maxKeys: 2 }),
      ),
      extra: fc.constant(1),
    },
    { requiredKeys: [] },
  );
  /** Two fields compared, and lengths in UTF-16 units, which a JSON schema counts in characters. */
  const UNSAYABLE =
    /min is larger|outside min and max|longer than maxLength|not one of the choices|Too big: expected string/;

  it('nobody is told off for what Easel takes, nor praised for what it refuses, but where fields are compared', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom('a', 'b_1'), words), slot, { maxKeys: 2 }),
        (slots) => {
          const { success, error } = TemplateFile.safeParse(template(slots));
          if (success) taken += 1;
          return (
            error?.issues.some(({ message }) => UNSAYABLE.test(message)) || takes(template(slots)) === success
          );
        },
      ),
      { numRuns: 3000, seed: 14 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('what is handed out', () => {
  const link = '"$schema": "../../src/templates/template.schema.json"';

  it.each([
    [
      'of two spaces',
      '{\n  "description": "d",\n  "slots": {}\n}\n',
      `{\n  ${link},\n  "description": "d",\n  "slots": {}\n}\n`,
    ],
    ['in one line', '{"description":"d","slots":{}}', `{\n  ${link},\n  "description":"d","slots":{}}`],
    ['with tabs', '{\n\t"slots": {}}', `{\n  ${link},\n\t"slots": {}}`],
    ['after a byte order mark', '\ufeff{ "slots": {} }', `{\n  ${link},\n  "slots": {} }`],
  ])('names its schema: a file %s', (_name, given, wanted) => {
    expect(withSchemaLink(given)).toBe(wanted);
    expect(() => JSON.parse(withSchemaLink(given))).not.toThrow();
  });

  it.each([
    ['names another one already', '{"$schema":"https://schemas.example/t.json","slots":{}}'],
    ['is damaged', '{"description": "d", '],
    ['is no object', '[]'],
    ['is empty', '{}'],
    ['is nothing', ''],
  ])('is as it was where it %s', (_name, given) => {
    expect(withSchemaLink(given)).toBe(given);
  });

  it('keeps every digit, and is the same template when it is read back, as a file without the link is', () => {
    const given = '{"description":"d","slots":{"a":{"type":"number","into":[["3","cfg"]],"default":0.10}}}';
    expect(withSchemaLink(given)).toContain('0.10');
    const [plain, linked] = [parseTexts(given), parseTexts(withSchemaLink(given))];
    expect(linked.slots).toEqual(plain.slots);
    expect(Object.keys(linked)).toEqual(Object.keys(plain));
    expect(JSON.stringify({ ...linked, documents: undefined })).not.toContain('$schema');
  });
});
