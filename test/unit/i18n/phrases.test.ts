/** What every language's sentences are made of: a carry or a cut that is wrong here is wrong in all of them. */
import { expect, it } from 'vitest';
import { changedSettings, firstOf, nameOf, sizeOf } from '../../../src/i18n/phrases.ts';

it('a size is worded by the language only below 1 KB', () => {
  expect(sizeOf(1023, (few) => `${few} B`)).toBe('1023 B');
  expect(sizeOf(1024, () => 'no')).toBe('1 KB');
  expect(sizeOf(26_214_400, () => 'no')).toBe('25.0 MB');
});

it('a list of twelve is whole, and a longer one says how many are left out', () => {
  const items = Array.from({ length: 14 }, (_none, n) => `c${n}`);
  expect(firstOf(items.slice(0, 12), () => 'no')).toEqual(items.slice(0, 12));
  expect(firstOf(items, (hidden) => `${hidden} more`)).toEqual([...items.slice(0, 12), '2 more']);
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
  expect(nameOf({ min: 'Smallest value' }, 'min')).toBe('Smallest value');
  expect(nameOf({}, 'constructor')).toBe('constructor');
});
