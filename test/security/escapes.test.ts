/** Nothing that somebody wrote has an effect in a chat, and all of it can still be read. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/core/text.ts';
import type { View } from '../../src/core/view.ts';
import {
  escape as escapeForDiscord,
  renderMessage as toDiscord,
} from '../../src/platforms/discord/replies/render.ts';
import {
  escape as escapeForSlack,
  renderMessage as toSlack,
  unlinked,
} from '../../src/platforms/slack/replies/render.ts';
import { renderLines } from '../../src/platforms/terminal/render.ts';
import { readDiscord } from './discord-markdown.ts';
import { linkedHosts, readSlack } from './slack-mrkdwn.ts';
import { outsideCode } from '../unit/platforms/discord/replies/outside-code.ts';

const RUNS = { seed: 20261122, numRuns: 600 };

/** What people try, in pieces that fast-check puts together. */
const PIECES = [
  [
    '*',
    '**',
    '_',
    '__',
    '~',
    '~~',
    '|',
    '||',
    '`',
    '```',
    '\\',
    '\\\\',
    '#',
    '-#',
    '-',
    '+',
    '>',
    '>>>',
    '1.',
    '23)',
  ],
  [
    '@everyone',
    '@here',
    '<@1>',
    '<@!1>',
    '<@&2>',
    '<#3>',
    '<:a:4>',
    '<a:b:5>',
    '<t:6:R>',
    '</x:7>',
    '<id:home>',
  ],
  ['<!channel>', '<!here|here>', '<@U12345678>', '<#C123|x>', '<!subteam^S1>', '<!date^1^{date}|x>'],
  [
    '[text](https://evil.example)',
    '[',
    '](',
    ')',
    'https://evil.example',
    '<http://x|y>',
    'slack://x',
    '://',
    ':',
  ],
  ['&', '&lt;', '&gt;', '&amp;', '&lt;!channel&gt;', '<', '>', ':tada:', ':+1::skin-tone-2:', ':a', 'b:'],
  [
    ' ',
    '  ',
    '\t',
    '\n',
    '\r\n',
    '\u2028',
    '\u0000',
    '\u2060',
    '\u200b',
    '\u202e',
    '\ud83d',
    '🦊',
    'ß',
    'a',
    '7',
    '漢',
  ],
].flat();
/** Addresses that become cards without being links. */
const CARDS = [
  'discord.gg/fox',
  'DISCORD.GG/x',
  'discord.com/invite/x',
  'discordapp.com/invite/x',
  'ptb.discord.com/events/1',
  'https://discord.gift/x',
  'dsc.gg/x',
  'discord.',
  'gg/x',
  'example.com',
  'bit.ly/x',
  'www.',
  'evil.example',
];
const STARTS = ['-', '+', '*', '#', '##', '-#', '>', '>>>', '1.', '23)', '&gt;', '•'];
const words = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', ' ', '\n', '\u200b '),
      fc.constantFrom(...STARTS),
      fc.constantFrom(' ', '\t', ''),
      fc.string(),
    )
    .map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...PIECES, ...CARDS), { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...Array.from('*_~`|<>#@[]()\\-+.:&/!1 a\n')), maxLength: 30 }),
);

function holds(property: (text: string) => void): void {
  fc.assert(
    fc.property(words, (text) => {
      property(text);
    }),
    RUNS,
  );
}

describe("somebody's words", () => {
  it('have no effect on Discord, and read as they were written', () => {
    holds((text) =>
      expect(readDiscord(escapeForDiscord(text))).toEqual({ effects: [], text: oneLine(text) }),
    );
  });

  it('have no effect in Slack, and read as they were written', () => {
    holds((text) => expect(readSlack(escapeForSlack(text))).toEqual({ effects: [], text: oneLine(text) }));
  });

  const view = (text: string): View => ({
    tone: 'done',
    title: text,
    status: text,
    facts: [{ name: 'negative', value: text }],
    notes: [text, `${text}\n${text}`],
    buttons: [],
  });

  it('have no effect in any place of a reply on Discord', () => {
    holds((text) => {
      const { content, allowed_mentions: mentions } = toDiscord(view(text));
      expect(mentions).toEqual({ parse: [] });
      const own = outsideCode(content)
        .split('\n')
        .map((line, index) => {
          const value = line.replace(/^-# negative (?:\*\*(.*)\*\*)?$/, '$1');
          return index === 0 ? value.replace(/^\*\*([^]*)\*\*$/, '$1') : value;
        });
      for (const line of own) expect(readDiscord(line).effects).toEqual([]);
    });
  });

  it('have no effect in any place of a reply in Slack', () => {
    holds((text) => {
      const { blocks, text: plain } = toSlack(view(text));
      expect(readSlack(plain).effects).toEqual([]);
      expect(linkedHosts(plain)).toEqual([]);
      expect(readSlack(unlinked(escapeForSlack(text)))).toEqual({ effects: [], text: oneLine(text) });
      expect(linkedHosts(unlinked(escapeForSlack(text)))).toEqual([]);
      for (const block of blocks) {
        const texts =
          block.type === 'section'
            ? [block.text?.text ?? '']
            : block.type === 'context'
              ? block.elements.map((element) => ('text' in element ? element.text : ''))
              : [];
        for (const line of texts.flatMap((one) => one.split('\n'))) {
          // Easel's own bold around the title and around a value
          const own = line.replace(/^(negative )?\*(.*)\*$/, '$2');
          expect(readSlack(own).effects).toEqual([]);
        }
      }
    });
  });

  it('steer no terminal', () => {
    holds((text) => {
      for (const line of renderLines(view(text))) expect(line).not.toMatch(/\p{Cc}/u);
    });
  });
});
