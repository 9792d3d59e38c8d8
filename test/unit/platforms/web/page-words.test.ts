/** What the pages in the browser say, as their own scripts say it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wordsOfPage } from '../../../../src/i18n/index.ts';
import type { Messages } from '../../../../src/i18n/keys.ts';
import { readTexts, TAGS } from '../../../../src/i18n/languages.ts';
import { AS_IN_CHAT, PAGE_ROOMS, type PageName } from '../../../../src/i18n/page-messages.ts';
import { pageWords } from '../../../../src/i18n/page-words.ts';
import { speaker } from '../../../../src/i18n/speaker.ts';
import { argumentsOf, type Kind } from '../../../../src/i18n/tool/arguments.ts';
import { pageScript } from './page-script.ts';

type Values = Record<string, string | number | boolean>;
type Rooms = Record<string, Record<string, (values?: Values) => string>>;

const { words, speak, list } = await pageScript<{
  words: Rooms;
  speak: (words: object, tag: string) => void;
  list: (items: string[]) => string;
}>('shared/words.js');

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the page's names are the keys of this record
const PAGES = Object.keys(PAGE_ROOMS) as PageName[];

const said = (room: string, key: string, values?: Values) => words[room]?.[key]?.(values);

/** Each is said with each of these. */
const SAMPLES: Record<Kind, (string | number | boolean)[]> = {
  text: ['fox', 'ثعلب 5', 7, '<b>{x}</b>'],
  number: [0, 1, 2, 1234.56],
  date: [0],
  select: [true, false, 'operator'],
};

describe('A page', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each(TAGS)('says each of its messages as the server would, in %s', (tag) => {
    const texts = readTexts(tag);
    const { say } = speaker(tag, texts);
    const asInChat: Record<string, string> = AS_IN_CHAT;
    let messages = 0;
    for (const page of PAGES) {
      speak(wordsOfPage(page, tag), tag);
      for (const [room, keys] of Object.entries(wordsOfPage(page, tag)))
        for (const key of Object.keys(keys)) {
          const name =
            room === 'studio' && Object.hasOwn(asInChat, key) ? asInChat[key] : `web.${room}.${key}`;
          const kinds = [...argumentsOf(texts[name ?? ''] ?? '').kinds];
          for (const turn of SAMPLES.number.keys()) {
            const values = Object.fromEntries(
              kinds.map(([argument, kind]) => [argument, SAMPLES[kind][turn % SAMPLES[kind].length] ?? '']),
            );
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it takes was read from its text
            const expected = say(name as keyof Messages, values as never);
            expect(said(room, key, values), `${name} of ${page}`).toBe(expected);
          }
          messages += 1;
        }
    }
    expect(messages).toBeGreaterThan(400);
  });

  it('counts, and lists, as its language does', () => {
    speak(wordsOfPage('operator', 'en-GB'), 'en');
    expect([1, 2, 1234].map((count) => said('operator', 'nodes', { count }))).toEqual([
      '1 kind of node',
      '2 kinds of nodes',
      '1,234 kinds of nodes',
    ]);
    expect([0, 1, 2].map((count) => said('operator', 'heldJobs', { count }))).toEqual([
      'No jobs are waiting.',
      '1 job is waiting. It continues automatically.',
      '2 jobs are waiting. They continue automatically.',
    ]);
    expect(list(['a', 'b', 'c'])).toBe('a, b, and c');
    speak(wordsOfPage('operator', 'ja'), 'ja');
    expect(said('operator', 'nodes', { count: 1234 })).toBe('ノード1,234種類');
    expect(list(['a', 'b', 'c'])).toBe('a、b、c');
  });

  it('is given what it says itself, and a message that takes nothing as it is read', () => {
    expect(Object.keys(wordsOfPage('chat', 'en'))).toEqual(['frame', 'chat']);
    const { studio } = wordsOfPage('studio', 'en');
    expect(studio?.hintFormat).toBe('{value} stands for what was typed, as in "{value}, highly detailed"');
  });

  it('goes on without a message that cannot be said, and says so', () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    speak(wordsOfPage('chat', 'en'), 'en');
    expect(said('chat', 'remove', {})).toBe('');
    expect(said('chat', 'picture', { title: 'a fox', index: 2 })).toBe('a fox 2');
    expect(reported.map(String)).toEqual([
      'Error: chat.remove cannot be said',
      'Error: chat.picture cannot be said',
    ]);
  });

  it('shows a message that cannot be read as it stands', () => {
    const texts = { ...readTexts('en'), 'web.chat.remove': 'Remove {field', 'web.chat.send': 'Send' };
    const { chat } = pageWords(texts, 'chat');
    speak({ chat }, 'en');
    expect(said('chat', 'remove', { field: 'steps' })).toBe('Remove {field');
    expect(said('chat', 'send')).toBe('Send');
    expect(said('chat', 'picture', { title: 'fox', index: 1, count: 2 })).toBe('fox, picture 1 of 2');
  });
});
