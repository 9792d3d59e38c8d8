import { describe, expect, it } from 'vitest';
import type { View } from '../../../../../src/core/view.ts';
import { escape, renderMessage } from '../../../../../src/platforms/discord/replies/render.ts';
import { createRandom } from '../../../../fakes/random.ts';
import { outsideCode } from './outside-code.ts';

const view = (given: Partial<View> = {}): View => ({
  tone: 'working',
  title: 'a fox',
  status: 'Starting',
  facts: [],
  notes: [],
  buttons: [],
  ...given,
});

/** Markers that are not escaped: an even number of backslashes stands before them. */
const ACTIVE = /(?<!\\)(?:\\\\)*([*_~`|<>#@[\]]|:\/\/)/u;

const NASTY = [
  '@everyone',
  '<@123456789012345678>',
  '<@&1> <#2> <:a:3> </x:4> <t:5:R>',
  '**bold** __u__ ~~s~~ ||spoiler|| `code`',
  '```js\nx\n```',
  '[text](https://evil.example)',
  'https://evil.example <https://evil.example>',
  String.raw`\*\\*\\\*`,
  '\\',
  '# heading',
  '-# small',
  '> quote',
  '>>> quote',
  '- list',
  '+ list',
  '1. list',
  '12) list',
  'a\n# b\n> c',
  'a\u2028# b',
];

it('says what the backend says in small print below the status, without effect', () => {
  const said = 'ComfyUI: @everyone **half** done https://evil.example';
  const { content } = renderMessage(view({ said }));
  const lines = content.split('\n');
  expect(lines[2]).toMatch(/^-# ComfyUI: /);
  expect(lines[2]!.slice(3)).not.toMatch(ACTIVE);
  expect(renderMessage(view({ said, plain: true })).content.split('\n')[2]).toBe(lines[2]!.slice(3));
  expect(renderMessage(view({ said: 'long '.repeat(1000) })).content.length).toBeLessThan(300);
});

describe('a message on Discord', () => {
  it.each(NASTY)('shows %j as it is typed, without effect', (text) => {
    const escaped = escape(text);
    expect(escaped).not.toMatch(ACTIVE);
    expect(escaped).not.toMatch(/[\n\r\u2028]/);
    expect(escaped).not.toMatch(/^(?:[-+>#]|\d+[.)])/);
    // taking the escapes away gives what was typed
    expect(escaped.replaceAll(/\\([^\p{L}\p{N}\s])/gu, '$1')).toBe(text.replaceAll(/\s+/g, ' '));
  });

  it.each([...NASTY, 'a\n'.repeat(400), 'discord.gg/fox_es', '`'.repeat(7), 'a`\n```\n@everyone'])(
    'neither pings nor formats with %j in any place',
    (text) => {
      const facts = [{ name: 'negative', value: text }];
      const message = renderMessage(view({ title: text, status: text, facts, notes: [text] }));
      expect(message.allowed_mentions).toEqual({ parse: [] });
      for (const line of outsideCode(message.content).split('\n')) {
        const inner = line.replace(/^-# /, '').replaceAll(/(?<=(?<!\\)(?:\\\\)*)\*\*/g, '');
        expect(inner).not.toMatch(ACTIVE);
        expect(inner).not.toMatch(/^(?:[-+>#]|\d+[.)])/);
      }
    },
  );

  it('is copied as it was typed, without backslashes', () => {
    const said = (title: string) => renderMessage(view({ title, status: '' })).content;
    expect(said('a fox (red:1.2)')).toBe('**a fox (red:1.2)**');
    expect(said('1girl, blue_hair, [solo], <lora:x:1>')).toBe('`1girl, blue_hair, [solo], <lora:x:1>`');
    expect(said(String.raw`\(a\) *b* @everyone`)).toBe('`\\(a\\) *b* @everyone`');
    expect(said('a fox\n\n# by night')).toBe('```\na fox\n\n# by night\n```');
    expect(said('a_b '.repeat(150).trim())).toBe(`\`${'a_b '.repeat(150).trim()}\``);
    const facts = [
      { name: 'negative', value: 'bad_hands, <embed>' },
      { name: 'seed', value: '7' },
    ];
    expect(renderMessage(view({ facts })).content).toContain('-# negative `bad_hands, <embed>` · seed **7**');
  });

  it('is escaped where code might not hold it: backticks, addresses, a backslash at the end', () => {
    const said = (title: string) => renderMessage(view({ title, status: '' })).content;
    expect(said('a `b` _c_')).toBe(String.raw`**a \`b\` \_c\_**`);
    expect(said('a_b \\')).toBe('**a\\_b \\\\**');
    expect(said('discord.gg/a_b')).toBe('**discord.\u2060gg/a\\_b**');
  });

  it('has a bar while it runs, a button while it can be cancelled, and the values at the end', () => {
    const running = renderMessage(
      view({ fraction: 0.5, status: '50 %', buttons: [{ action: 'cancel', job: 'j', label: 'Cancel' }] }),
    );
    expect(running.content).toBe('**a fox**\n`▰▰▰▰▰▰▰▱▱▱▱▱▱▱` 50 %');
    expect(running.components).toMatchObject([{ components: [{ custom_id: 'cancel:j', label: 'Cancel' }] }]);
    const done = renderMessage(
      view({ status: 'Done', facts: [{ name: 'seed', value: '7' }], notes: ['two\nlines'] }),
    );
    expect(done.content).toBe('**a fox**\nDone\n-# seed **7**\ntwo\nlines');
    expect(done.components).toEqual([]);
  });

  it.each([1, 2, 3, 4])('is never longer than Discord takes (seed %i)', (seed) => {
    const random = createRandom(seed);
    const text = (): string =>
      random.pick(['*', 'a', '🦊', '\\', '\n', 'long words ', '']).repeat(random.below(3000));
    for (let n = 0; n < 150; n += 1) {
      const facts = Array.from({ length: random.below(26) }, () => ({
        name: text().slice(0, 32),
        value: text(),
      }));
      const notes = Array.from({ length: random.below(5) }, text);
      const given = { title: text(), status: text().slice(0, 900), facts, notes, fraction: random.next() };
      const { content } = renderMessage(view(given));
      expect(content.length).toBeLessThanOrEqual(2000);
      expect(content.length).toBeGreaterThan(0);
    }
  });
});

describe('a message without formatting', () => {
  const plain = (given: Partial<View> = {}) => renderMessage(view({ plain: true, ...given }));

  it('has all words, one kind a line, and nothing else', () => {
    const facts = [{ name: 'seed', value: '1' }];
    const buttons = [{ action: 'again' as const, job: 'j', label: 'Again' }];
    const { content, components } = plain({ facts, notes: ['a note'], buttons, fraction: 0.5 });
    expect(content).toBe('a fox\nStarting\nseed 1\na note');
    expect(components).toEqual([]);
  });

  it.each(NASTY)('lets nothing of %j have an effect', (text) => {
    const facts = [{ name: text, value: text }];
    const { content } = plain({ title: text, status: text, facts, notes: [text] });
    for (const line of content.split('\n')) expect(line.replaceAll(/<t:\d+:t>/g, '')).not.toMatch(ACTIVE);
  });

  it('says nothing where there is nothing to say', () => {
    expect(plain({ title: '', status: '' }).content).toBe('');
    expect(renderMessage(view({ title: '' })).content).toBe('Starting');
  });
});
