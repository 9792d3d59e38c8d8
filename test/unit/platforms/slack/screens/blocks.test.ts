import { optionValue as valueUpTo } from '../../../../../src/platforms/kit/option-value.ts';
import { OPTION } from '../../../../../src/platforms/slack/limits.ts';
import { describe, expect, it } from 'vitest';
import { meant, option, plain, select } from '../../../../../src/platforms/slack/screens/blocks.ts';

const optionValue = (text: string) => valueUpTo(text, OPTION.value);

describe('pieces of forms', () => {
  it('stand for long names by a value that Slack takes, and are found again', () => {
    const names = ['fox', `${'a'.repeat(100)}1`, `${'a'.repeat(100)}2`];
    const values = names.map(optionValue);
    expect(values[0]).toBe('fox');
    expect(values.every((value) => value.length <= 75)).toBe(true);
    expect(values.map((value) => meant(names, value))).toEqual(names);
    expect(meant(names, 'wolf')).toBe('wolf');
  });

  it('never split a character, break a line or are empty', () => {
    const { text, description } = option('🦊'.repeat(60), 'fox', 'a\nb');
    expect(text.text.length).toBeLessThanOrEqual(75);
    expect(text.text.isWellFormed()).toBe(true);
    expect(description?.text).toBe('a b');
    expect(plain('', 10).text).toBe('…');
  });

  it('ask for their options from the hundred and first on', () => {
    const options = Array.from({ length: 101 }, (_, index) => option(`${index}`));
    expect(select(options.slice(0, 100), { picked: options[3] })).toMatchObject({
      type: 'static_select',
      initial_option: options[3],
    });
    expect(select(options, { picked: options[3] })).toEqual({
      type: 'external_select',
      action_id: 'value',
      min_query_length: 0,
      initial_option: options[3],
    });
  });
});
