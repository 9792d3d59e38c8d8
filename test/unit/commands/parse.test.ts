import { describe, expect, it } from 'vitest';
import { parseCommand, parseValues } from '../../../src/commands/typed/parse.ts';
import type { Slot } from '../../../src/core/template.ts';
import { problemIn } from '../templates/sources.ts';

const into: [string, string][] = [['1', 'x']];
const words: Slot = { type: 'text', into };
const integer: Slot = { type: 'integer', into };
const slots: Record<string, Slot> = {
  prompt: words,
  negative: words,
  steps: integer,
  size: { type: 'choice', into, choices: ['wide'] },
  seed: { type: 'seed', into },
  hires: { type: 'boolean', into },
  image: { type: 'image', into },
};
const read = (typed: string) => parseValues(typed, { slots, main: 'prompt' }).values;

describe('a typed line', () => {
  it.each([
    ['/imagine', 'imagine', ''],
    ['  /Imagine   a fox  ', 'imagine', 'a fox'],
    ['/imagine\na fox\non two lines', 'imagine', 'a fox\non two lines'],
    ['/mein-bild_2 x', 'mein-bild_2', 'x'],
    ['/絵 x', '絵', 'x'],
  ])('%j is a command', (line, name, rest) => {
    expect(parseCommand(line)).toEqual({ name, rest });
  });

  it.each(['', '   ', 'imagine', '/', '/ imagine', '//imagine', 'see /imagine', '/a:b', '/a.b'])(
    '%j is none',
    (line) => {
      expect(parseCommand(line)).toBeUndefined();
    },
  );
});

