/** What every language's sentences are made of: a carry or a cut that is wrong here is wrong in all of them. */
import { expect, it } from 'vitest';
import { readTexts } from '../../../src/i18n/languages.ts';
import { changedSettings, nameOf } from '../../../src/i18n/phrases.ts';
import { speaker } from '../../../src/i18n/speaker.ts';

const { bytes, list } = speaker('en', readTexts('en'));

it('a size is told in the unit that fits it', () => {
  expect([1, 1023, 1024, 26_214_400].map((size) => bytes(size))).toEqual([
    '1 byte',
    '1,023 bytes',
    '1 KB',
    '25.0 MB',
  ]);
});

it('a list of twelve is whole, and a longer one says how many are left out', () => {
  const items = Array.from({ length: 14 }, (_none, n) => `c${n}`);
  expect(list(items.slice(0, 12))).toMatch(/c10, and c11$/);
  expect(list(items)).toMatch(/c10, c11, and 2 more$/);
});

it('an entry of the audit log tells the values that it has', () => {
  expect(changedSettings('guildJobs blockedWords', 'guildJobs=5')).toEqual([
    { key: 'guildJobs', value: '5' },
    { key: 'blockedWords', value: undefined },
  ]);
  expect(changedSettings('bannedUsers userJobs', 'bannedUsers=+1 -2 userJobs=default')).toEqual([
    { key: 'bannedUsers', value: '+1 -2' },
    { key: 'userJobs', value: 'default' },
  ]);
});

it('a key without a name is its own name, also one that every object has', () => {
  expect(nameOf({ min: 'Minimum' }, 'min')).toBe('Minimum');
  expect(nameOf({}, 'constructor')).toBe('constructor');
});
