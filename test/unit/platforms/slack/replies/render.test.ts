import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { View } from '../../../../../src/core/view.ts';
import {
  escape,
  renderMessage,
  renderPlain,
  type SlackMessage,
} from '../../../../../src/platforms/slack/replies/render.ts';
import { createRandom } from '../../../../fakes/random.ts';
import { startFakeSlack, type FakeMessage, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { webClient } from '../../../../fakes/slack/real-bolt.ts';

const view = (given: Partial<View> = {}): View => ({
  tone: 'working',
  title: 'a fox',
  status: 'Starting',
  facts: [],
  notes: [],
  buttons: [],
  ...given,
});

const NASTY = [
  '<!channel> <!here> <!everyone> <!subteam^S1>',
  '<@U12345678> <@W1|ann> <#C12345678>',
  '<http://x.example|click>',
  '*bold* _italic_ ~struck~ `code`',
  '*two words* and (_this_), "~that~"',
  '```js\nx\n```',
  '**__~~``',
  '* _ ~ `',
  '&amp;lt; &lt;!channel&gt; &',
  ':tada: :+1::skin-tone-2: :red_circle: :寿司:',
  'https://evil.example slack://open?x=1',
  '> quote',
  '>>> quote\n> more',
  '  > indented',
  '- list\n• list\n1. list',
  'one\ntwo\r\nthree\u2028four\u0007',
  '\u202eevil\u202c \u2066x\u2069',
  'half \ud83d of a fox, \udd8a',
  '@channel @here #general',
];

/** What in a text Slack would not show as it stands. */
function effects(mrkdwn: string): string[] {
  const marks = mrkdwn
    .replaceAll(/\u2060[*_~`]\u2060/g, ' ')
    .replaceAll(/(?<=[\p{L}\p{N}])[*_~](?=[\p{L}\p{N}])/gu, ' ');
  return [
    ...(mrkdwn.match(/[<>]|&(?!amp;|lt;|gt;)/g) ?? []),
    ...(mrkdwn.match(/:\/\/|:[^\s:\u2060][^\s:]*:/g) ?? []),
    ...(mrkdwn.match(/^\s*&gt;/gm) ?? []),
    ...(mrkdwn.match(/[\u202a-\u202e\u2066-\u2069]/g) ?? []),
    ...(marks.match(/[*_~`]/g) ?? []),
    ...(mrkdwn.isWellFormed() ? [] : ['half a character']),
  ];
}

const shown = (escaped: string): string =>
  escaped.replaceAll('\u2060', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Every formatted text, with Easel's own formatting taken off. */
function texts({ text, blocks }: SlackMessage): string[] {
  const inner = blocks.flatMap((block) => {
    if (block.type === 'section') return block.text?.text.split('\n') ?? [];
    if (block.type !== 'context') return [];
    return block.elements.flatMap((element) => ('text' in element ? element.text.split(' · ') : []));
  });
  const own = /^\*|(?<=^[\p{L}\p{N}_]+ )\*|\*$/gu;
  return [text, ...inner.map((line) => line.replace(/^`[█░]{20}` ?/, '').replaceAll(own, ''))];
}

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startFakeSlack();
});
afterAll(() => slack.stop());

async function posted(message: SlackMessage): Promise<FakeMessage> {
  const { ts } = await webClient(slack).chat.postMessage({ channel: slack.channel.id, ...message });
  const found = slack.messages.find((one) => one.ts === ts);
  expect(slack.violations).toEqual([]);
  return found!;
}

it('says what the backend says in small print below the status, without effect', () => {
  const said = 'ComfyUI: <!channel> *half* done';
  const { blocks } = renderMessage(view({ said }));
  expect(blocks).toContainEqual({
    type: 'context',
    elements: [{ type: 'mrkdwn', text: escape(said), verbatim: true }],
  });
  expect(escape(said)).not.toContain('<!channel>');
  expect(renderPlain(view({ said })).text.split('\n')).toHaveLength(3);
  expect(JSON.stringify(renderMessage(view({ said: '&'.repeat(5000) })).blocks).length).toBeLessThan(2500);
});

