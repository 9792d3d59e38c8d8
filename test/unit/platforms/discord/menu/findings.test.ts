import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../../src/core/finding.ts';
import type { Slot } from '../../../../../src/core/template.ts';
import { commandFindings } from '../../../../../src/platforms/discord/menu/findings.ts';
import { slotOptions } from '../../../../../src/platforms/discord/menu/options.ts';
import { TemplateFile } from '../../../../../src/templates/schema.ts';
import { chatCommand } from '../../../../fakes/discord/command-schema.ts';

const into: [string, string][] = [['1', 'text']];
const text: Slot = { type: 'text', into };
const many = (count: number, slot: Slot = text): Record<string, Slot> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, slot]));
const findings = (given: Partial<Command> = {}) =>
  commandFindings({ name: 'castle', description: 'Draws', slots: { prompt: text }, ...given });

function bodyOf({ name, description, slots }: Command) {
  return { type: 1, name, description, options: slotOptions(slots) };
}

describe('a command for Discord', () => {
  it('that it takes has no findings', () => {
    expect(findings()).toEqual([]);
    expect(findings({ description: 'x'.repeat(100), slots: many(25) })).toEqual([]);
  });

  it('has a description of 100 characters at most, and so has each of its options', () => {
    const problem = { code: 'bad-description', length: 101, max: 100 };
    const long = 'x'.repeat(101);
    expect(findings({ description: long, slots: { a: { ...text, description: long } } })).toEqual([
      { at: 'description', problem, blocking: true },
      { at: { slot: 'a' }, problem, blocking: true },
    ]);
  });

  it('has 25 options at most; each beyond is named', () => {
    const problem = { code: 'too-many-slots', count: 27, max: 25 };
    expect(findings({ slots: many(27) })).toEqual([
      { at: { slot: 's25' }, problem, blocking: true },
      { at: { slot: 's26' }, problem, blocking: true },
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

  it('has 8000 characters at most: choices count twice, those that are searched for do not count', () => {
    const choices = (count: number) => Array.from({ length: count }, (_, at) => `${at}`.padEnd(100, 'x'));
    const slots = (count: number) => many(2, { type: 'choice', into, choices: choices(count) });
    expect(findings({ slots: slots(19) })).toEqual([]);
    expect(findings({ slots: slots(20) })).toMatchObject([
      { at: 'workflow', problem: { code: 'command-too-large', max: 8000 }, blocking: true },
    ]);
    expect(findings({ slots: slots(26) }).filter(({ blocking }) => blocking)).toEqual([]);
  });

  it('is taken where nothing blocks, and only there, whatever a template may be', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const blocked = commandFindings(command).some(({ blocking }) => blocking);
        const body = bodyOf(command);
        expect(chatCommand.safeParse(body).success && lengthOf(body) <= 8000).toBe(!blocked);
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
