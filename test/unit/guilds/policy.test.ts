import { describe, expect, it } from 'vitest';
import { publicLocaleOf } from '../../../src/core/caller.ts';
import { blockedWord, recognise, requireAdmin, requireWelcome } from '../../../src/guilds/policy.ts';
import { GuildSettings } from '../../../src/guilds/schema.ts';
import { refused } from '../commands/stage.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { problemIn } from '../templates/sources.ts';

const rules = (given: Partial<GuildSettings>): GuildSettings => GuildSettings.parse(given);

describe('somebody who asks', () => {
  it('is an admin when the platform, or the guild by name or role, says so', () => {
    const admin = (settings: Partial<GuildSettings>, given = {}) =>
      recognise(sampleCaller(given), rules(settings)).admin;
    expect(admin({})).toBe(false);
    expect(admin({}, { admin: true })).toBe(true);
    expect(admin({ adminUsers: ['ann'] })).toBe(true);
    expect(admin({ adminUsers: ['bob'] })).toBe(false);
    expect(admin({ adminRoles: ['r2'] }, { roles: ['r1', 'r2'] })).toBe(true);
    expect(admin({ adminRoles: ['r2'] }, { roles: ['r1'] })).toBe(false);
    expect(admin({ adminRoles: ['ann'] })).toBe(false); // a user's id is no role's
    expect(problemIn(() => requireAdmin(sampleCaller()))).toEqual({ code: 'not-an-admin' });
  });

  it('is spoken to in their own language, and before all in that of the guild where it has one', () => {
    const ko = (settings: Partial<GuildSettings>) => {
      const caller = recognise(sampleCaller({ locale: 'ko' }), rules(settings));
      return [caller.locale, publicLocaleOf(caller)];
    };
    expect(ko({ language: 'ja' })).toEqual(['ko', 'ja']);
    expect(ko({ language: 'ja', ownLanguage: true })).toEqual(['ko', 'ko']);
    expect(ko({})).toEqual(['ko', 'ko']);
  });
});

describe('who may run something', () => {
  const welcome = (settings: Partial<GuildSettings>, given = {}) =>
    requireWelcome(sampleCaller({ channel: 'here', ...given }), rules(settings));
  const closed = { ageRestricted: false };

  it('is everybody without rules', async () => {
    await welcome({});
  });

  it('is nobody who is banned, an admin neither', async () => {
    expect(await refused(welcome({ bannedUsers: ['ann'] }))).toEqual({ code: 'banned' });
    expect(await refused(welcome({ bannedUsers: ['ann'] }, { admin: true }))).toEqual({ code: 'banned' });
    await welcome({ bannedUsers: ['an'] });
  });

  it('needs an allowed role, and an allowed channel or a thread in one', async () => {
    expect(await refused(welcome({ allowedRoles: ['r'] }))).toEqual({ code: 'not-your-role' });
    await welcome({ allowedRoles: ['r'] }, { roles: ['r'] });
    expect(await refused(welcome({ allowedChannels: ['hall'] }))).toEqual({
      code: 'not-this-channel',
      channels: ['hall'],
    });
    await welcome({ allowedChannels: ['here'] });
    await welcome(
      { allowedChannels: ['hall'] },
      { lookAtChannel: async () => ({ ...closed, parent: 'hall' }) },
    );
  });

  it('is no admin kept out by role or channel', async () => {
    await welcome({ allowedRoles: ['r'], allowedChannels: ['hall'] }, { admin: true });
  });

  it('is nobody where the platform cannot say what the channel is', async () => {
    const cause = new Error('gone');
    const work = welcome({ allowedChannels: ['hall'] }, { lookAtChannel: () => Promise.reject(cause) });
    await expect(work).rejects.toMatchObject({
      problem: { code: 'not-this-channel', channels: ['hall'] },
      cause,
    });
  });
});

