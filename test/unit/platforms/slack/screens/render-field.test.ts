/** Fields of screens as inputs that Slack takes, and their values read back. */
import { describe, expect, it } from 'vitest';
import type { Field, Screen } from '../../../../../src/core/screen.ts';
import { catalogue } from '../../../../../src/i18n/index.ts';
import { enteredIn, shownIn } from '../../../../../src/platforms/slack/screens/read-screen.ts';
import { inputsOf } from '../../../../../src/platforms/slack/screens/render-field.ts';
import { renderScreen } from '../../../../../src/platforms/slack/screens/render-screen.ts';
import { initially } from '../../../../../src/platforms/slack/events/state.ts';

const words = catalogue('en');
const about = { key: 'field', label: 'A field', group: 'all' };
const text = (value: string, more: object = {}): Field => ({ ...about, kind: 'long-text', value, ...more });
const screen = (fields: Field[]): Screen => ({
  at: 'test',
  title: 'Test',
  lines: [],
  fields,
  save: 'save',
  actions: [{ key: 'save', label: 'Save', style: 'primary' }],
});
const blocksOf = (fields: Field[]) => renderScreen(screen(fields), { channel: 'C1', under: [] }, 'en').blocks;
/** What comes back of a form that nobody has touched. */
const untouched = (field: Field) => {
  const blocks = blocksOf([field]);
  const entered = enteredIn({ blocks, state: { values: initially(blocks) } }, () => expect.unreachable());
  expect(entered).toEqual(shownIn({ blocks }));
  return entered['field'];
};

describe('a field in a form', () => {
  const options = ['a', 'b'].map((value) => ({ value, label: value.toUpperCase() }));
  it.each<[Field, unknown]>([
    [{ ...about, kind: 'text', value: 'fox' }, 'fox'],
    [text('fox\n\nwolf'), 'fox\n\nwolf'],
    [text(''), ''],
    [{ ...about, kind: 'number', value: '7', whole: true }, '7'],
    [{ ...about, kind: 'number', value: '0.5', whole: false, min: '0', max: '1' }, '0.5'],
    [{ ...about, kind: 'number', value: '', whole: true }, ''],
    [
      { ...about, kind: 'number', value: '18446744073709551615', whole: true, max: '18446744073709551615' },
      '18446744073709551615',
    ],
    [{ ...about, kind: 'yes-no', value: true }, true],
    [{ ...about, kind: 'yes-no', value: false }, false],
    [{ ...about, kind: 'one-of', value: 'b', options }, 'b'],
    [{ ...about, kind: 'one-of', value: '', options, none: 'none' }, ''],
    [{ ...about, kind: 'one-of', value: 'typed', options, open: true }, 'typed'],
    [{ ...about, kind: 'one-of', value: 'typed', options: [], open: true }, 'typed'],
    [{ ...about, kind: 'some-of', value: ['b'], options }, ['b']],
    [{ ...about, kind: 'people', value: ['U123', 'W456'] }, ['U123', 'W456']],
    [{ ...about, kind: 'channels', value: ['C123'] }, ['C123']],
  ])('comes back as it was shown: %j', (field, value) => {
    expect(untouched(field)).toEqual(value);
  });

  it('shows no number that Slack would refuse the form for', () => {
    for (const value of ['99', '-1', 'many', '1e3', '1.5'])
      expect(untouched({ ...about, kind: 'number', value, whole: true, min: '0', max: '9' })).toBe('');
  });

  it('shows only people and channels that can be such, and keeps quiet of the others', () => {
    expect(untouched({ ...about, kind: 'people', value: ['U123', 'eve', '@x'] })).toEqual(['U123']);
    expect(untouched({ ...about, kind: 'channels', value: ['general', 'C123', 'D123'] })).toEqual(['C123']);
  });

  it('has several inputs for a long text of many lines, with room for more', () => {
    const lines = Array.from({ length: 900 }, (_, index) => `word ${index}`).join('\n');
    const inputs = inputsOf(text(lines), words);
    expect(inputs.length).toBeGreaterThan(2);
    expect(inputs.map(({ block_id: id }) => id).slice(0, 2)).toEqual(['field', 'field:1']);
    expect(untouched(text(lines))).toBe(lines);
    expect(untouched(text(`\n\n${lines}`))).toBe(`\n\n${lines}`);
  });

  it.each<Field>([
    { ...about, kind: 'text', value: 'x'.repeat(3001) },
    text('x'.repeat(3001)),
    text(`short\n${'x'.repeat(3001)}`),
  ])('that is too long for Slack is left out, and stays as it is', (field) => {
    expect(untouched(field)).toBeUndefined();
    expect(JSON.stringify(blocksOf([field]))).toContain('A field: too long for a form');
  });

  it('that needs roles is none: Slack has none', () => {
    expect(untouched({ ...about, kind: 'roles', value: ['R1'] })).toBeUndefined();
    expect(blocksOf([{ ...about, kind: 'roles', value: [] }])).toHaveLength(1);
  });

  it('says what is wrong with it, and what is worth knowing', () => {
    const blocks = JSON.stringify(
      blocksOf([text('', { problem: 'Not *this*', note: 'Less', hint: 'Hint' })]),
    );
    expect(blocks).toContain('⛔ Not \u2060*\u2060this\u2060*\u2060');
    expect(blocks).toContain('Less. Hint');
  });

  it('is told of at once where something depends on it', () => {
    const field: Field = { ...about, kind: 'one-of', value: 'a', options, redraws: true };
    expect(inputsOf(field, words)).toMatchObject([
      { dispatch_action: true, element: { action_id: 'redraw', initial_option: { value: 'a' } } },
    ]);
    expect(untouched(field)).toBe('a');
  });
});