describe("somebody's words in Slack", () => {
  it.each(NASTY)('%j are shown as they are, without effect', (text) => {
    const escaped = escape(text);
    expect(effects(escaped)).toEqual([]);
    expect(escaped).not.toMatch(/[\p{Cc}\u2028]/u);
    const plain = text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').replaceAll(/[\s\p{Cc}]+/gu, ' ');
    expect(shown(escaped)).toBe(plain.toWellFormed());
  });

  it('that hold marks inside of a word are left as they are', () => {
    expect(escape('snake_case 2*3 a~b')).toBe('snake_case 2*3 a~b');
  });

  it.each(NASTY)('%j neither ping nor format in any place', async (text) => {
    const message = renderMessage(
      view({
        title: text,
        status: text,
        fraction: 0.3,
        facts: [{ name: 'negative', value: text }],
        notes: [text],
      }),
    );
    for (const line of texts(message)) expect(effects(line)).toEqual([]);
    expect((await posted(message)).pings).toEqual([]);
  });
});

const exact = (...sections: object[][]) => ({
  type: 'rich_text',
  elements: sections.map((elements) => ({ type: 'rich_text_section', elements })),
});

/** What somebody copies out of a message's blocks. */
const copied = ({ blocks }: SlackMessage): string[] =>
  blocks.flatMap((block) =>
    block.type === 'rich_text'
      ? block.elements.flatMap((one) => one.elements.flatMap((each) => ('text' in each ? [each.text] : [])))
      : [],
  );

describe('words that are copied out of a message', () => {
  it.each([
    'masterpiece, (long_hair:1.2), <lora:add_detail:0.8>, `x` *y* ~z~',
    '1girl, :3, ^_^, >_<, https://example.org & more',
    'first line\nsecond _line_\n\nlast',
    '水彩 *風* 👩‍🚀 می‌خواهم',
    'word '.repeat(500).trim(),
  ])('are what was typed, to the letter: %j', async (prompt) => {
    const message = renderMessage(
      view({ title: prompt, facts: [{ name: 'negative', value: `_${prompt}` }], notes: [`*${prompt}`] }),
    );
    for (const words of [prompt, `_${prompt}`, `*${prompt}`]) expect(copied(message)).toContain(words);
    expect(copied(message).join('')).not.toMatch(/[\u2060\u200b]/);
    expect((await posted(message)).pings).toEqual([]);
  });

  it('have nothing that hides or reorders', () => {
    const { blocks } = renderMessage(view({ title: 'a\u202eb\u200bc\r\nd\u0007e' }));
    expect(blocks[0]).toEqual(exact([{ type: 'text', text: 'abc\nd e', style: { bold: true } }]));
  });
});