describe('a blocked word', () => {
  it('counts whole, whatever its case', () => {
    expect(blockedWord('a kick in the ASS!', ['ass'])).toBe('ass');
    expect(blockedWord('ass', ['Ass'])).toBe('Ass');
    for (const harmless of ['a class of passengers', 'assess', 'ass2', 'bass'])
      expect(blockedWord(harmless, ['ass'])).toBeUndefined();
    expect(blockedWord('_ass_ "ass", (ass)', ['ass'])).toBe('ass');
    expect(blockedWord('one two', ['two', 'one'])).toBe('two'); // the first of the list
  });

  it.each([
    ['full width', 'ｎａｓｔｙ', 'nasty'],
    ['mathematical letters', '𝓃asty', 'nasty'],
    ['ligatures', 'ﬁlth', 'filth'],
    ['an accent of its own', 'café', 'cafe\u0301'],
    ['a joined accent', 'cafe\u0301', 'café'],
    ['a zero-width space', 'na\u200bsty', 'nasty'],
    ['a soft hyphen', 'na\u00adsty', 'nasty'],
    ['a hidden mark before an accent', 'cafe\u200b\u0301', 'café'],
    ['a variation selector', 'na\ufe0fsty', 'nasty'],
    ['a direction mark', 'na\u202esty', 'nasty'],
    ['a control character', 'na\u0001sty', 'nasty'],
    ['a tag character', 'na\u{e0061}sty', 'nasty'],
    ['a hidden mark in the word itself', 'nasty', 'na\u200dsty'],
    ['Turkish capitals', 'İstanbul', 'istanbul'],
    ['lines through its letters', 'n\u0332a\u0332s\u0332t\u0332y\u0332', 'nasty'],
  ])('is found behind %s', (_what, text, word) => {
    expect(blockedWord(`so ${text} here`, [word])).toBe(word);
  });

  it('may be a phrase, whatever white space is between its words', () => {
    expect(blockedWord('a  bad\n thing', ['bad thing'])).toBe('bad thing');
    expect(blockedWord('a bad\u3000thing', ['bad  thing'])).toBe('bad  thing');
    expect(blockedWord('badthing, bad things', ['bad thing'])).toBeUndefined();
  });

  it('of a script without spaces, or with endings, counts inside of words', () => {
    expect(blockedWord('可愛い暴力団です', ['暴力'])).toBe('暴力');
    expect(blockedWord('これはエロい', ['エロ'])).toBe('エロ');
    expect(blockedWord('ｴﾛ', ['エロ'])).toBe('エロ');
    expect(blockedWord('폭력을 그려줘', ['폭력'])).toBe('폭력');
    expect(blockedWord('плохое', ['плохо'])).toBeUndefined();
    expect(blockedWord('गधा', ['गध'])).toBeUndefined(); // a vowel sign is part of the word
    expect(blockedWord('𐐀ass ass𐐀', ['ass'])).toBeUndefined();
  });

  it('is no pattern', () => {
    for (const word of ['.*', '[a-z]+', 'a|b', '(', '\\', '\\x20', '$', '^', 'c++', '{2}'])
      expect(blockedWord('some words', [word])).toBeUndefined();
    expect(blockedWord('i like c++ a lot', ['c++'])).toBe('c++');
    expect(blockedWord('a \\x20 b', ['\\x20'])).toBe('\\x20');
    expect(blockedWord('anything', ['\u200b', ' '])).toBeUndefined();
  });

  it.each([
    ['long text', 'word and some more '.repeat(320), (at: number) => `word${at} and more`],
    ['text that nearly holds one', 'ass'.repeat(2000), (at: number) => (at === 0 ? 'ass' : `ass${at}`)],
    ['text of many spaces', 'a '.repeat(3000), (at: number) => `${'a '.repeat(at % 50)}b`],
  ])('is looked for quickly: 500 of them in a %s', (_what, text, word) => {
    const words = Array.from({ length: 500 }, (_, at) => word(at));
    const began = process.threadCpuUsage(); // what else the machine does is nobody's fault
    expect(blockedWord(text, words)).toBeUndefined();
    expect(process.threadCpuUsage(began).user / 1000).toBeLessThan(150);
  });
});
