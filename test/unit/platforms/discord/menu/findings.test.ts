import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../../src/core/finding.ts';
import type { Slot } from '../../../../../src/core/template.ts';
import { commandFindings } from '../../../../../src/platforms/discord/menu/findings.ts';
import { menuEntry } from '../../../../../src/platforms/discord/menu/entry.ts';
import { TemplateFile } from '../../../../../src/templates/schema.ts';
import { chatCommand } from '../../../../fakes/discord/command-schema.ts';

const into: [string, string][] = [['1', 'text']];
const text: Slot = { type: 'text', into };
const many = (count: number, slot: Slot = text): Record<string, Slot> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, slot]));
const findings = (given: Partial<Command> = {}) =>
  commandFindings({ name: 'castle', description: 'Draws', slots: { prompt: text }, ...given });

const bodyOf = (command: Command) => menuEntry(command).command;

describe('a command for Discord', () => {
  it('that it takes has no findings', () => {
    expect(findings()).toEqual([]);
    expect(findings({ description: 'x'.repeat(100), slots: many(25) })).toEqual([]);
  });

  it('shows 100 characters of a description, and of each of its options', () => {
    const problem = { code: 'description-cut', length: 101, max: 100 };
    const long = 'x'.repeat(101);
    expect(findings({ description: long, slots: { a: { ...text, description: long } } })).toEqual([
      { at: 'description', problem, blocking: false },
      { at: { slot: 'a' }, problem, blocking: false },
    ]);
  });

  it('says in which language a description is too long', () => {
    const long = '長'.repeat(101);
    const languages = {
      ja: { description: long, slots: { prompt: { description: long } } },
      ko: { description: 'x' },
    };
    const problem = { code: 'words-cut', language: 'ja', length: 101, max: 100 };
    expect(findings({ languages })).toEqual([
      { at: 'description', problem: { ...problem, part: '/castle' }, blocking: false },
      { at: { slot: 'prompt' }, problem: { ...problem, part: 'prompt' }, blocking: false },
    ]);
  });

  it('has 25 options at most, the required ones first; those beyond are named', () => {
    const problem = { code: 'slots-typed-only', name: 'castle', slots: ['s23', 's24', 's25'], max: 25 };
    const slots = { ...many(26), last: { ...text, required: true }, end: { ...text, required: true } };
    expect(findings({ slots })).toEqual([{ at: 'workflow', problem, blocking: false }]);
    expect(bodyOf({ name: 'castle', description: 'Draws', slots }).options.map(({ name }) => name)).toEqual([
      'last',
      'end',
      ...Object.keys(many(23)),
    ]);
  });

  it('may have more choices than are listed, which its admin should know', () => {
    const choices = Array.from({ length: 26 }, (_, at) => `c${at}`);
    const slots: Record<string, Slot> = {
      long: { type: 'choice', into, choices },
      short: { type: 'choice', into, choices: choices.slice(1) },
    };
    expect(findings({ slots })).toEqual([
      {
        at: { slot: 'long' },
        problem: { code: 'many-choices', slot: 'long', count: 26, max: 25 },
        blocking: false,
      },
    ]);
  });

  it('has 8000 characters at most, of which choices count twice: the longest lists are searched instead', () => {
    const choices = (count: number) => Array.from({ length: count }, (_, at) => `${at}`.padEnd(100, 'x'));
    const slots = (count: number) => many(2, { type: 'choice', into, choices: choices(count) });
    expect(findings({ slots: slots(19) })).toEqual([]);
    expect(findings({ slots: slots(20) })).toEqual([
      {
        at: { slot: 's0' },
        problem: { code: 'many-choices', slot: 's0', count: 20, max: 25 },
        blocking: false,
      },
    ]);
  });

  it('is taken, whatever a template may be', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const body = bodyOf(command);
        expect(chatCommand.safeParse(body).success && lengthOf(body) <= 8000).toBe(true);
        expect(commandFindings(command).filter(({ blocking }) => blocking)).toEqual([]);
      }),
      { seed: 20261127, numRuns: 300 },
    );
  });
});

/** Every text in it, but for what tells types apart. */
function lengthOf(body: ReturnType<typeof bodyOf>): number {
  const options = body.options.map(({ name, description, choices = [] }) =>
    [name, description, ...choices.flatMap((choice) => [choice.name, choice.value])].join(''),
  );
  return [body.name, body.description, ...options].join('').length;
}

const line = (max: number) => fc.string({ minLength: 1, maxLength: max, unit: 'binary' });
const word = fc.stringMatching(/^[a-zßäæøأ日あ가][-_a-z0-9ß日]{0,31}$/u);
const slot: fc.Arbitrary<object> = fc.oneof(
  fc.record(
    { type: fc.constant('text'), maxLength: fc.integer({ min: 1, max: 6000 }) },
    { requiredKeys: ['type'] },
  ),
  fc.record({ type: fc.constant('integer'), min: fc.maxSafeInteger() }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constantFrom('boolean', 'seed', 'image') }),
  fc.record({
    type: fc.constant('choice'),
    choices: fc.uniqueArray(line(100), { minLength: 1, maxLength: 60 }),
  }),
);
/** Whatever the schema of a template takes. */
const commands: fc.Arbitrary<Command> = fc
  .record({
    name: word,
    description: line(200),
    slots: fc.uniqueArray(fc.tuple(word, slot, fc.option(line(200), { nil: undefined })), {
      maxLength: 40,
      selector: ([name]) => name,
    }),
  })
  .map(({ name, description, slots }) => ({
    name,
    file: TemplateFile.safeParse({
      description,
      slots: Object.fromEntries(
        slots.map(([key, given, about]) => [key, { into, ...given, ...(about && { description: about }) }]),
      ),
    }),
  }))
  .filter(({ file }) => file.success)
  .map(({ name, file }) => ({ name, ...file.data! }));
