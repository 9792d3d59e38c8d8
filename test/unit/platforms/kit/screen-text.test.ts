import { describe, expect, it } from 'vitest';
import type { Field } from '../../../../src/core/screen.ts';
import { catalogue, languages } from '../../../../src/i18n/index.ts';
import { fieldLines, fieldText, lineText } from '../../../../src/platforms/kit/screen-text.ts';
import { readTyped } from '../../../../src/commands/screens/typed.ts';

const en = catalogue('en');
const options = [
  { value: 'a', label: 'Alder' },
  { value: 'b', label: 'Big oak' },
];
const FIELDS: Field[] = [
  { key: 'text', label: 'Text', group: 'g', kind: 'text', value: 'a fox' },
  { key: 'long', label: 'Long', group: 'g', kind: 'long-text', value: 'one\ntwo' },
  {
    key: 'number',
    label: 'Number',
    group: 'g',
    kind: 'number',
    whole: true,
    value: '18446744073709551615',
    min: '0',
  },
  { key: 'switch', label: 'Switch', group: 'g', kind: 'yes-no', value: true },
  { key: 'off', label: 'Off', group: 'g', kind: 'yes-no', value: false },
  { key: 'one', label: 'One', group: 'g', kind: 'one-of', value: 'b', options, none: 'no tree' },
  { key: 'none', label: 'None', group: 'g', kind: 'one-of', value: '', options, none: 'no tree' },
  { key: 'some', label: 'Some', group: 'g', kind: 'some-of', value: ['a', 'b'], options },
  { key: 'people', label: 'People', group: 'g', kind: 'people', value: ['u1', 'u2'] },
  { key: 'roles', label: 'Roles', group: 'g', kind: 'roles', value: [] },
  { key: 'channels', label: 'Channels', group: 'g', kind: 'channels', value: ['c1'] },
];

describe('a screen as plain text', () => {
  it.each(languages().map(({ tag }) => tag))('shows of each field what can be typed there, in %s', (tag) => {
    for (const field of FIELDS) {
      const value = 'value' in field ? field.value : undefined;
      expect(readTyped(field, fieldText(field, catalogue(tag))), field.key).toEqual(value);
    }
  });

  it('says what it is called, what is needed, and what is wrong', () => {
    const field: Field = {
      key: 'steps',
      label: 'steps',
      group: 'g',
      kind: 'number',
      whole: true,
      value: '',
      min: '1',
      max: '60',
    };
    expect(fieldLines(field, en)).toEqual(['steps: —', '  1–60']);
    const more = {
      label: 'Steps',
      required: true,
      hint: 'How many',
      problem: 'Too many.',
      note: 'At most 60.',
    };
    expect(fieldLines({ ...field, ...more }, en)).toEqual([
      'steps: —  (Steps, required)',
      '  At most 60.',
      '  How many',
      '  1–60',
      '  ⛔ Too many.',
    ]);
    const applies = { applies: '2 (default)', note: '2 (default)', hint: 'Empty: 2' };
    expect(fieldLines({ ...field, ...applies }, en)).toEqual(['steps: 2 (default)', '  1–60']);
    const many = Array.from({ length: 20 }, (_, index) => ({ value: `v${index}`, label: `Label ${index}` }));
    const [, shown = ''] = fieldLines(
      { key: 'x', label: 'x', group: 'g', kind: 'one-of', value: 'v1', options: many },
      en,
    );
    expect(shown).toMatch(/^ {2}v0 \| .* \| v11 \| …$/);
  });

  it('marks what is good, worth a look and in the way', () => {
    expect(lineText({ parts: ['Saved.'], tone: 'ok' })).toBe('✅ Saved.');
    expect(lineText({ parts: ['Hm.'], tone: 'warning' })).toBe('⚠ Hm.');
    expect(lineText({ parts: ['No.'], tone: 'blocked' })).toBe('⛔ No.');
    const parts = [
      { kind: 'strong', text: 'fox' },
      ' by ',
      { kind: 'person', id: 'u1' },
      ' in ',
      { kind: 'channel', id: 'c1' },
      ', ',
      { kind: 'picture', file: 'a.png' },
      ' ',
      { kind: 'date', at: 5e8 },
    ] as const;
    expect(lineText({ parts })).toMatch(/^fox by u1 in c1, a\.png 19\d\d-\d\d-\d\d \d\d:\d\d$/);
    expect(lineText({ parts: [{ kind: 'person', id: 'u1' }] }, (part) => `<${part.kind}>`)).toBe('<person>');
  });
});

describe('what is typed for a field', () => {
  const choice = FIELDS.find(({ key }) => key === 'none');
  const several = FIELDS.find(({ key }) => key === 'some');
  it.each([
    ['alder', 'a'],
    ['BIG OAK', 'b'],
    ['oak', 'b'],
    ['no tree', ''],
    ['  ', ''],
    ['zz', 'zz'],
    ['fir', 'fir'],
    ['__proto__', '__proto__'],
  ])('one of several: %j', (typed, value) => {
    expect(choice && readTyped(choice, typed)).toBe(value);
  });

  it('some of several, whose labels may have blanks inside', () => {
    expect(several && readTyped(several, 'Big Oak, Alder, fir')).toEqual(['b', 'a', 'fir']);
    expect(several && readTyped(several, 'Big oak')).toEqual(['b']);
    expect(several && readTyped(several, ' , ')).toEqual([]);
  });
});