describe('values', () => {
  it.each<[string, Record<string, string>]>([
    ['', {}],
    ['   ', {}],
    ['a red fox', { prompt: 'a red fox' }],
    ['  a   red\n fox ', { prompt: 'a red fox' }],
    ['prompt:a red fox', { prompt: 'a red fox' }],
    ['prompt: a red fox', { prompt: 'a red fox' }],
    ['PROMPT:fox', { prompt: 'fox' }],
    ['--prompt a red fox --steps 30', { prompt: 'a red fox', steps: '30' }],
    ['a fox --steps=30', { prompt: 'a fox', steps: '30' }],
    ['a fox --steps 30 in snow', { prompt: 'a fox in snow', steps: '30' }],
    ['steps:30 size:wide a fox', { prompt: 'a fox', steps: '30', size: 'wide' }],
    ['steps: 30 fox', { prompt: 'fox', steps: '30' }],
    ['a fox negative:blurry, dark steps:3', { prompt: 'a fox', negative: 'blurry, dark', steps: '3' }],
    ['a fox negative:blurry prompt:at dawn', { prompt: 'a fox at dawn', negative: 'blurry' }],
    ['a --steps 1 --steps 2', { prompt: 'a', steps: '2' }],
    // quotes
    ['prompt:"a fox --steps 3" --steps 4', { prompt: 'a fox --steps 3', steps: '4' }],
    ['"steps:3 is text"', { prompt: 'steps:3 is text' }],
    [String.raw`"he said \"hi\" \\ done"`, { prompt: String.raw`he said "hi" \ done` }],
    ['negative:"" a', { prompt: undefined as unknown as string, negative: 'a' }],
    ['a 5" pipe', { prompt: 'a 5" pipe' }],
    ['"unclosed fox', { prompt: '"unclosed fox' }],
    ['"one"two', { prompt: '"one"two' }],
    // what phones make of quotes and dashes
    ['“a fox” —steps 3', { prompt: 'a fox', steps: '3' }],
    ['„ein Fuchs“ –steps 3', { prompt: 'ein Fuchs', steps: '3' }],
    ['a fox — in snow', { prompt: 'a fox — in snow' }],
    ['well—known', { prompt: 'well—known' }],
    ['一只狐狸 ——steps 3', { prompt: '一只狐狸', steps: '3' }],
    ['prompt：一只狐狸 steps：3', { prompt: '一只狐狸', steps: '3' }],
    ['标题：一只狐狸', { prompt: '标题：一只狐狸' }],
    // switches
    ['a --hires', { prompt: 'a', hires: 'true' }],
    ['--hires a fox', { prompt: 'a fox', hires: 'true' }],
    ['--hires no a fox', { prompt: 'a fox', hires: 'no' }],
    ['--hires OFF', { hires: 'OFF' }],
    ['--hires 1 girl', { prompt: '1 girl', hires: 'true' }],
    ['--hires=0 a', { prompt: 'a', hires: '0' }],
    ['hires:1 a', { prompt: 'a', hires: '1' }],
    ['--hires --steps 3', { hires: 'true', steps: '3' }],
    // what only looks like a slot
    ['a site http://x.y/z', { prompt: 'a site http://x.y/z' }],
    ['at 12:30 sharp', { prompt: 'at 12:30 sharp' }],
    ['Note: a fox', { prompt: 'Note: a fox' }],
    ['(fox:1.2) <lora:x:0.8>', { prompt: '(fox:1.2) <lora:x:0.8>' }],
    ['a - b -- c', { prompt: 'a - b -- c' }],
    ['-5 degrees', { prompt: '-5 degrees' }],
    // nothing given
    ['prompt:', { prompt: '' }],
    ['fox negative: --steps 3', { prompt: 'fox', negative: '', steps: '3' }],
    ['fox negative: steps:3', { prompt: 'fox', negative: '', steps: '3' }],
    ['image:/tmp/a.png', { image: '/tmp/a.png' }],
    ['image:"my cat.png" fox', { prompt: 'fox', image: 'my cat.png' }],
  ])('of %j', (text, expected) => {
    const values = read(text);
    for (const [slot, value] of Object.entries(expected)) expect(values[slot]).toBe(value);
    expect(Object.keys(values).toSorted()).toEqual(
      Object.keys(expected)
        .filter((slot) => expected[slot] !== undefined)
        .toSorted(),
    );
  });

  it.each<[string, string[], Record<string, string>, Record<string, string>]>([
    ['a fox --stepz 3', ['steps:3'], { prompt: 'a fox --stepz 3' }, { prompt: 'a fox', steps: '3' }],
    ['stepz:3 a fox', ['steps:3'], { prompt: 'stepz:3 a fox' }, { prompt: 'a fox', steps: '3' }],
    [
      'fox, negatve: red, big',
      ['negative:…'],
      { prompt: 'fox, negatve: red, big' },
      { prompt: 'fox', negative: 'red, big' },
    ],
    [
      'fox stpes:3 seed_value:5',
      ['steps:3', 'seed:5'],
      { prompt: 'fox stpes:3 seed_value:5' },
      { prompt: 'fox', steps: '3', seed: '5' },
    ],
  ])('of %j may be meant as %j', (text, near, values, meant) => {
    const parsed = parseValues(text, { slots, main: 'prompt' });
    expect(parsed.doubts.map((doubt) => doubt.meant)).toEqual(near);
    expect(parsed).toMatchObject({ values, meant });
  });

  it.each([
    ['a fox steps:many', 'steps:many', 'not-a-number'],
    ['size:"very big" a fox', 'size:"very big"', 'not-a-choice'],
    ['hires:maybe a fox', 'hires:maybe', 'not-a-boolean'],
    ['(a fox) steps:', 'steps:', 'not-a-number'],
  ])('of %j are words, once somebody has said so', (text, written, code) => {
    const { values, doubts, meant } = parseValues(text, { slots, main: 'prompt' });
    expect(doubts).toMatchObject([{ written, problem: { code } }]);
    expect([values, meant]).toEqual([{ prompt: text }, undefined]);
  });

  it.each(['--Style-2=3', 'constructor:3', '--tostring 3', '__proto__:x'])('%j name no slot', (text) => {
    expect(parseValues(text, { slots, main: 'prompt' })).toEqual({ values: { prompt: text }, doubts: [] });
  });

  it.each(['stepz:3', '--fly', '__proto__:x'])(
    '%j are refused where there are no words to belong to',
    (text) => {
      const only = { steps: integer };
      expect(problemIn(() => parseValues(text, { slots: only }))).toMatchObject({ code: 'unknown-slot' });
    },
  );

  it('that nothing can take are refused with the word', () => {
    const only = { steps: slots['steps']! };
    expect(problemIn(() => parseValues('steps:3 fox', { slots: only }))).toEqual({
      code: 'bad-command',
      detail: 'fox',
    });
    expect(parseValues('steps:3', { slots: only }).values).toEqual({ steps: '3' });
  });

  it('may have slots with names that objects inherit', () => {
    const odd: Record<string, Slot> = { valueof: integer, ...Object.fromEntries([['constructor', words]]) };
    expect(parseValues('a fox valueof:3 x', { slots: odd, main: 'constructor' }).values).toEqual(
      Object.fromEntries([
        ['constructor', 'a fox x'],
        ['valueof', '3'],
      ]),
    );
  });

  it('are read in time that grows with their length only', () => {
    const long = '"a '.repeat(20_000);
    expect(read(long)['prompt']).toHaveLength(long.trim().length);
  });
});

describe('a model', () => {
  const choices = ['mine.safetensors', 'other/juggernautXL.safetensors'];
  const own = { ...slots, model: { type: 'choice', into, choices } satisfies Slot };
  const parsed = (typed: string) => parseValues(typed, { slots: own, main: 'prompt' });

  it.each([String.raw`Other\JUGGERNAUTXL`, 'juggernaut', 'mine', 'gone.safetensors'])(
    'is named by %s, whatever it is called to the letter',
    (model) => {
      expect(parsed(`a fox --model ${model}`)).toEqual({ values: { prompt: 'a fox', model }, doubts: [] });
    },
  );

  it.each(['fashion model: a tall woman', 'role model:saint'])('is not named by %s', (typed) => {
    expect(parsed(typed)).toMatchObject({ values: { prompt: typed }, doubts: [{ problem: {} }] });
  });
});