describe('a message in Slack', () => {
  it('has a bar and a button while it runs, and the values and notes at the end', () => {
    const running = renderMessage(
      view({ fraction: 0.5, status: '50 %', buttons: [{ action: 'cancel', job: 'j-1', label: 'Cancel' }] }),
    );
    expect(running.text).toBe('a fox · 50 %');
    expect(running.blocks).toMatchObject([
      exact([{ type: 'text', text: 'a fox', style: { bold: true } }]),
      { type: 'section', text: { text: '`██████████░░░░░░░░░░` 50 %', verbatim: true } },
      { type: 'actions', elements: [{ action_id: 'cancel', value: 'j-1', text: { text: 'Cancel' } }] },
    ]);
    const done = renderMessage(view({ facts: [{ name: 'seed', value: '7' }], notes: ['two\nlines'] }), [
      { id: 'F0123456789', alt: 'Picture: a fox' },
    ]);
    expect(done.blocks.slice(2)).toMatchObject([
      { type: 'context', elements: [{ text: 'seed *7*', verbatim: true }] },
      { type: 'section', text: { text: 'two\nlines', verbatim: true } },
      { type: 'image', slack_file: { id: 'F0123456789' }, alt_text: 'Picture: a fox' },
    ]);
  });

  it('is still a message when there is nothing to say', async () => {
    const message = renderMessage(view({ title: ' ', status: '', notes: ['', ' \n'] }));
    expect(message.text).not.toBe('');
    expect((await posted(message)).visible.trim()).not.toBe('');
  });

  it('ends what it begins, however much the words grow by escaping', () => {
    const message = renderMessage(view({ title: '&'.repeat(5000), status: `xy${'<'.repeat(5000)}` }));
    const [title, status] = message.blocks;
    expect(JSON.stringify(title)).toContain(`"${'&'.repeat(2999)}…"`);
    const text = status?.type === 'section' ? (status.text?.text ?? '') : '';
    expect(text).toMatch(/^xy(?:&lt;)+…$/);
    expect(text.length).toBeLessThanOrEqual(3000);
  });

  it('names every value, the seed as well, however long the others are', async () => {
    const facts = Array.from({ length: 24 }, (_, n) => ({ name: `slot_${n}`, value: '&'.repeat(500) }));
    const message = renderMessage(
      view({ facts: [...facts, { name: 'seed', value: '18446744073709551615' }] }),
    );
    expect((await posted(message)).visible).toContain('seed *18446744073709551615*');
    expect(JSON.stringify(message.blocks).match(/"&{100,}…"/g)).toHaveLength(24);
  });

  it('keeps what it has to say about files behind long texts', async () => {
    const notes = [...Array.from({ length: 8 }, () => 'word & '.repeat(400)), '3 files in the thread.'];
    expect((await posted(renderMessage(view({ notes })))).visible).toContain('3 files in the thread.');
  });

  it.each([1, 2, 3])('is one that Slack takes and that pings nobody (seed %i)', async (seed) => {
    const random = createRandom(seed);
    const some = (most: number): string =>
      Array.from({ length: random.below(4) }, () =>
        random
          .pick([...NASTY, '*', '&', ':a:a', '🦊', '\n', '>\n', 'words ', '\ud83d'])
          .repeat(random.below(most)),
      ).join('');
    for (let n = 0; n < 60; n += 1) {
      const facts = Array.from({ length: random.below(26) }, () => ({ name: 'some_slot', value: some(300) }));
      facts.push({ name: 'seed', value: `${n}` });
      const message = renderMessage(
        view({
          title: some(1000),
          status: some(300),
          ...(random.below(2) === 0 && { fraction: random.next() }),
          facts,
          notes: Array.from({ length: random.below(40) }, () => some(300)),
          buttons: [{ action: 'cancel', job: crypto.randomUUID(), label: some(50) || 'Cancel' }],
        }),
      );
      const { pings, visible } = await posted(message);
      expect(pings).toEqual([]);
      expect(visible).toContain(`seed *${n}*`);
      for (const line of texts(message)) expect(effects(line)).toEqual([]);
      const contexts = message.blocks.flatMap((block) => (block.type === 'context' ? block.elements : []));
      const lengths = contexts.map((element) => ('text' in element ? element.text.length : 0));
      expect(Math.max(...lengths)).toBeLessThanOrEqual(2000);
      expect(message.blocks.length).toBeLessThanOrEqual(40);
    }
  });
});

describe('a message without blocks', () => {
  it('has all words in its text, as much as Slack takes', () => {
    const facts = [{ name: 'seed', value: '1' }];
    expect(renderPlain(view({ facts, notes: ['a note'] }))).toEqual({
      text: 'a fox\nStarting\nseed 1\na note',
    });
    const long = renderPlain(view({ notes: Array.from({ length: 50 }, () => 'x'.repeat(400)) }));
    expect(long.text.length).toBeLessThanOrEqual(4000);
    expect(renderPlain(view({ title: '', status: '' })).text).toBe('…');
  });
});
